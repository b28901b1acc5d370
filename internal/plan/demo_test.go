package plan_test

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// TestPlanKeepsEveryHardRule holds the published JSON of several days against
// the centre file, by code that knows nothing of the planner.
func TestPlanKeepsEveryHardRule(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	for _, offset := range []civil.Date{1, 2, 12} {
		day := lastDay + offset
		t.Run(day.String(), func(t *testing.T) {
			d := planned(t, c, s, day)
			publish(t, d).check(t, c, day)
		})
	}
}

// TestPlanSaysWhatItsDaysSay holds the numbers that head a plan against a
// simulation of the plan as it is published.
func TestPlanSaysWhatItsDaysSay(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	d := planned(t, c, s, lastDay+1)
	var text bytes.Buffer
	if err := export.JSON(&text, d); err != nil {
		t.Fatal(err)
	}
	read, err := plan.ReadDay(&text)
	if err != nil {
		t.Fatal(err)
	}
	same, err := plan.Simulate(t.Context(), read, plan.SimulateOptions{Days: 300, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if same.ServiceLevel.Mean != d.Summary.ServiceLevel || same.Probability.Mean != d.Summary.Probability {
		t.Errorf("the plan says %.4f and %.4f, its days %.4f and %.4f",
			d.Summary.ServiceLevel, d.Summary.Probability, same.ServiceLevel.Mean, same.Probability.Mean)
	}
	others, err := plan.Simulate(t.Context(), read, plan.SimulateOptions{Days: 300, Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	if diff := math.Abs(others.ServiceLevel.Mean - d.Summary.ServiceLevel); diff == 0 || diff > 0.01 {
		t.Errorf("other days say %.4f, the plan %.4f: want near it, and not the same days", others.ServiceLevel.Mean, d.Summary.ServiceLevel)
	}
}

// published is plan.json as others read it, by the names of its format.
type published struct {
	Date     string    `json:"date"`
	Interval int       `json:"interval_s"`
	Until    time.Time `json:"data_until"`
	Target   struct {
		Share      float64 `json:"share"`
		Within     int     `json:"within_s"`
		Definition string  `json:"definition"`
	} `json:"target"`
	Groups []struct {
		ID        string `json:"id"`
		Open      string `json:"open"`
		Intervals []struct {
			Start    time.Time `json:"start"`
			Offered  float64   `json:"offered"`
			P10      float64   `json:"p10"`
			P90      float64   `json:"p90"`
			AHT      float64   `json:"aht_s"`
			Required int       `json:"required"`
			Staffed  float64   `json:"staffed"`
			Level    float64   `json:"service_level"`
		} `json:"intervals"`
	} `json:"groups"`
	Agents []publishedAgent `json:"agents"`
	Tables []struct {
		ID      string   `json:"id"`
		Lead    string   `json:"lead"`
		Deputy  string   `json:"deputy"`
		Members []string `json:"members"`
	} `json:"tables"`
	Summary struct {
		Level       float64 `json:"service_level"`
		Probability float64 `json:"probability_of_target"`
		Phone       float64 `json:"phone_hours"`
	} `json:"summary"`
}

type publishedAgent struct {
	ID         string                          `json:"id"`
	Skills     []string                        `json:"skills"`
	Shift      *struct{ Start, End time.Time } `json:"shift"`
	Activities []publishedActivity             `json:"activities"`
}

type publishedActivity struct {
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Kind   string    `json:"kind"`
	Groups []string  `json:"groups"`
}

// publish reads a plan as others do.
func publish(t *testing.T, d *plan.Day) (p published) {
	t.Helper()
	r, w := io.Pipe()
	go func() { w.CloseWithError(export.JSON(w, d)) }()
	if err := json.NewDecoder(r).Decode(&p); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p published) check(t *testing.T, c *centre.Centre, day civil.Date) {
	t.Helper()
	if p.Date != day.String() || p.Interval != 900 || p.Target.Share != 0.85 || p.Target.Within != 60 || p.Target.Definition != "offered" {
		t.Errorf("head: %+v", p.Target)
	}
	working := 0
	for _, a := range p.Agents {
		if a.Shift != nil {
			working++
			checkAgent(t, c, day, a)
		} else if len(a.Activities) > 0 {
			t.Errorf("%s: activities without a shift", a.ID)
		}
	}
	if working < 50 {
		t.Errorf("%d people at work, want the most of 66", working)
	}
	p.checkAbsences(t, c, day)
	p.checkTables(t, c)
	p.checkGroups(t, c, day)
	if p.Summary.Level <= 0.5 || p.Summary.Level > 1 || p.Summary.Phone < 100 {
		t.Errorf("summary: %+v", p.Summary)
	}
}

// checkAgent: activities fill the shift, one after the other; only groups that
// the person masters and that are open; lunch and coffee in their windows; no
// stretch without a pause that is too long.
func checkAgent(t *testing.T, c *centre.Centre, day civil.Date, a publishedAgent) {
	t.Helper()
	person, ok := c.Person(a.ID)
	if !ok {
		t.Fatalf("%s: unknown", a.ID)
	}
	at := a.Shift.Start
	var lunch, coffee []time.Time
	pause, present := a.Shift.Start, a.Shift.Start // the rules hold for the time that is left after an absence
	for _, x := range a.Activities {
		if !x.Start.Equal(at) || !x.End.After(x.Start) {
			t.Errorf("%s: %s from %v to %v, want it to start at %v", a.ID, x.Kind, x.Start, x.End, at)
		}
		at = x.End
		switch x.Kind {
		case "lunch":
			lunch = append(lunch, x.Start)
			if x.End.Sub(x.Start) != c.Rules.Lunch {
				t.Errorf("%s: lunch of %v", a.ID, x.End.Sub(x.Start))
			}
			if after := x.Start.Sub(present); after < c.Rules.LunchFrom || after > c.Rules.LunchTo {
				t.Errorf("%s: lunch %v after the start of the shift", a.ID, after)
			}
		case "break":
			coffee = append(coffee, x.Start)
		case "absent":
			pause, present = x.End, x.End
		}
		if x.Kind == "lunch" || x.Kind == "break" {
			if x.Start.Sub(pause) > c.Rules.LongestStretch {
				t.Errorf("%s: %v without a pause before %v", a.ID, x.Start.Sub(pause), x.Start)
			}
			pause = x.End
		}
		checkGroups(t, c, day, person, x)
	}
	if !at.Equal(a.Shift.End) {
		t.Errorf("%s: the day ends at %v, the shift at %v", a.ID, at, a.Shift.End)
	}
	if a.Shift.End.Sub(pause) > c.Rules.LongestStretch {
		t.Errorf("%s: %v without a pause at the end", a.ID, a.Shift.End.Sub(pause))
	}
	if long := a.Shift.End.Sub(a.Shift.Start) >= c.Rules.LunchShift; long != (len(lunch) == 1) {
		t.Errorf("%s: %d lunches in a shift of %v", a.ID, len(lunch), a.Shift.End.Sub(a.Shift.Start))
	}
	pauses := append(slices.Clone(lunch), a.Shift.Start, a.Shift.End)
	for _, b := range coffee {
		for _, other := range pauses {
			if gap := b.Sub(other).Abs(); gap < c.Rules.BreakDistance {
				t.Errorf("%s: a break at %v is %v from %v", a.ID, b, gap, other)
			}
		}
	}
}

func checkGroups(t *testing.T, c *centre.Centre, day civil.Date, person centre.Person, x publishedActivity) {
	t.Helper()
	if (x.Kind == "phone" || x.Kind == "email") != (len(x.Groups) > 0) {
		t.Errorf("%s: %s with groups %v", person.ID, x.Kind, x.Groups)
	}
	for _, id := range x.Groups {
		g, ok := c.Group(id)
		if !ok || !slices.ContainsFunc(person.Skills, func(s centre.Skill) bool { return s.Group == id }) {
			t.Errorf("%s: takes %q without the skill", person.ID, id)
		}
		if (g.Channel == centre.Email) != (x.Kind == "email") {
			t.Errorf("%s: %s on %q, a group of %s", person.ID, x.Kind, id, g.Channel)
		}
		inside := slices.ContainsFunc(g.Hours.On(day, c.Calendar), func(s civil.Span) bool {
			return !x.Start.Before(day.At(s.Open, c.Location)) && !x.End.After(day.At(s.Close, c.Location))
		})
		if !inside {
			t.Errorf("%s: %q from %v to %v, outside its opening hours", person.ID, id, x.Start, x.End)
		}
	}
}

// checkAbsences: nobody who is booked away is at work then, and what is booked
// stands in the plan.
func (p published) checkAbsences(t *testing.T, c *centre.Centre, day civil.Date) {
	t.Helper()
	for _, b := range c.Bookings {
		i := slices.IndexFunc(p.Agents, func(a publishedAgent) bool { return a.ID == b.Person })
		if b.Date != day || i < 0 || b.Kind == "shift" {
			continue
		}
		a := p.Agents[i]
		if b.Span == (civil.Span{}) {
			if b.Kind == "absent" && a.Shift != nil {
				t.Errorf("%s: at work though absent", a.ID)
			}
			continue
		}
		from, to := day.At(b.Span.Open, c.Location), day.At(b.Span.Close, c.Location)
		for _, x := range a.Activities {
			pause := x.Kind == "break" || x.Kind == "lunch"
			if b.Kind == "other" && pause { // own work gives way to pauses
				continue
			}
			if x.Start.Before(to) && from.Before(x.End) && x.Kind != b.Kind {
				t.Errorf("%s: %s from %v to %v though booked for %s", a.ID, x.Kind, x.Start, x.End, b.Kind)
			}
		}
	}
}

// checkTables: a lead and a deputy at every table, two people who are at work,
// nobody at two tables.
func (p published) checkTables(t *testing.T, c *centre.Centre) {
	t.Helper()
	if len(p.Tables) != len(c.Tables) {
		t.Errorf("%d tables, want %d", len(p.Tables), len(c.Tables))
	}
	seen := map[string]string{}
	for _, table := range p.Tables {
		for _, id := range []string{table.Lead, table.Deputy} {
			i := slices.IndexFunc(p.Agents, func(a publishedAgent) bool { return a.ID == id })
			if i < 0 || p.Agents[i].Shift == nil {
				t.Errorf("table %s: %q leads or is deputy but not at work", table.ID, id)
			}
			if seen[id] != "" {
				t.Errorf("%q leads or is deputy at %s and at %s", id, seen[id], table.ID)
			}
			seen[id] = table.ID
		}
	}
}

// checkGroups: open intervals only, numbers in their ranges.
func (p published) checkGroups(t *testing.T, c *centre.Centre, day civil.Date) {
	t.Helper()
	for _, g := range p.Groups {
		group, _ := c.Group(g.ID)
		minutes := 0
		for _, s := range group.Hours.On(day, c.Calendar) {
			minutes += int(s.Close - s.Open)
		}
		if len(g.Intervals)*15 != minutes {
			t.Errorf("%s: %d intervals, open for %d minutes", g.ID, len(g.Intervals), minutes)
		}
		for _, x := range g.Intervals {
			ok := x.Offered >= 0 && x.P10 <= x.P90 && x.AHT > 20 && x.Required >= 0 && x.Staffed >= 0 && x.Level >= 0 && x.Level <= 1
			if !ok {
				t.Errorf("%s at %v: %+v", g.ID, x.Start, x)
			}
		}
	}
}

// TestPagesFit: the page fits 80 columns and the chat its limit, in both
// languages, and no word is missing.
func TestPagesFit(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	d := planned(t, c, s, lastDay+1)
	for _, lang := range i18n.Languages {
		words, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		var page bytes.Buffer
		if err := export.Page(&page, d, words); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(page.String()) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
				t.Errorf("%s: a line of %d letters: %s", lang, n, line)
			}
		}
		chat := export.Chat(d, words)
		if n := utf8.RuneCountInString(chat); n > export.ChatLimit || n < 500 {
			t.Errorf("%s: a chat of %d letters", lang, n)
		}
		export.Words(d, words)
		for _, text := range append(d.Notes, page.String(), chat) {
			if strings.Contains(text, "<no value>") || missingWord.MatchString(text) {
				t.Errorf("%s: a word is missing in: %s", lang, text)
			}
		}
	}
}

// missingWord finds ids of messages that were not found.
var missingWord = regexp.MustCompile(`\b(page|step|col|row|kind|mark|today|reason|action|remark|rule|chat)\.[a-z]`)

// TestSamePlan: the same query gives the same plan, bit for bit.
func TestSamePlan(t *testing.T) {
	c, s := openDemo(t)
	again := makePlan(t, c, s, lastDay+2)
	if diff := cmp.Diff(planned(t, c, s, lastDay+2), again); diff != "" {
		t.Errorf("two plans of the same day differ:\n%s", diff)
	}
}
