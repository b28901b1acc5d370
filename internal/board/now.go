package board

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// nowAhead is how far the page of now looks.
const nowAhead = 2 * time.Hour

// follow is how often the page of now loads itself again where that is asked
// for.
const follow = time.Minute

// nowView is what everybody does now and in the next two hours.
type nowView struct {
	Title  string
	Empty  string // why there is nothing to show; "": there is
	Here   string // how many work now, and how many come later
	Counts []countView
	Pools  []nowPool
	Hours  []clockHour // of the pools' columns
	Tables []nowTable

	Units, TableLinks []link
	Follow            link
}

// countView is how many do something now.
type countView struct {
	Block   block
	Word, N string
}

// nowPool is the plan of a pool against its need, for this hour and those after
// it.
type nowPool struct {
	Name  string
	Cells []nowCell
}

type nowCell struct {
	Plan, Need string
	Short      bool
	Closed     bool
}

type nowTable struct {
	Name   string
	Ticks  []tick
	People []nowRow
	Later  string // who comes after the span that is shown, and when
}

// nowRow is what a person does now, until when, and then.
type nowRow struct {
	Name, Kind, Now, Until, Then string
	Lead                         bool
	Strip                        stripView
}

func (b *Board) now(w http.ResponseWriter, q *request) error {
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	at := q.now.In(c.Location).Truncate(time.Minute)
	date := civil.DateOf(at)
	k, err := b.source.day(q.Context(), c, date)
	if err != nil {
		return err
	}
	k.ownOnly()
	refresh := 0
	if q.URL.Query().Get("follow") != "" {
		refresh = int(follow.Seconds())
	}
	key := pageKey{name: "now", centre: c, day: k.day, said: fmt.Sprint(k.troubles)}
	return b.showKept(w, q, key, refresh, func() (frame, error) {
		view, err := q.viewNow(k, at)
		return frame{Title: view.Title, Banners: banners(k.troubles, date, q.words), Body: view}, err
	})
}

// viewNow is the view of what there is of the day, with the ways from it.
func (q *request) viewNow(k known, at time.Time) (nowView, error) {
	v := nowView{Title: q.words.Say("board.now_title", i18n.Args{"Clock": civil.ClockOf(at)}), Empty: q.words.Say("board.now_nothing")}
	if k.day != nil {
		n, err := narrowed(q, k.day)
		if err != nil {
			return nowView{}, err
		}
		v = viewNow(n.of(k.day), at, q.words)
		v.Units, v.TableLinks = filters(q, k.day, n)
	}
	values := q.kept()
	if q.URL.Query().Get("follow") == "" {
		values.Set("follow", "1")
		v.Follow = link{Text: q.words.Say("board.now_follow"), URL: address("/now", values)}
	} else {
		v.Follow = link{Text: q.words.Say("board.now_stay"), URL: address("/now", values)}
	}
	return v, nil
}

// viewNow works out the page of now: at lies on the day.
func viewNow(d *plan.Day, at time.Time, w *i18n.Words) nowView {
	s := span{at, at.Add(nowAhead)}
	v := nowView{Title: w.Say("board.now_title", i18n.Args{"Clock": civil.ClockOf(at)})}
	v.Counts = counts(d, at, w)
	if len(v.Counts) == 0 && !later(d, at) {
		v.Empty = w.Say("board.now_over")
		return v
	}
	v.Here = w.Say("board.now_here", present(d, at))
	v.Pools, v.Hours = nowPools(d, at, w)
	names := groupNames(d)
	for _, t := range append(append([]plan.Table{}, d.Tables...), plan.Table{Name: w.Say("board.no_table")}) {
		table := nowTable{Name: t.Name, Ticks: nowTicks(s)}
		var later []string
		for _, a := range d.Agents {
			switch {
			case a.Table != t.ID || a.Shift == nil || !a.Shift.End.After(at):
			case !a.Shift.Start.Before(s.to):
				later = append(later, a.Name+"\u00a0"+civil.ClockOf(a.Shift.Start).String())
			default:
				row := rowNow(a, at, s, names, w)
				row.Lead = a.ID == t.Lead
				table.People = append(table.People, row)
			}
		}
		table.Later = joined(later)
		if len(table.People)+len(later) > 0 {
			v.Tables = append(v.Tables, table)
		}
	}
	return v
}

