package demo

import (
	"slices"

	"bemanna/internal/civil"
)

// meetings books the weekly board meeting of 15 minutes and, every other week,
// the meeting of the unit: each unit on its own weekday, one half of the tables
// after the other, so that nobody who calls finds a unit empty.
func (b *diary) meetings(d civil.Date) {
	for i := range b.people {
		p := &b.people[i]
		unit := slices.Index(b.w.units, p.unit)
		if !p.permanent() {
			continue
		}
		half := civil.Clock(p.table[1]-'0') % 2
		if weekday(d) == 2+unit { // Wednesday, Thursday, Friday
			b.add(p, d, lasting(clock(8, 30)+15*half, 15), "meeting")
		}
		if weekday(d) == 1+unit && (d.Monday()/7)%2 == 0 { // Tuesday, Wednesday, Thursday
			b.add(p, d, lasting(clock(14, 30)+60*half, 60), "meeting")
		}
	}
}

// teaching books the coach, newcomers with their mentors, and a course in the
// questions of the group that all units share.
func (b *diary) teaching(d civil.Date) {
	if weekday(d) == 4 {
		b.course(d)
		return
	}
	for i := range b.people {
		p := &b.people[i]
		switch {
		case p.has("coach"):
			b.coach(p, d)
		case p.newcomer() && weekday(d)%2 == 0:
			b.add(p, d, lasting(clock(13, 30), 120), "training")
		case p.has("mentor") && weekday(d)%2 == 0:
			b.add(p, d, lasting(clock(13, 30), 60), "coaching")
		}
	}
}

// coach books the coach: in the morning listening in, in the afternoon half an
// hour each with five people by turns.
func (b *diary) coach(coach *person, d civil.Date) {
	b.add(coach, d, lasting(clock(8, 15), 165), "coaching")
	afternoon := lasting(clock(13, 15), 150)
	if !b.add(coach, d, afternoon, "coaching") {
		return
	}
	r := b.w.stream("coach", d)
	at := afternoon.Open
	for _, i := range r.Perm(len(b.people)) {
		p := &b.people[i]
		if p.permanent() && b.add(p, d, lasting(at, 30), "coaching") {
			if at += 30; at == afternoon.Close {
				return
			}
		}
	}
}

// course books six people by turns.
func (b *diary) course(d civil.Date) {
	left := 6
	for _, i := range b.w.stream("course", d).Perm(len(b.people)) {
		p := &b.people[i]
		if left > 0 && p.permanent() && !p.has("coach") && b.add(p, d, lasting(clock(13, 30), 90), "training") {
			left--
		}
	}
}

// duty is work that is neither calls nor e-mail.
type duty struct {
	name    string
	who     func(i int, p *person) bool
	chance  float64 // of an ordinary day
	minutes int
}

var noPhone = []duty{
	{"group", func(_ int, p *person) bool { return p.has("owner") }, .85, 180}, // clients, facts, colleagues' questions
	{"web", func(i int, p *person) bool { return i%7 == 3 }, .8, 240},          // pages and e-services
	{"project", func(i int, p *person) bool { return i%4 == 1 }, .55, 150},
	{"letters", func(int, *person) bool { return true }, .24, 135}, // letters, fax, visits
}

// quiet is how other work is spread over the week: less of it on Mondays.
var quiet = [5]float64{.9, 1.25, 1, 1.15, 1.2}

// duties books other work, away from the peak before ten and from lunch: most
// of it in the afternoon, some in the first hours of the day.
func (b *diary) duties(d civil.Date) {
	for _, duty := range noPhone {
		for i := range b.people {
			p := &b.people[i]
			r := b.w.stream(p.id+" "+duty.name, d)
			if !p.permanent() || p.newcomer() || !duty.who(i, p) || r.Float64() > duty.chance*quiet[weekday(d)] {
				continue
			}
			late := p.latest - civil.Clock(duty.minutes) - civil.Clock(15*r.IntN(6))
			b.add(p, d, lasting(max(late, clock(13, 0)), duty.minutes), "other")
		}
	}
}
