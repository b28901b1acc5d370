package demo

import (
	"fmt"
	"time"
	_ "time/tzdata" // the centre lies in Sweden wherever the program runs

	"github.com/goccy/go-yaml"

	"bemanna/internal/civil"
)

// world is the invented centre: what its centre file says, and the dates that
// follow from the last day of the history.
type world struct {
	seed     uint64
	loc      *time.Location
	calendar civil.Calendar
	units    []string
	groups   []group
	file     []byte // centre.yaml
	readme   []byte // README.txt

	assigned civil.Date // first day of the new assignment
	extended civil.Date // first day of the longer opening hours
}

// group is what the centre file says of an answer group, as far as the history
// needs it.
type group struct {
	ID       string
	Unit     int // index of world.units; -1: all units together
	Email    bool
	Hours    civil.Hours
	Patience float64 // s, mean
	Handle   float64 // s, mean
	Urgent   bool    // taken before all others
	From     civil.Date
	Expected float64 // the client's estimate of cases a day; 0: none
	truth
}

func newWorld(o Options) (*world, error) {
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		return nil, fmt.Errorf("time zone of the demo: %w", err)
	}
	w := &world{seed: o.Seed, loc: loc, calendar: civil.Sweden(), assigned: assignment(o.Until)}
	y, _, _ := w.assigned.Civil()
	w.extended = civil.NewDate(y+1, time.January, 1)
	if err := w.writePages(o); err != nil {
		return nil, err
	}
	return w, w.read()
}

// assignment gives the first day of the new assignment: the last 1 October that
// is a year or more before the end of the history. It is tied to the calendar
// so that runs with different last days tell the same story for a year.
func assignment(until civil.Date) civil.Date {
	y, m, _ := until.Civil()
	if m < time.October {
		y--
	}
	return civil.NewDate(y-1, time.October, 1)
}

// centreFile is the part of centre.yaml that shapes the history.
type centreFile struct {
	Units  []struct{ ID string }
	Groups []struct {
		ID         string
		Unit       string
		Channel    string
		Hours      []openingLine
		Patience   string
		HandleTime string `yaml:"handle_time"`
		Priority   int
		From       string
		Expected   float64
	}
}

type openingLine struct {
	Days, Open, From, Until string
	ShortDays               string `yaml:"short_days"`
}

// read takes units and groups from the centre file, and gives each group its
// hidden truth.
func (w *world) read() error {
	var f centreFile
	if err := yaml.Unmarshal(w.file, &f); err != nil {
		return fmt.Errorf("centre file of the demo: %w", err)
	}
	unit := map[string]int{"": -1}
	for i, u := range f.Units {
		unit[u.ID] = i
		w.units = append(w.units, u.ID)
	}
	var p parser
	for _, line := range f.Groups {
		g := group{
			ID: line.ID, Unit: unit[line.Unit], Email: line.Channel == "email", Urgent: line.Priority == 1,
			Patience: p.seconds(line.Patience), Handle: p.seconds(line.HandleTime),
			From: p.date(line.From), Expected: line.Expected, truth: truths[line.ID],
		}
		for _, o := range line.Hours {
			g.Hours = append(g.Hours, p.opening(o))
		}
		w.groups = append(w.groups, g)
	}
	if p.err != nil {
		return fmt.Errorf("centre file of the demo: %w", p.err)
	}
	return nil
}

// parser reads scalars and keeps the first fault. What is empty reads as zero.
type parser struct{ err error }

func (p *parser) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *parser) seconds(s string) float64 {
	if s == "" {
		return 0
	}
	d, err := time.ParseDuration(s)
	p.keep(err)
	return d.Seconds()
}

func (p *parser) date(s string) civil.Date {
	if s == "" {
		return 0
	}
	d, err := civil.ParseDate(s)
	p.keep(err)
	return d
}

func (p *parser) clock(s string) civil.Clock {
	if s == "" {
		return 0
	}
	c, err := civil.ParseClock(s)
	p.keep(err)
	return c
}

func (p *parser) opening(o openingLine) civil.Opening {
	days, err := civil.ParseWeekdays(o.Days)
	p.keep(err)
	span, err := civil.ParseSpan(o.Open)
	p.keep(err)
	return civil.Opening{
		Days: days, Span: span, From: p.date(o.From), Until: p.date(o.Until), ShortClose: p.clock(o.ShortDays),
	}
}
