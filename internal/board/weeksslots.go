package board

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// slotsQuestion asks when the people of a unit could best meet.
type slotsQuestion struct {
	Unit        string
	Minutes     int
	From, Until civil.Date
	Close       bool // the groups of the unit meanwhile, as far as they can be
}

// query is the question as the plan answers it.
func (s slotsQuestion) query() plan.SlotQuery {
	return plan.SlotQuery{Unit: s.Unit, Length: time.Duration(s.Minutes) * time.Minute, Close: s.Close}
}

const (
	usualMeeting = 60 // minutes
	// mostSlotDays bounds the days that are looked at together, and farthest how
	// far ahead they may lie: half a year.
	mostSlotDays = 14
	farthest     = 184
	// bestSlots is how many times are shown.
	bestSlots = 8
)

// meetings are the lengths to choose from, in minutes.
var meetings = []int{30, 45, 60, 90, 120, 180, 240}

// usual fills in what is not asked: an hour in the next week, of the first unit.
func (s slotsQuestion) usual(x basis) slotsQuestion {
	if s.Unit == "" && len(x.c.Units) > 0 {
		s.Unit = x.c.Units[0].ID
	}
	if s.Minutes == 0 {
		s.Minutes = usualMeeting
	}
	if s.From == 0 {
		s.From = x.from()
	}
	if s.Until == 0 {
		s.Until = s.From + 6
	}
	return s
}

// readSlots reads a question from an address. The error is for the reader.
func readSlots(values url.Values, x basis, w *i18n.Words) (slotsQuestion, error) {
	s := slotsQuestion{Unit: values.Get("unit"), Close: values.Get("close") != ""}
	if s.Unit != "" && !knownUnit(x.c, s.Unit) {
		return s, badRequest("weeks.fault_unit", s.Unit)
	}
	minutes, err := wholeNumber(values, "length", "weeks.length", meetings[0], meetings[len(meetings)-1], w)
	if err != nil {
		return s, err
	}
	if minutes != nil {
		s.Minutes = *minutes
	}
	if text := values.Get("from"); text != "" {
		if s.From, err = readDay(text, x.today, x.today+farthest, w); err != nil {
			return s, err
		}
	}
	if text := values.Get("until"); text != "" {
		first := s.usual(x).From
		if s.Until, err = readDay(text, first, first+mostSlotDays-1, w); err != nil {
			return s, err
		}
	}
	return s.usual(x), nil
}

func (s slotsQuestion) values() url.Values {
	values := url.Values{"unit": {s.Unit}, "length": {strconv.Itoa(s.Minutes)}, "from": {s.From.String()}, "until": {s.Until.String()}}
	if s.Close {
		values.Set("close", "1")
	}
	return values
}

// slotsForm asks for times for a meeting.
type slotsForm struct {
	Action      string
	Kept        []field
	Units       []choice
	Lengths     []choice
	From, Until string
	First, Last string // days that can be chosen
	Close       bool
}

func slotsFormOf(q *request, x basis, s slotsQuestion) slotsForm {
	f := slotsForm{
		Action: "/weeks/slots", Kept: kept(q, ""), From: s.From.String(), Until: s.Until.String(),
		First: x.today.String(), Last: (x.today + farthest).String(), Close: s.Close,
	}
	for _, u := range x.c.Units {
		f.Units = append(f.Units, choice{u.ID, u.Name, u.ID == s.Unit})
	}
	for _, m := range meetings {
		f.Lengths = append(f.Lengths, choice{strconv.Itoa(m), q.words.Say("weeks.minutes", i18n.Args{"Minutes": m}), m == s.Minutes})
	}
	return f
}

// slotsView is when a unit could best meet.
type slotsView struct {
	Title   string
	Back    link
	Waiting waitingView
	Form    slotsForm
	Made    string
	Closing string // which groups are closed meanwhile; "": that is not asked
	Advice  string // whether it is worth it
	Nobody  bool   // can come at any time
	Best    []slotRow
	Worst   slotRow
	Notes   []string
}

// slotRow is a time for a meeting, and what it costs: with the groups closed if that
// is asked; then Overflow are the calls that others take, and Open is what it costs
// with the groups open.
type slotRow struct {
	Rank, Day, Time, Points, Late, Lost, Missing string
	Overflow, Open                               string
	Width                                        string // of the line that shows Points, in per cent
}

