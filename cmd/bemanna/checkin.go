package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/user"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/morning"
	"bemanna/internal/plan"
)

func checkinCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "checkin", Category: catPlan,
		Usage: "the morning: who is here, what changes, and the repaired plan",
		Description: `Says what becomes of the newest plan of the day when people are absent, late or
come in, and who could do what otherwise: as few changes as pay, each with its
gain, and what could be had beside them. Nothing before now changes, and nothing
that is booked. People are named by id or by full name; why somebody is away is
not asked.

   bemanna checkin --absent a017,a023 --late a031=09:30
   bemanna checkin --absent a017 --here v03=10:00-14:00 --accept --by anna
   bemanna checkin --absent a017 --accept --only a021,a044
   bemanna checkin --lend a021=tekniska@10:00-12:00 --accept
   bemanna checkin --absent a017 --stay a021=18:00 --cancel a044=13:00-14:00
   bemanna checkin --undo

With --accept the changes become the next version of the plan, and what is
published of the day is replaced; a later check-in builds on it. Of two who have
read the same version the second one is told what the first one did.

The exit code is 3 when the day misses its target.`,
		Flags: []cli.Flag{
			dateFlag("date", "the `DAY` (default: today or the next open day)"),
			&cli.StringFlag{Name: "now", Usage: "the `TIME` of day before which nothing changes, e.g. 07:50 (default: the clock)"},
			&cli.StringSliceFlag{Name: "absent", Usage: "`PEOPLE` who are away all day, or from a time on: a017,a023=13:00"},
			&cli.StringSliceFlag{Name: "late", Usage: "`PEOPLE` who come later: a031=09:30"},
			&cli.StringSliceFlag{Name: "here", Usage: "`PEOPLE` who are here after all or are called in, from now on, or from when to when: v03=10:00-14:00"},
			&cli.StringSliceFlag{Name: "lend", Usage: "`PEOPLE` who take calls of a group that is not theirs, today or from when to when: a021=parks@10:00-12:00"},
			&cli.StringSliceFlag{Name: "stay", Usage: "`PEOPLE` who stay after their shift, until when: a021=18:00"},
			&cli.StringSliceFlag{Name: "cancel", Usage: "`PEOPLE` whose meeting, training or coaching from when to when is called off: a021=13:00-14:00"},
			&cli.BoolFlag{Name: "accept", Usage: "make it the plan"},
			&cli.StringSliceFlag{Name: "only", Usage: "with --accept: only the changes of these `PEOPLE`, by id"},
			&cli.BoolFlag{Name: "undo", Usage: "take the newest change of the plan back"},
			&cli.StringFlag{Name: "by", Usage: "`NAME` of who decides (default: the user of the system)"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices of the search"},
			outFlag,
		},
		Action: e.atDesk(runCheckin),
	}
}

func runCheckin(c *cli.Context, at *desk) error {
	news, err := newsFlags(c)
	if err != nil {
		return err
	}
	day, err := at.openDay(c, "date")
	if err != nil {
		return err
	}
	if err := at.notOver(c.Context, day); err != nil {
		return err
	}
	now := at.clock()
	if text := c.String("now"); text != "" {
		clock, err := civil.ParseClock(text)
		if err != nil {
			return usageError{fmt.Errorf("--now: %w", err)}
		}
		now = day.At(clock, at.centre.Location)
	}
	k := checkin{desk: at, by: decider(c), now: now}
	if c.Bool("undo") {
		return k.undo(c.Context, day, c.String("output"))
	}
	return k.run(c, plan.CheckInQuery{Date: day, Now: now, News: news, Seed: c.Uint64("seed"), Model: forecast.DayLevel{}})
}

// checkin is what a check-in and its undoing share.
type checkin struct {
	*desk
	by  string
	now time.Time
}

func (k *checkin) run(c *cli.Context, q plan.CheckInQuery) error {
	r, err := plan.CheckIn(c.Context, k.centre, k.store, q)
	if err != nil {
		return ofNews(err)
	}
	if c.Bool("accept") {
		a := plan.Acceptance{People: c.StringSlice("only"), All: !c.IsSet("only"), By: k.by, At: k.clock()}
		d, err := plan.Accept(c.Context, k.centre, k.store, r, a)
		if err != nil {
			return ofNews(err)
		}
		k.publish(d)
	}
	err = k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			export.CheckInWords(r, k.words)
			return export.JSON(w, r)
		}
		return export.CheckIn(w, r, k.words)
	})
	if err == nil && r.Missed() {
		return errMissed
	}
	return err
}

