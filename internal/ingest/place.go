package ingest

import (
	"time"

	"bemanna/internal/civil"
)

// day is a civil day in a zone.
type day struct {
	date       civil.Date
	start, end time.Time
	regular    bool // 24 hours without a change of the clocks
}

// days finds civil days in one zone and remembers them: years of rows have few
// of them, and asking the zone is slow.
type days struct {
	loc  *time.Location
	seen map[civil.Date]*day
	last *day
}

func newDays(loc *time.Location) *days {
	return &days{loc: loc, seen: map[civil.Date]*day{}, last: &day{date: -1 << 31}}
}

func (ds *days) of(date civil.Date) *day {
	if ds.last.date == date {
		return ds.last
	}
	d := ds.seen[date]
	if d == nil {
		d = &day{date: date, start: date.Start(ds.loc), end: (date + 1).Start(ds.loc)}
		d.regular = d.end.Sub(d.start) == 24*time.Hour
		ds.seen[date] = d
	}
	ds.last = d
	return d
}

// holding gives the civil day of an instant.
func (ds *days) holding(t time.Time) *day {
	if !t.Before(ds.last.start) && t.Before(ds.last.end) {
		return ds.last
	}
	return ds.of(civil.DateOf(t.In(ds.loc)))
}

// at gives the instants at which the clocks show the minute: one on most days,
// none in the hour that is skipped in spring, two in the hour that comes twice
// in autumn.
func (d *day) at(minute int) (first, second time.Time, n int) {
	if d.regular {
		return d.start.Add(time.Duration(minute) * time.Minute), time.Time{}, 1
	}
	c := civil.Clock(minute)
	first = d.date.At(c, d.start.Location())
	if civil.ClockOf(first) != c {
		return time.Time{}, time.Time{}, 0
	}
	second = first.Add(d.end.Sub(d.start) - 24*time.Hour)
	if second.After(first) && civil.ClockOf(second) == c {
		return first, second, 2
	}
	return first, time.Time{}, 1
}

// slotsPerDay bounds the minutes of a civil day, 25 hours, with one slot more
// for the daily total.
const slotsPerDay = 25*60 + 1

// track is what was seen of one group and channel.
type track struct {
	span   GroupSpan
	filled map[civil.Date]*[(slotsPerDay + 63) / 64]uint64 // a bit for every minute with a row
}

func newTrack(group, channel string) *track {
	return &track{
		span:   GroupSpan{Group: group, Channel: channel},
		filled: map[civil.Date]*[(slotsPerDay + 63) / 64]uint64{},
	}
}

// mark notes a row and tells whether there was one already.
func (tr *track) mark(d *day, t time.Time, daily bool) (repeated bool) {
	bits := tr.filled[d.date]
	if bits == nil {
		bits = new([(slotsPerDay + 63) / 64]uint64)
		tr.filled[d.date] = bits
	}
	slot := slotOf(d, t, daily)
	repeated = bits[slot/64]>>(slot%64)&1 == 1
	bits[slot/64] |= 1 << (slot % 64)
	return repeated
}

// has tells whether there was a row at t.
func (tr *track) has(d *day, t time.Time) bool {
	bits := tr.filled[d.date]
	slot := slotOf(d, t, false)
	return bits != nil && bits[slot/64]>>(slot%64)&1 == 1
}

func slotOf(d *day, t time.Time, daily bool) uint {
	if daily {
		return slotsPerDay - 1
	}
	return uint(max(0, min(t.Sub(d.start)/time.Minute, slotsPerDay-2)))
}

// widen takes a row into the span of the group.
func (tr *track) widen(t time.Time) {
	if tr.span.Rows == 0 || t.Before(tr.span.First) {
		tr.span.First = t
	}
	if tr.span.Rows == 0 || t.After(tr.span.Last) {
		tr.span.Last = t
	}
	tr.span.Rows++
}
