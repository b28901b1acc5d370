// Package ingest reads telephony history as it comes out of exports: it finds
// the delimiter, the encoding, the decimal sign, the form of dates and the
// columns by itself, says what it found, and sets rows aside with file, line
// and reason rather than guess or stop.
package ingest

import (
	"math"
	"time"
)

// Row is one interval of one answer group: the canonical record.
type Row struct {
	Group   string        // as the file calls it
	Channel string        // phone, email, …; "" where the file does not say
	Start   time.Time     // of the interval
	Step    time.Duration // 24 h (or 23, 25) for daily rows
	// Counts and sums of seconds. NaN: the file does not say.
	Offered        float64
	Answered       float64
	AnsweredWithin float64 // answered within Within
	Abandoned      float64
	TalkSeconds    float64 // summed over the answered calls; hold time included
	AfterSeconds   float64 // after-call work, summed; NaN where TalkSeconds holds it too
	WaitSeconds    float64 // waits of the answered calls, summed
	// AbandonedWaitSeconds are the waits of those who gave up, summed.
	AbandonedWaitSeconds float64
	Within               time.Duration // the threshold of AnsweredWithin; 0: unknown
	Line                 int           // in the file
	// Faulty marks an interval whose numbers were set aside: they are all NaN.
	// The interval is unknown then; leaving it out would mean zero calls.
	Faulty bool
}

// Daily tells whether the row is the total of a civil day.
func (r Row) Daily() bool { return r.Step >= 23*time.Hour }

// Handled is the handling of the answered calls in seconds: talk, hold and
// after-call work. NaN where the file does not say.
func (r Row) Handled() float64 {
	if math.IsNaN(r.AfterSeconds) {
		return r.TalkSeconds
	}
	return r.TalkSeconds + r.AfterSeconds
}
