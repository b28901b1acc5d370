package centre

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is something wrong in a file that the user wrote.
type Fault struct {
	File      string
	Line, Col int    // from 1, Col in characters; 0: not known
	Text      string // the thing, the value and what was wanted
}

// String gives centre.yaml:12:18: and the text.
func (f Fault) String() string {
	return place{f.File, f.Line, f.Col}.String() + ": " + f.Text
}

// Faults are all that is wrong in a centre file and the files that it names,
// file by file from the top. They are the user's faults: errors.As tells them
// from those of input and output.
type Faults []Fault //nolint:errname // a list of faults, which is an error too

// Error gives one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// place is where something stands in a file.
type place struct {
	file      string
	line, col int
}

func (p place) String() string {
	if p.line == 0 {
		return p.file
	}
	return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.col)
}

// ledger gathers the faults of several files.
type ledger struct {
	faults Faults
	files  []string // in the order in which they were opened
}

// fault notes that something is wrong at p.
func (l *ledger) fault(p place, format string, args ...any) {
	l.faults = append(l.faults, Fault{p.file, p.line, p.col, fmt.Sprintf(format, args...)})
}

// err gives the faults in order of files and lines, nil if there are none.
func (l *ledger) err() error {
	if len(l.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(l.faults, func(a, b Fault) int {
		return cmp.Or(
			cmp.Compare(slices.Index(l.files, a.File), slices.Index(l.files, b.File)),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col))
	})
	return l.faults
}
