package plan

import (
	"slices"

	"bemanna/erlang"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// spreadsheetNeed is the need of a day as a spreadsheet has it: each group by
// itself and each interval by itself, the calls that are forecast taken for
// sure, Erlang C for the group's own target, over the log-in rate, rounded up
// once to whole people. E-mail is as given.
func spreadsheetNeed(c *centre.Centre, day civil.Date, forecasts []GroupForecast) (*Requirement, error) {
	r, err := newRequirement(c, day)
	if err != nil {
		return nil, err
	}
	for _, f := range forecasts {
		if f.Group.Channel == centre.Email {
			r.Email = append(r.Email, f)
			continue
		}
		g := len(r.Groups)
		n := GroupNeed{
			GroupForecast: f, Pool: g, Open: openMask(c, f, day, r.Grid), Need: make([]float64, r.Grid.N),
		}
		for t := range n.Need {
			heads, err := n.spreadsheetHeads(c, t)
			if err != nil {
				return nil, err
			}
			n.Need[t] = float64(heads)
		}
		r.Groups = append(r.Groups, n)
		r.Pools = append(r.Pools, PoolNeed{ID: f.Group.ID, Name: f.Group.Name, Groups: []int{g}, Need: slices.Clone(n.Need)})
	}
	return r, nil
}

// spreadsheetHeads is the whole number of people to plan for a group in
// interval t.
func (n *GroupNeed) spreadsheetHeads(c *centre.Centre, t int) (int, error) {
	if !n.Open[t] {
		return 0, nil
	}
	q := n.queue(t, c.Interval)
	q.AbandonRate = 0
	people, err := q.AgentsReal(n.target())
	if err != nil {
		return 0, err
	}
	return max(n.Group.MinStaff, erlang.Whole(people/c.LoginRate)), nil
}

// wholeNeed are the costs of a plan for whole numbers: up to the need each
// person is worth the same, but the first twice as much, so that no open group
// is left empty. Beyond it whoever has nothing else to do is on the telephone.
func wholeNeed(_ *centre.Centre, r *Requirement, p *PoolNeed, t, people int) ([]schedule.Money, error) {
	if open, _ := r.open(p, t); len(open) == 0 {
		return nil, nil
	}
	heads := int(p.Need[t])
	const spare = freePrice + 1 // just more than other work
	row := make([]schedule.Money, max(heads, people)+1)
	for n := range row {
		row[n] = schedule.Money(len(row)-1-n)*spare + schedule.Money(max(0, heads-n))*(callPrice-spare)
	}
	row[0] += emptyPrice
	return row, nil
}

// counted gives the activities of an agent with the one group that the plan
// counts on for each while on the telephone.
func (d *draft) counted(agent int) []Activity {
	var out []Activity
	for _, a := range d.plan.Days[agent].Activities {
		if a.Kind == schedule.Phone {
			group := d.r.Groups[d.r.Pools[a.Demands[0]].Groups[0]].Group.ID
			out = append(out, Activity{d.r.Grid.Time(a.From), d.r.Grid.Time(a.To), string(a.Kind), []string{group}})
			continue
		}
		out = append(out, d.activities(agent, a)...)
	}
	return out
}
