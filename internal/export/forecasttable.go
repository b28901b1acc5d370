package export

import (
	"io"
	"slices"
	"strconv"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
)

const (
	// daysAcross is how many days fit beside the names of the groups and their sum.
	daysAcross = 7
	// groupWidth is how wide the name of a group may be beside them.
	groupWidth = 23
)

// daysTable has a column for each day, and one for their sum.
func daysTable(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	days := len(groups[0].Days)
	for from := 0; from < days; from += daysAcross {
		to := min(from+daysAcross, days)
		_, m, _ := groups[0].Days[from].Date.Civil()
		header := []string{words.Month(m)}
		for _, d := range groups[0].Days[from:to] {
			_, _, day := d.Date.Civil()
			header = append(header, words.Weekday(d.Date)+" "+strconv.Itoa(day))
		}
		header = append(header, words.Say("col.total"))
		var rows [][]string
		for _, c := range byChannel(groups) {
			rows = append(rows, c.daysRows(from, to, words)...)
		}
		if err := writeTable(w, header, rows); err != nil {
			return err
		}
	}
	return nil
}

// daysRows has a row for each group, and one for all of them where there are more
// than one.
func (c channelGroups) daysRows(from, to int, words *i18n.Words) [][]string {
	row := func(name string, days []ForecastDay) []string {
		cells, sum := []string{clip(name, groupWidth)}, 0.0
		for _, d := range days {
			cells = append(cells, words.Number(d.Total, 0))
			sum += d.Total
		}
		return append(cells, words.Number(sum, 0))
	}
	var rows [][]string
	for _, g := range c.groups {
		rows = append(rows, row(g.Name, g.Days[from:to]))
	}
	if len(c.groups) > 1 {
		var sums []ForecastDay
		for i := from; i < to; i++ {
			sums = append(sums, c.day(i))
		}
		rows = append(rows, row(words.Say("forecast_sum."+string(c.channel)), sums))
	}
	return rows
}

// oneDayTable has a column for each thing to know of a day.
func oneDayTable(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	header := []string{words.Day(groups[0].Days[0].Date)}
	for _, id := range []string{"expected", "likely", "usual", "change", "aht"} {
		header = append(header, words.Say("forecast."+id))
	}
	today := slices.ContainsFunc(groups, func(g ForecastGroup) bool { return g.Days[0].Came != nil })
	if today {
		header = append(header, words.Say("forecast.came"))
	}
	row := func(name string, d ForecastDay, of []ForecastGroup) []string {
		cells := []string{clip(name, 26), words.Number(d.Total, 0), none, none, none, handleTime(of, words)}
		if d.P90 > 0 {
			cells[2] = likely(d.P10, d.P90, words)
		}
		if d.Usual > 0 {
			cells[3], cells[4] = words.Number(d.Usual, 0), words.Change(d.Total/d.Usual)
		}
		if d.Came != nil {
			cells = append(cells, words.Number(*d.Came, 0))
		} else if today {
			cells = append(cells, none)
		}
		return cells
	}
	var rows [][]string
	for _, c := range byChannel(groups) {
		for _, g := range c.groups {
			rows = append(rows, row(g.Name, g.Days[0], []ForecastGroup{g}))
		}
		if len(c.groups) > 1 {
			rows = append(rows, row(words.Say("forecast_sum."+string(c.channel)), c.day(0), c.groups))
		}
	}
	return writeTable(w, header, rows)
}

// ForecastIntervals writes how much is expected, then the intervals of each group
// and day, with the day as a whole. A day on which nothing is expected is said to be
// so.
func ForecastIntervals(w io.Writer, f ForecastPage, words *i18n.Words) error {
	if len(f.Groups) == 0 {
		return nil
	}
	if err := f.head(w, words); err != nil {
		return err
	}
	for _, g := range f.Groups {
		for _, d := range g.Days {
			if err := intervalsTable(w, g, d, words); err != nil {
				return err
			}
		}
	}
	return nil
}

func intervalsTable(w io.Writer, g ForecastGroup, d ForecastDay, words *i18n.Words) error {
	if _, err := io.WriteString(w, g.Name+"\n"); err != nil {
		return err
	}
	columns := []string{"expected", "likely", "aht"}
	if d.Came != nil {
		columns = append(columns, "came")
	}
	header := []string{words.Day(d.Date)}
	for _, id := range columns {
		header = append(header, words.Say("forecast."+id))
	}
	var rows [][]string
	day := ForecastGroup{}
	for _, v := range g.Intervals {
		if civil.DateOf(v.Start) != d.Date {
			continue
		}
		row := []string{civil.ClockOf(v.Start).String(), words.Number(v.Mean, 1), likely(v.P10, v.P90, words), words.Number(v.HandleTime, 0)}
		if v.Came != nil {
			row = append(row, words.Number(*v.Came, 0))
		}
		rows = append(rows, row)
		day.Intervals = append(day.Intervals, v)
	}
	if len(rows) == 0 {
		_, err := io.WriteString(w, words.Day(d.Date)+": "+words.Say("forecast.nothing")+"\n")
		return err
	}
	sum := []string{words.Say("col.total"), words.Number(d.Total, 1), likely(d.P10, d.P90, words), handleTime([]ForecastGroup{day}, words)}
	if d.Came != nil {
		sum = append(sum, words.Number(*d.Came, 0))
	}
	return writeTable(w, header, append(rows, sum))
}
