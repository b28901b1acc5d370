package centre

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzParse reads anything as a centre file: it gives a centre or faults, each
// with a text and a place in the file, and never fails in another way.
func FuzzParse(f *testing.F) {
	paths, err := filepath.Glob("testdata/faults/*/centre.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range append(paths, "../../docs/centre-file.md") {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		if _, yaml, ok := strings.Cut(string(data), "```yaml\n"); ok {
			yaml, _, _ = strings.Cut(yaml, "```")
			data = []byte(yaml)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parse("centre.yaml", data, func(string) ([]byte, error) { return nil, fs.ErrNotExist })
		judge(t, c, err, data)
	})
}

// FuzzCSV reads anything as the files beside a centre.
func FuzzCSV(f *testing.F) {
	const yaml = `
name: A
calendar: days.csv
units: [{id: north}]
tables: [{id: n1, unit: north}]
groups: [{id: parkering, hours: [{days: mon, open: "08:00-09:00"}]}]
people: [{id: a000, unit: north}]
people_file: people.csv
bookings_file: bookings.csv
`
	paths, err := filepath.Glob("testdata/faults/*/*.csv")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("date;name\n2026-12-24;Jul\n"))
	f.Add([]byte("id,unit,skills\na001,north,parkering:3\n"))
	f.Add([]byte("person,date,start,end,kind\na000,2026-11-24,08:00,09:00,meeting\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parse("centre.yaml", []byte(yaml), func(string) ([]byte, error) { return data, nil })
		judge(t, c, err, data)
	})
}

func judge(t *testing.T, c *Centre, err error, data []byte) {
	t.Helper()
	var faults Faults
	switch {
	case err == nil && c != nil:
		return
	case !errors.As(err, &faults) || c != nil:
		t.Fatalf("%v and %v, want a centre or faults", c, err)
	}
	for _, fault := range faults {
		if fault.Text == "" || fault.File == "" || fault.Line > strings.Count(string(data), "\n")+20 {
			t.Errorf("%+v, want a text and a place in the file", fault)
		}
	}
}
