package board

import (
	"fmt"
	"net/http"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// today shows the day that is, or the next one on which anything is open.
func (b *Board) today(w http.ResponseWriter, q *request) error {
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	return b.showDay(w, q, c, plan.NextOpen(c, civil.DateOf(q.now.In(c.Location))))
}

// day shows a day by its date.
func (b *Board) day(w http.ResponseWriter, q *request) error {
	date, err := civil.ParseDate(q.PathValue("date"))
	if err != nil {
		return badRequest("board.fault_date", q.PathValue("date"))
	}
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	return b.showDay(w, q, c, date)
}

func (b *Board) showDay(w http.ResponseWriter, q *request, c *centre.Centre, date civil.Date) error {
	p, err := b.dayPage(q, c, date)
	if err != nil {
		return err
	}
	key := pageKey{name: "day", centre: c, day: p.day, said: fmt.Sprint(date, p.troubles, p.notes)}
	return b.showKept(w, q, key, 0, func() (frame, error) { return p.frame(q, nil) })
}

// showMarked shows a day with people marked, and says what is wrong with what
// was sent.
func (b *Board) showMarked(w http.ResponseWriter, q *request, c *centre.Centre, date civil.Date, marks []notice, status int, wrong string) error {
	p, err := b.dayPage(q, c, date)
	if err != nil {
		return err
	}
	f, err := p.frame(q, marks)
	if err != nil {
		return err
	}
	if wrong != "" {
		f.Banners = append(f.Banners, banner{Text: wrong, Urgent: true})
	}
	return b.show(w, q, status, "day", f)
}

// dayPage is what the page of a day is made of.
type dayPage struct {
	known
	c     *centre.Centre
	db    *store.Store  // nil: it cannot be read
	notes []store.Entry // of the day
}

func (b *Board) dayPage(q *request, c *centre.Centre, date civil.Date) (dayPage, error) {
	k, err := b.source.day(q.Context(), c, date)
	p := dayPage{known: k, c: c}
	if err != nil {
		return p, err
	}
	if db, err := b.source.open(q.Context()); err == nil && !k.unreadable() {
		p.db = db
		if p.notes, err = db.Journal(q.Context(), date, date); err != nil {
			return p, err
		}
	}
	return p, nil
}

// frame is the page with people marked.
func (p dayPage) frame(q *request, marks []notice) (frame, error) {
	view, err := q.viewKnown(p.known)
	if err != nil {
		return frame{}, err
	}
	view.navigate(q, p.c, p.date)
	if p.db != nil {
		if err := view.tell(q, p); err != nil {
			return frame{}, err
		}
		view.Tap = tapOf(q, p.c, p.known, marks)
	}
	return frame{Title: view.Title, Banners: banners(p.troubles, p.date, q.words), Body: view}, nil
}

// viewKnown is the view of what there is of a day.
func (q *request) viewKnown(k known) (dayView, error) {
	if k.day == nil {
		empty := &plan.Day{Date: k.date}
		v := dayView{Title: title(empty, q.words), Closed: true}
		if !k.open {
			v.Hurts = []string{q.words.Say("remark.closed")}
		}
		return v, nil
	}
	n, err := narrowed(q, k.day)
	if err != nil {
		return dayView{}, err
	}
	v := viewDay(n.of(k.day), k.day, q.words)
	v.Title = title(&plan.Day{Date: k.date}, q.words)
	v.Units, v.TableLinks = filters(q, k.day, n)
	v.Part = n.name(k.day)
	return v, nil
}

// filters lead to the parts of a day: its units, and the tables of the unit
// that is shown.
func filters(q *request, d *plan.Day, n narrowing) (units, tables []link) {
	to := func(name, value string) string {
		values := q.URL.Query()
		values.Del("unit")
		values.Del("table")
		if value != "" {
			values.Set(name, value)
		}
		return address(q.URL.Path, values)
	}
	units = append(units, link{Text: q.words.Say("board.all_units"), URL: to("", ""), Here: n == narrowing{}})
	for _, u := range d.Units {
		units = append(units, link{Text: u.Name, URL: to("unit", u.ID), Here: n.unit == u.ID && n.table == ""})
	}
	for _, t := range d.Tables {
		if t.Unit == n.unit && n.unit != "" {
			tables = append(tables, link{Text: t.Name, URL: to("table", t.ID), Here: n.table == t.ID})
		}
	}
	return units, tables
}

// farDay is how far the way to the day before is looked for.
const farDay = 14

// navigate leads to the open days before and after, and to the paper.
func (v *dayView) navigate(q *request, c *centre.Centre, date civil.Date) {
	previous := date - 1
	for d := date - 1; d > date-farDay; d-- {
		if opens(c, d) {
			previous = d
			break
		}
	}
	next := plan.NextOpen(c, date+1)
	v.Previous, v.Next = q.dayLink(previous), q.dayLink(next)
	v.Print = link{Text: q.words.Say("board.print"), URL: q.printURL(date)}
}

// printURL leads to the paper of a day, of the unit that is shown.
func (q *request) printURL(date civil.Date) string {
	values := q.kept()
	values.Del("table")
	values.Set("date", date.String())
	return address("/print", values)
}

func (q *request) dayLink(d civil.Date) link {
	values := q.kept()
	return link{Text: q.words.Say("board.day_link", i18n.Args{
		"Weekday": q.words.Weekday(d), "Day": shortDay(d, q.words),
	}), URL: address("/day/"+d.String(), values)}
}
