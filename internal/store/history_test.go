package store

import (
	"context"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

func stockholm(tb testing.TB) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

// importText imports a file as the command does.
func importText(tb testing.TB, s *Store, r io.Reader) (plan.ImportSummary, error) {
	tb.Helper()
	o := ingest.Options{File: "f.csv", Location: stockholm(tb)}
	info := plan.FileInfo{Name: o.File, SHA256: "abc", At: time.Unix(1_800_000_000, 0)}
	return s.Import(context.Background(), "telephony", info, func(add func(ingest.Row) error) (ingest.Report, error) {
		return ingest.Read(r, o, add)
	})
}

func counts(tb testing.TB, s *Store, text string) [3]int {
	tb.Helper()
	sum, err := importText(tb, s, strings.NewReader(text))
	if err != nil {
		tb.Fatal(err)
	}
	return [3]int{sum.New, sum.Changed, sum.Same}
}

func TestImportCountsWhatChanged(t *testing.T) {
	s := create(t)
	const file = "start,group,offered,answered\n2026-11-23 08:00,A,5,4\n2026-11-23 08:15,A,6,\n2026-11-23 08:00,B,7,7\n" +
		"2026-11-23 08:15,A,9,8\n" + // again: the last counts
		"2026-11-23 08:30,A,x,8\n" // unknown
	corrected := strings.ReplaceAll(file, "B,7,7", "B,7,6")
	for i, c := range []struct {
		text string
		want [3]int
	}{
		{file, [3]int{4, 0, 0}},
		{file, [3]int{0, 0, 4}},
		{corrected, [3]int{0, 1, 3}},
		{strings.ReplaceAll(corrected, "A,x,8", "A,8,8"), [3]int{0, 1, 3}},
		{corrected, [3]int{0, 0, 4}}, // the fault does not take away what is known
		{"start,interval_min,group,offered\n2026-11-23 08:00,15,A,\n", [3]int{0, 1, 0}},
		{"start,group,offered\n2026-11-23 07:45,A,1\n2026-11-23 08:00,A,\n", [3]int{1, 0, 1}},
	} {
		if got := counts(t, s, c.text); got != c.want {
			t.Errorf("import %d: new, changed, same = %v, want %v", i+1, got, c.want)
		}
	}
	m, err := s.Series(t.Context(), plan.Selection{Queues: []plan.Queue{{Name: "A"}}}, ingest.SeriesOptions{
		Step: 15 * time.Minute, Location: stockholm(t),
		From: time.Date(2026, 11, 23, 7, 30, 0, 0, stockholm(t)), To: time.Date(2026, 11, 23, 9, 0, 0, 0, stockholm(t)),
	})
	if err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	if d := cmp.Diff([]float64{nan, 1, nan, 9, 8, nan}, m.Offered.Values, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
}

// What the store gives back is what the rows themselves give, also when they
// come in two files; each interval is new once.
func TestSeriesIsThatOfTheRows(t *testing.T) {
	loc := stockholm(t)
	s := create(t)
	imports := 0
	rapid.Check(t, func(rt *rapid.T) {
		var rows []ingest.Row
		first := time.Date(2026, 10, 24, 0, 0, 0, 0, loc) // the clocks change on the second day
		for range rapid.IntRange(1, 60).Draw(rt, "rows") {
			n := rapid.SampledFrom([]float64{0, 1, 20, math.NaN()}).Draw(rt, "calls")
			step := rapid.SampledFrom([]time.Duration{15 * time.Minute, 30 * time.Minute}).Draw(rt, "step")
			row := ingest.Row{
				Group: rapid.SampledFrom([]string{"A", "B"}).Draw(rt, "group"), Channel: rapid.SampledFrom([]string{"", "phone"}).Draw(rt, "channel"),
				Start: first.Add(time.Duration(rapid.IntRange(0, 150).Draw(rt, "slot")) * step), Step: step,
				Offered: n, Answered: n, AnsweredWithin: math.NaN(), Abandoned: 0, TalkSeconds: 0.1 * n, AfterSeconds: 0.2 * n, WaitSeconds: n,
				AbandonedWaitSeconds: 2 * n,
			}
			if rapid.IntRange(0, 9).Draw(rt, "faulty") == 0 {
				row.Faulty = true
				row.Offered, row.Answered, row.Abandoned = math.NaN(), math.NaN(), math.NaN()
				row.TalkSeconds, row.AfterSeconds, row.WaitSeconds, row.AbandonedWaitSeconds = math.NaN(), math.NaN(), math.NaN(), math.NaN()
			}
			rows = append(rows, row)
		}
		imports++
		source := strconv.Itoa(imports) // a history of its own
		half := rapid.IntRange(0, len(rows)).Draw(rt, "rows of the first file")
		one, two := fill(t, s, source, slices.Values(rows[:half])), fill(t, s, source, slices.Values(rows[half:]))
		if want := intervals(rows); one.New+two.New != want || two.New+two.Changed+two.Same != intervals(rows[half:]) {
			rt.Fatalf("%d intervals counted as %+v, %+v", want, one, two)
		}
		o := ingest.SeriesOptions{Step: time.Hour, Location: loc}
		for _, group := range []string{"A", "B"} {
			want, err := ingest.Series(rows, group, o)
			if err != nil {
				continue // no rows of it
			}
			got, err := s.Series(t.Context(), plan.Selection{Source: source, Queues: []plan.Queue{{Name: group}}}, o)
			if err != nil {
				rt.Fatal(err)
			}
			if d := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmp.Comparer(time.Time.Equal)); d != "" {
				rt.Fatalf("group %s: %s", group, d)
			}
		}
	})
}

// intervals counts the intervals of which rows speak.
func intervals(rows []ingest.Row) int {
	type key struct {
		group, channel string
		start          int64
		step           time.Duration
	}
	seen := map[key]bool{}
	for _, r := range rows {
		seen[key{r.Group, r.Channel, r.Start.Unix(), r.Step}] = true
	}
	return len(seen)
}

func TestSeriesMergesNames(t *testing.T) {
	s := create(t)
	counts(t, s, "start,group,channel,offered,answered,aht_s\n"+
		"2026-11-23 08:00,A,phone,5,4,100\n2026-11-23 08:30,A,phone,1,1,100\n"+
		"2026-11-23 08:00,11,phone,2,2,50\n2026-11-23 08:30,11,email,9,9,600\n2026-11-24 08:00,C,phone,1,1,1\n2026-11-22 08:00,C,phone,1,1,1\n")
	counts(t, s, "date,group,channel,offered\n2026-11-20,A,phone,70\n2026-11-20,11,phone,7\n2026-11-23,A,phone,99\n2026-11-21,C,phone,5\n")
	m, err := s.Series(t.Context(), plan.Selection{Source: "telephony", Queues: []plan.Queue{{Name: "A"}, {Name: "11"}}, Channel: "phone"}, ingest.SeriesOptions{
		Step: time.Hour, Location: stockholm(t), From: time.Date(2026, 11, 22, 23, 0, 0, 0, stockholm(t)), To: time.Date(2026, 11, 24, 1, 0, 0, 0, stockholm(t)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Offered.Values; len(got) != 26 || !math.IsNaN(got[0]) || got[1] != 0 || got[9] != 8 || got[24] != 0 || !math.IsNaN(got[25]) {
		t.Errorf("offered %v", got)
	}
	if h := m.Handled.Values[9]; h != 4*100+100+2*50 {
		t.Errorf("handled %v", h)
	}
	if len(m.AnsweredWithin.Values) != 0 {
		t.Errorf("answered within, of which the files do not speak: %v", m.AnsweredWithin.Values)
	}
	m, err = s.Series(t.Context(), plan.Selection{Queues: []plan.Queue{{Name: "A"}, {Name: "11"}}, Channel: "phone"}, ingest.SeriesOptions{Step: time.Hour, Location: stockholm(t)})
	if err != nil || len(m.Daily) != 1 || m.Daily[0].Value != 77 {
		t.Errorf("daily %v, %v", m.Daily, err)
	}
	var coarse *ingest.CoarseError
	if _, err := s.Series(t.Context(), plan.Selection{Queues: []plan.Queue{{Name: "A"}}}, ingest.SeriesOptions{Step: 15 * time.Minute}); !errors.As(err, &coarse) {
		t.Errorf("half-hours as quarter-hours: %v", err)
	}
	m, err = s.Series(t.Context(), plan.Selection{Queues: []plan.Queue{{Name: "nobody"}}}, ingest.SeriesOptions{Step: time.Hour})
	if err != nil || len(m.Offered.Values) != 0 {
		t.Errorf("nobody: %v, %v", m.Offered, err)
	}
	until, err := s.DataUntil(t.Context(), "telephony")
	if want := time.Date(2026, 11, 24, 7, 30, 0, 0, time.UTC); err != nil || !until.Equal(want) {
		t.Errorf("data until %v, %v; want %v", until, err, want)
	}
	if until, err := s.DataUntil(t.Context(), "another"); err != nil || !until.IsZero() {
		t.Errorf("data of another source until %v, %v", until, err)
	}
	groups, err := s.Groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC) }
	want := []GroupStat{
		{"telephony", "11", "email", 30 * time.Minute, at(23, 7, 30), at(23, 7, 30), 1, 9},
		{"telephony", "11", "phone", 30 * time.Minute, at(23, 7, 0), at(23, 7, 0), 1, 2},
		{"telephony", "11", "phone", 24 * time.Hour, at(19, 23, 0), at(19, 23, 0), 1, 7},
		{"telephony", "A", "phone", 30 * time.Minute, at(23, 7, 0), at(23, 7, 30), 2, 6},
		{"telephony", "A", "phone", 24 * time.Hour, at(19, 23, 0), at(22, 23, 0), 2, 169},
		{"telephony", "C", "phone", 30 * time.Minute, at(22, 7, 0), at(24, 7, 0), 2, 2},
		{"telephony", "C", "phone", 24 * time.Hour, at(20, 23, 0), at(20, 23, 0), 1, 5},
	}
	if d := cmp.Diff(want, groups); d != "" {
		t.Error(d)
	}
}

func rowCount(tb testing.TB, s *Store, table string) (n int) {
	tb.Helper()
	if err := s.reader.QueryRowContext(tb.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
		tb.Fatal(err)
	}
	return n
}

// An import that is cut short, by its reader, its context or a crash, leaves
// nothing; the next one does not stumble over it.
func TestNothingHalfImported(t *testing.T) {
	s := create(t)
	boom := errors.New("boom")
	for name, stop := range map[string]func(cancel func()) error{
		"reader":  func(func()) error { return boom },
		"context": func(cancel func()) error { cancel(); return nil },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.Import(ctx, "telephony", plan.FileInfo{Name: "f.csv"}, func(add func(ingest.Row) error) (ingest.Report, error) {
			n := 0
			for r := range quarters(2, 5) {
				if n++; n == 500 {
					if err := stop(cancel); err != nil {
						return ingest.Report{}, err
					}
				}
				if err := add(r); err != nil {
					return ingest.Report{}, err
				}
			}
			return ingest.Report{}, nil
		})
		cancel()
		if !errors.Is(err, boom) && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		for _, table := range []string{"interval", "queue", "covered", "import"} {
			if n := rowCount(t, s, table); n != 0 {
				t.Errorf("%s: %d rows of %s", name, n, table)
			}
		}
	}
	if sum := fill(t, s, "telephony", quarters(2, 5)); sum.New != 960 {
		t.Errorf("afterwards: %+v", sum)
	}
}

// The rows of a file that breaks off are kept, and the break is told.
func TestFileBreaksOff(t *testing.T) {
	s := create(t)
	broken := io.MultiReader(strings.NewReader("start,group,offered\n2026-11-23 08:00,A,5\n2026-11-23 08:15,A,6\n2026-11-23 08:3"), brokenReader{})
	sum, err := importText(t, s, broken)
	var cut *ingest.CutError
	if !errors.As(err, &cut) || cut.Line != 3 || sum.New != 2 {
		t.Errorf("%+v, %v", sum, err)
	}
	if n := rowCount(t, s, "interval"); n != 2 {
		t.Errorf("%d rows", n)
	}
	if n := rowCount(t, s, "import WHERE cut"); n != 1 {
		t.Errorf("%d imports that broke off", n)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestImportIsRecorded(t *testing.T) {
	s := create(t)
	counts(t, s, "start,group,offered\n2026-11-23 08:00,A,5\n2026-11-23 08:15,A,-6\nTotal,,5\n")
	type line struct {
		Source, File, SHA256                        string
		At, Read, Added, Changed, Same, Aside, Line int
		Field, Reason, Value                        string
	}
	var l line
	err := s.reader.QueryRowContext(t.Context(), `SELECT source, file, sha256, at, rows_read, added, changed, same, set_aside, line, field, reason, value
		FROM import JOIN reject ON reject.import = import.id`).Scan(
		&l.Source, &l.File, &l.SHA256, &l.At, &l.Read, &l.Added, &l.Changed, &l.Same, &l.Aside, &l.Line, &l.Field, &l.Reason, &l.Value)
	want := line{"telephony", "f.csv", "abc", 1_800_000_000, 3, 2, 0, 0, 2, 3, "offered", "negative", "-6"}
	if d := cmp.Diff(want, l); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
}

// TestQueuesCountOnTheirDays: a queue that was renamed and one that was split
// make one history, each on its days and with its share; in time that neither
// covers nothing is known.
func TestQueuesCountOnTheirDays(t *testing.T) {
	s := create(t)
	loc := stockholm(t)
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, loc) }
	var rows []ingest.Row
	for d := 23; d <= 26; d++ {
		for _, name := range []string{"old", "new", "both"} {
			for h := 8; h < 10; h++ {
				rows = append(rows, ingest.Row{
					Group: name, Start: day(d).Add(time.Duration(h) * time.Hour), Step: time.Hour, Offered: 10, Answered: 8,
					AnsweredWithin: 6, Abandoned: 2, TalkSeconds: 800, AfterSeconds: 80, WaitSeconds: 90, AbandonedWaitSeconds: 60,
				})
			}
		}
	}
	fill(t, s, "telephony", slices.Values(rows))
	m, err := s.Series(t.Context(), plan.Selection{Source: "telephony", Queues: []plan.Queue{
		{Name: "old", To: day(24)}, {Name: "new", From: day(25)}, {Name: "both", From: day(26), Share: .4},
	}}, ingest.SeriesOptions{Step: time.Hour, Location: loc})
	if err != nil {
		t.Fatal(err)
	}
	total := map[int]float64{}
	for i, v := range m.Offered.Values {
		if !math.IsNaN(v) {
			total[m.Offered.Time(i).Day()] += v
		}
	}
	if d := cmp.Diff(map[int]float64{23: 20, 25: 20, 26: 28}, total); d != "" {
		t.Errorf("calls by day: %s", d)
	}
	if last := len(m.Handled.Values) - 15; math.Abs(m.Handled.Values[last]-1.4*880) > 1e-9 || math.Abs(m.WaitAbandoned.Values[last]-1.4*60) > 1e-9 {
		t.Errorf("handled %v s and waited %v s in the last hour but one, want 1232 and 84", m.Handled.Values[last], m.WaitAbandoned.Values[last])
	}
}
