// Package centre reads the centre file: what a contact centre is, in YAML. It
// finds all faults at once, each with its line, column, value and what was
// wanted.
package centre

import (
	"fmt"
	"time"

	"bemanna/internal/civil"
)

// Centre is a checked centre file: every reference leads somewhere, every
// number is in its range, and every default is filled in.
type Centre struct {
	Name     string
	Dir      string   // folder of the centre file
	Files    []string // the centre file and the files that it names
	Location *time.Location
	Language string // sv or en
	Calendar civil.Calendar
	Interval time.Duration
	Store    string // path of the store, Dir joined to it where it is relative
	Source   string // the name under which history is imported

	Units  []Unit
	Tables []Table
	Groups []Group
	People []Person
	// Bookings are what is fixed for people on days: shifts, absences,
	// meetings, training.
	Bookings []Booking
	// Events are what moves the calls besides the calendar, and Overrides what
	// people have put in the place of the forecast.
	Events    []Event
	Overrides []Override
	// Closings are windows in which groups are closed.
	Closings []Closing
	// Attendance is how many hours people were away and on the telephone, in
	// order of date; LoginRate and Shrinkage hold until it says more.
	Attendance []Attendance

	Target    Target  // for the day as a whole
	LoginRate float64 // share of planned phone time in which people are logged in
	Shrinkage float64 // share of the planned people who are unexpectedly away
	// MaxOccupancy is the greatest share of their time in which people logged in
	// are to be busy: without it, callers who give up would count as relief.
	MaxOccupancy float64
	// Floor is the least share to be answered in time in any interval while the
	// day as a whole is brought to the target of its group.
	Floor float64
	// Redial is the share of those who give up who call again: their cases are not
	// lost. An assumption.
	Redial float64
	// KeepMonths is how long plans, duties, rosters and notes are kept: they are
	// about people.
	KeepMonths int
	Rules      Rules
	Meeting    Meeting
	Schedule   Schedule
	Publish    Publish
}

// Unit is a part of the organisation with a manager.
type Unit struct {
	ID, Name string
	Crowding
}

// Crowding limits how many people do the same at once; 0: no limit.
type Crowding struct {
	LunchAtOnce int
	Seats       int // for those at work, whatever they do
}

// Table is a group of about four desks with a lead for each week.
type Table struct{ ID, Unit, Name string }

// Channel is how people reach an answer group.
type Channel string

// The channels.
const (
	Phone Channel = "phone"
	Email Channel = "email"
)

// Group is an answer group.
type Group struct {
	ID, Name string
	Unit     string // "" : staffed by all units together
	Channel  Channel
	Hours    civil.Hours
	Target   Target
	Patience time.Duration // mean time that callers wait before they hang up; 0: they never do
	// HandleTime is assumed until the history says more.
	HandleTime  time.Duration
	Price       float64       // kronor for each handled case; 0: not billed by the case
	Priority    int           // 1 is taken first
	Critical    bool          // never closed for meetings, never empty
	MinStaff    int           // people who must be there whenever it is open
	Overflow    string        // the group that takes its callers when it is closed for a meeting; "": none
	Expected    float64       // the client's estimate of cases on an ordinary open day; 0: none
	Deadline    time.Duration // e-mail: answered within; 0: none
	History     []Queue       // its names in telephony, its id among them
	From, Until civil.Date    // first and last day of the assignment; 0: no limit
}

// Target is what share of the calls should be answered within what time.
type Target struct {
	Share      float64
	Within     time.Duration
	Definition string // offered, answered, excluding_short, including_abandoned
}

// Employment is the form of somebody's work.
type Employment string

// The forms of employment.
const (
	Permanent Employment = "permanent"
	Hourly    Employment = "hourly"
	Agency    Employment = "agency"
)

// Person is somebody who can be planned.
type Person struct {
	ID, Name    string
	Unit, Table string // "" for agency workers without a table
	Employment  Employment
	Weekly      time.Duration  // contract hours a week
	Days        civil.Weekdays // the days on which they work
	Earliest    civil.Clock    // shifts lie between Earliest and Latest
	Latest      civil.Clock
	Skills      []Skill  // in the order in which they take work
	Roles       []string // lead, mentor, owner, coach
	From, Until civil.Date
	Cost        float64 // kronor an hour, for temps and agency workers; 0: free
	// Notice is how many days before a shift an hourly temp or agency worker must
	// be asked, and MaxWeekly the longest time of work in an ISO week.
	Notice    int
	MaxWeekly time.Duration
	MostLate  int // late shifts a week at most; 0: no limit
}

// Skill says that somebody masters a group.
type Skill struct {
	Group string
	Level int // 1 to 5
}

// Booking is something fixed for a person on one day.
type Booking struct {
	Person string
	Date   civil.Date
	Span   civil.Span // zero: all day
	Kind   string     // shift, absent, meeting, training, coaching, other
}

// Rules are the rules of work, in time rather than in intervals.
type Rules struct {
	Lunch          time.Duration // length
	LunchFrom      time.Duration // after the start of the shift, at the earliest
	LunchTo        time.Duration // at the latest
	LunchShift     time.Duration // shifts of at least this length have lunch
	Break          time.Duration // length of a coffee break
	BreakDistance  time.Duration // least time to the ends of the shift, to lunch and to the other break
	LongestStretch time.Duration // of work without a pause
	LongestPhone   time.Duration // on the telephone without anything else
	MinBlock       time.Duration // on one kind of work
	DailyRest      time.Duration // least time between the shifts of two days
	WeeklyRest     time.Duration // least length of the longest rest from Monday to Sunday
	LateAfter      civil.Clock   // a shift that ends after it is late
	MostLate       int           // late shifts a week, of those who have no limit of their own; 0: no limit
	MostOvertime   time.Duration // in four weeks; 0: no limit
	OvertimeCost   float64       // kronor an hour; 0: not known
	Crowding                     // in the whole centre
}

// Meeting is the morning meeting of the table leads.
type Meeting struct {
	At     civil.Clock
	Length time.Duration // 0: no meeting
}

// Schedule is when the daemon works: cron expressions in the time of the
// centre.
type Schedule struct {
	Plan []string
	at   []place // of each expression
}

// Fault gives the fault that expression i of Plan cannot be read, at its place
// in the centre file. The expressions are read by those who run them.
func (s Schedule) Fault(i int, why string) Fault {
	f := Fault{Text: fmt.Sprintf("schedule: plan %q: %s", s.Plan[i], why)}
	if i < len(s.at) {
		f.File, f.Line, f.Col = s.at[i].file, s.at[i].line, s.at[i].col
	}
	return f
}

// Publish says where the files of the plan go and where new history comes
// from: paths, Dir joined to them where they are relative.
type Publish struct {
	Dir  string // of plan.json, plan.txt and manifest.json
	Drop string // the folder that is looked through for new history
}
