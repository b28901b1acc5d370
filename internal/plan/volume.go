package plan

import (
	"cmp"
	"math"
	"slices"

	"bemanna/internal/civil"
)

// worthSaying is the least change of the whole day's calls that is named as a
// reason.
const worthSaying = 0.01

// volume compares the day with a usual one and collects the reasons of the
// groups' forecasts, weighted by their calls.
func (d *draft) volume() Volume {
	v := Volume{}
	known := true
	for _, g := range d.r.Groups {
		for _, day := range g.Forecast.Days {
			v.Offered += day.Total
		}
		v.Usual += g.Usual[0]
		known = known && (g.Usual[0] > 0 || g.Forecast.Days == nil || g.Forecast.Days[0].Total == 0)
	}
	if !known {
		v.Usual = 0
	}
	v.Terms = d.terms(v.Offered)
	v.Offered, v.Usual = Round(v.Offered, 1), Round(v.Usual, 1)
	return v
}

// terms gives the reasons for the day's calls as factors of all of them, the
// greatest first: a reason that lifts a group by 20 % lifts a day of which the
// group is a tenth by 2 %. A day without calls has none.
func (d *draft) terms(total float64) []Term {
	if total == 0 { // a day without calls is not a share of any
		return nil
	}
	type key struct {
		reason, name string
		since        civil.Date
	}
	effect := map[key]float64{}
	largest := map[key]float64{}
	group := map[key]string{}
	for _, g := range d.r.Groups {
		for _, day := range g.Forecast.Days {
			for _, t := range g.Terms(day) {
				k := key{t.Reason, t.Name, t.Since}
				e := day.Total * (1 - 1/t.Factor)
				effect[k] += e
				if math.Abs(e) > math.Abs(largest[k]) {
					largest[k], group[k] = e, g.Group.Name
				}
			}
		}
	}
	var out []Term
	for k, e := range effect {
		f := total / (total - e)
		if math.Abs(f-1) < worthSaying || math.IsInf(f, 0) {
			continue
		}
		t := Term{Reason: k.reason, Name: k.name, Since: k.since, Factor: Round(f, 3)}
		if math.Abs(largest[k]) > 0.6*math.Abs(e) {
			t.Group = group[k]
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Term) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Factor-1), math.Abs(a.Factor-1)),
			cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Since, b.Since))
	})
	return out[:min(len(out), 3)]
}
