package forecast

import (
	"time"

	"bemanna/internal/civil"
)

const secondsPerDay = 24 * 60 * 60

// wall reads what the clocks on the wall show at successive instants. It looks
// up the rules of its zone only where they change, which makes the reading of
// a hundred thousand instants cheap.
type wall struct {
	zone        *time.Location
	step        time.Duration
	from, until int64 // Unix seconds between which offset holds
	offset      int64 // seconds east of UTC
}

func newWall(s Series) *wall { return &wall{zone: s.Start.Location(), step: s.Step} }

// slots gives the number of slots of an ordinary day.
func (w *wall) slots() int { return int(24 * time.Hour / w.step) }

// at gives the civil day and the slot, by the clock, of the interval that
// starts at t. The middle of the interval decides, so that a step of a whole
// day stays in its day when the clocks have changed.
func (w *wall) at(t time.Time) (day civil.Date, slot int) {
	mid := t.Add(w.step / 2)
	unix := mid.Unix()
	if unix < w.from || unix >= w.until {
		w.enter(mid)
	}
	local := unix + w.offset
	day = civil.Date(local / secondsPerDay)
	second := local % secondsPerDay
	if second < 0 {
		day, second = day-1, second+secondsPerDay
	}
	return day, int(time.Duration(second) * time.Second / w.step)
}

func (w *wall) enter(t time.Time) {
	start, end := t.In(w.zone).ZoneBounds()
	_, offset := t.In(w.zone).Zone()
	w.offset = int64(offset)
	w.from, w.until = t.Unix(), 1<<62 // the zero bounds of a zone without changes
	if !start.IsZero() {
		w.from = start.Unix()
	}
	if !end.IsZero() {
		w.until = end.Unix()
	}
}
