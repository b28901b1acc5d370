// Package ingest reads telephony history as it comes out of exports: it finds
// the delimiter, the encoding, the decimal sign, the form of dates and the
// columns by itself, says what it found, and sets rows aside with file, line
// and reason rather than guess or stop.
package ingest

import "time"

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
	TalkSeconds    float64       // summed over the answered calls; hold time included
	AfterSeconds   float64       // after-call work, summed
	WaitSeconds    float64       // waits of the answered calls, summed
	Within         time.Duration // the threshold of AnsweredWithin; 0: unknown
	Line           int           // in the file
}
