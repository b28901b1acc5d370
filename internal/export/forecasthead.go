package export

import (
	"io"
	"strings"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
)

// head says of which days it is, what the data are, and how much is expected.
func (f ForecastPage) head(w io.Writer, words *i18n.Words) error {
	days := f.Groups[0].Days
	first, last := days[0].Date, days[len(days)-1].Date
	span := words.Day(first)
	if last > first {
		span += " – " + words.Day(last)
	}
	lines := []string{
		words.Say("forecast.title", i18n.Args{"Days": span, "Centre": f.Centre}),
		dataUntil(f.DataUntil, first, words),
		strings.Repeat("-", pageWidth),
	}
	for _, c := range byChannel(f.Groups) {
		lines = append(lines, wrap(c.answer(words), pageWidth-2)...)
	}
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n\n")
	return err
}

// channelGroups are the groups of a channel: calls and messages are not added up.
type channelGroups struct {
	channel centre.Channel
	groups  []ForecastGroup
}

// byChannel parts the groups, the telephone first. A channel without groups is
// left out.
func byChannel(groups []ForecastGroup) []channelGroups {
	var out []channelGroups
	for _, c := range []centre.Channel{centre.Phone, centre.Email} {
		part := channelGroups{channel: c}
		for _, g := range groups {
			if g.Channel == string(c) {
				part.groups = append(part.groups, g)
			}
		}
		if len(part.groups) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// day adds up day i of the groups: total, and what is usual, which is zero where
// it is not known of one that expects something.
func (c channelGroups) day(i int) ForecastDay {
	out := ForecastDay{Date: c.groups[0].Days[i].Date}
	known := true
	for _, g := range c.groups {
		d := g.Days[i]
		out.Total += d.Total
		out.Usual += d.Usual
		known = known && (d.Usual > 0 || d.Total == 0)
		if d.Came != nil {
			came := *d.Came
			if out.Came != nil {
				came += *out.Came
			}
			out.Came = &came
		}
	}
	if !known {
		out.Usual = 0
	}
	return out
}

// answer says how much comes in all, how that compares with what is usual, and on
// which day the most comes.
func (c channelGroups) answer(words *i18n.Words) string {
	var total, usual float64
	known, open := true, 0
	var most ForecastDay
	for i := range c.groups[0].Days {
		d := c.day(i)
		total, usual = total+d.Total, usual+d.Usual
		known = known && (d.Usual > 0 || d.Total == 0)
		if d.Total > 0 {
			open++
		}
		if d.Total > most.Total {
			most = d
		}
	}
	args := i18n.Args{"Total": words.Number(total, 0)}
	text := words.Say("forecast_total."+string(c.channel), args)
	if known && usual > 0 && total > 0 {
		text += words.Say("forecast.against", i18n.Args{"Change": words.Change(total / usual)})
	}
	text += "."
	if open > 1 {
		text += " " + words.Say("forecast.most", i18n.Args{"Day": shortDay(most.Date, words), "Total": words.Number(most.Total, 0)})
	}
	return text
}

// shortDay writes a day without its year.
func shortDay(d civil.Date, words *i18n.Words) string {
	_, m, day := d.Civil()
	return words.Weekday(d) + " " + words.Number(float64(day), 0) + " " + words.Month(m)
}
