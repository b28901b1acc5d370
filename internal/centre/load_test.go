package centre_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

const small = `
name: Small
target: {level: 80/20s, definition: answered}
calendar: none
units: [{id: north, name: North}]
tables: [{id: n1, unit: north}, {id: n2, unit: north}]
groups:
  - id: parkering
    hours: &weekdays
      - {days: [mon-thu, fri], open: "08:00-16:30", until: 2026-12-31, short_days: "13:00"}
      - {days: mon-fri, open: "08:00-18:00", from: 2027-01-01, red_days: true, eves: true}
    handle_time: 210s
    overflow: general
    history: ["11", parkering]
  - {id: general, hours: *weekdays, target: 90/30s, patience: 0s, priority: 1}
  - {id: letters, channel: email, hours: *weekdays, deadline: 48h}
people:
  - {id: a001, table: n1, skills: [general:1, parkering:4]}
`

func load(t *testing.T, files map[string]string) *centre.Centre {
	t.Helper()
	c, err := centre.Load(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLoad compares every field of the groups of a small centre.
func TestLoad(t *testing.T) {
	c := load(t, map[string]string{"centre.yaml": small})
	hours := civil.Hours{
		{Days: 0b0111110, Span: civil.Span{Open: 480, Close: 990}, Until: civil.NewDate(2026, 12, 31), ShortClose: 780},
		{Days: 0b0111110, Span: civil.Span{Open: 480, Close: 1080}, From: civil.NewDate(2027, 1, 1), RedDays: true, Eves: true},
	}
	want := []centre.Group{
		{
			ID: "parkering", Name: "parkering", Channel: centre.Phone, Hours: hours,
			Target:   centre.Target{Share: 0.8, Within: 20 * time.Second, Definition: "answered"},
			Patience: 4 * time.Minute, HandleTime: 210 * time.Second, Priority: 2, Overflow: "general",
			History: queues("parkering", "11"),
		},
		{
			ID: "general", Name: "general", Channel: centre.Phone, Hours: hours,
			Target:     centre.Target{Share: 0.9, Within: 30 * time.Second, Definition: "answered"},
			HandleTime: 5 * time.Minute, Priority: 1, History: queues("general"),
		},
		{
			ID: "letters", Name: "letters", Channel: centre.Email, Hours: hours,
			HandleTime: 9 * time.Minute, Deadline: 48 * time.Hour, Priority: 2, History: queues("letters"),
		},
	}
	if diff := cmp.Diff(want, c.Groups); diff != "" {
		t.Error(diff)
	}
}

func TestLoadTakesAFileOrItsFolder(t *testing.T) {
	dir := folder(t, map[string]string{"centre.yaml": small, "other.yaml": small + "store: /var/lib/b.db\n"})
	for _, path := range []string{dir, filepath.Join(dir, "centre.yaml"), filepath.Join(dir, "other.yaml")} {
		c, err := centre.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		store := filepath.Join(dir, "bemanna.db")
		if filepath.Base(path) == "other.yaml" {
			store = "/var/lib/b.db"
		}
		if c.Dir != dir || c.Store != store || c.Publish.Drop != filepath.Join(dir, "drop") {
			t.Errorf("Load(%s): Dir %s, Store %s, Drop %s, want all in %s", path, c.Dir, c.Store, c.Publish.Drop, dir)
		}
	}
}

// TestPeopleFile reads the same people from every form of CSV.
func TestPeopleFile(t *testing.T) {
	const people = "id,name,table,skills,roles,weekly,from\n" +
		"a002,Åsa Öst,n1,general:1 parkering:4,lead  mentor,30h,2026-02-01\n" +
		"a003,,n2,,,,\n\n"
	want := []centre.Person{
		{
			ID: "a002", Name: "Åsa Öst", Unit: "north", Table: "n1", Employment: centre.Permanent,
			Weekly: 30 * time.Hour, Days: 0b0111110, Earliest: 450, Latest: 1050,
			Skills: []centre.Skill{{Group: "general", Level: 1}, {Group: "parkering", Level: 4}},
			Roles:  []string{"lead", "mentor"}, From: civil.NewDate(2026, 2, 1),
		},
		{
			ID: "a003", Name: "a003", Unit: "north", Table: "n2", Employment: centre.Permanent,
			Weekly: 40 * time.Hour, Days: 0b0111110, Earliest: 450, Latest: 1050,
		},
	}
	semicolons := strings.ReplaceAll(people, ",", ";")
	latin, err := charmap.Windows1252.NewEncoder().String(semicolons)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"commas": people, "semicolons": semicolons, "BOM": "\ufeff" + people,
		"Windows-1252": latin, "CRLF": strings.ReplaceAll(people, "\n", "\r\n"), "quotes": strings.ReplaceAll(people, "Åsa Öst", `"Åsa Öst"`),
	} {
		c := load(t, map[string]string{"centre.yaml": small + "people_file: p.csv\n", "p.csv": file})
		if diff := cmp.Diff(want, c.People[1:]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestFiles sees that a centre tells which files it was read from.
func TestFiles(t *testing.T) {
	dir := folder(t, map[string]string{
		"centre.yaml": strings.ReplaceAll(small, "calendar: none", "calendar: days.csv") + "people_file: p.csv\n",
		"days.csv":    "date,name\n", "p.csv": "id,unit\n", "other.csv": "",
	})
	c, err := centre.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(dir, "centre.yaml"), filepath.Join(dir, "days.csv"), filepath.Join(dir, "p.csv")}
	if diff := cmp.Diff(want, c.Files); diff != "" {
		t.Error(diff)
	}
}

func TestBookingsFile(t *testing.T) {
	c := load(t, map[string]string{
		"centre.yaml": small + "bookings_file: b.csv\n",
		"b.csv":       "kind,person,date,end,start\nmeeting,a001,2026-11-24,10:00,9:30\nabsent,a001,2026-11-25,,\n",
	})
	want := []centre.Booking{
		{Person: "a001", Date: civil.NewDate(2026, 11, 24), Span: civil.Span{Open: 570, Close: 600}, Kind: "meeting"},
		{Person: "a001", Date: civil.NewDate(2026, 11, 25), Kind: "absent"},
	}
	if diff := cmp.Diff(want, c.Bookings); diff != "" {
		t.Error(diff)
	}
}

func TestCalendar(t *testing.T) {
	boxing := civil.NewDate(2026, 12, 26)
	for calendar, want := range map[string]civil.Day{
		"none": {}, "se": {Kind: civil.Red, Name: "Annandag jul"}, "own.csv": {Kind: civil.Short, Name: "Boxing Day"},
	} {
		c := load(t, map[string]string{
			"centre.yaml": strings.ReplaceAll(small, "calendar: none", "calendar: "+calendar),
			"own.csv":     "date,name,kind\n2026-12-26,Boxing Day,short\n",
		})
		if got := c.Calendar.On(boxing); got != want {
			t.Errorf("calendar %s: %+v, want %+v", calendar, got, want)
		}
	}
}

// TestReadCalendar reads days without kinds, a fault, and a file that breaks off.
func TestReadCalendar(t *testing.T) {
	c, err := centre.ReadCalendar(strings.NewReader("date;name\n2003-05-29;Ascension Day\n"), "days.csv")
	if got, want := c.On(civil.NewDate(2003, 5, 29)), (civil.Day{Kind: civil.Red, Name: "Ascension Day"}); err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	_, err = centre.ReadCalendar(strings.NewReader("date,name\n2003-05-29,x\n2003-13-29,x\n"), "days.csv")
	const want = "days.csv:3:1: day: date 2003-13-29, want a day such as 2026-11-24"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	var faults centre.Faults
	_, err = centre.ReadCalendar(iotest.ErrReader(io.ErrUnexpectedEOF), "days.csv")
	if !errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &faults) {
		t.Errorf("%v, want the error of the reader and no Faults", err)
	}
}

func TestLookUps(t *testing.T) {
	c := load(t, map[string]string{"centre.yaml": small})
	if g, ok := c.Group("general"); !ok || g.Priority != 1 {
		t.Errorf("Group(general) = %+v, %t", g, ok)
	}
	if _, ok := c.Group("11"); ok {
		t.Error("Group(11) is there, though 11 is a name of telephony and no id")
	}
	if p, ok := c.Person("a001"); !ok || p.Table != "n1" {
		t.Errorf("Person(a001) = %+v, %t", p, ok)
	}
	if got := c.UnitOf("n2") + c.UnitOf("n3"); got != "north" {
		t.Errorf("UnitOf(n2) and of a table that is not there: %q, want north and nothing", got)
	}
	if n1, n2 := c.TablePeople("n1"), c.TablePeople("n2"); len(n1) != 1 || n1[0].ID != "a001" || n2 != nil {
		t.Errorf("TablePeople: %v and %v, want a001 and nobody", n1, n2)
	}
}

// BenchmarkLoad reads a centre of 500 people with 50,000 bookings: half a year.
func BenchmarkLoad(b *testing.B) {
	people, bookings := strings.Builder{}, strings.Builder{}
	people.WriteString("id,name,table,skills\n")
	bookings.WriteString("person,date,start,end,kind\n")
	for p := range 500 {
		fmt.Fprintf(&people, "p%03d,Åsa Öst,n1,general:3 parkering:2\n", p)
		for d := range civil.Date(100) {
			fmt.Fprintf(&bookings, "p%03d,%s,08:00,09:00,meeting\n", p, civil.NewDate(2026, 11, 24)+d)
		}
	}
	dir := b.TempDir()
	for name, content := range map[string]string{
		"centre.yaml": small + "people_file: p.csv\nbookings_file: b.csv\n", "p.csv": people.String(), "b.csv": bookings.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := centre.Load(dir); err != nil {
			b.Fatal(err)
		}
	}
}

// queues are names in telephony that count all of the time.
func queues(names ...string) []centre.Queue {
	var out []centre.Queue
	for _, name := range names {
		out = append(out, centre.Queue{Name: name, Share: 1})
	}
	return out
}
