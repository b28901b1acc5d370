package sim

// Waited is the time in seconds that all callers waited, for results that are
// published per call expected.
func (c Calls) Waited() Estimate { return c.moments.mean(sumOf(answeredWait, hungUpWait)) }

// WaitedShort are the calls whose wait ended within the threshold, however.
func (c Calls) WaitedShort() Estimate { return c.moments.mean(sumOf(answeredWithin, hungUpWithin)) }
