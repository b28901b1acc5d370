package board

import (
	"slices"
	"strings"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// weeksView is what the manager sees of the weeks ahead.
type weeksView struct {
	Title, Period string
	Units         []link
	Waiting       waitingView
	Asked         []string // what is otherwise; none: nothing
	Changes       []differenceRow
	Order         *orderView // nil: not known yet
	Form          *weeksForm // nil: there is nothing yet that could be otherwise
	Slots         slotsForm
}

// waitingView says that something is being worked out.
type waitingView struct {
	Text string // "": nothing is
	Poll string // where a script asks again; "": the browser does so by itself
}

// orderView is an order of temps.
type orderView struct {
	Made       string
	Conclusion string
	Figures    []figure
	Notes      []string
	Picture    needPicture
	Weeks      []sumRow
	Total      sumRow
	Shares     sharesView
	Opened     []openedWeek
	Curve      []curveRow
}

// sumRow is some days in numbers.
type sumRow struct {
	ID, Name, Dates              string
	Calls, Need, Own, Missing    string
	Order, Reserve, Cost, InTime string
	Short                        bool
}

// curveRow is how far the first hours of an order go.
type curveRow struct{ Hours, Cost, InTime, Saved, Billed string }

// viewOrder works out how an order looks. Made is when it was worked out.
func viewOrder(c *centre.Centre, t *plan.Temps, made string, w *i18n.Words) *orderView {
	v := &orderView{
		Made: w.Say("weeks.made", i18n.Args{"Made": made}), Conclusion: conclusion(t, w),
		Figures: orderFigures(t, w), Picture: drawNeed(t, w),
		Total: sumOf(t, t.Total, w), Shares: sharesOf(c, t, w),
	}
	v.Total.Name = w.Say("col.total")
	if u := t.Unbooked; u != nil {
		_, week := u.From.ISOWeek()
		v.Notes = append(v.Notes, w.Say("temps.unbooked", i18n.Args{"Week": week, "Share": w.Share(u.Share, 0)}))
	}
	for _, s := range t.Weeks {
		row := sumOf(t, s, w)
		row.Name = weekNumber(s.From)
		row.Dates = shortDay(s.From, w) + "–" + shortDay(s.Until, w)
		if s.Days > 0 {
			row.ID = "week-" + s.From.String()
			v.Opened = append(v.Opened, openWeek(c, t, s, row, w))
		}
		v.Weeks = append(v.Weeks, row)
	}
	for _, x := range thinned(t.Curve, mostCurve) {
		v.Curve = append(v.Curve, curveRow{
			w.Number(x.Hours, 0), w.Number(x.Cost, 0), w.Share(x.ServiceLevel, 1), w.Number(x.Saved, 0), w.Number(x.SavedKronor, 0),
		})
	}
	return v
}

// mostCurve is how many points of the curve are shown.
const mostCurve = 8

// thinned keeps at most so many of some things, evenly spread, the last among
// them.
func thinned[T any](all []T, most int) []T {
	every := (len(all) + most - 1) / most
	var out []T
	for i := len(all) - 1; i >= 0; i -= every {
		out = append(out, all[i])
	}
	slices.Reverse(out)
	return out
}

// conclusion says in a sentence what is to be done.
func conclusion(t *plan.Temps, w *i18n.Words) string {
	s := t.Total
	args := i18n.Args{
		"Days": s.Days, "Short": s.Short, "Target": w.Share(t.Target.Share, 0), "Within": t.Target.Within,
		"Hours": w.Number(ordered(s), 0), "Cost": w.Number(s.Cost.P50, 0),
	}
	switch {
	case s.Days == 0:
		return w.Say("temps.closed")
	case ordered(s) == 0 && t.Reached:
		return w.Say("weeks.enough", args)
	case t.Reached:
		return w.Say("weeks.order", args)
	case t.Budget != nil:
		return w.Say("weeks.within", args)
	case ordered(s) == 0:
		return w.Say("weeks.nobody", args)
	default:
		return w.Say("weeks.short", args)
	}
}

// ordered are the hours to order for days as expected; reserve is what is held
// ready beside them for days at P90, in hours and in kronor.
func ordered(s plan.TempsSum) float64 { return s.Hourly.P50 + s.Agency.P50 }

func reserve(s plan.TempsSum) (hours, kronor float64) {
	if s.Cost.P90 == nil {
		return 0, 0
	}
	return *s.Hourly.P90 + *s.Agency.P90 - ordered(s), *s.Cost.P90 - s.Cost.P50
}

// orderFigures head the page: what to order, what it costs, what it gives, and
// what is lost without it.
func orderFigures(t *plan.Temps, w *i18n.Words) []figure {
	s := t.Total
	if s.Days == 0 {
		return nil
	}
	hours, kronor := reserve(s)
	order := figure{Label: w.Say("weeks.to_order"), Value: w.Say("weeks.hours", i18n.Args{"Hours": w.Number(ordered(s), 0)}), Note: bySource(s, nil, w)}
	cost := figure{Label: w.Say("weeks.cost"), Value: w.Say("weeks.kronor", i18n.Args{"Kronor": w.Number(s.Cost.P50, 0)})}
	if hours > 0 {
		cost.Note = w.Say("weeks.in_reserve", i18n.Args{"Hours": w.Number(hours, 0), "Kronor": w.Number(kronor, 0)})
	}
	level := figure{
		Label: w.Say("weeks.in_time"), Value: fromTo(s, w), Short: !t.Reached,
		Bar: &gauge{percent(100 * s.After.ServiceLevel), percent(100 * t.Target.Share), w.Say("weeks.gauge", i18n.Args{
			"Level": w.Share(s.After.ServiceLevel, 0), "Target": w.Share(t.Target.Share, 0),
		})},
		Note: w.Say("weeks.in_time_note", i18n.Args{
			"Target": w.Share(t.Target.Share, 0), "Within": t.Target.Within, "Hard": w.Share(s.After.Hard, 0),
		}),
	}
	lost := figure{Label: w.Say("weeks.lost"), Value: w.Number(s.Before.Lost, 0), Note: lostNote(s.Before, t.Redial, w)}
	return []figure{order, cost, level, lost}
}

// lostNote says what it is to lose callers: kronor, or cases where they have no
// price.
func lostNote(before plan.TempsLevel, redial float64, w *i18n.Words) string {
	args := i18n.Args{
		"Share": w.Share(1-redial, 0), "Cases": w.Number((1-redial)*before.Lost, 0), "Kronor": w.Number(before.LostKronor, 0),
	}
	if before.LostKronor == 0 {
		return w.Say("weeks.lost_cases", args)
	}
	return w.Say("weeks.lost_kronor", args)
}

// sumOf puts some days of an order into words.
func sumOf(t *plan.Temps, s plan.TempsSum, w *i18n.Words) sumRow {
	if s.Days == 0 {
		return sumRow{Calls: "–", Need: "–", Own: "–", Missing: "–", Order: w.Say("weeks.closed"), Cost: "–", InTime: "–"}
	}
	row := sumRow{
		Calls: w.Number(s.Calls, 0), Need: band90(s.Need, w), Own: w.Number(s.Own, 0), Missing: band90(s.Missing, w),
		Order: bySource(s, daysOf(t, s, w), w), Cost: w.Number(s.Cost.P50, 0), InTime: fromTo(s, w),
		Short: s.Short > 0,
	}
	if hours, _ := reserve(s); hours > 0 {
		row.Reserve = w.Say("weeks.reserve", i18n.Args{"Hours": w.Number(hours, 0)})
	}
	return row
}

// band90 writes a number from P50 to P90.
func band90(x plan.AtQuantiles, w *i18n.Words) string {
	return w.Number(x.P50, 0) + "–" + w.Number(x.P90, 0)
}

// fromTo writes the share in time before and after the order, as 74 → 83 %.
func fromTo(s plan.TempsSum, w *i18n.Words) string {
	after := w.Share(s.After.ServiceLevel, 0)
	if ordered(s) == 0 {
		return after
	}
	return w.Number(100*s.Before.ServiceLevel, 0) + " → " + after
}

// bySource says how many hours to order from whom, and on which days.
func bySource(s plan.TempsSum, days map[string][]string, w *i18n.Words) string {
	var parts []string
	for _, x := range []struct {
		source string
		hours  float64
	}{{string(centre.Hourly), s.Hourly.P50}, {string(centre.Agency), s.Agency.P50}} {
		if x.hours > 0 {
			part := w.Say("source."+x.source) + " " + w.Say("weeks.hours", i18n.Args{"Hours": w.Number(x.hours, 0)})
			if on := days[x.source]; len(on) > 0 {
				part += " " + strings.Join(on, " ")
			}
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return w.Say("weeks.no_order")
	}
	return strings.Join(parts, ", ")
}

// daysOf gives the weekdays of the shifts to order in a week, by source; of one
// day, or of several weeks, they would say nothing.
func daysOf(t *plan.Temps, s plan.TempsSum, w *i18n.Words) map[string][]string {
	if s.From == s.Until || s.Until-s.From >= 7 {
		return nil
	}
	out := map[string][]string{}
	for _, x := range t.Shifts {
		if day := w.Weekday(x.Date); x.At == plan.P50 && falls(x.Date, s) && !slices.Contains(out[x.Source], day) {
			out[x.Source] = append(out[x.Source], day)
		}
	}
	return out
}

func falls(d civil.Date, s plan.TempsSum) bool { return s.From <= d && d <= s.Until }
