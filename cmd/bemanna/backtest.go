package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

func backtestCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "backtest", Category: catJudge,
		Usage: "how good the forecasts would have been on a history; needs no centre",
		Description: `Makes the forecasts that would have been made at each origin, with only what was
known then, and holds them against what came. Simple methods run beside, and the
floor: the error that would remain if the true rate of calls were known.

   bemanna backtest --history calls.csv --interval 30m \
     --origins 2026-03-02,2026-04-13 --days 28 --open 08:00-16:30 --weekdays mon-fri

The history is as for import: interval_start, group, offered and perhaps
answered, abandoned, aht_s. Without --origins eight are laid over its second
half.`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "history", Usage: "`FILE` of intervals, CSV or CSV.gz; may be repeated"},
			&cli.StringSliceFlag{Name: "daily", Usage: "`FILE` of totals of days without intervals"},
			&cli.DurationFlag{Name: "interval", Usage: "`LENGTH` to which finer history is summed (default: as in the file)"},
			&cli.StringFlag{Name: "origins", Usage: "`DAYS` on which the forecasts are made, parted by commas"},
			&cli.IntFlag{Name: "days", Value: 28, Usage: "`NUMBER` of days ahead"},
			&cli.StringSliceFlag{Name: "group", Usage: "only this `GROUP`; may be repeated"},
			&cli.StringFlag{Name: "holidays", Value: "se", Usage: "se, none, or a `FILE` date,name[,kind]"},
			&cli.StringFlag{Name: "open", Usage: "opening `HOURS` such as 07:00-21:00 (default: learned)"},
			&cli.StringFlag{Name: "weekdays", Usage: "open `DAYS` such as mon-fri (default: learned)"},
			&cli.StringFlag{Name: "out", Usage: "write every forecast to `FILE`.csv"},
		},
		Action: func(c *cli.Context) error { return runBacktest(c, e) },
	}
}

func runBacktest(c *cli.Context, e *env) error {
	if err := noArguments(c); err != nil {
		return err
	}
	q, err := backtestQuery(c, e)
	if err != nil {
		return err
	}
	words, err := e.words(nil)
	if err != nil {
		return err
	}
	result, err := plan.Backtest(c.Context, q)
	if err != nil {
		return err
	}
	if out := c.String("out"); out != "" {
		if err := e.output(out, func(w io.Writer) error { return writeRows(w, result) }); err != nil {
			return err
		}
	}
	if e.json {
		return export.JSON(e.stdout, export.Scores(result))
	}
	return export.ScoreTable(e.stdout, result, words)
}

// backtestQuery reads the flags and the files that they name.
func backtestQuery(c *cli.Context, e *env) (q plan.BacktestQuery, err error) {
	q = plan.BacktestQuery{
		Groups: c.StringSlice("group"), Days: c.Int("days"), Progress: e.progress("backtest"),
		Models: []forecast.Model{forecast.DayLevel{}, forecast.SameWeekday{}, forecast.EightWeeks{}, forecast.MedianOfFour{}},
	}
	began := e.clock()
	q.Clock = func() time.Duration { return e.clock().Sub(began) }
	if len(c.StringSlice("history")) == 0 {
		return q, usageError{errors.New("backtest: want --history FILE")}
	}
	if q.Days < 1 {
		return q, usageError{fmt.Errorf("--days %d: want 1 or more", q.Days)}
	}
	if s := c.String("open"); s != "" {
		if q.Open, err = civil.ParseSpan(s); err != nil {
			return q, usageError{fmt.Errorf("--open: %w", err)}
		}
	}
	if s := c.String("weekdays"); s != "" {
		if q.Weekdays, err = civil.ParseWeekdays(s); err != nil {
			return q, usageError{fmt.Errorf("--weekdays: %w", err)}
		}
	}
	if q.Calendar, err = holidays(c.String("holidays")); err != nil {
		return q, err
	}
	if q.Rows, q.Step, err = readHistory(append(c.StringSlice("history"), c.StringSlice("daily")...), time.UTC); err != nil {
		return q, err
	}
	q.Step = cmp.Or(c.Duration("interval"), q.Step)
	q.Origins, err = origins(c.String("origins"), q.Rows)
	return q, err
}

func holidays(name string) (civil.Calendar, error) {
	switch name {
	case "se":
		return civil.Sweden(), nil
	case "none":
		return civil.Calendar{}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return civil.Calendar{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	return centre.ReadCalendar(f, name)
}

// readHistory reads whole files, and gives the longest interval found.
func readHistory(files []string, loc *time.Location) (rows []ingest.Row, step time.Duration, err error) {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, 0, inputError{err}
		}
		some, report, err := ingest.ReadAll(f, ingest.Options{File: name, Location: loc, Group: "all"})
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, 0, inputError{err}
		}
		if report.Layout.Step < 23*time.Hour {
			step = max(step, report.Layout.Step)
		}
		rows = append(rows, some...)
	}
	return rows, step, nil
}

// defaultOrigins is how many origins are tried when none are named.
const defaultOrigins = 8

// origins reads a list of days; an empty one lays them over the second half of
// the history.
func origins(list string, rows []ingest.Row) ([]civil.Date, error) {
	var out []civil.Date
	if list != "" {
		for s := range strings.SplitSeq(list, ",") {
			d, err := civil.ParseDate(strings.TrimSpace(s))
			if err != nil {
				return nil, usageError{fmt.Errorf("--origins: %w", err)}
			}
			out = append(out, d)
		}
		return out, nil
	}
	first, last := civil.Date(0), civil.Date(0)
	for i, r := range rows {
		d := civil.DateOf(r.Start)
		if i == 0 || d < first {
			first = d
		}
		if i == 0 || d > last {
			last = d
		}
	}
	middle := first + (last-first)/2
	for i := range civil.Date(defaultOrigins) {
		out = append(out, middle+(last-middle)*i/defaultOrigins)
	}
	return out, nil
}

// writeRows writes a row for each origin, group and interval of the first
// model.
func writeRows(w io.Writer, r forecast.BacktestResult) error {
	cw := csv.NewWriter(w)
	if err := cw.Write([]string{"origin", "group", "interval_start", "mean", "p025", "p10", "p50", "p90", "p975", "aht_s"}); err != nil {
		return err
	}
	number := func(x float64) string { return fmt.Sprintf("%.6g", x) }
	for _, run := range r.Runs {
		if run.Model != r.Runs[0].Model {
			continue
		}
		for _, row := range run.Rows {
			aht := ""
			if row.HandleTime > 0 {
				aht = number(row.HandleTime)
			}
			err := cw.Write([]string{
				run.Origin.Format(time.DateOnly), run.Group, row.Start.Format("2006-01-02T15:04:05"), number(row.Mean),
				number(row.P025), number(row.P10), number(row.P50), number(row.P90), number(row.P975), aht,
			})
			if err != nil {
				return err
			}
		}
	}
	cw.Flush()
	return cw.Error()
}
