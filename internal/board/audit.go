package board

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// auditView lists who did what when. Why somebody was away is nowhere in it.
type auditView struct {
	Title, Intro   string
	Rows           []auditRow
	Previous, Next link
}

type auditRow struct {
	At, By, What string
	Day          string // that it is about
	at           time.Time
}

// auditDays is how many days a page of the audit looks back and ahead: plans are
// made and changed for the days to come.
const (
	auditBack  = 6
	auditAhead = 2
)

// audit shows who reported, accepted, undid and noted what in the week before a
// day.
func (b *Board) audit(w http.ResponseWriter, q *request) error {
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	until := civil.DateOf(q.now.In(c.Location))
	if s := q.URL.Query().Get("day"); s != "" {
		if until, err = civil.ParseDate(s); err != nil {
			return badRequest("board.fault_date", s)
		}
	}
	db, err := b.source.open(q.Context())
	if err != nil {
		return fault{Status: http.StatusServiceUnavailable, Key: "board.fault_store", Cause: err}
	}
	v := auditView{Title: q.words.Say("board.audit_title"), Intro: q.words.Say("board.audit_intro", i18n.Args{
		"From": q.words.Day(until - auditBack), "Until": q.words.Day(until + auditAhead),
	})}
	if v.Rows, err = auditRows(q, c, db, until-auditBack, until+auditAhead); err != nil {
		return err
	}
	const step = auditBack + auditAhead + 1
	v.Previous, v.Next = q.auditLink(until-step), q.auditLink(until+step)
	return b.show(w, q, http.StatusOK, "audit", frame{Title: v.Title, Body: v})
}

func (q *request) auditLink(d civil.Date) link {
	values := q.kept()
	values.Set("day", d.String())
	return link{Text: q.words.Day(d), URL: address("/audit", values)}
}

// auditRows gathers what the versions of the plans and the journal tell, the
// newest first.
func auditRows(q *request, c *centre.Centre, db *store.Store, from, until civil.Date) ([]auditRow, error) {
	var out []auditRow
	add := func(date civil.Date, at time.Time, by, what string) {
		at = at.In(c.Location)
		out = append(out, auditRow{At: q.words.Stamp(at), By: by, What: what, Day: q.words.Day(date), at: at})
	}
	for d := until; d >= from; d-- {
		all, err := plan.Revisions(q.Context(), c, db, d, 0)
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			add(d, r.At, r.By, revisionText(r, q.words))
		}
	}
	entries, err := db.Journal(q.Context(), from, until)
	if err != nil {
		return nil, err
	}
	for _, e := range slices.Backward(entries) {
		what := e.Text
		if p, ok := c.Person(e.Text); ok && e.Kind != store.EntryNote {
			what = p.Name
		}
		add(e.Date, e.At, e.By, q.words.Say("journal."+string(e.Kind), i18n.Args{"What": what}))
	}
	slices.SortStableFunc(out, func(a, b auditRow) int { return cmp.Compare(b.at.Unix(), a.at.Unix()) })
	return out, nil
}
