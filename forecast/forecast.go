// Package forecast turns the history of an answer group into what is to come:
// means, calibrated quantiles and sample paths of the number of calls in each
// interval, the handle time, and the reasons why a day differs.
//
// A Model takes a History and gives a Forecast. Nothing here does I/O, reads a
// clock, or draws from a source of randomness that was not seeded by the
// caller.
package forecast

import (
	"context"
	"time"
)

// Series is a run of numbers at equal steps of real time, nights and weekends
// included. Values[i] belongs to [Start+i·Step, Start+(i+1)·Step). What people
// call a day or a quarter past nine follows from the location of Start, so
// that a day has 92 or 100 quarter-hours when the clocks change.
//
// NaN means that the number is not known; zero means that there was none. Calls
// are at most 1e15, seconds 1e18.
type Series struct {
	Start  time.Time
	Step   time.Duration
	Values []float64
}

// Time gives the start of interval i; i may lie outside the series.
func (s Series) Time(i int) time.Time { return s.Start.Add(time.Duration(i) * s.Step) }

// End gives the instant at which the series stops.
func (s Series) End() time.Time { return s.Time(len(s.Values)) }

// DayTotal is the number of calls of a whole civil day that is known without
// its intervals. Date is any instant of that day in the location of the series.
type DayTotal struct {
	Date  time.Time
	Value float64
}

// History is all that is known of one answer group when the forecast is made.
type History struct {
	Offered  Series     // calls offered in each interval
	Answered Series     // calls answered in each interval: the weights of the handle times; may be empty
	Handled  Series     // seconds of handling of those calls, summed; may be empty
	Daily    []DayTotal // totals of days of which Offered says nothing, in order of date; may be empty
}

// DayKind is what a calendar says of a day.
type DayKind uint8

// The kinds of days.
const (
	Ordinary DayKind = iota
	Special          // open, with other volumes than its weekday
	Bridge           // a lone working day between free days
	Short            // open in the morning only, by custom
	Eve              // free in practice
	Holiday          // public holiday
)

// Calendar gives the kind and the name of the civil day that holds t, in t's
// own location. A nil Calendar has only ordinary days.
type Calendar func(t time.Time) (DayKind, string)

// Options are what a forecast is asked for.
type Options struct {
	Intervals int      // how many intervals ahead of History.Offered.End(), at its step
	Calendar  Calendar // nil: none
	// Open tells whether the group is open in the interval that starts at t,
	// in the past as in the future; at a step of a day, whether it is open on
	// that day. Nil: learned from the history.
	Open func(t time.Time) bool
	// Expected is the client's own estimate of the calls of an ordinary open
	// day, for groups with little or no history. 0: none.
	Expected float64
	// HandleTime is the mean handle time in seconds to assume until the
	// history says more. 0: none.
	HandleTime float64
	// Events are what else moves the calls, in the past and ahead, in any order.
	Events []Event
	// Learnt is Forecast.Learnt of an earlier forecast of the same group, some
	// days or weeks old, which makes this one much faster. Nil: none.
	Learnt *Learnt
	// Kin is what other groups have shown; see Relate. Nil: nothing.
	Kin *Kin
}

// Group is an answer group and what is asked of it.
type Group struct {
	Name    string
	History History
	Options Options
}

// Model makes forecasts. Implementations are values without state: the same
// history and options give the same forecast, bit for bit.
type Model interface {
	Name() string
	// Forecast looks Options.Intervals ahead of the end of h.Offered. It never
	// fails for lack of data: what it could not learn is said in the notes and
	// makes the intervals wide. It fails on options that make no sense, and
	// when ctx ends.
	Forecast(ctx context.Context, h History, o Options) (Forecast, error)
}

// Forecast of one answer group. All slices but Days and Notes have one entry
// for each interval from Start on.
type Forecast struct {
	Start time.Time
	Step  time.Duration
	// Mean is the expected number of calls; 0 when closed.
	Mean []float64
	// Spread is the relative standard deviation of the rate itself around
	// Mean, beyond the chance of calls coming one by one: the count is mixed
	// Poisson with variance Mean + (Spread·Mean)².
	Spread []float64
	// HandleTime is the mean handle time in seconds; 0 when nothing is known.
	HandleTime []float64
	// Days says, for each civil day, what the model expects and why.
	Days  []Day
	Notes []Note
	// DayShare is the part of the variance of the rate that is common to all
	// intervals of a day, between 0 and 1: the mean correlation of two of them.
	// It holds for whole days; of the rest of a day that comes before others,
	// Sigma says the same.
	DayShare float64
	// Course says how the rates stray within a day; zero: not known.
	Course Course
	// Learnt is what may be given to the next forecast; nil where there is
	// nothing.
	Learnt *Learnt
}

// Day is one civil day of a forecast.
type Day struct {
	Date  time.Time // its midnight
	Total float64   // expected calls
	// Sigma is the relative standard deviation of the day's rate, days that are
	// far off apart.
	Sigma float64
	// HandleSigma is the relative standard deviation of the day's mean handle
	// time around what is expected, the chance of as many calls as its days
	// have had counted in; 0 when nothing is known.
	HandleSigma float64
	// Far is the share of days that are far from what was expected, for reasons
	// that no history shows; see Quantile.
	Far float64
	// Terms are the reasons why the day differs from an ordinary day of its
	// weekday, the greatest first: a factor of 1.12 is +12 %.
	Terms []Term
}

// Term is one reason with its factor.
type Term struct {
	Reason Reason
	Name   string // of the holiday or event, where there is one
	Factor float64
}

// Reason is why a day differs.
type Reason string

// The reasons of the calendar and of the recent past.
const (
	ReasonHoliday      Reason = "holiday"       // the day is a holiday, an eve, a bridge day or a short day
	ReasonAfterHoliday Reason = "after_holiday" // the day follows a day off
	ReasonBefore       Reason = "before_holiday"
	ReasonMonthStart   Reason = "month_start" // first business days of the month
	ReasonMonth        Reason = "month_day"   // position in the month otherwise
	ReasonSeason       Reason = "season"      // time of the year
	ReasonLevel        Reason = "level"       // the level of late is above or below the long run
)

// Note is a remark on the data or on the model: data to be put into words by
// those who show it.
type Note struct {
	Kind     NoteKind
	From, To time.Time // the time it concerns; To is exclusive; zero: none
	Value    float64   // what the kind says; 0: none
}

// NoteKind says what a note is about.
type NoteKind string

// The kinds of notes.
const (
	NoteOutage       NoteKind = "outage"        // no calls in open hours where about Value were expected: not learnt from
	NoteOutlier      NoteKind = "outlier"       // a day that was Value times the expected one: damped
	NoteLittle       NoteKind = "little"        // only Value days of history
	NoteNoHistory    NoteKind = "no_history"    // the forecast is the client's estimate, or nothing
	NotePartial      NoteKind = "partial"       // days known in part: not learnt from
	NoteBaseline     NoteKind = "baseline"      // a simple baseline was used because it has been better
	NoteOutsideHours NoteKind = "outside_hours" // Value calls came while the group is said to be closed
)
