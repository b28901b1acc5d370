package board

import (
	"net/http"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// tapStory is a state of what follows from checking people in, with made data.
type tapStory struct {
	name string
	page func(q *request, loc *time.Location) (template string, f frame)
}

func (s tapStory) show(b *Board, w http.ResponseWriter, q *request, loc *time.Location) error {
	template, f := s.page(q, loc)
	return b.show(w, q, http.StatusOK, template, f)
}

// tapStories are all states of the marks of people and of a repaired plan.
var tapStories = []tapStory{
	{"marks", func(q *request, loc *time.Location) (string, frame) { return q.marked(loc, "") }},
	{"marks-refused", func(q *request, loc *time.Location) (string, frame) {
		return q.marked(loc, refusalText(plan.Refusal{
			Reason: plan.RefusedMaster, Name: "Cia Dahl", Group: "Gata och park", Date: tuesday,
		}, q.words))
	}},
	{"proposal", func(q *request, loc *time.Location) (string, frame) { return q.proposal(madeProposal(tuesday, loc)) }},
	{"proposal-offers-taken", func(q *request, loc *time.Location) (string, frame) {
		p := madeProposal(tuesday, loc)
		for _, o := range p.result.Offers {
			p.marks = append(p.marks, taking(o, p.marks)...)
		}
		return q.proposal(p)
	}},
	{"proposal-unchanged", func(q *request, loc *time.Location) (string, frame) {
		p := madeProposal(tuesday, loc)
		p.result.Changes, p.result.Offers, p.result.Leads = nil, nil, nil
		return q.proposal(p)
	}},
	{"proposal-nobody-left", func(q *request, loc *time.Location) (string, frame) {
		p := madeProposal(tuesday, loc)
		p.result.Day = everyoneSick(p.result.Day)
		p.result.Changes, p.result.After, p.result.Unrepaired = nil, plan.Outlook{}, plan.Outlook{}
		p.result.Leads = []plan.NewLead{{Table: "Bord 1", Was: "Ann Alm"}}
		p.result.Remarks = p.result.Day.Remarks
		return q.proposal(p)
	}},
	{"proposal-long-day", func(q *request, loc *time.Location) (string, frame) { return q.proposal(madeProposal(longDay, loc)) }},
	{"proposal-overtaken", func(q *request, loc *time.Location) (string, frame) {
		template, f := q.proposal(madeProposal(tuesday, loc))
		r := plan.Revision{Version: 2, Kind: plan.RevisionChanged, By: "ann", At: tuesday.At(7*60+45, loc), Reports: madeReports(tuesday, loc)[:1]}
		why := q.words.Say("board.tap_overtaken", i18n.Args{"What": revisionText(r, q.words)})
		f.Banners = []banner{{Text: why, Urgent: true}}
		return template, f
	}},
	{"proposal-too-old", func(q *request, loc *time.Location) (string, frame) {
		template, f := q.proposal(madeProposal(tuesday, loc))
		f.Banners = []banner{{Text: q.words.Say("board.tap_again"), Urgent: true}}
		return template, f
	}},
	{"locked", func(q *request, loc *time.Location) (string, frame) { return q.unsaved("board.fault_locked", loc) }},
	{"full", func(q *request, loc *time.Location) (string, frame) { return q.unsaved("board.fault_full", loc) }},
}

// marked is the page of a made day with a mark of each kind.
func (q *request) marked(loc *time.Location, wrong string) (string, frame) {
	d := madeDay(tuesday, loc, 8, 16)
	c := &centre.Centre{Location: loc, People: []centre.Person{{ID: "v1", Name: "Lo Lund"}, {ID: "v2", Name: "Mo Moberg"}}}
	marks := []notice{
		{Person: "a1", Kind: markAbsent},
		{Person: "a2", Kind: markFrom, From: "13:00"},
		{Person: "a3", Kind: markLend, Group: "gata", From: "10:00", Until: "12:00"},
		{Person: "a4", Kind: markBack},
		{Person: "a5", Kind: markLate, From: "09:30"},
		{Person: "a6", Kind: markStay, Until: "18:00"},
		{Person: "a7", Kind: markCancel, From: "13:00", Until: "14:00"},
		{Person: "v1", Kind: markHere, From: "10:00", Until: "14:00"},
	}
	lead := *q
	lead.user.Role, lead.now = Lead, tuesday.At(7*60+50, loc)
	v := viewDay(d, d, q.words)
	v.Title = title(d, q.words)
	v.Tap = tapOf(&lead, c, whole(d), marks)
	f := frame{Title: v.Title, Body: v}
	if wrong != "" {
		f.Banners = []banner{{Text: wrong, Urgent: true}}
	}
	return "day", f
}

// proposal is the page of a repaired plan.
func (q *request) proposal(p *proposal) (string, frame) {
	v := viewProposal(p, q, ticks{})
	return "proposal", frame{Title: v.Title, Body: v}
}

// unsaved is the page of a click that has changed nothing.
func (q *request) unsaved(key string, loc *time.Location) (string, frame) {
	path := "/day/" + tuesday.String()
	v := faultView{
		Status: http.StatusServiceUnavailable, Text: q.words.Say(key),
		Again: &again{URL: q.to(path + "/accept"), Fields: fields(madeProposal(tuesday, loc).marks), Back: q.to(path)},
	}
	return "fault", frame{Title: v.Text, Body: v}
}

// madeReports are news of a made day.
func madeReports(date civil.Date, loc *time.Location) []plan.Report {
	at := date.At(7*60+45, loc)
	return []plan.Report{
		{News: plan.News{Kind: plan.NewsAbsent, Person: "a1"}, Name: "Ann Alm", By: "ann", At: at},
		{News: plan.News{Kind: plan.NewsLate, Person: "a5", From: 9*60 + 30}, Name: "Eva Fors", By: "ann", At: at},
		{News: plan.News{Kind: plan.NewsLend, Person: "a3", Group: "gata", From: 10 * 60, Until: 12 * 60}, Name: "Cia Dahl", GroupName: "Gata och park", By: "ann", At: at},
	}
}

// madeProposal is a repaired plan of a made day, with all that may be in one: a
// change for calls, one for e-mail and one that the news force, and an offer of
// each kind.
func madeProposal(date civil.Date, loc *time.Location) *proposal {
	old, repaired := madeDay(date, loc, 8, 16), madeDay(date, loc, 8, 16)
	repaired.Agents[0].Absent, repaired.Agents[0].Shift, repaired.Agents[0].Activities = true, nil, nil
	at := func(c civil.Clock) time.Time { return date.At(c, loc) }
	work := func(kind string, from, until civil.Clock) *plan.Activity {
		return &plan.Activity{Kind: kind, Start: at(from), End: at(until)}
	}
	kronor := 1392.0
	var marks []notice
	reports := madeReports(date, loc)
	for _, r := range reports {
		m := notice{Person: r.Person, Kind: noticeKind(r.Kind), Group: r.Group}
		if r.From > 0 {
			m.From = r.From.String()
		}
		marks = append(marks, m)
	}
	ready := make(chan struct{})
	close(ready)
	return &proposal{id: "made", made: at(7*60 + 50), marks: marks, ready: ready, old: old, result: &plan.CheckInResult{
		Date: date, Centre: old.Centre, Version: 1, Now: at(7*60 + 50), Reports: reports, Target: old.Target, Day: repaired,
		Before:     plan.Outlook{ServiceLevel: 0.9, Probability: 0.97, EmailHours: 12},
		Unrepaired: plan.Outlook{ServiceLevel: 0.81, Probability: 0.2, EmailHours: 12},
		After:      plan.Outlook{ServiceLevel: 0.86, Probability: 0.61, EmailHours: 10.5},
		Leads:      []plan.NewLead{{Table: "Bord 1", Was: "Ann Alm", Is: "Bo Berg"}},
		Changes: []plan.Change{
			{Who: "a2", Name: "Bo Berg", Gain: 0.021, Serves: "Omsorg", Moves: []plan.Move{
				{Reason: plan.MoveCalls, Was: work("lunch", 11*60+30, 12*60), Is: work("lunch", 12*60, 12*60+30)},
				{Reason: plan.MoveCalls, Was: work("email", 9*60, 10*60), Is: work("phone", 9*60, 10*60)},
			}},
			{Who: "a6", Name: "Farid Gren", Gain: -0.001, EmailHours: 1, Moves: []plan.Move{
				{Reason: plan.MoveEmail, Was: work("phone", 15*60, 16*60), Is: work("email", 15*60, 16*60)},
			}},
			{Who: "a5", Name: "Eva Fors", Forced: true, Moves: []plan.Move{
				{Reason: plan.MoveRules, Was: work("break", 9*60, 9*60+15), Is: work("break", 10*60, 10*60+15)},
			}},
		},
		Offers: []plan.Offer{
			{Kind: plan.OfferCallIn, Who: []string{"v1"}, Name: "Lo Lund", Start: at(10 * 60), End: at(14 * 60), Hours: 4, Kronor: &kronor, Gain: 0.013, Serves: "Omsorg"},
			{Kind: plan.OfferOvertime, Who: []string{"a7"}, Name: "Gun Holm", Start: at(16 * 60), End: at(17 * 60), Hours: 1, Gain: 0.004, Serves: "Omsorg"},
			{Kind: plan.OfferCancel, Who: []string{"a8", "a9"}, What: "coaching", Where: "Teknik", Start: at(13 * 60), End: at(14 * 60), Hours: 2, Kronor: new(float64), Gain: 0.009, Serves: "gata"},
		},
		Remarks: []plan.Remark{{Kind: plan.RemarkHard, Group: "Omsorg", Start: at(10 * 60), End: at(11 * 60), Value: 6.1, Plan: 4.7}},
	}}
}
