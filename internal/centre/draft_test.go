package centre_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

func seen(from, to civil.Clock, days ...time.Weekday) (hours [7]civil.Span) {
	for _, d := range days {
		hours[d] = civil.Span{Open: from, Close: to}
	}
	return hours
}

var export = centre.DraftInput{
	Name: "Växeln: “södra” \"1\"",
	Groups: []centre.DraftGroup{
		{
			ID: "11", Name: "Äldre: direkt #1",
			Hours:      seen(8*60+2, 16*60+29, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
			HandleTime: 311*time.Second + 700*time.Millisecond, Patience: 150 * time.Second, Volume: 80.4,
		},
		{Name: "Färdtjänst"},
		{Name: "fardtjanst", Hours: seen(0, 24*60, time.Saturday, time.Sunday)},
		{ID: "E-post", Channel: centre.Email, HandleTime: 9 * time.Minute},
	},
}

func drafted(t *testing.T, in centre.DraftInput) string {
	t.Helper()
	var b bytes.Buffer
	if err := centre.Draft(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDraft(t *testing.T) {
	c := load(t, map[string]string{"centre.yaml": drafted(t, export)})
	phone := centre.Target{Share: 0.85, Within: time.Minute, Definition: "offered"}
	office := civil.Hours{{Days: 0b0111110, Span: civil.Span{Open: 480, Close: 990}}}
	guessed := civil.Hours{{Days: 0b0111110, Span: civil.Span{Open: 480, Close: 1020}}}
	want := []centre.Group{
		{
			ID: "11", Name: "Äldre: direkt #1", Channel: centre.Phone, Hours: office, Target: phone, Priority: 2,
			HandleTime: 312 * time.Second, Patience: 150 * time.Second, History: queues("11"),
		},
		{
			ID: "fardtjanst_2", Name: "Färdtjänst", Channel: centre.Phone, Hours: guessed, Target: phone, Priority: 2,
			HandleTime: 5 * time.Minute, Patience: 4 * time.Minute, History: queues("fardtjanst_2", "Färdtjänst"),
		},
		{
			ID: "fardtjanst", Name: "fardtjanst", Channel: centre.Phone, Target: phone, Priority: 2,
			Hours:      civil.Hours{{Days: 0b1000001, Span: civil.Span{Open: 0, Close: 1440}}},
			HandleTime: 5 * time.Minute, Patience: 4 * time.Minute, History: queues("fardtjanst"),
		},
		{
			ID: "e_post", Name: "E-post", Channel: centre.Email, Hours: guessed, Priority: 2,
			HandleTime: 9 * time.Minute, Deadline: 24 * time.Hour, History: queues("e_post", "E-post"),
		},
	}
	if diff := cmp.Diff(want, c.Groups); diff != "" {
		t.Error(diff)
	}
	if c.Name != export.Name {
		t.Errorf("name %q, want %q", c.Name, export.Name)
	}
}

// TestDraftOnEveryGrid drafts hours that are off the grid, and unknown ones.
func TestDraftOnEveryGrid(t *testing.T) {
	for _, minutes := range []int{5, 10, 15, 30, 60} {
		in := export
		in.Interval = time.Duration(minutes) * time.Minute
		c := load(t, map[string]string{"centre.yaml": drafted(t, in)})
		s := c.Groups[0].Hours[0].Span
		step := civil.Clock(minutes)
		if s.Open > 8*60+2 || s.Open+step <= 8*60+2 || s.Close < 16*60+29 || s.Close-step >= 16*60+29 {
			t.Errorf("interval %s: hours %s, want 08:02-16:29 widened by less than an interval at each end", in.Interval, s)
		}
	}
}

func TestDraftWithoutHolidays(t *testing.T) {
	christmas := civil.NewDate(2026, 12, 25)
	in := export
	for calendar, want := range map[string]civil.Kind{"": civil.Red, "none": civil.Ordinary} {
		in.Calendar = calendar
		c := load(t, map[string]string{"centre.yaml": drafted(t, in)})
		if got := c.Calendar.On(christmas).Kind; got != want {
			t.Errorf("calendar %q: %s is %s, want %s", calendar, christmas, got, want)
		}
	}
}

// commentedOut finds # before a key or an item; words have one space after it.
var commentedOut = regexp.MustCompile(`(?m)^( *)#((  +)?(- )?[{a-z])`)

// TestDraftShowsTheDefaults takes away each # before a key: the centre is the
// same as before but for the example of a person.
func TestDraftShowsTheDefaults(t *testing.T) {
	text := drafted(t, export)
	plain := load(t, map[string]string{"centre.yaml": text})
	full := commentedOut.ReplaceAllString(text, "$1$2")
	if n := len(commentedOut.FindAllString(text, -1)); n < 40 {
		t.Errorf("%d keys with # before them, want 40 or more", n)
	}
	open := load(t, map[string]string{"centre.yaml": full})
	if len(open.People) != 1 || open.People[0].Skills[0].Group != "11" {
		t.Errorf("people %+v, want the one of the example", open.People)
	}
	open.Units, open.Tables, open.People = nil, nil, nil
	open.Dir, open.Store, open.Publish = plain.Dir, plain.Store, plain.Publish // other folders
	if diff := cmp.Diff(plain, open,
		cmpopts.IgnoreFields(centre.Centre{}, "Files"), cmpopts.IgnoreUnexported(centre.Schedule{}, civil.Calendar{}),
		cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
		t.Errorf("as drafted (-) and with the defaults written out (+):\n%s", diff)
	}
}

// TestDraftOfAnything drafts centres of whatever a telephony export may hold.
func TestDraftOfAnything(t *testing.T) {
	odd := rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.SampledFrom([]rune("abÅäö09 _-:#'\"\\{}[],&*!|>%@`~?\n\t\x00\u00a0\u2028\ufeff😀"))),
		rapid.SampledFrom([]string{"null", "true", "~", "1e3", "0x1f", "- a", "a: b", "---", "<<", "%YAML", "2026-01-01", "08:00"}),
	)
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		in := centre.DraftInput{
			Name:     odd.Draw(rt, "name"),
			Interval: time.Duration(rapid.SampledFrom([]int{0, 5, 10, 15, 30, 60}).Draw(rt, "interval")) * time.Minute,
		}
		var keys []string
		for range rapid.IntRange(1, 5).Draw(rt, "groups") {
			g := centre.DraftGroup{
				ID: odd.Draw(rt, "id"), Name: odd.Draw(rt, "group name"),
				Channel:    rapid.SampledFrom([]centre.Channel{"", centre.Phone, centre.Email}).Draw(rt, "channel"),
				HandleTime: time.Duration(rapid.Int64().Draw(rt, "handle time")),
				Patience:   time.Duration(rapid.Int64().Draw(rt, "patience")),
				Volume:     rapid.Float64().Draw(rt, "volume"),
			}
			for d := range g.Hours {
				g.Hours[d].Open = civil.Clock(rapid.IntRange(0, 1439).Draw(rt, "open"))
				g.Hours[d].Close = civil.Clock(rapid.IntRange(0, 1440).Draw(rt, "close"))
			}
			key := strings.TrimSpace(g.ID)
			if key == "" {
				key = strings.TrimSpace(g.Name)
			}
			if key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
				in.Groups = append(in.Groups, g)
			}
		}
		if len(in.Groups) == 0 {
			rt.Skip("no group has a name")
		}
		var b bytes.Buffer
		if err := centre.Draft(&b, in); err != nil {
			rt.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "centre.yaml"), b.Bytes(), 0o600); err != nil {
			rt.Fatal(err)
		}
		c, err := centre.Load(dir)
		if err != nil {
			rt.Fatalf("%v\n%s", err, b.String())
		}
		for i, g := range c.Groups {
			if !slices.Contains(g.History, centre.Queue{Name: keys[i], Share: 1}) {
				rt.Fatalf("group %s has the history %v, want %q in it", g.ID, g.History, keys[i])
			}
		}
	})
}

func TestDraftRefuses(t *testing.T) {
	one := []centre.DraftGroup{{Name: "a"}}
	for want, in := range map[string]centre.DraftInput{
		"no answer groups, want at least one":                                 {},
		`answer group 2: no id and no name, want one`:                         {Groups: []centre.DraftGroup{{ID: "a"}, {Name: " "}}},
		`answer group "a": a second time, want it once`:                       {Groups: []centre.DraftGroup{{ID: "a"}, {Name: "a"}}},
		`answer group "a": channel "fax", want phone or email`:                {Groups: []centre.DraftGroup{{ID: "a", Channel: "fax"}}},
		`interval 7m0s, want 5m, 10m, 15m, 30m or 60m`:                        {Groups: one, Interval: 7 * time.Minute},
		`calendar "us", want none, or nothing for Sweden's`:                   {Groups: one, Calendar: "us"},
		`time zone "Mars/Olympus", want a time zone such as Europe/Stockholm`: {Groups: one, Timezone: "Mars/Olympus"},
	} {
		var b bytes.Buffer
		if err := centre.Draft(&b, in); err == nil || err.Error() != want || b.Len() > 0 {
			t.Errorf("Draft: %v and %d bytes, want %s", err, b.Len(), want)
		}
	}
}
