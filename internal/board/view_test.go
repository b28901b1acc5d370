package board

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestHoursOfLongAndShortDays: a day has its hours of real time, two of them
// with the same name in autumn.
func TestHoursOfLongAndShortDays(t *testing.T) {
	loc := stockholm(t)
	for _, c := range []struct {
		date  civil.Date
		hours int
		names string // from midnight on
	}{{longDay, 25, "00 01 02 02 03"}, {briefDay, 23, "00 01 03 04 05"}, {tuesday, 24, "00 01 02 03 04"}} {
		d := madeDay(c.date, loc, 0, c.hours)
		axis := openHours(d)
		var names []string
		for _, h := range axis[:5] {
			names = append(names, h.Format("15"))
		}
		if len(axis) != c.hours || strings.Join(names, " ") != c.names {
			t.Errorf("%v: %d hours from %v, want %d from %s", c.date, len(axis), names, c.hours, c.names)
		}
	}
}

// TestPools: nothing is lost when groups are summed up by pool and hour.
func TestPools(t *testing.T) {
	loc := stockholm(t)
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, 22).Draw(t, "from")
		d := madeDay(tuesday, loc, from, rapid.IntRange(from+1, 24).Draw(t, "to"))
		g := &d.Groups[rapid.IntRange(0, 2).Draw(t, "group")]
		g.Intervals = g.Intervals[:rapid.IntRange(1, len(g.Intervals)).Draw(t, "intervals")]
		calls, need, gotCalls, gotNeed := 0.0, 0.0, 0.0, 0.0
		for _, g := range d.Groups {
			for _, x := range g.Intervals {
				calls, need = calls+x.Offered, need+x.Need
			}
		}
		for _, p := range pools(d, openHours(d)) {
			for _, h := range p.hours {
				gotCalls, gotNeed = gotCalls+h.calls, gotNeed+h.need*float64(h.open)
			}
		}
		if math.Abs(calls-gotCalls) > 1e-9 || math.Abs(need-gotNeed) > 1e-9 {
			t.Errorf("%v calls, %v need, want %v, %v", gotCalls, gotNeed, calls, need)
		}
	})
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		calls, inTime float64
		want          mark
	}{{0, 0, markNone}, {100, 84, markShort}, {100, 85, markFits}, {100, 94, markFits}, {100, 96, markRoom}} {
		if got := (hour{calls: c.calls, inTime: c.inTime}).mark(0.85); got != c.want {
			t.Errorf("%v of %v: %v, want %v", c.inTime, c.calls, got, c.want)
		}
	}
}

// TestNarrowing: the units share a day out among them, and a table is a part of
// its unit; what is said of one unit is not said on the page of another.
func TestNarrowing(t *testing.T) {
	d := missed(madeDay(tuesday, stockholm(t), 8, 16))
	people := 0
	for _, u := range d.Units {
		part := narrowing{unit: u.ID}.of(d)
		people += len(part.Agents)
		inTables := 0
		for _, table := range part.Tables {
			inTables += len(narrowing{unit: u.ID, table: table.ID}.of(d).Agents)
		}
		alone := len(keep(part.Agents, func(a plan.Agent) bool { return a.Table == "" }))
		if inTables+alone != len(part.Agents) {
			t.Errorf("%s: %d people at tables and %d without, want %d", u.ID, inTables, alone, len(part.Agents))
		}
	}
	if people != len(d.Agents) {
		t.Errorf("the units have %d people, want %d", people, len(d.Agents))
	}
	v := viewDay(narrowing{unit: "teknik"}.of(d), d, speak(t, "sv"))
	said := strings.Join(slices.Concat(v.Hurts, v.Helps, v.Say, v.Notes), "\n")
	for _, other := range []string{"Omsorg:", "E-post omsorg", "Farid", "Bord 2"} {
		if strings.Contains(said, other) {
			t.Errorf("the page of teknik speaks of %s:\n%s", other, said)
		}
	}
	for _, own := range []string{"Gata och park: behov", "Bord 3", "Planen når inte målet"} {
		if !strings.Contains(said, own) {
			t.Errorf("the page of teknik does not say %s:\n%s", own, said)
		}
	}
}

