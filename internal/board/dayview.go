package board

import (
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// dayView is the page of a day in the order of the morning meeting.
type dayView struct {
	Title   string
	Closed  bool // nothing is open: there is a title and no more
	Today   string
	Shut    []string // the groups that are closed for a while, and where their calls go
	Figures []figure
	Hurts   []string // where it hurts, the worst first
	Helps   []string
	People  peopleView
	Work    workView
	Legend  []legendKind
	Columns [][]tableView
	Long    bool // the strips need the whole width: the day has many hours
	Breaks  breaksView
	Say     []string // for the meeting
	Notes   []string // on the data
	Changed string   // how the plan came to be another one than was made; "": it did not
	Tap     *tapView // nil: the reader changes nothing
	Version string

	Previous, Next, Print link
	Units, TableLinks     []link
	Part                  string // the unit and the table that are shown; "": everything
}

// figure is one of the numbers that head the day.
type figure struct {
	Label, Value, Note string
	Short              bool
	Bar                *gauge
}

// gauge is a share on a line from none to all, with the target on it.
type gauge struct{ Width, Target, Text string }

// legendKind shows how a kind of activity looks.
type legendKind struct {
	Word  string
	Block block
}

// viewDay works out what the page of a day shows. Whole is the day of the
// centre, d the part of it that is asked for.
func viewDay(d, whole *plan.Day, w *i18n.Words) dayView {
	v := dayView{
		Title: title(d, w), Closed: len(d.Groups) == 0, Version: version(d, w),
	}
	for _, r := range d.Remarks {
		text := export.Remark(r, w)
		switch {
		case r.Kind == plan.RemarkClosing:
			v.Shut = append(v.Shut, text)
		case export.Loud(r):
			v.Hurts = append(v.Hurts, text)
		case forMeeting(r):
			v.Say = append(v.Say, text)
		default:
			v.Notes = append(v.Notes, text)
		}
	}
	if v.Closed {
		return v
	}
	v.Today = export.Today(whole, w)
	v.Figures = figures(d, whole, w)
	for _, a := range d.Actions {
		v.Helps = append(v.Helps, export.Action(a, w))
	}
	v.People, v.Work, v.Columns, v.Breaks = people(d, nameOf(whole), w), work(d, w), columns(tables(d, w)), breaks(d, w)
	v.Legend, v.Long = legend(d, w), crowded(working(d.Agents).hours())
	v.Say = append(meetingLines(whole, w), v.Say...)
	return v
}

func title(d *plan.Day, w *i18n.Words) string {
	_, week := d.Date.ISOWeek()
	return w.Say("board.day_title", i18n.Args{"Weekday": w.LongWeekday(d.Date), "Day": dayAndMonth(d.Date, w), "Week": week})
}

// version says which plan it is, and what it knew.
func version(d *plan.Day, w *i18n.Words) string {
	until := w.Say("page.no_data")
	if !d.DataUntil.IsZero() {
		until = w.Say("page.data_until", i18n.Args{"At": w.Stamp(d.DataUntil)})
	}
	return w.Say("page.version", i18n.Args{"Version": d.Version, "Made": w.Stamp(d.Made), "Data": until})
}

// forMeeting tells whether a remark is about people rather than data.
func forMeeting(r plan.Remark) bool {
	return r.Kind == plan.RemarkStandIn || r.Kind == plan.RemarkNoLead || r.Kind == plan.RemarkUnplaced
}

// meetingLines are what the leads tell their tables: why the day differs, and
// when they meet.
func meetingLines(d *plan.Day, w *i18n.Words) []string {
	var out []string
	for _, t := range d.Volume.Terms {
		out = append(out, w.Say("board.say_reason", i18n.Args{"Reason": export.Reason(t, w)}))
	}
	if m := d.Meeting; m != nil {
		out = append(out, w.Say("board.say_meeting", i18n.Args{
			"Clock": clocks(m.Start, m.End), "Leads": m.Leads, "Cost": w.Number(100*m.Cost, 1),
		}))
	}
	return out
}

// figures are the numbers that head the day. The chance is known of the whole
// alone. The calls of the whole stand in the sentence above.
func figures(d, whole *plan.Day, w *i18n.Words) []figure {
	calls, level := served(d)
	if d == whole {
		level = d.Summary.ServiceLevel
	}
	target := w.Share(d.Target.Share, 0)
	out := []figure{{
		Label: w.Say("board.figure_level", i18n.Args{"Within": within(d.Target, w)}), Value: w.Share(level, 0),
		Note: w.Say("board.figure_target", i18n.Args{"Target": target}), Short: level < d.Target.Share,
		Bar: &gauge{percent(100 * level), percent(100 * d.Target.Share), w.Say("board.gauge_text", i18n.Args{"Share": w.Share(level, 0), "Target": target})},
	}, {
		Label: w.Say("board.figure_chance", i18n.Args{"Target": target}), Value: w.Chance(whole.Summary.Probability),
		Note: w.Say("board.figure_whole"), Short: whole.Summary.Probability < 0.5,
	}}
	if d != whole {
		of := i18n.Args{"Calls": w.Number(whole.Volume.Offered, 0)}
		out = append(out, figure{Label: w.Say("board.figure_calls"), Value: w.Number(calls, 0), Note: w.Say("board.figure_of", of)})
	}
	if len(d.Email) > 0 {
		out = append(out, emailFigure(d, w))
	}
	here, away, temps := attendance(d)
	return append(out, figure{
		Label: w.Say("board.figure_here"), Value: w.Number(float64(here), 0),
		Note: w.Say("board.figure_away", i18n.Args{"Away": away, "Temps": temps}),
	})
}

// emailFigure is the e-mail to be answered today against the time there is for it.
func emailFigure(d *plan.Day, w *i18n.Words) figure {
	var due, late float64
	for _, e := range d.Email {
		due += e.Due
		if over := e.Due - e.Planned; over > lateHours {
			late += over
		}
	}
	f := figure{Label: w.Say("board.figure_email"), Value: w.Number(due, 0) + "\u00a0h", Note: w.Say("board.figure_email_fits")}
	if f.Short = late > 0; f.Short {
		f.Note = w.Say("board.figure_email_late", i18n.Args{"Hours": w.Number(late, 1)})
	}
	return f
}

// served gives the calls of the groups of a day, and the share of them that is
// expected to be answered in time; 1 without calls.
func served(d *plan.Day) (calls, level float64) {
	inTime := 0.0
	for _, g := range d.Groups {
		for _, x := range g.Intervals {
			calls, inTime = calls+x.Offered, inTime+x.Offered*x.ServiceLevel
		}
	}
	if calls == 0 {
		return 0, 1
	}
	return calls, inTime / calls
}

func attendance(d *plan.Day) (here, away, temps int) {
	for _, a := range d.Agents {
		if a.Shift == nil {
			away++
			continue
		}
		here++
		if a.Employment != "permanent" {
			temps++
		}
	}
	return here, away, temps
}

// within is the time of a target: one minute, or so many seconds.
func within(t plan.DayTarget, w *i18n.Words) string {
	if t.Within == 60 {
		return w.Say("board.one_minute")
	}
	return w.Say("board.seconds", i18n.Args{"N": t.Within})
}

// legend shows the kinds of activities that there are on a day.
func legend(d *plan.Day, w *i18n.Words) []legendKind {
	used := map[string]bool{}
	for _, a := range d.Agents {
		for _, act := range a.Activities {
			used[act.Kind] = true
		}
	}
	var out []legendKind
	for _, k := range kinds {
		if !used[k] {
			continue
		}
		out = append(out, legendKind{w.Say("kind." + k), sample(k)})
	}
	return out
}