func (k *checkin) undo(ctx context.Context, day civil.Date, output string) error {
	d, err := plan.Undo(ctx, k.centre, k.store, day, 0, k.by, k.clock())
	if err != nil {
		return ofNews(err)
	}
	k.publish(d)
	return k.output(output, func(w io.Writer) error {
		if k.json {
			export.Words(d, k.words)
			return export.JSON(w, d)
		}
		_, err := fmt.Fprintln(w, k.words.Say("checkin.undone", i18n.Args{"To": d.Version}))
		return err
	})
}

// publish replaces what is published of the day. The plan is in the store: a
// folder that cannot be written is said, and no failure.
func (k *checkin) publish(d *plan.Day) {
	if _, err := morning.Republish(k.centre, d, k.words, checkinStep(d, k.by), k.clock()); err != nil {
		k.say("bemanna: version %d is in the store, but not published: %v", d.Version, err)
	}
}

// checkinStep says in what is published how the plan came about.
func checkinStep(d *plan.Day, by string) morning.Step {
	return morning.Step{Name: "checkin", Status: daemon.OK, Message: fmt.Sprintf("version %d by %s", d.Version, by)}
}

// ofNews makes a fault of the command line of news that cannot be true.
func ofNews(err error) error {
	if _, is := errors.AsType[*plan.CheckInError](err); is {
		return usageError{err}
	}
	return err
}

// decider is who answers for a change.
func decider(c *cli.Context) string {
	if by := c.String("by"); by != "" {
		return by
	}
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown"
}

// newsFlags reads what is reported.
func newsFlags(c *cli.Context) ([]plan.News, error) {
	var out []plan.News
	for _, kind := range []plan.NewsKind{plan.NewsAbsent, plan.NewsLate, plan.NewsHere, plan.NewsLend, plan.NewsStay, plan.NewsCancel} {
		for _, text := range c.StringSlice(string(kind)) {
			n, err := parseNews(kind, text)
			if err != nil {
				return nil, usageError{fmt.Errorf("--%s %q: %w", kind, text, err)}
			}
			out = append(out, n)
		}
	}
	switch {
	case c.Bool("undo") && (len(out) > 0 || c.Bool("accept")):
		return nil, usageError{errors.New("--undo takes back what was accepted: want it alone")}
	case c.IsSet("only") && !c.Bool("accept"):
		return nil, usageError{errors.New("--only says what of the changes to accept: want --accept too")}
	}
	return out, nil
}

// parseNews reads a person, perhaps with a time or, for those who come, two.
func parseNews(kind plan.NewsKind, text string) (n plan.News, err error) {
	n.Kind = kind
	person, times, timed := strings.Cut(text, "=")
	if n.Person = strings.TrimSpace(person); n.Person == "" {
		return n, errors.New("want a person")
	}
	if kind == plan.NewsLend {
		if n.Group, times, timed = strings.Cut(times, "@"); n.Group == "" {
			return n, errors.New("want the id of a group behind, such as a021=parks or a021=parks@10:00-12:00")
		}
	}
	if !timed {
		wanted := map[plan.NewsKind]string{
			plan.NewsLate: "want the time of coming behind, such as a031=09:30", plan.NewsStay: "want until when behind, such as a021=18:00",
			plan.NewsCancel: "want from when to when behind, such as a021=13:00-14:00",
		}[kind]
		if wanted != "" {
			return n, errors.New(wanted)
		}
		return n, nil
	}
	from, until, both := strings.Cut(times, "-")
	if n.From, err = civil.ParseClock(from); err != nil {
		return n, err
	}
	switch ranged := kind == plan.NewsHere || kind == plan.NewsLend || kind == plan.NewsCancel; {
	case both && !ranged:
		return n, errors.New("want one time")
	case !both && kind == plan.NewsCancel:
		return n, errors.New("want two times, such as 13:00-14:00")
	case !both && kind == plan.NewsStay:
		n.From, n.Until = 0, n.From
		return n, nil
	case !both:
		return n, nil
	}
	n.Until, err = civil.ParseClock(until)
	return n, err
}