// TestClosing: a group that is closed for a while is said at the head of the day, to
// those whose it is and to those who take its calls over, and to nobody else.
func TestClosing(t *testing.T) {
	d := shutForAMeeting(madeDay(tuesday, stockholm(t), 8, 16))
	d.Units = append(d.Units, plan.Unit{ID: "bygg", Name: "Bygg"})
	for unit, told := range map[string]bool{"": true, "teknik": true, "omsorg": true, "bygg": false} {
		v := viewDay(narrowing{unit: unit}.of(d), d, speak(t, "en"))
		said := slices.Equal(v.Shut, []string{"Gata och park is closed 10:00–11:00: about 15.0 calls go to Äldre direkt, 7.0 are lost."})
		if said != told || !told && len(v.Shut) > 0 || strings.Contains(strings.Join(v.Notes, ""), "closed") {
			t.Errorf("unit %q is told %q, notes %q", unit, v.Shut, v.Notes)
		}
	}
	f := newFixture(t)
	if page := f.page(t, "/storybook/closing?lang=sv"); !strings.Contains(page, "Gata och park är stängd 10:00–11:00") {
		t.Errorf("the page does not say that a group is closed:\n%s", page)
	}
}

// TestLeadOfAnotherUnit: who stands in from another unit is named.
func TestLeadOfAnotherUnit(t *testing.T) {
	d := madeDay(tuesday, stockholm(t), 8, 16)
	d.Tables[2].Lead, d.Tables[2].StandIn = "a2", true
	v := viewDay(narrowing{unit: "teknik"}.of(d), d, speak(t, "sv"))
	if len(v.People.Leads) != 1 || v.People.Leads[0].Name != "Bo Berg" || !v.People.Leads[0].StandIn {
		t.Errorf("leads %+v, want Bo Berg in the place of the lead", v.People.Leads)
	}
}

// TestColumns: two columns hold all tables in their order, and neither could give
// its next table to the other and be nearer to its height.
func TestColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all, held []tableView
		for i, n := range rapid.SliceOfN(rapid.IntRange(1, 12), 0, 20).Draw(t, "people") {
			all = append(all, tableView{Name: strconv.Itoa(i), People: make([]personRow, n)})
		}
		var heights []int
		tallest := 0
		for _, c := range columns(all) {
			height := 0
			for _, table := range c {
				height += len(table.People) + 2
				tallest = max(tallest, len(table.People)+2)
			}
			held, heights = append(held, c...), append(heights, height)
		}
		if !slices.EqualFunc(held, all, func(a, b tableView) bool { return a.Name == b.Name }) {
			t.Errorf("columns of %v have %v", all, held)
		}
		if len(heights) == 2 && max(heights[0]-heights[1], heights[1]-heights[0]) > tallest {
			t.Errorf("columns as high as %v, of tables of at most %d", heights, tallest)
		}
	})
}

// TestStrip: the blocks of a shift lie side by side within its picture.
func TestStrip(t *testing.T) {
	d := madeDay(tuesday, stockholm(t), 8, 16)
	s := working(d.Agents)
	for _, a := range d.Agents {
		end := 0.0
		for _, b := range strip(a, s, speak(t, "sv")).Blocks {
			x, width := number(t, b.X), number(t, b.Width)
			if math.Abs(x-end) > 0.02 || x+width > 100.02 {
				t.Errorf("%s: a block of %v %% at %v %%, after %v %%", a.Name, width, x, end)
			}
			end = x + width
		}
	}
}

