package civil

import (
	"fmt"
	"sync"
	"time"
)

// Kind is what a calendar says of a day.
type Kind uint8

// The kinds of days, from the most ordinary on.
const (
	Ordinary Kind = iota
	Special       // open, with other volumes than its weekday: a day of school holidays, of elections
	Bridge        // klämdag: a lone working day between free days
	Short         // open in the morning only, by custom
	Eve           // free in practice though not red: Midsummer's, Christmas and New Year's Eve
	Red           // a public holiday
)

var kindNames = [...]string{"ordinary", "special", "bridge", "short", "eve", "closed"}

// String gives the name that ParseKind reads.
func (k Kind) String() string { return kindNames[k] }

// ParseKind reads the kind of a holiday file: closed, eve, short, bridge or
// special.
func ParseKind(s string) (Kind, error) {
	for k, name := range kindNames {
		if s == name {
			return Kind(k), nil
		}
	}
	return 0, fmt.Errorf("kind of day %q: want closed, eve, short, bridge or special", s)
}

// Day is a calendar's word on one day.
type Day struct {
	Kind Kind
	Name string // "" on ordinary days; in the language of the calendar
}

// Free tells whether most people are off: a red day, an eve, or a weekend.
func (c Calendar) Free(d Date) bool {
	k := c.On(d).Kind
	w := d.Weekday()
	return k == Red || k == Eve || w == time.Saturday || w == time.Sunday
}

// Calendar knows the days that differ from their weekday. The zero Calendar
// knows none.
type Calendar struct {
	year func(int) map[Date]Day // computed calendars
	days map[Date]Day           // listed calendars
	seen *sync.Map              // year -> map[Date]Day
}

// Listed makes a calendar of the days given.
func Listed(days map[Date]Day) Calendar { return Calendar{days: days} }

// On gives what the calendar says of day d.
func (c Calendar) On(d Date) Day {
	if day, ok := c.days[d]; ok {
		return day
	}
	if c.year == nil {
		return Day{}
	}
	y, _, _ := d.Civil()
	m, ok := c.seen.Load(y)
	if !ok {
		m, _ = c.seen.LoadOrStore(y, c.year(y))
	}
	return m.(map[Date]Day)[d] //nolint:forcetypeassert // only this method stores
}

// Sweden is the calendar of Swedish public holidays (lag 1989:253), the eves
// that are free in practice, the customary short days, and bridge days: right
// from 1990 on.
func Sweden() Calendar { return Calendar{year: sweden, seen: new(sync.Map)} }

func sweden(year int) map[Date]Day {
	easter := Easter(year)
	days := map[Date]Day{}
	set := func(d Date, k Kind, name string) {
		if days[d].Kind < k {
			days[d] = Day{k, name}
		}
	}
	on := func(m time.Month, d int) Date { return NewDate(year, m, d) }
	midsummer := weekdayFrom(on(time.June, 20), time.Saturday)
	allSaints := weekdayFrom(on(time.October, 31), time.Saturday)

	set(on(time.January, 1), Red, "Nyårsdagen")
	set(on(time.January, 5), Short, "Trettondagsafton")
	set(on(time.January, 6), Red, "Trettondedag jul")
	set(easter-3, Short, "Skärtorsdagen")
	set(easter-2, Red, "Långfredagen")
	set(easter, Red, "Påskdagen")
	set(easter+1, Red, "Annandag påsk")
	set(on(time.April, 30), Short, "Valborgsmässoafton")
	set(on(time.May, 1), Red, "Första maj")
	set(easter+39, Red, "Kristi himmelsfärdsdag")
	set(easter+49, Red, "Pingstdagen")
	if year < 2005 { // SFS 2004:1320 gave up the one for the other
		set(easter+50, Red, "Annandag pingst")
	} else {
		set(on(time.June, 6), Red, "Sveriges nationaldag")
	}
	set(midsummer-1, Eve, "Midsommarafton")
	set(midsummer, Red, "Midsommardagen")
	set(allSaints-1, Short, "Dagen före Alla helgons dag")
	set(allSaints, Red, "Alla helgons dag")
	set(on(time.December, 24), Eve, "Julafton")
	set(on(time.December, 25), Red, "Juldagen")
	set(on(time.December, 26), Red, "Annandag jul")
	set(on(time.December, 31), Eve, "Nyårsafton")

	free := func(d Date) bool {
		k, w := days[d].Kind, d.Weekday()
		_, m, dd := d.Civil()
		return k >= Eve || w == time.Saturday || w == time.Sunday || m == time.January && dd == 1 || m == time.December && dd == 31
	}
	for d := on(time.January, 1); d <= on(time.December, 31); d++ {
		if !free(d) && free(d-1) && free(d+1) {
			set(d, Bridge, "Klämdag")
		}
	}
	return days
}

// weekdayFrom gives the first day w at or after d.
func weekdayFrom(d Date, w time.Weekday) Date {
	return d + Date((int(w)-int(d.Weekday())+7)%7)
}

// Easter gives Easter Day of a Gregorian year, by the anonymous algorithm in
// Meeus, Astronomical Algorithms (1991), chapter 8.
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return NewDate(year, time.Month(n/31), n%31+1)
}
