package sim

// A tally is what became of the calls of a group that came in one interval of
// a day.
type tally [numMeasures]float64

// The measures of calls. Waits are sums in seconds.
const (
	answered = iota
	hungUp
	blocked
	left // never answered, and never hung up
	answeredWithin
	hungUpWithin // hung up within the threshold
	hungUpBelow  // hung up within Model.Below
	overflowed   // answered by the agents of another group
	redialled    // attempts that were not the first
	answeredWait
	hungUpWait
	numMeasures
)

// A mailTally is what became of the messages of a kind on a day.
type mailTally [numMailMeasures]float64

const (
	mailCame = iota // with the backlog
	mailAnswered
	mailInTime
	mailOverdue // not answered at the end of the grid though due
	mailAge     // s, sum over the answered of the time from arrival to answer
	numMailMeasures
)

// The measures of work: seconds of an interval.
const (
	onCalls = iota
	onPhoneDuty
	onEmail
	numWorkMeasures
)

// onPause is what somebody does who pauses; it is no measure.
const onPause = numWorkMeasures

func (d *day) tally(c *call) *tally {
	return &d.tallies[int(c.group)*d.n+int(c.interval)]
}

// countAnswer counts a call that is answered now.
func (d *day) countAnswer(c *call, helped bool) {
	t := d.tally(c)
	wait := d.now - c.came
	t[answered]++
	t[answeredWait] += wait
	if wait <= d.Groups[c.group].Threshold {
		t[answeredWithin]++
	}
	if helped {
		t[overflowed]++
	}
}

func (d *day) countHangUp(c *call) {
	t := d.tally(c)
	wait := max(0, c.patience-c.came)
	t[hungUp]++
	t[hungUpWait] += wait
	if wait <= d.Groups[c.group].Threshold {
		t[hungUpWithin]++
	}
	if wait <= d.Below {
		t[hungUpBelow]++
	}
}
