package forecast

import (
	"math"
	"time"

	"bemanna/internal/civil"
)

// memory is how many civil days back a model looks. What is older weighs next
// to nothing in any of them.
const memory = 3 * 366

// past is a history laid out by civil day and by the clock, up to the day in
// which the forecast starts. Every day has the slots of an ordinary day: one
// that the clocks show twice holds the mean of the two, one that they skip is
// not known.
type past struct {
	first civil.Date
	days  int
	slots int
	calls []float64 // days × slots; NaN: not known; 0 where closed
	open  []bool    // days × slots, as Options.Open says; nil: nobody has said
	daily []float64 // totals known without their intervals; NaN: none
	notes []Note
}

func lookBack(h History, o Options) past {
	clock := newWall(h.Offered)
	origin, _ := clock.at(h.Offered.End())
	p := past{first: origin, slots: clock.slots()}
	if len(h.Offered.Values) > 0 {
		p.first, _ = clock.at(h.Offered.Start)
	}
	if len(h.Daily) > 0 {
		p.first = min(p.first, civil.DateOf(h.Daily[0].Date.In(clock.zone)))
	}
	p.first = max(p.first, origin-memory)
	p.days = int(origin - p.first)
	p.calls, p.daily = unknown(p.days*p.slots), unknown(p.days)
	for _, t := range h.Daily {
		if d := int(civil.DateOf(t.Date.In(clock.zone)) - p.first); d >= 0 && d < p.days {
			p.daily[d] = t.Value
		}
	}
	p.layOut(h.Offered, clock, o.Open)
	if p.slots == 1 { // the totals are the intervals
		for d, v := range p.calls {
			if math.IsNaN(v) {
				p.calls[d] = p.daily[d]
			}
		}
	}
	return p
}

// layOut puts the intervals of s in their days and slots.
func (p *past) layOut(s Series, clock *wall, open func(time.Time) bool) {
	if open != nil {
		p.open = make([]bool, len(p.calls))
	}
	outside := Note{Kind: NoteOutsideHours}
	latest := -1
	begin := int(math.Floor(float64(p.first.Start(clock.zone).Sub(s.Start)) / float64(s.Step)))
	for i := begin; i < len(s.Values); i++ {
		t := s.Time(i)
		date, slot := clock.at(t)
		d := int(date - p.first)
		if d < 0 || d >= p.days || i < 0 && math.IsNaN(p.daily[d]) {
			continue
		}
		v, k := math.NaN(), d*p.slots+slot
		if i >= 0 {
			v = s.Values[i]
		}
		if open != nil {
			if p.open[k] = open(t); !p.open[k] {
				if v > 0 {
					outside.add(t, s.Step, v)
				}
				v = 0
			}
		}
		if k <= latest { // the clocks have gone back and show this slot again
			v = (p.calls[k] + v) / 2
		}
		p.calls[k], latest = v, max(k, latest)
	}
	if outside.Value > 0 {
		p.notes = append(p.notes, outside)
	}
}

// add widens the note to an interval with v more calls.
func (n *Note) add(t time.Time, step time.Duration, v float64) {
	if n.From.IsZero() {
		n.From = t
	}
	n.To = t.Add(step)
	n.Value += v
}

// day gives the slots of day d.
func (p past) day(d int) []float64 { return p.calls[d*p.slots : (d+1)*p.slots] }

func unknown(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}
