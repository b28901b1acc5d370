package calculator

import (
	"errors"
	"fmt"
	"strconv"

	"bemanna/erlang"
)

// An InputError is a figure of a case that is missing or out of its range.
type InputError struct {
	Field string // as in "max-occupancy"
	Value string // as it was written; "" when it is missing
	Want  string
}

func (e *InputError) Error() string {
	if e.Value == "" {
		return e.Field + ": missing, want " + e.Want
	}
	return e.Field + " " + e.Value + ": want " + e.Want
}

// A LineError is what is wrong with a line of a sheet. It does not unwrap: an
// InputError is a fault of the caller's, this one of the file's.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// inputs are the fields of a case behind the fields of package erlang.
var inputs = map[string]string{
	"Queue.ArrivalRate": "calls", "Queue.ServiceRate": "aht", "Queue.AbandonRate": "patience", "Queue.Patience": "patience",
	"Queue.RedialShare": "redial", "agents": "agents", "threshold": "threshold", "cv": "cv",
	"Target.Share": "target", "Target.Threshold": "threshold", "Target.MaxOccupancy": "max-occupancy",
	"Target.MaxAbandonment": "max-abandonment", "Target.MaxSpeedOfAnswer": "max-asa", "Definition.Below": "definition",
	"TransientOptions.Backlog": "backlog", "StaffOptions.CV": "cv", "StaffOptions.Floor": "floor",
}

// translated names a figure that package erlang refuses as the case does, and
// in its units.
func (c *Case) translated(err error) error {
	input, ok := errors.AsType[*erlang.InputError](err)
	if !ok {
		return err
	}
	field, known := inputs[input.Field]
	if !known {
		return err
	}
	value := input.Value
	switch field {
	case "calls":
		value = c.Calls
	case "aht":
		value = c.HandleTime
	case "patience":
		value = c.Patience
	}
	return &InputError{field, strconv.FormatFloat(value, 'g', -1, 64), input.Want}
}
