package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/internal/calculator"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
)

// runDay follows a day with the people that its file gives, or staffs it.
func runDay(c *cli.Context, e *env, words *i18n.Words) error {
	settings, err := calculator.ReadDaySettings(c.String)
	if err != nil {
		return flagFault(err)
	}
	name := c.String("day")
	var d *calculator.Day
	err = reading(name, func(r io.Reader) (err error) {
		d, err = calculator.ReadDay(r, c.String, settings)
		return err
	})
	if err != nil {
		return flagFault(err)
	}
	answer, err := d.Solve()
	if _, ok := errors.AsType[*calculator.InputError](err); ok {
		return flagFault(err)
	}
	if err != nil {
		return inputError{fmt.Errorf("%s: %w", name, err)}
	}
	return e.output(c.String("output"), func(w io.Writer) error {
		if e.json {
			return export.JSON(w, export.ErlangDay(answer))
		}
		return export.ErlangDayText(w, answer, words, blocks())
	})
}
