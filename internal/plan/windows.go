package plan

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// WindowQuery asks when groups could be closed at the least cost.
type WindowQuery struct {
	Group  string // id of the one group that closes, or
	Unit   string // id of the unit that meets: its groups close, and its people are off the telephone
	Length time.Duration
}

// Windows are the windows in which groups could be closed, the cheapest first.
type Windows struct {
	Centre string     `json:"centre"`
	From   civil.Date `json:"from"`
	Until  civil.Date `json:"until"`
	Length float64    `json:"length_s"`
	Stay   float64    `json:"stay"`
	Target DayTarget  `json:"target"`
	Closed []string   `json:"closed"` // names of the groups that close
	// Open are the names of the groups of the unit that cannot close: those who
	// master one of them stay on the telephone.
	Open    []string       `json:"open"`
	Windows []ClosedWindow `json:"windows"`
}

// ClosedWindow is a window and what it costs.
type ClosedWindow struct {
	Date  civil.Date `json:"date"`
	Start time.Time  `json:"start"`
	End   time.Time  `json:"end"`
	Shut
}

// Windows ranks all windows of a length in which all the groups are open, by the
// calls that are not answered in time because of it. Each window is priced by the
// pooled formula on the plan of its day, which does not know of it: a day that is
// planned for the window loses less.
//
// Errors: those of Check.
func (h *Horizon) Windows(ctx context.Context, q WindowQuery) (*Windows, error) {
	if err := q.Check(h.c); err != nil {
		return nil, err
	}
	closing, open, _ := closable(h.c, q.Group, q.Unit) // checked
	out := &Windows{
		Centre: h.c.Name, From: h.q.From, Until: h.q.Until, Length: q.Length.Seconds(), Stay: centre.UsualStay,
		Target: dayTarget(h.c.Target), Closed: names(closing), Open: names(open), Windows: []ClosedWindow{},
	}
	found := make([][]ClosedWindow, len(h.days))
	err := inParallel(len(h.days), nil, func(i int) (err error) {
		found[i], err = q.on(h.days[i], meeting(h.c, q.Unit, open), closing)
		return errors.Join(err, ctx.Err())
	})
	for _, day := range found {
		out.Windows = append(out.Windows, day...)
	}
	slices.SortStableFunc(out.Windows, func(a, b ClosedWindow) int { return cmp.Compare(a.Late, b.Late) })
	return out, err
}

// Check tells what is wrong with a query: neither a group nor a unit, or one that
// is not known or cannot be closed; a length that is no multiple of the interval.
func (q WindowQuery) Check(c *centre.Centre) error {
	if err := checkWindow(c, q.Length); err != nil {
		return err
	}
	_, _, err := closable(c, q.Group, q.Unit)
	return err
}

// meeting gives those who are off the telephone while a unit meets: its permanent
// people, but for those who master a group that stays open.
func meeting(c *centre.Centre, unit string, open []centre.Group) []centre.Person {
	var out []centre.Person
	for _, p := range c.People {
		stays := slices.ContainsFunc(p.Skills, func(s centre.Skill) bool {
			return slices.ContainsFunc(open, func(g centre.Group) bool { return g.ID == s.Group })
		})
		if unit != "" && p.Unit == unit && p.Employment == centre.Permanent && !stays {
			out = append(out, p)
		}
	}
	return out
}

// on prices the windows of a day.
func (q WindowQuery) on(a *aheadDay, people []centre.Person, closing []centre.Group) ([]ClosedWindow, error) {
	d, err := newOrderDay(a.scene(a.r, a.turnout), "")
	if err != nil {
		return nil, err
	}
	g, err := d.gather(people)
	if err != nil {
		return nil, err
	}
	shut, n := d.shut(closing), intervals(d.r.Grid, q.Length)
	able := slices.DeleteFunc(slices.Clone(g.members), func(m member) bool { return m.agent < 0 })
	var out []ClosedWindow
	for from := 0; from+n <= d.r.Grid.N; from++ {
		at := schedule.Span{From: from, To: from + n}
		if !shut.allOpen(d.r, at) {
			continue
		}
		w := ClosedWindow{Date: d.date, Start: d.r.Grid.Time(at.From), End: d.r.Grid.Time(at.To)}
		if w.Shut, err = g.shutFor(at, able, shut); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}
