package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/urfave/cli/v2"

	"bemanna/internal/centre"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// planFormat is a form in which a plan is written.
type planFormat struct {
	name       string
	extensions []string // of -o that choose it
	write      func(io.Writer, *plan.Day, *i18n.Words, planPart) error
}

// planPart is whose plan it is to be, where a format has it for one.
type planPart struct{ unit, person string }

var planFormats = []planFormat{
	{"page", []string{"", ".txt"}, func(w io.Writer, d *plan.Day, words *i18n.Words, _ planPart) error {
		return export.Page(w, d, words)
	}},
	{"text", nil, func(w io.Writer, d *plan.Day, words *i18n.Words, _ planPart) error {
		_, err := io.WriteString(w, export.Chat(d, words))
		return err
	}},
	{"json", []string{".json"}, func(w io.Writer, d *plan.Day, words *i18n.Words, _ planPart) error {
		export.Words(d, words)
		return export.JSON(w, d)
	}},
	{"xlsx", []string{".xlsx"}, func(w io.Writer, d *plan.Day, words *i18n.Words, _ planPart) error {
		return export.Workbook(w, d, words)
	}},
	{"csv", []string{".csv"}, func(w io.Writer, d *plan.Day, _ *i18n.Words, _ planPart) error {
		return export.Activities(w, d)
	}},
	{"ical", []string{".ics", ".ical"}, func(w io.Writer, d *plan.Day, words *i18n.Words, of planPart) error {
		return export.Calendar(w, []*plan.Day{d}, of.person, words)
	}},
	{"html", []string{".html", ".htm"}, func(w io.Writer, d *plan.Day, words *i18n.Words, of planPart) error {
		return export.Print(w, d, of.unit, words)
	}},
}

func planFormatNames() string {
	var names []string
	for _, f := range planFormats {
		names = append(names, f.name)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// choosePlanFormat reads the flags that say in which form the plan is wanted,
// and of whom. Without any, the extension of -o chooses.
func choosePlanFormat(c *cli.Context, k *desk) (planFormat, planPart, error) {
	of := planPart{unit: c.String("unit"), person: c.String("person")}
	f, err := namedPlanFormat(c, k.env)
	if err != nil {
		return f, of, usageError{err}
	}
	_, hasPerson := k.centre.Person(of.person)
	hasUnit := slices.ContainsFunc(k.centre.Units, func(u centre.Unit) bool { return u.ID == of.unit })
	switch {
	case f.name == "ical" && of.person == "":
		err = errors.New("--format ical: want --person ID, whose calendar it is")
	case f.name != "ical" && of.person != "":
		err = fmt.Errorf("--person %s: only the format ical is of one person, not %s", of.person, f.name)
	case f.name != "html" && of.unit != "":
		err = fmt.Errorf("--unit %s: only the format html is of one unit, not %s", of.unit, f.name)
	case of.person != "" && !hasPerson:
		err = fmt.Errorf("--person %s: no such person in the centre file", of.person)
	case of.unit != "" && !hasUnit:
		err = fmt.Errorf("--unit %s: no such unit; there are %s", of.unit, unitIDs(k.centre))
	case f.name == "xlsx" && c.String("output") == "" && isTerminal(k.stdout):
		err = errors.New("--format xlsx: want -o FILE, not a terminal")
	default:
		return f, of, nil
	}
	return f, of, usageError{err}
}

func namedPlanFormat(c *cli.Context, e *env) (planFormat, error) {
	var named []string
	for _, n := range []struct {
		name string
		set  bool
	}{{c.String("format"), c.IsSet("format")}, {"text", c.Bool("text")}, {"json", e.json}} {
		if n.set && !slices.Contains(named, n.name) {
			named = append(named, n.name)
		}
	}
	switch len(named) {
	case 0:
		ext := strings.ToLower(filepath.Ext(c.String("output")))
		i := slices.IndexFunc(planFormats, func(f planFormat) bool { return slices.Contains(f.extensions, ext) })
		if i < 0 {
			return planFormat{}, unknownEnding(c, planFormatNames())
		}
		return planFormats[i], nil
	case 1:
		i := slices.IndexFunc(planFormats, func(f planFormat) bool { return f.name == named[0] })
		if i < 0 {
			return planFormat{}, fmt.Errorf("--format %s: want %s", named[0], planFormatNames())
		}
		return planFormats[i], nil
	default:
		return planFormat{}, fmt.Errorf("the formats %s: want one", strings.Join(named, " and "))
	}
}

func unitIDs(c *centre.Centre) string {
	var ids []string
	for _, u := range c.Units {
		ids = append(ids, u.ID)
	}
	return strings.Join(ids, ", ")
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
