package calculator

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Batch is a sheet of cases with their answers.
type Batch struct {
	Sheet  *Sheet
	Rows   []BatchRow
	Used   []string // columns that were read
	Unused []string // columns that are carried along only
	Faulty int      // rows with a fault

	kept []int // columns of the sheet that the results do not replace
}

// A BatchRow is a case of a batch: the agents that it gave, or else those that
// it needs.
type BatchRow struct {
	Row
	NeedReal float64
	Err      error // what was wrong with the row; the other fields are then empty
}

// columns are the names of the figures of a case in the header of a sheet.
func columns() []column {
	out := make([]column, len(fields))
	for i, f := range fields {
		out[i] = append(column{strings.ReplaceAll(f.name, "-", "_")}, f.aliases...)
	}
	return out
}

// RunBatch reads a sheet of cases, a row each, and answers them; usual gives
// the text of what a row leaves out. A row with a fault gets it in its place,
// and the rest goes on. The error is that of the sheet: it cannot be read, or
// lacks a column for calls or aht.
func RunBatch(r io.Reader, usual func(field string) string) (*Batch, error) {
	s, err := ReadSheet(r)
	if err != nil {
		return nil, err
	}
	found := s.find(columns())
	for _, name := range []string{"calls", "aht"} {
		if _, ok := found[name]; !ok && usual(name) == "" {
			return nil, &ColumnError{Wanted: name, Found: s.Header}
		}
	}
	b := &Batch{Sheet: s}
	for i, name := range s.Header {
		result := slices.Contains(resultNames, name)
		if !result {
			b.kept = append(b.kept, i)
		}
		if slices.Contains(values(found), i) {
			b.Used = append(b.Used, name)
		} else if !result {
			b.Unused = append(b.Unused, name)
		}
	}
	for _, cells := range s.Rows {
		row := solveCells(cells, len(s.Header), found, usual)
		if row.Err != nil {
			b.Faulty++
		}
		b.Rows = append(b.Rows, row)
	}
	return b, nil
}

// FirstFault is the first row with a fault; there must be one.
func (b *Batch) FirstFault() int {
	return slices.IndexFunc(b.Rows, func(r BatchRow) bool { return r.Err != nil })
}

func values(m map[string]int) []int {
	var out []int
	for _, i := range m {
		out = append(out, i)
	}
	return out
}

// solveCells answers the case of a row of cells.
func solveCells(cells []string, width int, found map[string]int, usual func(string) string) BatchRow {
	if len(cells) > width {
		return BatchRow{Err: fmt.Errorf("%d cells, want %d as in the header", len(cells), width)}
	}
	c, err := Read(func(field string) string {
		if i, ok := found[strings.ReplaceAll(field, "-", "_")]; ok && cells[i] != "" {
			return cells[i]
		}
		return usual(field)
	}, nil)
	if err == nil && len(c.Agents) > 1 {
		err = &InputError{"agents", strconv.Itoa(len(c.Agents)) + " numbers", "one in a row"}
	}
	var need Need
	var row Row
	if err == nil {
		need, err = c.Need()
	}
	if err == nil {
		agents := float64(need.Agents)
		if len(c.Agents) == 1 {
			agents = c.Agents[0]
		}
		row, err = c.With(agents)
	}
	if input, ok := errors.AsType[*InputError](err); ok {
		input.Field = strings.ReplaceAll(input.Field, "-", "_")
	}
	return BatchRow{Row: row, NeedReal: need.Real, Err: err}
}

// resultNames are the columns that a batch adds. A sheet that has them already
// gets them anew.
var resultNames = []string{
	"agents", "agents_real", "heads", "service_level", "expected_level", "asa_s", "wait_s", "delay",
	"abandonment", "occupancy", "target_met", "error",
}

// WriteCSV writes the sheet with the results beside, and numbers as the sheet
// has them: with a decimal comma where it has one.
func (b *Batch) WriteCSV(w io.Writer) error {
	c := b.Sheet.writer(w)
	if err := c.Write(append(b.keep(b.Sheet.Header), resultNames...)); err != nil {
		return err
	}
	for i, row := range b.Rows {
		if err := c.Write(append(b.keep(b.Sheet.Rows[i]), b.cells(row)...)); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func (b *Batch) keep(cells []string) []string {
	out := make([]string, 0, len(b.kept)+len(resultNames))
	for _, i := range b.kept {
		out = append(out, cells[i])
	}
	return out
}

// cells are the results of a row: numbers in full, inf for a queue that grows
// without end, and nothing for what does not exist.
func (b *Batch) cells(r BatchRow) []string {
	if r.Err != nil {
		cells := make([]string, len(resultNames))
		cells[len(cells)-1] = r.Err.Error()
		return cells
	}
	number := func(x float64) string {
		switch {
		case math.IsNaN(x):
			return ""
		case math.IsInf(x, 1):
			return "inf"
		}
		s := strconv.FormatFloat(x, 'g', -1, 64)
		if b.Sheet.comma {
			s = strings.Replace(s, ".", ",", 1)
		}
		return s
	}
	return []string{
		number(r.Agents), number(r.NeedReal), number(float64(r.Heads)), number(r.ServiceLevel), number(r.Expected),
		number(r.SpeedOfAnswer), number(r.AverageWait), number(r.Delay), number(r.Abandonment), number(r.Occupancy),
		strconv.FormatBool(r.Met), "",
	}
}