func number(t *testing.T, percent string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(strings.TrimSuffix(percent, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestLongDayFits: on a day of many hours no two hours side by side are written
// upon, on a day of few all are, and the worst hour says what it is short of.
func TestLongDayFits(t *testing.T) {
	loc, w := stockholm(t), speak(t, "sv")
	for _, hours := range []int{8, 14, 15, 24} {
		d := missed(madeDay(tuesday, loc, 0, hours))
		c := chart(pools(d, openHours(d))[0], 0.85, w)
		values := 0
		for i, b := range c.Bars {
			next := i+1 < len(c.Bars)
			if hours < 15 && b.Label == "" || hours >= 15 && next && b.Label != "" && c.Bars[i+1].Label != "" {
				t.Errorf("%d hours: number %q of hour %d", hours, b.Label, i)
			}
			if hours >= 15 && next && b.Value != "" && c.Bars[i+1].Value != "" {
				t.Errorf("%d hours: %s of hour %d and %s after it", hours, b.Value, i, c.Bars[i+1].Value)
			}
			if b.Value != "" {
				values++
			}
		}
		if values == 0 {
			t.Errorf("%d hours: no hour says what it is short of", hours)
		}
	}
}

// TestFigures: the page of a unit has its own calls; e-mail without a place is told
// in figures.
func TestFigures(t *testing.T) {
	d, w := missed(madeDay(tuesday, stockholm(t), 8, 16)), speak(t, "en")
	of := func(part *plan.Day, label string) *figure {
		all := figures(part, d, w)
		i := slices.IndexFunc(all, func(f figure) bool { return f.Label == label })
		if i < 0 {
			return nil
		}
		return &all[i]
	}
	if f := of(d, "Calls expected"); f != nil {
		t.Errorf("the calls of the centre stand twice: %+v", f)
	}
	if f := of(narrowing{unit: "teknik"}.of(d), "Calls expected"); f == nil || f.Value != "173" || f.Note != "of 519 in the whole centre" {
		t.Errorf("calls of teknik: %+v", f)
	}
	if f := of(narrowing{unit: "teknik"}.of(d), "E-mail to answer today"); f != nil {
		t.Errorf("teknik has no e-mail: %+v", f)
	}
	if f := of(d, "E-mail to answer today"); f == nil || !f.Short || f.Value != "6\u00a0h" || f.Note != "2.0 h have no place" {
		t.Errorf("e-mail: %+v", f)
	}
	d.Email[0].Planned = 6.25
	if f := of(d, "E-mail to answer today"); f == nil || f.Short || f.Note != "all of it has a place" {
		t.Errorf("e-mail with room: %+v", f)
	}
}

func TestShortHours(t *testing.T) {
	d := missed(madeDay(tuesday, stockholm(t), 8, 16))
	p := pools(d, openHours(d))[0]
	if got := shortHours(p, 0.85, speak(t, "en")); got != "Below the target at 09–12." {
		t.Errorf("short hours: %s", got)
	}
}

// TestNow: what people do now, and what comes then; who has gone home is not
// there.
func TestNow(t *testing.T) {
	loc := stockholm(t)
	d := madeDay(tuesday, loc, 8, 16)
	v := viewNow(d, tuesday.At(8*60+5, loc), speak(t, "sv"))
	ann := v.Tables[0].People[0]
	if ann.Name != "Ann Alm" || ann.Now != "BA-möte" || ann.Until != "08:15" || ann.Then != "telefon" || !ann.Lead {
		t.Errorf("at 08:05: %+v", ann)
	}
	if last := viewNow(d, tuesday.At(14*60, loc), speak(t, "sv")).Tables[0].People[0]; last.Now != "telefon" || last.Until != "16:00" || last.Then != "slut för dagen" {
		t.Errorf("on the telephone from 13:45 on, for other calls from 14:30: %+v", last)
	}
	if v.Here != "9 arbetar nu, 0 kommer senare." {
		t.Errorf("at 08:05: %s", v.Here)
	}
	before := viewNow(d, tuesday.At(7*60, loc), speak(t, "sv"))
	if len(before.Counts) != 0 || before.Here != "0 arbetar nu, 9 kommer senare." || before.Tables[0].People[0].Now != "börjar 08:00" {
		t.Errorf("at 07:00: %+v", before)
	}
	if early := viewNow(d, tuesday.At(5*60+55, loc), speak(t, "sv")).Tables[0]; len(early.People) != 0 || !strings.HasPrefix(early.Later, "Ann Alm\u00a008:00, Bo Berg\u00a008:00") {
		t.Errorf("two hours before anybody comes: %+v", early)
	}
	if last := viewNow(d, tuesday.At(15*60+50, loc), speak(t, "sv")).Tables[0].People[0]; last.Then != "slut för dagen" {
		t.Errorf("at 15:50: %+v", last)
	}
	if after := viewNow(d, tuesday.At(17*60, loc), speak(t, "sv")); after.Empty == "" || len(after.Tables) > 0 {
		t.Errorf("at 17:00: %+v", after)
	}
}

// TestPersonPage shows one person and nobody else but the lead.
func TestPersonPage(t *testing.T) {
	f := newFixture(t)
	s := f.store(t)
	d := madeDay(monday, f.c.Location, 8, 16)
	d.Agents[2].ID = "p3" // of the centre file: Eva Lind
	save(t, s, d)
	token, hash := NewToken()
	if _, err := s.SaveLink(t.Context(), "p3", hash, "test", f.now); err != nil {
		t.Fatal(err)
	}
	page := f.page(t, "/p/"+token)
	if !strings.Contains(page, "Eva Lind") || !strings.Contains(page, "bordsansvarig Ann Alm") || strings.Contains(page, "Bo Berg") {
		t.Errorf("the page of Eva Lind:\n%s", page)
	}
	if err := s.RevokeLink(t.Context(), "p3", "test", f.now); err != nil {
		t.Fatal(err)
	}
	if w := f.ask("GET", "/p/"+token); w.Code != 404 || strings.Contains(w.Body.String(), "Eva") {
		t.Errorf("after the link was revoked: %d\n%s", w.Code, w.Body)
	}
}

func TestTokens(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		token, hash := NewToken()
		got, ok := parseToken(token)
		if seen[token] || !ok || string(got) != string(hash) {
			t.Fatalf("token %s: %x, %v, want %x, once", token, got, ok, hash)
		}
		seen[token] = true
	}
	for _, s := range []string{"", "x", strings.Repeat("A", 21), strings.Repeat("A", 23), strings.Repeat("A", 21) + "B", strings.Repeat("A", 22) + "=", strings.Repeat("/", 22)} {
		if _, ok := parseToken(s); ok {
			t.Errorf("%q is taken for a token", s)
		}
	}
}

// TestLanguage: the address, then the browser, then the centre.
func TestLanguage(t *testing.T) {
	f := newFixture(t)
	for _, c := range []struct{ query, accept, want string }{
		{"", "", "sv"}, {"", "en-GB,en;q=0.9", "en"}, {"", "fi, sv;q=0.5", "sv"}, {"", "ja", "sv"}, {"?lang=en", "sv", "en"}, {"", "=;broken", "sv"},
	} {
		w := f.ask("GET", "/nowhere"+c.query, "Accept-Language", c.accept)
		if !strings.Contains(w.Body.String(), `<html lang="`+c.want+`">`) {
			t.Errorf("%q, %q: want %s\n%s", c.query, c.accept, c.want, w.Body)
		}
	}
}

// TestBusyHours: mornings are busy in the made history, and afternoons quiet; the
// forms agree, and none has a number of calls.
func TestBusyHours(t *testing.T) {
	f := newFixture(t)
	takeIn(t, f, f.store(t), monday-42, monday-1)
	if text := f.page(t, "/public/busy/bygg.txt?lang=en"); !strings.Contains(text, "09–10  busy") || !strings.Contains(text, "14–15  quiet") {
		t.Errorf("text:\n%s", text)
	}
	data := f.page(t, "/public/busy/bygg.json")
	if !strings.Contains(data, `"updated": "2026-11-23"`) || strings.Count(data, `"weekday"`) != 5*8 {
		t.Errorf("data:\n%s", data)
	}
	if w := f.ask("GET", "/public/busy/epost"); w.Code != 404 {
		t.Errorf("busy hours of e-mail: %d", w.Code)
	}
	f.now = f.now.Add(61 * 24 * time.Hour)
	if page := f.page(t, "/public/busy?lang=en"); !strings.Contains(page, "Nothing to show.") {
		t.Errorf("with old data:\n%s", page)
	}
}

// FuzzParseToken: what is taken for a token is the one way to write its bits.
func FuzzParseToken(f *testing.F) {
	token, _ := NewToken()
	f.Add(token)
	f.Add("AAAAAAAAAAAAAAAAAAAAAB")
	f.Fuzz(func(t *testing.T, s string) {
		if _, ok := parseToken(s); !ok {
			return
		}
		bits, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil || len(bits) != tokenBytes || base64.RawURLEncoding.EncodeToString(bits) != s {
			t.Errorf("%q is taken for a token: %x, %v", s, bits, err)
		}
	})
}