// later tells whether anybody works after an instant.
func later(d *plan.Day, at time.Time) bool {
	return slices.ContainsFunc(d.Agents, func(a plan.Agent) bool { return a.Shift != nil && a.Shift.End.After(at) })
}

// present counts those who are on their shift at an instant, and those whose shift
// begins later.
func present(d *plan.Day, at time.Time) i18n.Args {
	here, coming := 0, 0
	for _, a := range d.Agents {
		switch {
		case a.Shift == nil || !a.Shift.End.After(at):
		case a.Shift.Start.After(at):
			coming++
		default:
			here++
		}
	}
	return i18n.Args{"Here": here, "Later": coming}
}

// counts says how many do what at an instant, in the order of the legend.
func counts(d *plan.Day, at time.Time, w *i18n.Words) []countView {
	n := map[string]int{}
	for _, a := range d.Agents {
		if act, ok := doing(a, at); ok {
			n[act.Kind]++
		}
	}
	var out []countView
	for _, k := range kinds {
		if n[k] > 0 {
			out = append(out, countView{sample(k), w.Say("kind." + k), strconv.Itoa(n[k])})
		}
	}
	return out
}

// nowPools gives the pools that are open in this hour or the two after it.
func nowPools(d *plan.Day, at time.Time, w *i18n.Words) (out []nowPool, hours []clockHour) {
	var columns []time.Time
	for h := range 3 {
		t := at.Truncate(time.Hour).Add(time.Duration(h) * time.Hour)
		columns, hours = append(columns, t), append(hours, clockHour{t.Format("15"), "–" + t.Add(time.Hour).Format("15")})
	}
	for _, p := range pools(d, openHours(d)) {
		row, open := nowPool{Name: p.name}, false
		for _, t := range columns {
			cell := nowCell{Closed: true}
			if i := slices.IndexFunc(p.hours, func(h hour) bool { return h.start.Equal(t) && h.open > 0 }); i >= 0 {
				h := p.hours[i]
				cell = nowCell{Plan: w.Number(h.staffed, 1), Need: w.Number(h.need, 1), Short: h.mark(d.Target.Share) == markShort}
				open = true
			}
			row.Cells = append(row.Cells, cell)
		}
		if open {
			out = append(out, row)
		}
	}
	return out, hours
}

func rowNow(a plan.Agent, at time.Time, s span, group map[string]string, w *i18n.Words) nowRow {
	row := nowRow{Name: a.Name, Strip: strip(a, s, w)}
	rest := times(a, group, w)
	i := slices.IndexFunc(a.Activities, func(x plan.Activity) bool { return x.End.After(at) })
	if i < 0 {
		return row
	}
	act := a.Activities[i]
	if act.Start.After(at) { // has not begun
		row.Now = w.Say("board.now_from", i18n.Args{"Clock": civil.ClockOf(act.Start)})
		row.Then = rest[i].What
		return row
	}
	last := i // of a run of the same kind: for other calls is still on the telephone
	for last+1 < len(rest) && a.Activities[last+1].Kind == act.Kind {
		last++
	}
	row.Kind, row.Now, row.Until = act.Kind, rest[i].What, civil.EndClock(a.Activities[last].End).String()
	row.Then = w.Say("board.now_home")
	if last+1 < len(rest) {
		row.Then = rest[last+1].What
	}
	return row
}

// nowTicks are the whole hours and the halves within a span.
func nowTicks(s span) []tick {
	var out []tick
	for t := s.from.Truncate(30 * time.Minute); t.Before(s.to); t = t.Add(30 * time.Minute) {
		if !t.Before(s.from) {
			out = append(out, tick{percent(s.at(t)), civil.ClockOf(t).String()})
		}
	}
	return out
}
