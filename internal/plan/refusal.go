package plan

import (
	"fmt"

	"bemanna/internal/civil"
)

// CheckInError says that a check-in cannot be as it is asked for: news that
// cannot be true, a day that is over. Text is for those who write commands;
// readers of pages are told by the Refusal, in their language.
type CheckInError struct {
	Refusal
	Text string
}

func (e *CheckInError) Error() string { return e.Text }

// Refusal is why a check-in cannot be, and what that is about. What the reason
// does not need is zero.
type Refusal struct {
	Reason      RefusalReason
	Name        string // of a person; the id of one who is unknown
	Group       string // its name
	Date        civil.Date
	From, Until civil.Clock
}

// RefusalReason is why a check-in cannot be.
type RefusalReason string

// The reasons.
const (
	RefusedOver       RefusalReason = "over"       // the day, at From
	RefusedUnchanged  RefusalReason = "unchanged"  // nothing to undo
	RefusedUnknown    RefusalReason = "unknown"    // nobody, or several, are called Name
	RefusedTwice      RefusalReason = "twice"      // Name is reported twice
	RefusedNotPlanned RefusalReason = "unplanned"  // on Date
	RefusedOff        RefusalReason = "off"        // late, but not here on Date
	RefusedNoTime     RefusalReason = "no_time"    // late, but when
	RefusedHere       RefusalReason = "here"       // is here already
	RefusedEnd        RefusalReason = "end"        // From is not before Until
	RefusedLatest     RefusalReason = "latest"     // works until Until, comes at From
	RefusedGroup      RefusalReason = "group"      // lent to Group, which takes no calls on Date
	RefusedMaster     RefusalReason = "master"     // lent to Group, whose calls are theirs
	RefusedStay       RefusalReason = "stay"       // Until is not after the shift, which ends at From
	RefusedRest       RefusalReason = "rest"       // there is too little rest after staying until Until
	RefusedNotBooked  RefusalReason = "not_booked" // nothing that can be called off from From until Until
)

// because is the error of a refusal.
func (r Refusal) because(format string, args ...any) error {
	return &CheckInError{r, fmt.Sprintf(format, args...)}
}
