package centre

import (
	"slices"

	"bemanna/internal/civil"
)

// Queue is a name under which telephony knows an answer group, with the days on
// which it counts: queues are renamed, merged and split.
type Queue struct {
	Name        string
	From, Until civil.Date // first and last day; 0: no limit
	Share       float64    // of its calls that are the group's, above 0 and up to 1
}

// On tells whether the queue counts on a day.
func (q Queue) On(d civil.Date) bool {
	return (q.From == 0 || d >= q.From) && (q.Until == 0 || d <= q.Until)
}

// overlaps tells whether two queues count on the same day.
func (q Queue) overlaps(p Queue) bool {
	return (q.Until == 0 || p.From <= q.Until) && (p.Until == 0 || q.From <= p.Until)
}

// groupID reads the id of a group, which is one of its names in telephony.
func (r *reader) groupID(g *Group) func(string, *value) {
	return func(subject string, v *value) {
		one(r, &g.ID, id)(subject, v)
		if r.define(&r.groups, "answer group", v.place, g.ID) {
			r.take(subject, g, Queue{Name: g.ID, Share: 1}, v.place)
		}
	}
}

// queue reads a name of a group in telephony: text, or a mapping that says when
// and how far it counts.
func (r *reader) queue(subject string, g *Group, v *value) {
	q := Queue{Share: 1}
	before := len(r.faults)
	if v.kind != mapping {
		one(r, &q.Name, anyText)(subject, v)
	} else {
		r.fields(subject, v, fields{
			{"name", one(r, &q.Name, anyText)},
			{"from", one(r, &q.From, date)},
			{"until", one(r, &q.Until, date)},
			{"share", one(r, &q.Share, present)},
		})
		r.need(subject, v, "name")
		r.inOrder(subject, v, q.From, q.Until)
	}
	if len(r.faults) == before {
		r.take(subject, g, q, v.place)
	}
}

// used is a queue where the file has it.
type used struct {
	Queue
	group string
	at    place
}

// take gives a group the calls of a queue. A group may say again on which days
// its own id counts. More than all calls of a queue on a day cannot be given
// away.
func (r *reader) take(subject string, g *Group, q Queue, p place) {
	again := q.Name == g.ID && len(g.History) > 0 && g.History[0] == (Queue{Name: g.ID, Share: 1})
	if again {
		r.queues[g.ID] = slices.DeleteFunc(r.queues[g.ID], func(u used) bool { return u.group == g.ID })
	}
	given := q.Share
	for _, u := range r.queues[q.Name] {
		if u.overlaps(q) {
			given += u.Share
		}
		if given > 1 {
			r.fault(p, "%s %q a second time: the first is at %s; want other days, or shares that add up to 1 at most",
				subject, q.Name, u.at)
			return
		}
	}
	if r.queues == nil {
		r.queues = map[string][]used{}
	}
	r.queues[q.Name] = append(r.queues[q.Name], used{q, g.ID, p})
	if again {
		g.History[0] = q
	} else {
		g.History = append(g.History, q)
	}
}
