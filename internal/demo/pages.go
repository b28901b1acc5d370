package demo

import (
	"bytes"
	_ "embed" // what is written by hand
	"fmt"
	"text/template"

	"bemanna/internal/civil"
)

var (
	//go:embed files/centre.yaml.tmpl
	centreTemplate string
	//go:embed files/README.txt.tmpl
	readmeTemplate string
)

// pageDates are the dates that stand in the pages written by hand.
type pageDates struct {
	From, Until              civil.Date // of the history
	Day                      civil.Date // the next working day
	Assigned                 civil.Date // first day of the new assignment
	Extended, BeforeExtended civil.Date // first day of the longer hours, and the day before
}

// writePages fills in the dates of the centre file and of the page that explains
// the folder.
func (w *world) writePages(o Options) (err error) {
	from, until := o.span()
	day := until + 1
	for w.calendar.Free(day) {
		day++
	}
	dates := pageDates{
		From: from, Until: until, Day: day,
		Assigned: w.assigned, Extended: w.extended, BeforeExtended: w.extended - 1,
	}
	if w.file, err = render("centre.yaml", centreTemplate, dates); err != nil {
		return err
	}
	w.readme, err = render("README.txt", readmeTemplate, dates)
	return err
}

func render(name, page string, dates pageDates) ([]byte, error) {
	t, err := template.New(name).Parse(page)
	if err != nil {
		return nil, fmt.Errorf("%s of the demo: %w", name, err)
	}
	var text bytes.Buffer
	if err := t.Execute(&text, dates); err != nil {
		return nil, fmt.Errorf("%s of the demo: %w", name, err)
	}
	return text.Bytes(), nil
}
