package ingest

import (
	"math"
	"strings"
)

const (
	// mostCalls is the count of calls of an interval or a day above which nobody
	// believes it: what stands there is a number of a caller, or a stamp.
	mostCalls = 1e7
	// longestHandleTime is the mean in seconds above which nobody believes it.
	longestHandleTime = 3600
	// longestWait is the same for the mean wait of a call.
	longestWait = 4 * 3600
	// A part may be greater than its whole by so much, because calls are
	// offered in one interval and answered in the next.
	straddleCalls, straddleShare = 2, 0.05
	// examples is how many rows are kept for each reason.
	examples = 100
)

var nan = math.NaN()

// numbers reads the counts and the times of the record and checks them.
func (rd *reader) numbers(row *Row) {
	row.Offered = rd.count(fieldOffered)
	row.Answered = rd.count(fieldAnswered)
	row.Abandoned = rd.count(fieldAbandoned)
	weight := row.Answered
	if rd.cols.index[fieldAnswered] < 0 {
		weight = row.Offered
	}
	row.AnsweredWithin = rd.within(weight)
	rd.handling(row, weight)
	rd.waits(row, weight)

	rd.atMost(fieldAnswered, row.Answered, row.Offered)
	rd.atMost(fieldWithin, row.AnsweredWithin, row.Offered)
}

// handling reads talk, hold and after-call work, or what there is of them, and
// checks their mean.
func (rd *reader) handling(row *Row, weight float64) {
	row.TalkSeconds = rd.sum(fieldTalk, weight)
	row.AfterSeconds = rd.sum(fieldAfter, weight)
	if hold := rd.sum(fieldHold, weight); !math.IsNaN(hold) {
		row.TalkSeconds += hold
	}
	column := fieldTalk
	if math.IsNaN(row.TalkSeconds) {
		column = fieldHandled
		row.TalkSeconds = rd.sum(fieldHandled, weight)
		if !math.IsNaN(row.AfterSeconds) {
			row.TalkSeconds = max(0, row.TalkSeconds-row.AfterSeconds)
		}
	}
	if weight > 0 && row.Handled() > longestHandleTime*weight {
		rd.blame(rd.cols.index[column], ReasonHandleTime)
	}
}

// waits reads how long callers waited and checks the means where they waited on
// the line; e-mail may wait for days.
func (rd *reader) waits(row *Row, weight float64) {
	row.WaitSeconds = rd.sum(fieldWaitAnswered, weight)
	row.AbandonedWaitSeconds = rd.sum(fieldWaitAbandoned, row.Abandoned)
	if row.Daily() || row.Channel != "phone" && row.Channel != "" {
		return
	}
	if weight > 0 && row.WaitSeconds > longestWait*weight {
		rd.blame(rd.cols.index[fieldWaitAnswered], ReasonWait)
	}
	if row.Abandoned > 0 && row.AbandonedWaitSeconds > longestWait*row.Abandoned {
		rd.blame(rd.cols.index[fieldWaitAbandoned], ReasonWait)
	}
}

// number reads a cell: NaN where it is empty.
func (rd *reader) number(f field, parse func(string, bool) (float64, bool)) float64 {
	s := rd.cols.cell(rd.record, f)
	if s == "" {
		return nan
	}
	v, ok := parse(s, rd.report.Layout.DecimalComma)
	switch {
	case !ok:
		rd.blame(rd.cols.index[f], ReasonNumber)
	case v < 0:
		rd.blame(rd.cols.index[f], ReasonNegative)
	}
	return v
}

func (rd *reader) count(f field) float64 {
	v := rd.number(f, number)
	switch {
	case v != math.Trunc(v) && !math.IsNaN(v):
		rd.blame(rd.cols.index[f], ReasonFraction)
	case v > mostCalls:
		rd.blame(rd.cols.index[f], ReasonGreat)
	}
	return v
}

// sum reads seconds summed over the calls, of which there are weight.
func (rd *reader) sum(f field, weight float64) float64 {
	if rd.cols.index[f] < 0 {
		return nan
	}
	v := rd.number(f, seconds)
	switch {
	case weight == 0 && (math.IsNaN(v) || rd.cols.mean[f]):
		return 0
	case rd.cols.mean[f]:
		if v > longestHandleTime && f <= fieldHandled {
			rd.blame(rd.cols.index[f], ReasonHandleTime)
		}
		return v * weight
	}
	return v
}

// within reads the calls answered in time; answered is how many there were.
func (rd *reader) within(answered float64) float64 {
	if !rd.cols.share {
		return rd.count(fieldWithin)
	}
	v := rd.number(fieldWithin, share) * rd.cols.scale
	if v > 1 {
		rd.blame(rd.cols.index[fieldWithin], ReasonExceeds)
	}
	return v * answered
}

// atMost blames a part that is greater than its whole.
func (rd *reader) atMost(f field, part, whole float64) {
	if part > whole+max(straddleCalls, straddleShare*whole) {
		rd.blame(rd.cols.index[f], ReasonExceeds)
	}
}

// setAside counts the fault of the record.
func (rd *reader) setAside() {
	why := rd.fault.Reason
	rd.report.SetAside[why]++
	if !why.Quiet() && rd.report.SetAside[why] <= examples {
		rd.report.Rejects = append(rd.report.Rejects, rd.fault)
	}
}

// faulty keeps the place of a row alone.
func faulty(row Row) Row {
	return Row{
		Group: row.Group, Channel: row.Channel, Start: row.Start, Step: row.Step, Line: row.Line, Faulty: true,
		Offered: nan, Answered: nan, AnsweredWithin: nan, Abandoned: nan, TalkSeconds: nan, AfterSeconds: nan,
		WaitSeconds: nan, AbandonedWaitSeconds: nan,
	}
}

// finish writes what was gathered into the report.
func (rd *reader) finish() {
	for _, tr := range rd.order {
		if tr.span.Rows > 0 {
			rd.report.Groups = append(rd.report.Groups, tr.span)
		}
	}
}

// shorten keeps a broken cell from filling a report.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
