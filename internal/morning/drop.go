package morning

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bemanna/internal/daemon"
	"bemanna/internal/plan"
)

const (
	// settled is how long a file must have been left alone before it is taken
	// in: it may still be on its way.
	settled = 10 * time.Second

	doneDir, failedDir = "done", "failed" // folders below the drop folder
)

// endings are those of the files that are taken in.
var endings = []string{".csv", ".txt", ".csv.gz", ".txt.gz"}

// takeIn imports the files of the drop folder, in the order of their names,
// and moves each to the folder of those that are done or that failed. A file
// that cannot be read does not stop the others.
func (r *run) takeIn(ctx context.Context) (daemon.Outcome, error) {
	files, err := r.dropped()
	if err != nil {
		return warned(err.Error()), nil //nolint:nilerr // a plan from older data is better than none
	}
	if len(files) == 0 {
		return done("no new files"), nil
	}
	good, added, changed, aside := 0, 0, 0, 0
	var faults []string
	for _, name := range files {
		sum, err := r.takeInFile(ctx, name)
		if ctx.Err() != nil {
			return daemon.Outcome{}, ctx.Err()
		}
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		good++
		added, changed = added+sum.New, changed+sum.Changed
		aside += sum.Report.Read - sum.Report.Good
	}
	text := fmt.Sprintf("%d files, %d new intervals, %d changed, %d rows set aside", good, added, changed, aside)
	if len(faults) > 0 {
		return warned(text + "; " + strings.Join(faults, "; ")), nil
	}
	return done(text), nil
}

// dropped lists the files that wait, by name.
func (r *run) dropped() ([]string, error) {
	entries, err := os.ReadDir(r.centre.Publish.Drop)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() || !slices.ContainsFunc(endings, func(end string) bool { return strings.HasSuffix(strings.ToLower(e.Name()), end) }) {
			continue
		}
		info, err := e.Info()
		if err != nil || r.Clock().Sub(info.ModTime()) < settled && r.Clock().After(info.ModTime()) {
			continue // gone again, or still being written
		}
		names = append(names, filepath.Join(r.centre.Publish.Drop, e.Name()))
	}
	return names, nil
}

// takeInFile imports one file and moves it out of the way. A file that cannot
// be moved is taken in again by the next run, which changes nothing.
func (r *run) takeInFile(ctx context.Context, name string) (plan.ImportSummary, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return plan.ImportSummary{}, err
	}
	file := plan.File{Name: filepath.Base(name), Content: content}
	sum, err := plan.Import(ctx, r.centre, r.Store, file, r.Clock())
	switch {
	case ctx.Err() != nil:
		return sum, ctx.Err()
	case err != nil:
		return sum, errors.Join(err, r.moveTo(failedDir, name))
	}
	r.inputs = append(r.inputs, input(file))
	return sum, r.moveTo(doneDir, name)
}

// moveTo moves a file to a folder below the drop folder; a name that is taken
// there gets the time in front.
func (r *run) moveTo(folder, name string) error {
	dir := filepath.Join(filepath.Dir(name), folder)
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // as readable as what was dropped
		return err
	}
	to := filepath.Join(dir, filepath.Base(name))
	if _, err := os.Lstat(to); err == nil {
		to = filepath.Join(dir, r.Clock().UTC().Format("20060102T150405")+"-"+filepath.Base(name))
	}
	return os.Rename(name, to)
}
