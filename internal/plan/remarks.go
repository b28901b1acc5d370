package plan

import (
	"cmp"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

const (
	mostHard = 3    // stretches that are named
	hardGap  = 0.75 // people short, from which a stretch counts

	lateHours = 0.5 // of e-mail, from which it is said

	freeHours = 1 // for other work, from which it is said

	recentDays = 14 // before the day: what happened earlier concerns nobody this morning
)

// ofPlan are the remarks that a plan itself gives reason for; the others are of
// the data, or of what the plan was made from.
var ofPlan = []RemarkKind{
	RemarkClosed, RemarkNoPeople, RemarkMissed, RemarkHard, RemarkUncover, RemarkLate, RemarkNoLead, RemarkStandIn, RemarkUnplaced,
	RemarkOff, RemarkRest, RemarkHours, RemarkCrowd, RemarkLateShift, RemarkOvertime, RemarkClosing,
	RemarkAllAway, RemarkNoMaster, RemarkUnskilled,
}

// remarks says what readers of the plan should know, the worst first.
func (d *draft) remarks(day *Day, cs crews, o *service) []Remark {
	out := []Remark{}
	if len(day.Groups) == 0 {
		return append(out, Remark{Kind: RemarkClosed})
	}
	out = append(out, d.impossible()...)
	if day.Missed() {
		out = append(out, Remark{Kind: RemarkMissed, Value: Round(day.Target.Share-day.Summary.ServiceLevel, 4), Plan: Round(day.Summary.GapHours, 1)})
	}
	out = append(out, d.hard(o)...)
	out = append(out, d.uncovered(cs)...)
	for _, e := range day.Email {
		if late := e.Due - e.Planned; late >= lateHours && len(d.avail) > 0 {
			out = append(out, Remark{Kind: RemarkLate, Group: e.Name, Value: Round(late, 1)})
		}
	}
	for _, t := range d.tables {
		switch {
		case t.Lead == "":
			out = append(out, Remark{Kind: RemarkNoLead, Group: t.Name})
		case t.StandIn:
			out = append(out, Remark{Kind: RemarkStandIn, Group: t.Name, Who: d.name(t.Lead)})
		}
	}
	if free := day.Summary.FreeHours; free >= freeHours {
		out = append(out, Remark{Kind: RemarkFree, Value: Round(free, 1)})
	}
	for _, u := range d.plan.Unplaced {
		out = append(out, Remark{
			Kind: RemarkUnplaced, Who: d.name(u.Agent), Rule: u.Rule,
			Start: d.r.Grid.Time(u.Span.From), End: d.r.Grid.Time(u.Span.To),
		})
	}
	for _, w := range d.r.Closings {
		out = append(out, Remark{
			Kind: RemarkClosing, Group: w.Name, Other: d.c.GroupName(w.To), Start: w.Start, End: w.End,
			Value: Round(w.Moved, 1), Plan: Round(w.Lost, 1),
		})
	}
	return slices.Concat(out, d.crowdRemarks(), d.unkept, d.restRemarks())
}

func (d *draft) name(id string) string {
	if i := d.agent(id); i >= 0 {
		return d.avail[i].Person.Name
	}
	return id
}

// hard finds the stretches in which a pool falls short of its need and of its
// target, those with the most calls lost first. Where people take several
// groups a pool may have less than its need alone and still be served.
func (d *draft) hard(o *service) []Remark {
	type stretch struct {
		remark Remark
		lost   float64
	}
	var all []stretch
	for _, p := range d.r.Pools {
		short := func(t int) bool { return p.Need[t]-o.pool(p, t) > hardGap && d.below(p, o, t) }
		for t := 0; t < len(p.Need); t++ {
			if !short(t) {
				continue
			}
			s := stretch{}
			from := t
			need, there := 0.0, 0.0
			for ; t < len(p.Need) && short(t); t++ {
				need, there = need+p.Need[t], there+o.pool(p, t)
				s.lost += d.lost(p, o, t)
			}
			n := float64(t - from)
			s.remark = Remark{
				Kind: RemarkHard, Group: p.Name, Value: Round(need/n, 1), Plan: Round(there/n, 1),
				Start: d.r.Grid.Time(from), End: d.r.Grid.Time(t),
			}
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b stretch) int { return cmp.Compare(b.lost, a.lost) })
	var out []Remark
	for _, s := range all[:min(len(all), mostHard)] {
		out = append(out, s.remark)
	}
	return out
}

// below tells whether fewer of a pool's calls are answered in time than the
// target asks for.
func (d *draft) below(p PoolNeed, o *service, t int) bool {
	calls := 0.0
	for _, g := range p.Groups {
		calls += d.r.Groups[g].Forecast.Mean[t]
	}
	return d.lost(p, o, t) > (1-d.c.Target.Share)*calls
}

// uncovered finds groups that for a while fewer people on the telephone master
// than must: one while the group is open, whether calls are expected or not, more
// where it has a floor.
func (d *draft) uncovered(cs crews) []Remark {
	var out []Remark
	if len(d.avail) == 0 || d.allAbsent() {
		return nil
	}
	for g := range d.r.Groups {
		n := &d.r.Groups[g]
		if d.nobodyFor(g) {
			continue // that is said already
		}
		floor := max(1, n.Group.MinStaff)
		first, last, short := -1, -1, 0
		for t, open := range n.Open {
			if open && cs.masters(t, g) < floor {
				if first < 0 {
					first = t
				}
				last = t
				short++
			}
		}
		if short > 0 {
			out = append(out, Remark{
				Kind: RemarkUncover, Group: n.Group.Name, Value: float64(floor),
				Plan: float64(short) * d.r.Grid.Step.Hours(), Start: d.r.Grid.Time(first), End: d.r.Grid.Time(last + 1),
			})
		}
	}
	return out
}

// remarkData adds what is to be said of the data behind the plan.
func (day *Day) remarkData(c *centre.Centre, r *Requirement, today civil.Date) {
	if missing := missingDays(c, day.DataUntil, today); missing > 0 {
		day.Remarks = append(day.Remarks, Remark{Kind: RemarkStale, Value: float64(missing)})
	}
	recent := (r.Date - recentDays).Start(c.Location)
	for _, g := range r.Groups {
		for _, n := range g.Forecast.Notes {
			if n.Kind == forecast.NotePartial || !n.To.IsZero() && n.To.Before(recent) {
				continue // a partial day is the shadow of an outage, or of today
			}
			day.Remarks = append(day.Remarks, DataRemark(g.Group, n))
		}
	}
}

// DataRemark makes a remark of what a forecast notes of a group's history.
func DataRemark(g centre.Group, n forecast.Note) Remark {
	if n.Kind == forecast.NoteNoHistory && g.Expected == 0 {
		return Remark{Kind: RemarkUnknown, Group: g.Name}
	}
	return Remark{Kind: RemarkKind(n.Kind), Group: g.Name, Start: n.From, End: n.To, Value: n.Value}
}

// missingDays counts the days before today on which some group was open and of
// which there are no data at all, since the data stop.
func missingDays(c *centre.Centre, until time.Time, today civil.Date) int {
	if until.IsZero() {
		return 0
	}
	n := 0
	for d := DayAfter(c, until); d < today; d++ {
		if openOn(c, d) {
			n++
		}
	}
	return n
}
