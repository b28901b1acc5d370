package board

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// personView is the page of one person.
type personView struct {
	Title, Name  string
	Shift        string // from when to when; why not, where there is none
	Table, Lead  string
	Ticks        []tick
	Strip        stripView
	Times        []personTime
	Version      string
	Previous     link
	Next         link
	HasPlan, Off bool
	Calendar     string // address of the coming days for a calendar
}

type personTime struct {
	activityRow
	Now bool
}

// person shows somebody's day to whoever has the link. The log does not tell the
// token, no other site learns of it, and no search engine or cache keeps the page.
func (b *Board) person(w http.ResponseWriter, q *request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	w.Header().Set("Cache-Control", "no-store")
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	who, err := b.holder(q, c)
	if err != nil {
		return err
	}
	if strings.HasSuffix(q.PathValue("token"), calendarForm) {
		return b.calendar(w, q, c, who)
	}
	date, err := dayAsked(q, c, "day")
	if err != nil {
		return err
	}
	k, err := b.source.day(q.Context(), c, date)
	if err != nil {
		return err
	}
	k.ownOnly()
	view := viewPerson(k, who, q)
	view.Calendar = (&url.URL{Path: q.URL.Path + calendarForm}).String()
	view.Previous, view.Next = personLink(q, date-1), personLink(q, date+1)
	return b.show(w, q, http.StatusOK, "person", frame{
		Title: view.Title, Banners: banners(k.troubles, date, q.words), Body: view,
	})
}

// holder is the person of a link.
func (b *Board) holder(q *request, c *centre.Centre) (centre.Person, error) {
	gone := fault{Status: http.StatusNotFound, Key: "board.fault_link"}
	hash, ok := parseToken(strings.TrimSuffix(q.PathValue("token"), calendarForm))
	if !ok {
		return centre.Person{}, gone
	}
	db, err := b.source.open(q.Context())
	if err != nil {
		return centre.Person{}, fault{Status: http.StatusServiceUnavailable, Key: "board.fault_store", Cause: err}
	}
	id, err := db.LinkHolder(q.Context(), hash)
	switch {
	case errors.Is(err, store.ErrNoLink):
		return centre.Person{}, gone
	case err != nil:
		return centre.Person{}, err
	}
	i := slices.IndexFunc(c.People, func(p centre.Person) bool { return p.ID == id })
	if i < 0 {
		return centre.Person{}, gone // no longer with the centre
	}
	return c.People[i], nil
}

func personLink(q *request, d civil.Date) link {
	values := q.kept()
	values.Set("day", d.String())
	return link{Text: q.words.Weekday(d) + " " + shortDay(d, q.words), URL: address(q.URL.Path, values)}
}

func viewPerson(k known, who centre.Person, q *request) personView {
	w := q.words
	v := personView{Title: title(&plan.Day{Date: k.date}, w), Name: who.Name, Off: true, Shift: w.Say("board.person_no_plan")}
	if k.day == nil {
		return v
	}
	v.HasPlan, v.Version, v.Shift = true, version(k.day, w), w.Say("board.off")
	i := slices.IndexFunc(k.day.Agents, func(a plan.Agent) bool { return a.ID == who.ID })
	if i < 0 || k.day.Agents[i].Shift == nil {
		if i >= 0 && k.day.Agents[i].Absent {
			v.Shift = w.Say("board.absent")
		}
		return v
	}
	a := k.day.Agents[i]
	s := working([]plan.Agent{a})
	v.Off, v.Shift, v.Ticks, v.Strip = false, clocks(a.Shift.Start, a.Shift.End), s.ticks(), strip(a, s, w)
	now := q.now
	for j, t := range times(a, groupNames(k.day), w) {
		act := a.Activities[j]
		v.Times = append(v.Times, personTime{t, !now.Before(act.Start) && now.Before(act.End)})
	}
	v.Table, v.Lead = tableOf(k.day, a, w)
	return v
}

// tableOf names the table of somebody, and who leads it.
func tableOf(d *plan.Day, a plan.Agent, w *i18n.Words) (table, lead string) {
	i := slices.IndexFunc(d.Tables, func(t plan.Table) bool { return t.ID == a.Table && a.Table != "" })
	if i < 0 {
		return "", ""
	}
	t := d.Tables[i]
	switch t.Lead {
	case a.ID:
		return t.Name, w.Say("board.person_you_lead")
	case "":
		return t.Name, ""
	default:
		return t.Name, w.Say("board.person_lead", i18n.Args{"Name": nameOf(d)[t.Lead]})
	}
}
