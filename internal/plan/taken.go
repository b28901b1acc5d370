package plan

import (
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// News gives what is to be reported to take the offer: the day is then repaired
// with it. It is one piece of news for each person.
func (o Offer) News() []News {
	kinds := map[OfferKind]NewsKind{OfferCallIn: NewsHere, OfferOvertime: NewsStay, OfferCancel: NewsCancel}
	var out []News
	for _, id := range o.Who {
		n := News{Kind: kinds[o.Kind], Person: id, From: civil.ClockOf(o.Start), Until: civil.ClockOf(o.End)}
		if n.Kind == NewsStay {
			n.From = 0 // the shift began before
		}
		out = append(out, n)
	}
	return out
}

// staying settles from when until when somebody is here who stays after the
// shift: the shift as it becomes.
func (n News) staying(d *Day, p centre.Person) (News, error) {
	who := p.ID + " (" + p.Name + ")"
	no := Refusal{Reason: RefusedStay, Name: p.Name, Date: d.Date, Until: n.Until}
	i := slices.IndexFunc(d.Agents, func(a Agent) bool { return a.ID == p.ID && a.Shift != nil })
	if i < 0 {
		no.Reason = RefusedNotPlanned
		return n, no.because("%s: stays, but not planned on %s", who, d.Date)
	}
	step := civil.Clock(d.IntervalSeconds / 60)
	n.Until = min(endOfDay, (n.Until+step-1)/step*step)
	shift := d.Agents[i].Shift
	if no.From = civil.ClockOf(shift.End); n.Until <= no.From {
		return n, no.because("%s: stays until %s, but the shift ends at %s: want a later time", who, n.Until, no.From)
	}
	n.From = civil.ClockOf(shift.Start)
	return n, nil
}

// checkStaying finds those who stay so late that no rest is left.
func (d *draft) checkStaying(told []Report) error {
	for _, r := range told {
		if i := d.agent(r.Person); r.Kind == NewsStay && i >= 0 && len(d.problem.Agents[i].Shifts) == 0 {
			return Refusal{Reason: RefusedRest, Name: r.Name, Date: d.r.Date, Until: r.Until}.
				because("%s (%s): stays until %s, which leaves too little rest", r.Person, r.Name, r.Until)
		}
	}
	return nil
}

// canBeCalledOff tells whether a booking of a kind can be called off on the day.
func canBeCalledOff(kind string) bool {
	switch schedule.Kind(kind) {
	case schedule.Meeting, schedule.Training, schedule.Coaching:
		return true
	default:
		return false
	}
}

// calledOff gives what can be called off of somebody's day within two times.
func (d *Day) calledOff(a *Agent, from, until civil.Clock) []Activity {
	at := func(c civil.Clock) time.Time { return d.Date.At(c, a.Shift.Start.Location()) }
	var out []Activity
	for _, x := range a.Activities {
		if canBeCalledOff(x.Kind) && !x.Start.Before(at(from)) && !x.End.After(at(until)) {
			out = append(out, x)
		}
	}
	return out
}
