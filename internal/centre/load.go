package centre

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bemanna/internal/civil"
)

// FileName is what a centre file is called in its folder.
const FileName = "centre.yaml"

// Load reads the centre file at path, or the file centre.yaml in the folder at
// path, and the files that it names. What is wrong in them comes back as Faults,
// all at once; any other error is one of input and output.
func Load(path string) (*Centre, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("centre file: %w", err)
	}
	if info.IsDir() {
		path = filepath.Join(path, FileName)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("centre file: %w", err)
	}
	return parse(path, data, os.ReadFile)
}

// parse reads the bytes of a centre file, and with open the files that it names.
func parse(path string, data []byte, open func(string) ([]byte, error)) (*Centre, error) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		return nil, err
	}
	r := &reader{open: open, centre: defaults(stockholm)}
	r.centre.Dir = filepath.Dir(path)
	r.files = []string{path}
	if v := r.yamlValue(path, data); v != nil {
		r.file(v)
	}
	if r.failed != nil {
		return nil, r.failed
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	r.centre.Files = r.files
	return &r.centre, nil
}

// defaults is a centre of which the file says nothing.
func defaults(loc *time.Location) Centre {
	return Centre{
		Location:     loc,
		Language:     "sv",
		Calendar:     civil.Sweden(),
		Interval:     15 * time.Minute,
		Store:        "bemanna.db",
		Source:       "telephony",
		Target:       Target{Share: 0.85, Within: time.Minute, Definition: "offered"},
		LoginRate:    0.92,
		Shrinkage:    0.06,
		MaxOccupancy: 0.9,
		Floor:        0.7,
		Redial:       0.32,
		KeepMonths:   13,
		Rules: Rules{
			Lunch:          45 * time.Minute,
			LunchFrom:      3 * time.Hour,
			LunchTo:        5 * time.Hour,
			LunchShift:     6 * time.Hour,
			Break:          15 * time.Minute,
			BreakDistance:  time.Hour,
			LongestStretch: 5 * time.Hour,
			LongestPhone:   2 * time.Hour,
			MinBlock:       time.Hour,
			DailyRest:      11 * time.Hour,
			WeeklyRest:     36 * time.Hour,
			LateAfter:      18 * 60,
			MostOvertime:   48 * time.Hour,
		},
		Meeting:  Meeting{At: 8 * 60, Length: 10 * time.Minute},
		Schedule: Schedule{Plan: []string{"40 2 * * *", "50 6 * * *"}},
		Publish:  Publish{Dir: "publish", Drop: "drop"},
	}
}
