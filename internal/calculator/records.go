package calculator

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"bemanna/erlang"
)

// Records are calls that waited, each with how its wait ended, and what they
// say of the patience of callers.
type Records struct {
	Patience  *erlang.Empirical
	Rate      erlang.AbandonRate // if patience were exponential
	Waited    int                // calls with a wait
	Abandoned int                // of them
	Aside     int                // rows that could not be read
	Fault     error              // of the first of these
}

var recordColumns = []column{
	{"wait", "wait_time", "waited", "väntetid", "kötid"},
	{"answered", "besvarat", "besvarad"},
	{"outcome", "result", "utfall"},
}

// outcomes are the words by which records say whether a call was answered.
var outcomes = map[string]bool{
	"1": true, "true": true, "yes": true, "ja": true, "answered": true, "handled": true, "besvarad": true, "besvarat": true,
	"0": false, "false": false, "no": false, "nej": false, "abandoned": false, "lost": false, "tappad": false, "tappat": false,
	"avbruten": false, "avbrutet": false, "övergiven": false,
}

// ReadRecords reads a sheet of calls, a row each: wait_s, the time until the
// call was answered or hung up, and answered (1 or 0) or outcome (answered or
// abandoned). Rows with a fault are counted and left out. The error is that of
// the sheet: it cannot be read, lacks a column, or has nobody who waited.
func ReadRecords(r io.Reader) (*Records, error) {
	s, err := ReadSheet(r)
	if err != nil {
		return nil, err
	}
	found := s.find(recordColumns)
	wait, okWait := found["wait"]
	end, okEnd := found["answered"]
	if !okEnd {
		end, okEnd = found["outcome"]
	}
	switch {
	case !okWait:
		return nil, &ColumnError{Wanted: "wait_s", Found: s.Header}
	case !okEnd:
		return nil, &ColumnError{Wanted: "answered or outcome", Found: s.Header}
	}
	records := &Records{}
	waits := make([]erlang.Wait, 0, len(s.Rows))
	for i := range s.Rows {
		w, fault := s.wait(i, wait, end)
		if fault != nil {
			if records.Aside++; records.Fault == nil {
				records.Fault = fmt.Errorf("line %d: %w", s.Lines[i], fault)
			}
			continue
		}
		waits = append(waits, w)
	}
	if err := records.estimate(waits); err != nil {
		return nil, err
	}
	return records, nil
}

// wait reads the call of a row, from the cells of its wait and of its end.
func (s *Sheet) wait(row, wait, end int) (erlang.Wait, error) {
	cells := s.Rows[row]
	x, ok := seconds(cells[wait])
	answered, known := outcomes[strings.ToLower(cells[end])]
	switch {
	case !ok || x > day:
		return erlang.Wait{}, &InputError{s.Header[wait], cells[wait], "a time from 0 to 24h such as 45"}
	case !known:
		return erlang.Wait{}, &InputError{s.Header[end], cells[end], "1, answered, 0 or abandoned"}
	}
	return erlang.Wait{Seconds: x, Abandoned: !answered}, nil
}

// estimate fills in what the waits say.
func (r *Records) estimate(waits []erlang.Wait) (err error) {
	total := 0.0
	for _, w := range waits {
		if w.Seconds > 0 || w.Abandoned {
			r.Waited++
		}
		if w.Abandoned {
			r.Abandoned++
		}
		total += w.Seconds
	}
	if total == 0 {
		return errors.Join(errors.New("no call waited, want waits that say how patient callers are"), r.Fault)
	}
	if r.Rate, err = erlang.EstimateAbandonRate(float64(r.Abandoned), total); err != nil {
		return err
	}
	r.Patience, err = erlang.EstimatePatience(waits)
	return err
}
