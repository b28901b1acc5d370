package export

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// fullCheckIn has one of each thing that a check-in can say, with long names.
func fullCheckIn() *plan.CheckInResult {
	day := civil.NewDate(2026, time.November, 24)
	act := func(from, to civil.Clock, kind string) *plan.Activity {
		return &plan.Activity{Start: day.At(from, time.UTC), End: day.At(to, time.UTC), Kind: kind}
	}
	kronor := 12_345.0
	const name, unit = "Aleksandra Kowalska-Lindqvist", "Stöd, omsorg och arbetsmarknad"
	offer := func(kind plan.OfferKind) plan.Offer {
		return plan.Offer{
			Kind: kind, Who: []string{"a1"}, Name: name, What: "training", Where: unit, Serves: unit,
			Start: day.At(600, time.UTC), End: day.At(720, time.UTC), Hours: 2, Gain: 0.0123, Kronor: &kronor,
		}
	}
	return &plan.CheckInResult{
		Date: day, Centre: "Kontaktcenter", Version: 1, Made: true, Now: day.At(470, time.UTC), SeenUntil: day.At(465, time.UTC),
		Target: plan.DayTarget{Share: 0.85, Within: 60, Definition: "offered"},
		Reports: []plan.Report{
			{News: plan.News{Kind: plan.NewsAbsent, Person: "a1"}, Name: name},
			{News: plan.News{Kind: plan.NewsLate, Person: "a2", From: 570}, Name: name},
			{News: plan.News{Kind: plan.NewsHere, Person: "a3", From: 600, Until: 840}, Name: name},
		},
		Before: plan.Outlook{ServiceLevel: 0.9, Probability: 0.99, EmailHours: 80},
		Leads:  []plan.NewLead{{Table: unit, Was: name, Is: name}, {Table: unit, Was: name}},
		Changes: []plan.Change{{Who: "a4", Name: name, Gain: 0.0123, Serves: unit, Moves: []plan.Move{
			{Reason: plan.MoveCalls, Was: act(600, 660, "email"), Is: act(600, 660, "phone")},
			{Reason: plan.MoveEmail, Was: act(720, 780, "phone"), Is: act(720, 780, "email")},
			{Reason: plan.MoveCalls, Was: act(690, 720, "lunch"), Is: act(660, 690, "lunch")},
			{Reason: plan.MoveRules, Is: act(840, 855, "break")},
			{Reason: plan.MoveRules, Was: act(900, 915, "break")},
		}}, {Who: "a3", Name: name, Moves: []plan.Move{{Reason: plan.MoveComing, Is: act(600, 840, "")}}}},
		Offers:  []plan.Offer{offer(plan.OfferCallIn), offer(plan.OfferOvertime), offer(plan.OfferCancel)},
		Remarks: []plan.Remark{{Kind: plan.RemarkHard, Group: unit, Start: day.At(600, time.UTC), End: day.At(660, time.UTC)}},
	}
}

// TestCheckInFits: 80 columns in both languages, and no word is missing.
func TestCheckInFits(t *testing.T) {
	missing := regexp.MustCompile(`<no value>|\b(checkin|why|news|offer|kind|remark|col)\.[a-z]`)
	for _, lang := range i18n.Languages {
		words, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		r := fullCheckIn()
		var b strings.Builder
		if err := CheckIn(&b, r, words); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > pageWidth {
				t.Errorf("%s: a line of %d letters: %s", lang, n, line)
			}
		}
		CheckInWords(r, words)
		texts := append([]string{b.String()}, r.Notes...)
		for _, c := range r.Changes {
			for _, m := range c.Moves {
				texts = append(texts, m.Text)
			}
		}
		for _, o := range r.Offers {
			texts = append(texts, o.Text)
		}
		for _, text := range texts {
			if text == "" || missing.MatchString(text) {
				t.Errorf("%s: a word is missing in: %q", lang, text)
			}
		}
	}
}

// TestWhenItMoves: work lasts, a pause goes from one time to another.
func TestWhenItMoves(t *testing.T) {
	moves := fullCheckIn().Changes[0].Moves
	for i, want := range []string{"10:00–11:00", "12:00–13:00", "11:30 → 11:00", "– → 14:00", "15:00 → –"} {
		if got := when(&moves[i]); got != want {
			t.Errorf("move %d: %q, want %q", i, got, want)
		}
	}
}
