package centre_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// blocks gives the code blocks of a language in docs/centre-file.md.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	doc, err := os.ReadFile("../../docs/centre-file.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllSubmatch(doc, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// documented gives a centre file with the files of the document beside it.
func documented(t *testing.T, yaml string) map[string]string {
	t.Helper()
	csv := blocks(t, "csv")
	return map[string]string{
		"centre.yaml": yaml, "people.csv": csv[0], "bookings.csv": csv[1],
		"events.csv": csv[3], "overrides.csv": csv[4], "attendance.csv": csv[5], "closings.csv": csv[6],
	}
}

// TestDocumentLoads loads the centre of the document with the files beside it.
func TestDocumentLoads(t *testing.T) {
	csv := blocks(t, "csv")
	c, err := centre.Load(folder(t, documented(t, blocks(t, "yaml")[0])))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Groups) != 3 || len(c.People) != 3 || len(c.Bookings) != 3 || len(c.Events) != 3 {
		t.Errorf("%d groups, %d people, %d bookings and %d events, want 3 each", len(c.Groups), len(c.People), len(c.Bookings), len(c.Events))
	}
	if len(c.Overrides) != 2 || len(c.Attendance) != 1 {
		t.Errorf("%d overrides and %d days of attendance, want 2 and 1", len(c.Overrides), len(c.Attendance))
	}
	if days, err := centre.ReadCalendar(strings.NewReader(csv[2]), "days.csv"); err != nil ||
		days.On(civil.NewDate(2026, 12, 24)).Kind != civil.Eve {
		t.Errorf("the calendar of the document: %v, %v, want Julafton an eve", days, err)
	}
}

// TestDocumentedDefaults compares the document with a centre that leaves out all
// it may, in all that the document does not give another default.
func TestDocumentedDefaults(t *testing.T) {
	type values struct {
		Location, Language, Source, Store, Dir, Drop string
		Christmas                                    civil.Day
		Interval                                     time.Duration
		Target                                       centre.Target
		LoginRate, Shrinkage, MaxOccupancy, Floor    float64
		Redial                                       float64
		KeepMonths                                   int
		Rules                                        centre.Rules
		Meeting                                      centre.Meeting
		Plan                                         []string
		Phone, Email                                 centre.Group
		Person                                       centre.Person
	}
	of := func(c *centre.Centre, dir string) values {
		rel := func(path string) string {
			out, err := filepath.Rel(dir, path)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		v := values{
			c.Location.String(), c.Language, c.Source, rel(c.Store), rel(c.Publish.Dir), rel(c.Publish.Drop),
			c.Calendar.On(civil.NewDate(2026, 12, 25)),
			c.Interval, c.Target, c.LoginRate, c.Shrinkage, c.MaxOccupancy, c.Floor, c.Redial, c.KeepMonths, c.Rules, c.Meeting, c.Schedule.Plan,
			c.Groups[0], c.Groups[len(c.Groups)-1], c.People[0],
		}
		// The rest of a group and of a person is the example's own.
		g := v.Phone
		v.Phone = centre.Group{
			Channel: g.Channel, Target: g.Target, Patience: g.Patience,
			Priority: g.Priority, Critical: g.Critical, MinStaff: g.MinStaff,
		}
		v.Email = centre.Group{HandleTime: v.Email.HandleTime, Deadline: v.Email.Deadline}
		p := v.Person
		v.Person = centre.Person{
			Employment: p.Employment, Weekly: p.Weekly, Days: p.Days,
			Earliest: p.Earliest, Latest: p.Latest, Cost: p.Cost,
			Notice: p.Notice, MaxWeekly: p.MaxWeekly, MostLate: p.MostLate,
		}
		return v
	}
	load := func(yaml string) values {
		dir := folder(t, documented(t, yaml))
		c, err := centre.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		return of(c, dir)
	}
	least := load(`
name: Least
units: [{id: u}]
groups:
  - {id: g, hours: [{days: mon-fri, open: "08:00-16:30"}]}
  - {id: e, channel: email, hours: [{days: mon-fri, open: "08:00-16:30"}]}
people: [{id: p, unit: u}]
`)
	if diff := cmp.Diff(least, load(blocks(t, "yaml")[0])); diff != "" {
		t.Errorf("defaults (-) and document (+):\n%s", diff)
	}
}
