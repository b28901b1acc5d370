package demo

import "bemanna/internal/civil"

// clock gives a time of day.
func clock(hour, minute civil.Clock) civil.Clock { return 60*hour + minute }

// lasting gives the span of some minutes from a time of day on.
func lasting(at civil.Clock, minutes int) civil.Span {
	return civil.Span{Open: at, Close: at + civil.Clock(minutes)}
}
