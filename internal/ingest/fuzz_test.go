package ingest

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"
)

// Whatever the file: no panic, every row is either good or set aside for a
// reason, every good row is sound, and reading it again gives the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(canonicalFile))
	for _, text := range slices.Sorted(maps.Values(sameFile)) {
		f.Add([]byte(text))
	}
	f.Add([]byte("\xff\xfes\x00t\x00a\x00r\x00t\x00"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Add([]byte("datum;grupp;inkomna\n2026-10-25;K\xf6;5\n;;\nSumma;;5\n"))
	f.Add([]byte("start,group,offered\n2026-03-29 02:30,\"A,1\n\",,\n"))
	loc := stockholm(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, report, err := ReadAll(bytes.NewReader(file), Options{Location: loc})
		setAside, good := 0, 0
		for _, n := range report.SetAside {
			setAside += n
		}
		for _, r := range rows {
			if !r.Faulty {
				good++
			}
			if r.Step <= 0 || r.Start.Year() < firstYear-1 || r.Start.Year() > lastYear+1 || r.Group == "" ||
				r.Offered < 0 || r.Answered < 0 || r.TalkSeconds < 0 || r.AnsweredWithin < 0 || r.WaitSeconds < 0 || r.AbandonedWaitSeconds < 0 ||
				r.Channel == "" && !r.Daily() && r.AbandonedWaitSeconds > longestWait*r.Abandoned && r.Abandoned > 0 {
				t.Errorf("unsound row %+v", r)
			}
		}
		if report.Read != report.Good+setAside || good != report.Good {
			t.Errorf("%d rows read, %d good, %d handed on, %d set aside", report.Read, report.Good, good, setAside)
		}
		again, _, err2 := ReadAll(bytes.NewReader(file), Options{Location: loc})
		if len(again) != len(rows) || (err == nil) != (err2 == nil) {
			t.Errorf("read again: %d rows and %v, then %d and %v", len(rows), err, len(again), err2)
		}
		for _, g := range report.Groups[:min(2, len(report.Groups))] {
			var coarse *CoarseError
			if g.Last.Sub(g.First) > 366*24*time.Hour {
				continue // a long series takes the time of many short ones
			}
			if _, err := Series(rows, g.Group, SeriesOptions{Step: time.Hour, Location: loc}); err != nil && !errors.As(err, &coarse) {
				t.Error(err)
			}
		}
	})
}
