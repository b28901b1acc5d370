package ingest

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"
)

// reader turns the records of one file into rows.
type reader struct {
	o      Options
	cols   columns
	names  []string // of the columns
	csv    *csv.Reader
	stamps stamps
	days   *days
	tracks map[[2]string]*track
	order  []*track // as they first appear
	last   *track
	report *Report
	record []string
	line   int
	fault  Reject // of the record; no reason: none
}

func newReader(all io.Reader, h header, cols columns, o Options, report *Report) *reader {
	return &reader{
		o: o, cols: cols, names: h.names, report: report,
		csv:    newCSV(all, h.delimiter),
		stamps: stamps{monthFirst: report.Layout.Dates == MonthFirst},
		days:   newDays(o.Location),
		tracks: map[[2]string]*track{},
	}
}

// run reads the records after the first ones.
func (rd *reader) run(skip int, each func(Row) error) error {
	for n := 0; ; n++ {
		record, err := rd.csv.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &CutError{File: rd.o.File, Line: rd.line, Err: err}
		}
		rd.record = record
		rd.line, _ = rd.csv.FieldPos(0)
		if n < skip {
			continue
		}
		rd.report.Read++
		rd.fault = Reject{}
		row, placed := rd.row()
		switch {
		case rd.fault.Reason != "":
			rd.setAside()
			if !placed {
				continue
			}
			row = faulty(row)
		default:
			rd.report.Good++
		}
		if err := each(row); err != nil {
			return err
		}
	}
}

// row reads the record. Whatever is wrong with it stands in rd.fault; placed
// tells whether group and time are known all the same.
func (rd *reader) row() (row Row, placed bool) {
	group, ok := rd.group()
	if !ok {
		return row, false
	}
	st, ok := rd.cols.when(&rd.stamps, rd.record)
	if !ok {
		rd.blame(rd.whenColumn(), ReasonTime)
		return row, false
	}
	tr := rd.track(group)
	row = Row{Group: tr.span.Group, Channel: tr.span.Channel, Line: rd.line, Within: rd.cols.within}
	d, ok := rd.place(&row, st, tr)
	if !ok {
		return row, false
	}
	rd.numbers(&row)
	repeated := tr.mark(d, row.Start, row.Daily())
	if repeated && rd.fault.Reason == "" {
		rd.report.Repeats++
	}
	tr.widen(row.Start)
	return row, true
}

// group gives the name of the group, after the checks of the record as a
// whole.
func (rd *reader) group() (string, bool) {
	rec := rd.record
	group := rd.o.Group
	if rd.cols.index[fieldGroup] >= 0 {
		group = rd.cols.cell(rec, fieldGroup)
	}
	lastLine, _ := rd.csv.FieldPos(len(rec) - 1)
	first := strings.TrimSpace(rec[0])
	switch {
	case lastLine != rd.line || strings.Contains(rec[len(rec)-1], "\n"):
		rd.blame(0, ReasonQuote)
	case rd.cols.index[fieldGroup] != 0 && isTotal(first, true), isTotal(rd.cols.cell(rec, fieldWhen), true), isTotal(group, false):
		rd.fault.Reason = ReasonTotal
	case first == "" && blank(rec):
		rd.fault.Reason = ReasonBlank
	case len(rec) <= rd.cols.index[fieldOffered]:
		rd.blame(rd.cols.index[fieldOffered], ReasonFields)
	case group == "":
		rd.blame(rd.cols.index[fieldGroup], ReasonGroup)
	}
	return group, rd.fault.Reason == ""
}

func blank(record []string) bool {
	for _, s := range record {
		if strings.TrimSpace(s) != "" {
			return false
		}
	}
	return true
}

// track finds what is known of the group and channel of the record. Records
// share their memory, so a new name is copied.
func (rd *reader) track(group string) *track {
	channel := rd.cols.cell(rd.record, fieldChannel)
	if channel == "" {
		channel = rd.o.Channel
	}
	if rd.cols.index[fieldChannel] >= 0 {
		channel = channelOf(channel)
	}
	if tr := rd.last; tr != nil && tr.span.Group == group && tr.span.Channel == channel {
		return tr
	}
	tr := rd.tracks[[2]string{group, channel}]
	if tr == nil {
		tr = newTrack(strings.Clone(group), strings.Clone(channel))
		rd.tracks[[2]string{tr.span.Group, tr.span.Channel}] = tr
		rd.order = append(rd.order, tr)
	}
	rd.last = tr
	return tr
}

// place finds the instant and the length of the row.
func (rd *reader) place(row *Row, st stamp, tr *track) (*day, bool) {
	row.Step = rd.step(st)
	switch {
	case row.Step == 24*time.Hour && st.minute == 0 && st.second == 0:
		d := rd.days.of(st.date)
		row.Start, row.Step = d.start, d.end.Sub(d.start)
		return d, true
	case row.Step == 24*time.Hour:
		rd.blame(rd.whenColumn(), ReasonGrid)
		return nil, false
	case !validStep(row.Step):
		rd.blame(rd.cols.index[fieldStep], ReasonStep)
		return nil, false
	case st.second != 0 || st.minute%int(row.Step/time.Minute) != 0:
		rd.blame(rd.whenColumn(), ReasonGrid)
		return nil, false
	case st.exact && !rd.o.Wall:
		wall := time.Unix(int64(st.date)*86400+int64(st.minute)*60, 0)
		row.Start = wall.Add(-st.offset).In(rd.o.Location)
		return rd.days.holding(row.Start), true
	}
	d := rd.days.of(st.date)
	first, second, n := d.at(st.minute)
	switch {
	case n == 0:
		rd.skipped()
		return nil, false
	case n == 2 && tr.has(d, first):
		row.Start = second
	default:
		row.Start = first
	}
	return d, true
}

// step is the length of the interval: what the row says, else the file.
func (rd *reader) step(st stamp) time.Duration {
	if s := rd.cols.cell(rd.record, fieldStep); s != "" {
		minutes, ok := digits(s)
		if !ok {
			return 0
		}
		return time.Duration(minutes) * time.Minute
	}
	if st.length > 0 {
		return time.Duration(st.length) * time.Minute
	}
	return rd.report.Layout.Step
}

// skipped sets a row aside whose time the clocks skip.
func (rd *reader) skipped() {
	offered := rd.number(fieldOffered, number)
	switch {
	case rd.fault.Reason != "":
	case offered > 0:
		rd.blame(rd.whenColumn(), ReasonSkipped)
	default:
		rd.fault.Reason = ReasonNoHour
	}
}

// whenColumn is the column to name when a stamp is wrong.
func (rd *reader) whenColumn() int {
	if rd.cols.clock >= 0 {
		if _, ok := rd.stamps.parse(rd.cols.cell(rd.record, fieldWhen)); ok {
			return rd.cols.clock
		}
	}
	return rd.cols.index[fieldWhen]
}

// blame notes the first thing that is wrong with the record.
func (rd *reader) blame(column int, why Reason) {
	if rd.fault.Reason != "" {
		return
	}
	rd.fault = Reject{Line: rd.line, Reason: why}
	if column >= 0 && column < len(rd.record) {
		rd.fault.Value = strings.Clone(shorten(strings.TrimSpace(rd.record[column])))
	}
	if column >= 0 && column < len(rd.names) {
		rd.fault.Column = rd.names[column]
	}
}
