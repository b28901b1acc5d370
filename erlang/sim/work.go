package sim

// Work is what agents did in an interval or in all the grid. What happens
// after the end of the grid is left out.
type Work struct{ moments moments }

// Work is the work of the whole grid.
func (r *Result) Work() Work { return Work{r.whole.work} }

// WorkAt is the work of an interval.
func (r *Result) WorkAt(interval int) Work { return Work{r.work[interval]} }

// WorkIn is the work of one of Options.Parts.
func (r *Result) WorkIn(part int) Work { return Work{r.parts[part].work} }

// Occupancy is the time on calls as a share of the time on telephone duty, as
// far as a group of the duty is open or the agent is on a call. An
// agent who ends a call after the end of a duty is on duty until then, and one
// who pauses is not.
func (w Work) Occupancy() Estimate {
	return w.moments.ratio(sumOf(onCalls), sumOf(onPhoneDuty)).share()
}

// OnCalls is the agents' time on calls, in seconds.
func (w Work) OnCalls() Estimate { return w.moments.mean(sumOf(onCalls)) }

// OnPhoneDuty is the agents' time on duties with groups, in seconds.
func (w Work) OnPhoneDuty() Estimate { return w.moments.mean(sumOf(onPhoneDuty)) }

// OnEmail is the agents' time on e-mail, on any duty, in seconds.
func (w Work) OnEmail() Estimate { return w.moments.mean(sumOf(onEmail)) }

// Messages is what became of the messages of a kind. Numbers are means per
// day.
type Messages struct{ moments moments }

// Email is the messages of a kind, by its index in the Model.
func (r *Result) Email(kind int) Messages { return Messages{r.email[kind]} }

// Came are all messages, the backlog too.
func (m Messages) Came() Estimate { return m.moments.mean(sumOf(mailCame)) }

// Answered are the messages that were begun before the end of the grid.
func (m Messages) Answered() Estimate { return m.moments.mean(sumOf(mailAnswered)) }

// LeftOver are the messages that nobody began.
func (m Messages) LeftOver() Estimate {
	return m.moments.mean(sumOf(mailCame).minus(mailAnswered))
}

// Overdue are the messages left over that were due before the end of the grid.
func (m Messages) Overdue() Estimate { return m.moments.mean(sumOf(mailOverdue)) }

// InTime is the share answered by the time they were due, of those answered
// and those overdue. Messages left over that are not yet due do not count.
func (m Messages) InTime() Estimate {
	return m.moments.ratio(sumOf(mailInTime), sumOf(mailAnswered, mailOverdue)).share()
}

// AverageAge is the mean time in seconds from arrival to answer, of those
// answered.
func (m Messages) AverageAge() Estimate {
	return m.moments.ratio(sumOf(mailAge), sumOf(mailAnswered))
}