// slots shows when the people of a unit could best meet.
func (b *Board) slots(w http.ResponseWriter, q *request) error {
	x, err := b.basis(q)
	if err != nil {
		return err
	}
	s, err := readSlots(q.URL.Query(), x, q.words)
	if err != nil {
		return err
	}
	asked := s
	s.Close = s.Close && s.query().Check(x.c) == nil // a unit of which no group can be closed meets all the same
	if err := s.query().Check(x.c); err != nil {
		return fault{Status: http.StatusBadRequest, Key: "weeks.fault_question", Cause: err}
	}
	found, err := b.ahead.slots.ask(q.Context(), s.values().Encode(), x.stamp, func(ctx context.Context) (*plan.Slots, error) {
		return b.ahead.gathering(ctx, x, s.From, s.Until, s.query())
	})
	if err != nil {
		return unworked(q.Context(), err)
	}
	view := viewSlots(q, x.c, s, found)
	view.Form = slotsFormOf(q, x, asked)
	if asked.Close && !s.Close {
		view.Notes = append(view.Notes, q.words.Say("weeks.slots_open"))
	}
	if found.Pending {
		view.Waiting = q.comeBack(w)
	}
	return b.show(w, q, http.StatusOK, "slots", frame{Title: view.Title, Body: view})
}

// viewSlots works out the page from what is known of a question.
func viewSlots(q *request, c *centre.Centre, s slotsQuestion, found reply[*plan.Slots]) slotsView {
	w := q.words
	v := slotsView{
		Title: w.Say("weeks.slots_title", i18n.Args{"Unit": placeName(c, s.Unit), "Minutes": s.Minutes}),
		Back:  link{Text: w.Say("weeks.title"), URL: weeksURL(q, weeksQuestion{Unit: s.Unit})},
	}
	if found.Answer == nil {
		return v
	}
	all := found.Answer
	v.Made = w.Say("weeks.slots_made", i18n.Args{
		"People": len(all.People), "From": w.Day(all.From), "To": w.Day(all.Until), "Made": w.Stamp(found.Made.In(c.Location)),
	})
	if u := all.Unbooked; u != nil {
		_, week := u.From.ISOWeek()
		v.Notes = append(v.Notes, w.Say("temps.unbooked", i18n.Args{"Week": week, "Share": w.Share(u.Share, 0)}))
	}
	if v.Nobody = len(all.Slots) == 0; v.Nobody {
		return v
	}
	best, worst := export.ApartSlots(all.Slots, bestSlots), export.DearestSlot(all.Slots)
	most := priced(worst).Cost
	for _, x := range best {
		most = max(most, priced(x).Cost)
	}
	for i, x := range best {
		v.Best = append(v.Best, slotRowOf(strconv.Itoa(i+1), x, most, all.People, w))
	}
	v.Worst = slotRowOf(w.Say("slots.last"), worst, most, all.People, w)
	if shut := best[0].Shut; shut != nil {
		v.Closing = w.Say("slots.closing", i18n.Args{"Groups": strings.Join(all.Closing, ", "), "Stay": w.Share(all.Stay, 0)})
		id := "slots.stay_open"
		if shut.Late < best[0].Late {
			id = "slots.do_close"
		}
		v.Advice = w.Say(id, i18n.Args{"Open": signed(-100*best[0].Cost, 1, w), "Shut": signed(-100*shut.Cost, 1, w)})
	}
	return v
}

// priced is what a time costs callers: with the groups closed if that is asked.
func priced(x plan.GatherTime) plan.Shut {
	if x.Shut != nil {
		return *x.Shut
	}
	return plan.Shut{Cost: x.Cost, Late: x.Late, Lost: x.Lost}
}

// slotRowOf puts a time into words; most is the cost that fills the line.
func slotRowOf(rank string, x plan.GatherTime, most float64, people []plan.SlotPerson, w *i18n.Words) slotRow {
	cost := priced(x)
	r := slotRow{
		Rank: rank, Day: datedWeekday(x.Date, w),
		Time:   clocks(x.Start, x.End),
		Points: signed(-100*cost.Cost, 1, w), Late: w.Number(cost.Late, 0), Lost: w.Number(cost.Lost, 0), Width: "0",
	}
	if x.Shut != nil {
		r.Overflow, r.Open = w.Number(cost.Moved, 0), signed(-100*x.Cost, 1, w)
	}
	if most > 0 {
		r.Width = percent(100 * cost.Cost / most)
	}
	var missing []string
	for _, id := range x.Missing {
		missing = append(missing, whoIs(people, id))
	}
	if len(x.Uncovered) > 0 {
		missing = append(missing, w.Say("slots.uncovered", i18n.Args{"Groups": strings.Join(x.Uncovered, ", ")}))
	}
	r.Missing = strings.Join(missing, ", ")
	return r
}

func whoIs(people []plan.SlotPerson, id string) string {
	for _, p := range people {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}
