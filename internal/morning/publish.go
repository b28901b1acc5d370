package morning

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bemanna/internal/atomicfile"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/lock"
	"bemanna/internal/plan"
)

// Input is a file that a plan was made from.
type Input struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// Manifest says what a published plan was made of, by what and how.
type Manifest struct {
	Program   string     `json:"program"`
	Date      civil.Date `json:"date"`
	Version   int        `json:"version"`
	Due       time.Time  `json:"due"`
	Made      time.Time  `json:"made"`
	DataUntil time.Time  `json:"data_until"`
	Seed      uint64     `json:"seed"`
	Inputs    []Input    `json:"inputs"`
	Steps     []Step     `json:"steps"`
}

// Status tells how the last run ended, also when it published nothing.
type Status struct {
	Due     time.Time     `json:"due"`
	At      time.Time     `json:"at"`
	Status  daemon.Status `json:"status"`
	Message string        `json:"message"`
	Steps   []Step        `json:"steps"`
}

// statusFile stands beside the plan and is written by every run.
const statusFile = "status.json"

// centreInputs gives the files of the centre with their checksums.
func centreInputs(c *centre.Centre) ([]Input, error) {
	var out []Input
	for _, name := range c.Files {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, input(plan.File{Name: filepath.Base(name), Content: content}))
	}
	return out, nil
}

func input(f plan.File) Input { return Input{f.Name, f.SHA256()} }

// publish writes the plan for people and programs: all of it or nothing.
func (r *run) publish(context.Context) (daemon.Outcome, error) {
	if err := r.writePlan(r.centre.Publish.Dir); err != nil {
		return daemon.Outcome{}, fmt.Errorf("%w (the plan is in the store)", err)
	}
	return done(fmt.Sprintf("%s version %d in %s", r.day.Date, r.day.Version, r.centre.Publish.Dir)), nil
}

func (r *run) writePlan(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // the plan is there to be read
		return err
	}
	return writeSet(dir, r.day, r.words, Manifest{
		Program: "bemanna " + r.Version, Due: r.due.In(r.centre.Location), Seed: r.Seed, Inputs: r.inputs, Steps: r.steps,
	}, r.Clock())
}

// writeSet replaces the published set by that of a plan. One process at a time
// does.
func writeSet(dir string, d *plan.Day, words *i18n.Words, m Manifest, now time.Time) (err error) {
	held, err := lock.Acquire(dir, "bemanna: publishing", now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.Release()) }()
	export.Words(d, words)
	m.Date, m.Version, m.Made, m.DataUntil = d.Date, d.Version, d.Made, d.DataUntil
	return atomicfile.WriteSet(dir, []atomicfile.File{
		{Name: "plan.json", Write: func(w io.Writer) error { return export.JSON(w, d) }},
		{Name: "plan.txt", Write: func(w io.Writer) error { return export.Page(w, d, words) }},
		{Name: "chat.txt", Write: func(w io.Writer) error {
			_, err := io.WriteString(w, export.Chat(d, words))
			return err
		}},
		{Name: "plan.html", Write: func(w io.Writer) error { return export.Print(w, d, "", words) }},
		{Name: "plan.xlsx", Write: func(w io.Writer) error { return export.Workbook(w, d, words) }},
		{Name: "plan.csv", Write: func(w io.Writer) error { return export.Activities(w, d) }},
		{Name: manifestFile, Write: func(w io.Writer) error { return export.JSON(w, m) }},
	})
}

const manifestFile = "manifest.json"

// Republish replaces what is published by another version of the plan of the
// same day, with a step for how it came about. Done is false, and nothing is
// written, where no plan of that day is published.
func Republish(c *centre.Centre, d *plan.Day, words *i18n.Words, s Step, now time.Time) (done bool, err error) {
	set, err := atomicfile.ReadSet(c.Publish.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var m Manifest
	if err := json.Unmarshal(set[manifestFile], &m); err != nil {
		return false, fmt.Errorf("%s: %w", filepath.Join(c.Publish.Dir, manifestFile), err)
	}
	if m.Date != d.Date {
		return false, nil
	}
	m.Steps = append(m.Steps, s)
	return true, writeSet(c.Publish.Dir, d, words, m, now)
}

// writeStatus says beside the plan how the run ended.
func (r *run) writeStatus(out daemon.Outcome) error {
	if r.centre == nil {
		return nil // nobody knows where
	}
	if err := os.MkdirAll(r.centre.Publish.Dir, 0o755); err != nil { //nolint:gosec // as readable as the plan
		return err
	}
	loc := r.centre.Location
	s := Status{r.due.In(loc), r.Clock().In(loc).Truncate(time.Second), out.Status, out.Message, r.steps}
	return atomicfile.Write(filepath.Join(r.centre.Publish.Dir, statusFile), 0o644, func(w io.Writer) error {
		return export.JSON(w, s)
	})
}
