package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/internal/atomicfile"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// env is what the commands share: where they write, what time it is, and what
// the global flags say.
type env struct {
	stdout, stderr io.Writer
	clock          func() time.Time

	centrePath string
	lang       string // "" : the centre's
	json       bool
}

// setup reads the global flags.
func (e *env) setup(c *cli.Context) error {
	e.centrePath, e.lang, e.json = c.String("centre"), c.String("lang"), c.Bool("json")
	if e.lang != "" {
		if _, err := i18n.New(e.lang); err != nil {
			return usageError{err}
		}
	}
	if s := c.String("now"); s != "" {
		now, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return usageError{fmt.Errorf("--now %q: want a time such as 2026-11-24T07:00:00+01:00", s)}
		}
		e.clock = func() time.Time { return now }
	}
	return nil
}

func (e *env) openCentre() (*centre.Centre, error) {
	c, err := centre.Load(e.centrePath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, inputError{fmt.Errorf("%w (name one with --centre, or make one with bemanna demo or bemanna init)", err)}
	}
	return c, err
}

// words gives the language of the flag, of the centre, or of the environment.
func (e *env) words(c *centre.Centre) (*i18n.Words, error) {
	switch {
	case e.lang != "":
		return i18n.New(e.lang)
	case c != nil:
		return i18n.New(c.Language)
	case strings.HasPrefix(os.Getenv("LC_ALL")+os.Getenv("LANG"), "sv"):
		return i18n.New("sv")
	default:
		return i18n.New("en")
	}
}

// open gives the centre, its words and its store. Only import and the like
// create a store.
func (e *env) open(ctx context.Context, create bool) (*centre.Centre, *i18n.Words, *store.Store, error) {
	c, err := e.openCentre()
	if err != nil {
		return nil, nil, nil, err
	}
	words, err := e.words(c)
	if err != nil {
		return nil, nil, nil, err
	}
	s, err := store.Open(ctx, c.Store, store.Options{Create: create})
	if err != nil {
		return nil, nil, nil, err
	}
	return c, words, s, nil
}

// output gives what the command writes to: stdout, or the file of -o, which is
// replaced only when write has succeeded.
func (e *env) output(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(e.stdout)
	}
	return atomicfile.Write(path, 0o644, write)
}

// say writes a line of words.
func (e *env) say(format string, args ...any) { fmt.Fprintf(e.stderr, format+"\n", args...) }

// today is the civil day of the centre.
func (e *env) today(c *centre.Centre) civil.Date {
	return civil.DateOf(e.clock().In(c.Location))
}

// firstDay is the day that commands look at when none is named: today, or the
// day after the data where those are too old to say anything of today.
func (e *env) firstDay(ctx context.Context, c *centre.Centre, s *store.Store) (civil.Date, error) {
	until, err := s.DataUntil(ctx, c.Source)
	if err != nil || until.IsZero() {
		return e.today(c), err
	}
	next := plan.DayAfter(c, until)
	if e.today(c)-next <= plan.MostAhead {
		return e.today(c), nil
	}
	e.say("bemanna: the data end on %s: taking %s for the first day; --help shows how to name another", next-1, next)
	return next, nil
}

// firstOpen is the first day from firstDay on on which anything is open.
func (e *env) firstOpen(ctx context.Context, c *centre.Centre, s *store.Store) (civil.Date, error) {
	d, err := e.firstDay(ctx, c, s)
	return plan.NextOpen(c, d), err
}

// dateFlag and outFlag are the same in every command that has them.
func dateFlag(name, usage string) cli.Flag {
	return &cli.StringFlag{Name: name, Usage: usage}
}

var outFlag = &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, which is replaced when all is done"}

// date reads a flag with a day; without it the day is that of fallback.
func date(c *cli.Context, name string, fallback func() (civil.Date, error)) (civil.Date, error) {
	s := c.String(name)
	if s == "" {
		return fallback()
	}
	d, err := civil.ParseDate(s)
	if err != nil {
		return 0, usageError{fmt.Errorf("--%s: %w", name, err)}
	}
	return d, nil
}
