package export

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// readCalendar reads the lines of an iCalendar file by RFC 5545, 3.1 and
// 3.3.11, apart from the library that wrote it.
func readCalendar(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string,
) map[string]string {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		t.Fatalf("lines do not all end in CR LF:\n%q", text)
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Fatalf("a line of %d octets, want at most 75: %q", len(line), line)
		}
	}
	unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\,`, ",", `\;`, ";")
	fields := map[string]string{}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n ", "")) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\r\n"), ":")
		if _, twice := fields[name]; !ok || twice && name != "BEGIN" && name != "END" {
			t.Fatalf("%q: not a field, or twice", line)
		}
		fields[name] = unescape.Replace(value)
	}
	return fields
}

func calendar(t *testing.T, d *plan.Day, person string) map[string]string {
	t.Helper()
	var b strings.Builder
	if err := Calendar(&b, []*plan.Day{d}, person, language(t, "sv")); err != nil {
		t.Fatal(err)
	}
	return readCalendar(t, b.String())
}

func TestCalendar(t *testing.T) {
	got := calendar(t, someDay(t, ordinary), "a1")
	want := map[string]string{
		"BEGIN": "VEVENT", "END": "VCALENDAR", "VERSION": "2.0", "PRODID": "-//bemanna//plan//SV", "METHOD": "PUBLISH",
		"UID": got["UID"], "DTSTAMP": "20261124T050000Z", "SEQUENCE": "3", "STATUS": "CONFIRMED",
		"DTSTART": "20261124T063000Z", "DTEND": "20261124T140000Z", "LOCATION": "Bord 1",
		"SUMMARY": "Arbetspass Kontakt; centrum, Åby, bordsansvarig Bord 1",
		"DESCRIPTION": "07:30–08:00 annat\n08:00–08:15 BA-möte\n08:15–10:00 telefon\n10:00–10:15 fika\n10:15–11:30 telefon\n" +
			"11:30–12:15 lunch\n12:15–15:00 e-post\nSvarsgrupper: Bygglov, Växel\nDagsplan v3, gjord tis 24 nov 06:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCalendarReplaces: a later plan has the same UID and a higher SEQUENCE;
// other people and days have other UIDs.
func TestCalendarReplaces(t *testing.T) {
	d := someDay(t, ordinary)
	first := calendar(t, d, "a1")
	d.Version, d.Agents[0].Shift.Start = 4, d.Agents[0].Shift.Start.Add(time.Hour)
	second := calendar(t, d, "a1")
	if first["UID"] != second["UID"] || second["SEQUENCE"] != "4" {
		t.Errorf("version 3 is %s, version 4 is %s with SEQUENCE %s", first["UID"], second["UID"], second["SEQUENCE"])
	}
	for what, other := range map[string]map[string]string{
		"another person": calendar(t, d, "a2"), "another day": calendar(t, someDay(t, ordinary+1), "a1"),
	} {
		if other["UID"] == first["UID"] {
			t.Errorf("%s has the same UID", what)
		}
	}
}

// TestCalendarOfAbsence: the event is cancelled, and nothing says why.
func TestCalendarOfAbsence(t *testing.T) {
	got := calendar(t, someDay(t, ordinary), "a3")
	want := map[string]string{
		"BEGIN": "VEVENT", "END": "VCALENDAR", "VERSION": "2.0", "PRODID": "-//bemanna//plan//SV", "METHOD": "PUBLISH",
		"UID": got["UID"], "DTSTAMP": "20261124T050000Z", "SEQUENCE": "3",
		"DTSTART;VALUE=DATE": "20261124", "SUMMARY": "Inget arbetspass", "STATUS": "CANCELLED", "TRANSP": "TRANSPARENT",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := Calendar(&strings.Builder{}, []*plan.Day{someDay(t, ordinary)}, "nobody", language(t, "en")); !errors.Is(err, ErrNoPerson) {
		t.Errorf("a person who is not in the plan: %v, want ErrNoPerson", err)
	}
}

// TestCalendarWhenTheClocksChange: a night shift from 00:00 to 06:00 lasts five
// hours in spring and seven in autumn, and begins at 00:00 in Stockholm.
func TestCalendarWhenTheClocksChange(t *testing.T) {
	for _, c := range []struct {
		date       civil.Date
		start, end string
	}{
		{spring, "20260328T230000Z", "20260329T040000Z"},
		{autumn, "20261024T220000Z", "20261025T050000Z"},
	} {
		d := someDay(t, c.date)
		d.Agents[0].Activities = activities(t, d, "00:00 phone 06:00")
		d.Agents[0].Shift = &plan.Period{Start: d.Agents[0].Activities[0].Start, End: d.Agents[0].Activities[0].End}
		got := calendar(t, d, "a1")
		if got["DTSTART"] != c.start || got["DTEND"] != c.end {
			t.Errorf("%s: %s to %s, want %s to %s", c.date, got["DTSTART"], got["DTEND"], c.start, c.end)
		}
	}
}

// TestCalendarKeepsTexts: names of any kind come back but for their control
// characters, and none becomes a field of its own.
func TestCalendarKeepsTexts(t *testing.T) {
	d := someDay(t, ordinary)
	words := language(t, "en")
	name := rapid.OneOf(rapid.String(), rapid.StringMatching("[a\\\\;,:<> \n\r\tåBEGINV😀]{0,200}"))
	rapid.Check(t, func(t *rapid.T) {
		d.Tables[0].Name = name.Draw(t, "table")
		var b strings.Builder
		if err := Calendar(&b, []*plan.Day{d}, "a1", words); err != nil {
			t.Fatal(err)
		}
		got := readCalendar(t, b.String())
		if want := textValue(d.Tables[0].Name); got["LOCATION"] != want {
			t.Fatalf("the table is %q, want %q", got["LOCATION"], want)
		}
	})
}
