package plan

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// rowsOf makes rows of n calls from 08:00 to 16:00 on the weekdays of some
// weeks.
func rowsOf(group string, from civil.Date, weeks int, calls float64, closed func(civil.Date) bool) []ingest.Row {
	nan := math.NaN()
	var rows []ingest.Row
	for d := from; d < from+civil.Date(7*weeks); d++ {
		if w := d.Weekday(); w == time.Saturday || w == time.Sunday || closed(d) {
			continue
		}
		for c := civil.Clock(8 * 60); c < 16*60; c += 30 {
			rows = append(rows, ingest.Row{
				Group: group, Start: d.At(c, time.UTC), Step: 30 * time.Minute, Offered: calls, Answered: calls,
				TalkSeconds: 240 * calls, AfterSeconds: 60 * calls, AnsweredWithin: nan, Abandoned: nan, WaitSeconds: nan,
			})
		}
	}
	return rows
}

func TestDraftCentre(t *testing.T) {
	sweden := civil.Sweden()
	from := civil.NewDate(2026, 3, 2)
	red := func(d civil.Date) bool { return sweden.On(d).Kind == civil.Red }
	rows := rowsOf("växel", from, 20, 5, red)
	rows = append(rows, ingest.Row{ // a stray call in the night opens nothing
		Group: "växel", Start: (from + 1).At(3*60, time.UTC), Step: 30 * time.Minute, Offered: 1,
		Answered: math.NaN(), TalkSeconds: math.NaN(), WaitSeconds: math.NaN(),
	})
	in := DraftCentre("Byn", time.UTC, rows)
	if len(in.Groups) != 1 || in.Interval != 30*time.Minute || in.Calendar != "" {
		t.Fatalf("%+v", in)
	}
	g := in.Groups[0]
	if want := (civil.Span{Open: 8 * 60, Close: 16 * 60}); g.Hours[time.Tuesday] != want || g.Hours[time.Saturday] != (civil.Span{}) {
		t.Errorf("hours %v, want %v on weekdays", g.Hours, want)
	}
	if g.HandleTime != 5*time.Minute || g.Volume != 80 {
		t.Errorf("handle time %v, %g cases a day, want 5m and 80", g.HandleTime, g.Volume)
	}
	// calls on Swedish red days: the history is of another country
	if in := DraftCentre("X", time.UTC, rowsOf("a", from, 20, 5, func(civil.Date) bool { return false })); in.Calendar != "none" {
		t.Errorf("calendar %q, want none", in.Calendar)
	}
}

// TestSmallGroupsShareHours: a group of a call an hour has the same hours on all
// working days, though not every one has seen a call at each end; Fridays that
// close at noon keep their own.
func TestSmallGroupsShareHours(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	from := civil.NewDate(2026, 11, 2)
	var rows []ingest.Row
	for _, row := range rowsOf("liten", from, 3, 1, func(civil.Date) bool { return false }) {
		if r.Float64() < .4 {
			rows = append(rows, row)
		}
	}
	for _, row := range rowsOf("halv", from, 20, 2, func(civil.Date) bool { return false }) {
		if row.Start.Weekday() != time.Friday || row.Start.Hour() < 12 {
			rows = append(rows, row)
		}
	}
	in := DraftCentre("Byn", time.UTC, rows)
	for w := time.Monday; w <= time.Friday; w++ {
		if want := (civil.Span{Open: 8 * 60, Close: 16 * 60}); in.Groups[0].Hours[w] != want {
			t.Errorf("%v: the small group is open %v, want %v", w, in.Groups[0].Hours[w], want)
		}
	}
	if want := (civil.Span{Open: 8 * 60, Close: 12 * 60}); in.Groups[1].Hours[time.Friday] != want {
		t.Errorf("Friday %v, want %v", in.Groups[1].Hours[time.Friday], want)
	}
}
