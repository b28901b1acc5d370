package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

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

   bemanna backtest --history calls.csv
   bemanna backtest --history calls.csv --interval 30m --days 28 \
     --origins 2026-03-02,2026-04-13 --open 08:00-16:30 --weekdays mon-fri

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
	words, err := e.speak(nil)
	if err != nil {
		return err
	}
	result, err := plan.Backtest(c.Context, q)
	if err != nil {
		return backtestFault(err)
	}
	if out := c.String("out"); out != "" {
		if err := e.output(out, func(w io.Writer) error { return export.BacktestRows(w, result) }); err != nil {
			return err
		}
	}
	if e.json {
		return export.JSON(e.stdout, export.Backtest(result))
	}
	return export.BacktestPage(e.stdout, result, words)
}

// backtestFault tells faults of the command line, and of the files, from others.
func backtestFault(err error) error {
	var query *plan.QueryError
	var coarse *ingest.CoarseError
	var history *plan.HistoryError
	switch {
	case errors.As(err, &query), errors.As(err, &coarse):
		return usageError{err}
	case errors.As(err, &history):
		return inputError{err}
	}
	return err
}

// backtestQuery reads the flags and the files that they name.
func backtestQuery(c *cli.Context, e *env) (q plan.BacktestQuery, err error) {
	q = plan.BacktestQuery{
		Groups: c.StringSlice("group"), Days: c.Int("days"), Progress: e.progress("backtest"), Clock: cpuTime,
	}
	if len(c.StringSlice("history")) == 0 {
		return q, usageError{errors.New("backtest: want --history FILE")}
	}
	if q.Days < 1 || q.Days > plan.MostBacktestDays {
		return q, usageError{fmt.Errorf("--days %d: want 1 to %d", q.Days, plan.MostBacktestDays)}
	}
	if step := c.Duration("interval"); c.IsSet("interval") && (step < time.Minute || time.Hour%step != 0) {
		return q, usageError{fmt.Errorf("--interval %v: want minutes that divide an hour", step)}
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
	if q.Origins, err = origins(c.String("origins")); err != nil {
		return q, err
	}
	if q.Calendar, err = holidays(c.String("holidays")); err != nil {
		return q, err
	}
	q.Rows, q.Step, err = readHistory(append(c.StringSlice("history"), c.StringSlice("daily")...))
	if c.IsSet("interval") {
		q.Step = c.Duration("interval")
	}
	return q, err
}

// origins reads a list of days; an empty one names none.
func origins(list string) ([]civil.Date, error) {
	var out []civil.Date
	if list == "" {
		return nil, nil
	}
	for s := range strings.SplitSeq(list, ",") {
		d, err := civil.ParseDate(strings.TrimSpace(s))
		if err != nil {
			return nil, usageError{fmt.Errorf("--origins: %w", err)}
		}
		out = append(out, d)
	}
	return out, nil
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
		return civil.Calendar{}, inputError{err}
	}
	defer f.Close() //nolint:errcheck // only read
	return centre.ReadCalendar(f, name)
}

// readHistory reads whole files as the wall clock showed, and gives the longest
// interval found.
func readHistory(files []string) (rows []ingest.Row, step time.Duration, err error) {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, 0, inputError{err}
		}
		some, report, err := ingest.ReadAll(f, ingest.Options{File: name, Wall: true, Group: "all"})
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
