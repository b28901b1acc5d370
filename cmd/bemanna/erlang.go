package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"bemanna/internal/calculator"
	"bemanna/internal/export"
)

func erlangCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "erlang", Category: catStart,
		Usage: "the calculator: people for calls, and calls for people; needs no centre",
		Description: `How many people answer so many calls in time, and what one more or one fewer
does. Callers who hang up count when --patience says how long they wait on
average; without it nobody hangs up, and the need is larger.

   bemanna erlang --calls 20 --aht 300s --target 85/60s
   bemanna erlang --calls 120 --per 15m --aht 5m --patience 4m --agents 36..44
   bemanna erlang --calls 120 --aht 5m --max-asa 30s --shrinkage 30%

Many cases come from a file, a row each. Its columns have the names of the
flags, with the unit behind where there is one: calls, per_s, aht_s, patience_s,
target, threshold_s, definition, agents, max_occupancy and so on; flags fill in
what a row leaves out. Each row comes back with the figures beside, or with what
was wrong in the column error. The exit code is 4 when no row was good.

   bemanna erlang --batch cases.csv --target 85/60s

A day is a file of intervals that follow each other: start (a clock) or
duration_s, calls, aht_s, patience_s, and agents. With agents it says what
becomes of the calls when the queue carries over from one interval to the next,
and the chance that the day reaches the target; without, how many people each
interval needs to reach it, and how many do for the day as a whole.

   bemanna erlang --day monday.csv --target 85/60s --floor 70% --cv 15%

Where the waits of calls are known, a file of them tells the patience better
than a mean does:

   bemanna erlang --calls 120 --aht 5m --patience-from waits.csv

Shares are 85%, 85 or 0.85: without a sign, a number up to 1 is a share. Times
are 300s, 5m, 5:00 or plain seconds.`,
		Flags: []cli.Flag{
			figure("calls", "`NUMBER` of calls in --per"),
			figure("per", "`TIME` in which they come (default: 15m)"),
			figure("aht", "mean handle `TIME`, after-call work included"),
			figure("patience", "mean `TIME` that callers wait before they hang up (default: they never do)"),
			figure("patience-from", "`FILE` of calls that waited (wait_s, answered 1 or 0), which show the patience"),
			figure("target", "`SHARE/TIME` of the calls to be answered within a time (default: 85/60s)"),
			figure("threshold", "`TIME` within which, where --target does not say it"),
			figure("definition", "which calls `COUNT`: offered (default), answered, excluding-short, including-abandoned, excluding-below-5s"),
			figure("max-occupancy", "greatest `SHARE` of their time in which people are busy"),
			figure("max-abandonment", "greatest `SHARE` of the calls that hang up"),
			figure("max-asa", "longest mean wait as a `TIME`, of those answered"),
			figure("agents", "`NUMBER` of people, a range 5..12 or a list 5,7,9 (default: the need, and a few around it)"),
			figure("shrinkage", "`SHARE` of planned people who are not there"),
			figure("login-rate", "`SHARE` of their time in which those who are there are logged in"),
			figure("redial", "`SHARE` of those who hang up who call again"),
			figure("cv", "`SHARE` by which the calls vary (coefficient of variation): shows the level to be expected"),
			figure("batch", "`FILE` of cases, a row each, to be answered as CSV"),
			figure("day", "`FILE` of intervals that follow each other, with or without people"),
			figure("departure", "`HOW` people leave in a --day: finish (their call; default), first (who is free) or preempt"),
			figure("backlog", "`NUMBER` of calls that wait when a --day opens"),
			figure("floor", "least `SHARE` in time in any interval of a --day that is staffed as a whole (default: 70%)"),
			outFlag,
		},
		Action: func(c *cli.Context) error { return runErlang(c, e) },
	}
}

func figure(name, usage string) cli.Flag { return &cli.StringFlag{Name: name, Usage: usage} }

func runErlang(c *cli.Context, e *env) error {
	if err := noArguments(c); err != nil {
		return err
	}
	if err := modes(c); err != nil {
		return err
	}
	words, err := e.speak(nil)
	if err != nil {
		return err
	}
	switch {
	case c.String("batch") != "":
		return runBatch(c, e)
	case c.String("day") != "":
		return runDay(c, e, words)
	}
	var records *calculator.Records
	if name := c.String("patience-from"); name != "" {
		if records, err = readRecords(e, name); err != nil {
			return err
		}
	}
	question, err := calculator.Read(c.String, records)
	if err != nil {
		return flagFault(err)
	}
	answer, err := calculator.Solve(question)
	if err != nil {
		return flagFault(err)
	}
	return e.output(c.String("output"), func(w io.Writer) error {
		if e.json {
			return export.JSON(w, export.Erlang(answer))
		}
		return export.ErlangText(w, answer, words, blocks())
	})
}

// modes refuses flags that do not go together.
func modes(c *cli.Context) error {
	given := func(name string) bool { return c.String(name) != "" }
	for _, pair := range [][2]string{
		{"batch", "day"},
		{"batch", "patience-from"},
		{"day", "patience-from"},
		{"day", "redial"},
		{"day", "shrinkage"},
		{"day", "login-rate"},
	} {
		if given(pair[0]) && given(pair[1]) {
			return usageError{fmt.Errorf("--%s does not go with --%s", pair[1], pair[0])}
		}
	}
	for _, name := range []string{"departure", "backlog", "floor"} {
		if given(name) && !given("day") {
			return usageError{fmt.Errorf("--%s goes with --day only", name)}
		}
	}
	return nil
}

// readRecords reads the calls that tell how patient callers are.
func readRecords(e *env, name string) (records *calculator.Records, err error) {
	err = reading(name, func(r io.Reader) (err error) {
		records, err = calculator.ReadRecords(r)
		return err
	})
	if err == nil && records.Aside > 0 {
		e.say("bemanna: %s: %d rows set aside, the first in %v", name, records.Aside, records.Fault)
	}
	return records, err
}

// flagFault turns a figure that is out of its range into a fault of the flag
// that it came with.
func flagFault(err error) error {
	if input, ok := errors.AsType[*calculator.InputError](err); ok {
		input.Field = "--" + input.Field
		return usageError{input}
	}
	return err
}

// blocks tells whether the terminal of this locale can show block characters.
func blocks() bool {
	locale := strings.ToLower(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"), os.Getenv("LANG")))
	return strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
}
