package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// someRoster is a published week of open days with two people.
func someRoster(open int) *plan.Roster {
	monday := civil.NewDate(2026, time.December, 7)
	at := func(d civil.Date, open, end civil.Clock) *plan.Period {
		return &plan.Period{Start: d.At(open, time.UTC), End: d.At(end, time.UTC)}
	}
	w := plan.RosterWeek{Monday: monday, Remarks: []plan.Remark{
		{Kind: plan.RemarkNoShift, Who: "Maximiliana Wolfeschlegelsteinhausen", Rule: "week_hours"},
	}}
	long := plan.RosterPerson{ID: "a", Name: "Maximiliana Wolfeschlegelsteinhausen", Unit: "u", Table: "t", Hours: 38.75, Contract: 38.5, Late: 5}
	temp := plan.RosterPerson{ID: "b", Name: "=Bo", Hours: 8}
	for i := range 7 {
		day := plan.RosterDay{Date: monday + civil.Date(i), Open: i < open, Offered: 12345, People: 1, Share: 0.8}
		if i >= open {
			day.People = 0
		}
		w.Days = append(w.Days, day)
		long.Days = append(long.Days, plan.RosterShift{Shift: at(day.Date, 10*60+15, 19*60)})
		temp.Days = append(temp.Days, plan.RosterShift{Away: i == 0})
	}
	w.People = []plan.RosterPerson{long, temp}
	return &plan.Roster{
		Centre: "Granstad", From: monday, Until: monday + 7, Made: monday.Start(time.UTC), Version: 2, ShortNotice: 3,
		Target: plan.DayTarget{Share: 0.85, Within: 60}, Unbooked: &plan.Unbooked{From: monday, Weeks: 1, Share: 0.2},
		Units: []plan.Unit{{ID: "u", Name: "Stöd"}}, Tables: []plan.Unit{{ID: "t", Name: "Bord 1"}}, Weeks: []plan.RosterWeek{w},
		Changes: []plan.RosterChange{
			{Date: monday, Person: "a", Name: long.Name, Was: at(monday, 8*60, 16*60), Is: at(monday, 10*60+15, 19*60), Near: true},
			{Date: monday + 1, Person: "a", Name: long.Name, Is: at(monday+1, 10*60+15, 19*60)},
		},
	}
}

// TestRosterPage: weeks of five and of seven days fit into 80 columns in both
// languages, and the page says what changes for whom.
func TestRosterPage(t *testing.T) {
	for lang, want := range map[string][]string{
		"sv": {"Publicerat som version 2", "! mån 7 ", "08:00–16:00 → 10:15–19:00", "ledig → 10:15–19:00", "borta", "1 av dem", "är ledig på en arbetsdag"},
		"en": {"Published as version 2", "! Mon 7 ", "off → 10:15–19:00", "away", "1 of them are nearer than 14 days", "is off on a day of work"},
	} {
		words, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, open := range []int{5, 7} {
			var page bytes.Buffer
			if err := Roster(&page, someRoster(open), words); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(page.String()) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
					t.Errorf("%s, %d days: %d letters: %s", lang, open, n, line)
				}
			}
			begin := " Maximiliana…  1015-1900 1015-1900"
			if open == 7 {
				begin = " Maximiliana…    1015   1015   1015"
			}
			for _, w := range append(want, begin, "! 80") {
				if !strings.Contains(page.String(), w) {
					t.Errorf("%s, %d days: no %q in\n%s", lang, open, w, page.String())
				}
			}
		}
	}
}

// TestRosterRows reads the CSV back: a row for each day of each person, formulas
// guarded.
func TestRosterRows(t *testing.T) {
	var text bytes.Buffer
	if err := RosterRows(&text, someRoster(5), nil); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		rosterColumns,
		{"2026-12-07", "2", "a", "Maximiliana Wolfeschlegelsteinhausen", "u", "t", "shift", "2026-12-07T10:15:00Z", "2026-12-07T19:00:00Z"},
		{"2026-12-07", "2", "b", "'=Bo", "", "", "away", "", ""},
	}
	if diff := cmp.Diff(want, rows[:3]); diff != "" || len(rows) != 1+7*2 {
		t.Errorf("%d rows\n%s", len(rows), diff)
	}
	if last := rows[14]; last[6] != "off" {
		t.Errorf("%v, want off", last)
	}
}

// TestRosterWorkbook reads the workbook back; the same roster gives the same bytes.
func TestRosterWorkbook(t *testing.T) {
	words, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		if err := RosterWorkbook(b, someRoster(5), words); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two workbooks of one roster differ")
	}
	f, err := excelize.OpenReader(&one)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read from memory
	for cell, want := range map[string]string{
		"A8": "Stöd · Bord 1", "B8": "Maximiliana Wolfeschlegelsteinhausen", "C8": "10:15–19:00", "H8": "38.75", "J8": "5",
		"B9": "=Bo", "C9": "away", "D9": "off", "C6": "80%", "A11": "Maximiliana Wolfeschlegelsteinhausen is off on a day of work: the hours of the contract.",
	} {
		got, err := f.GetCellValue("Week 50", cell)
		if formula, _ := f.GetCellFormula("Week 50", cell); got != want || err != nil || formula != "" {
			t.Errorf("%s: %q %q, %v; want %q", cell, got, formula, err, want)
		}
	}
}
