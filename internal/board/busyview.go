package board

import (
	"fmt"
	"io"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// busyView is the page of the busy hours of a group, for people outside. It has
// no people and no numbers of calls.
type busyView struct {
	Title, Intro string
	Updated      string
	Basis        string      // on what it is built
	Hours        []clockHour // of the columns
	Days         []busyDay
	Legend       []busyCell
	Tips         []string // the quiet hours of each day, in words
	Picture      string   // addresses of the same as a picture, as data, as text
	Data, Text   string
}

// clockHour is an hour of the clock, 08 and –09.
type clockHour struct{ From, Till string }

type busyDay struct {
	Name  string
	Cells []busyCell
}

// busyCell is an hour: its class and its word. It is doubled by a shape.
type busyCell struct {
	Step plan.Busyness
	Word string
}

func viewBusy(all Busy, h plan.BusyHours, w *i18n.Words) busyView {
	v := busyView{
		Title: w.Say("board.busy_title", i18n.Args{"Name": h.Name}), Intro: w.Say("board.busy_intro", i18n.Args{"Centre": all.Centre}),
		Updated: w.Say("board.busy_updated", i18n.Args{"Day": w.Day(all.Updated)}),
		Basis:   w.Say("board.busy_basis", i18n.Args{"Until": w.Day(civil.DateOf(all.Until))}),
		Picture: h.Group + ".svg", Data: h.Group + ".json", Text: h.Group + ".txt",
	}
	first, last := openColumns(h)
	for c := first; c <= last; c++ {
		v.Hours = append(v.Hours, clockHour{fmt.Sprintf("%02d", c), fmt.Sprintf("–%02d", c+1)})
	}
	for day, hours := range h.Hours {
		if hours == [24]plan.Busyness{} {
			continue
		}
		row := busyDay{Name: weekday(day, w)}
		for c := first; c <= last; c++ {
			row.Cells = append(row.Cells, busyCell{hours[c], busyWord(hours[c], w)})
		}
		v.Days = append(v.Days, row)
		if quiet := spansOf(hours, plan.BusyQuiet); len(quiet) > 0 {
			v.Tips = append(v.Tips, w.Say("board.busy_tip", i18n.Args{"Day": row.Name, "Hours": joined(quiet)}))
		}
	}
	for _, step := range []plan.Busyness{plan.BusyQuiet, plan.BusyNormal, plan.BusyBusy} {
		v.Legend = append(v.Legend, busyCell{step, busyWord(step, w)})
	}
	return v
}

// weekday is the name of a day of the week, 0 being Monday.
func weekday(i int, w *i18n.Words) string {
	const monday = civil.Date(4) // 1970-01-05
	return w.LongWeekday(monday + civil.Date(i))
}

func busyWord(step plan.Busyness, w *i18n.Words) string {
	return w.Say(map[plan.Busyness]string{
		plan.Closed: "board.busy_closed", plan.BusyQuiet: "board.busy_quiet",
		plan.BusyNormal: "board.busy_normal", plan.BusyBusy: "board.busy_busy",
	}[step])
}

// openColumns gives the first and the last hour of the clock in which the group
// is ever open; 0 and -1 where it never is.
func openColumns(h plan.BusyHours) (first, last int) {
	first, last = 24, -1
	for _, hours := range h.Hours {
		for c, step := range hours {
			if step != plan.Closed {
				first, last = min(first, c), max(last, c)
			}
		}
	}
	if last < 0 {
		first = 0
	}
	return first, last
}

// spansOf names the stretches of a step, 11–13.
func spansOf(hours [24]plan.Busyness, step plan.Busyness) []string {
	var out []string
	for from := 0; from < 24; from++ {
		if hours[from] != step {
			continue
		}
		to := from
		for to < 24 && hours[to] == step {
			to++
		}
		out = append(out, fmt.Sprintf("%02d–%02d", from, to))
		from = to
	}
	return out
}

// busyText writes the busy hours as plain text.
func busyText(w io.Writer, v busyView) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", v.Title, v.Intro)
	for _, d := range v.Days {
		fmt.Fprintf(&b, "%s\n", d.Name)
		for i, c := range d.Cells {
			fmt.Fprintf(&b, "  %s%s  %s\n", v.Hours[i].From, v.Hours[i].Till, c.Word)
		}
	}
	fmt.Fprintf(&b, "\n%s %s\n", v.Updated, v.Basis)
	_, err := io.WriteString(w, b.String())
	return err
}

// busyDoc is busy hours as data; its field names are stable.
type busyDoc struct {
	Centre    string     `json:"centre"`
	Group     string     `json:"group"`
	Name      string     `json:"name"`
	Updated   civil.Date `json:"updated"`
	DataUntil civil.Date `json:"data_until"`
	From      civil.Date `json:"from"`
	Until     civil.Date `json:"until"` // the day after the last
	Hours     []busyHour `json:"hours"`
}

// busyHour is an open hour of the week: weekday 1 is Monday, hour 8 is 08–09.
type busyHour struct {
	Weekday int           `json:"weekday"`
	Hour    int           `json:"hour"`
	Step    plan.Busyness `json:"step"` // quiet, normal or busy
}

func busyJSON(w io.Writer, all Busy, h plan.BusyHours) error {
	doc := busyDoc{
		Centre: all.Centre, Group: h.Group, Name: h.Name, Updated: all.Updated,
		DataUntil: civil.DateOf(all.Until), From: h.From, Until: h.Until, Hours: []busyHour{},
	}
	for day, hours := range h.Hours {
		for c, step := range hours {
			if step != plan.Closed {
				doc.Hours = append(doc.Hours, busyHour{day + 1, c, step})
			}
		}
	}
	return export.JSON(w, doc)
}
