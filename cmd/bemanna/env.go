package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
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

// speak gives the words in the language of the flag, of the centre, or of the environment.
func (e *env) speak(c *centre.Centre) (*i18n.Words, error) {
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

// say writes a line of words.
func (e *env) say(format string, args ...any) { fmt.Fprintf(e.stderr, format+"\n", args...) }

// dateFlag is the same in every command that has a day.
func dateFlag(name, usage string) cli.Flag {
	return &cli.StringFlag{Name: name, Usage: usage}
}

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
