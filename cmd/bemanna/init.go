package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/internal/atomicfile"
	"bemanna/internal/centre"
	"bemanna/internal/export"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

func initCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "init", Category: catStart,
		Usage: "draft a centre file from telephony exports, and import them",
		Description: `For those who have nothing but a CSV from their telephony: finds the groups, when
they are open and how long calls take, drafts DIR/centre.yaml with every default
written out, and imports the history.

   bemanna init --history calls.csv --dir centre
   bemanna --centre centre require --date 2026-11-24
   bemanna --centre centre forecast

With --lang the centre speaks that language from then on; else it speaks Swedish.
A plan needs people too: list them in DIR/centre.yaml, which shows how.`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "history", Usage: "`FILE` with columns such as interval_start, group, offered; may be repeated"},
			&cli.StringFlag{Name: "dir", Usage: "the folder `DIR` of the new centre"},
			&cli.StringFlag{Name: "name", Value: "Contact centre", Usage: "`NAME` of the centre"},
			&cli.StringFlag{Name: "timezone", Value: "Europe/Stockholm", Usage: "`ZONE` of the times in the files"},
		},
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			switch {
			case len(c.StringSlice("history")) == 0:
				return usageError{errors.New("init: want --history FILE")}
			case c.String("dir") == "":
				return usageError{errors.New("init: want --dir DIR")}
			}
			return runInit(c, e)
		},
	}
}

func runInit(c *cli.Context, e *env) error {
	loc, err := time.LoadLocation(c.String("timezone"))
	if err != nil {
		return usageError{fmt.Errorf("--timezone %q: want a zone such as Europe/Stockholm", c.String("timezone"))}
	}
	file := filepath.Join(c.String("dir"), "centre.yaml")
	if _, err := os.Stat(file); err == nil {
		return usageError{fmt.Errorf("%s is there already: name another --dir", file)}
	}
	files, rows, err := readFiles(c.StringSlice("history"), loc)
	if err != nil {
		return err
	}
	in := plan.DraftCentre(c.String("name"), loc, rows)
	in.Language = e.lang
	var draft bytes.Buffer
	if err := centre.Draft(&draft, in); err != nil {
		return err
	}
	if err := os.MkdirAll(c.String("dir"), 0o755); err != nil { //nolint:gosec // a folder for people to work in
		return err
	}
	if err := atomicfile.Write(file, 0o644, func(w io.Writer) error {
		_, err := draft.WriteTo(w)
		return err
	}); err != nil {
		return err
	}
	return importFiles(c, e, file, files)
}

// readFiles reads exports: their bytes for the import, their rows for the
// draft.
func readFiles(names []string, loc *time.Location) (files []plan.File, rows []ingest.Row, err error) {
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, nil, inputError{err}
		}
		base := filepath.Base(name)
		some, _, err := ingest.ReadAll(bytes.NewReader(content), ingest.Options{File: base, Location: loc, Group: stem(base)})
		if err != nil {
			return nil, nil, inputError{err}
		}
		files, rows = append(files, plan.File{Name: base, Content: content}), append(rows, some...)
	}
	return files, rows, nil
}

// stem is the name of a file without its endings: the group of a file that
// names none.
func stem(name string) string {
	s, _, _ := strings.Cut(name, ".")
	return s
}

func importFiles(c *cli.Context, e *env, path string, files []plan.File) error {
	ctr, err := centre.Load(path)
	if err != nil {
		return err
	}
	words, err := e.speak(ctr)
	if err != nil {
		return err
	}
	s, err := store.Open(c.Context, ctr.Store, store.Options{Create: true})
	if err != nil {
		return err
	}
	defer closing(e, s)
	var sums []export.ImportFile
	for _, f := range files {
		sum, err := plan.Import(c.Context, ctr, s, f, e.clock())
		if err != nil {
			return err
		}
		sums = append(sums, export.Imported(f.Name, ctr, sum))
	}
	if err := export.ImportText(e.stdout, sums, words); err != nil {
		return err
	}
	dir := filepath.Dir(path)
	e.say("%s is drafted: look it through. next: bemanna --centre %s require --date DAY", path, dir)
	return nil
}
