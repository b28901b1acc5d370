package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/gonum/floats"

	"bemanna/internal/civil"
)

// ahead is how far beyond the history mailings are known.
const ahead = 120

var eventsHeader = []string{"date", "name", "group", "like", "size", "factor", "lag"}

// eventsCSV lists the mailings of the history and of the months after it, by
// date: what a centre gets to know from its clients. What they do to the calls
// is left to be found out.
func (w *world) eventsCSV(o Options) []byte {
	from, until := o.span()
	var rows [][]string
	for d := from; d <= until+ahead; d++ {
		if w.calendar.Free(d) {
			continue
		}
		a := w.almanac(d)
		_, month, _ := d.Civil()
		for _, m := range mailings {
			if a.workday == m.workday && m.posted(month) {
				rows = append(rows, []string{
					d.String(), m.name, strings.Join(w.mailedTo(m), " "), m.name, strconv.Itoa(m.letters), "", answerLag,
				})
			}
		}
	}
	return csvText(eventsHeader, rows)
}

// mailings are those of all groups.
var mailings = []*mailing{feesAutumn, feesJanuary, invoices, reminders, schoolOffer}

// mailedTo gives the ids of the groups that are called about a mailing.
func (w *world) mailedTo(m *mailing) (ids []string) {
	for i := range w.groups {
		if slices.Contains(w.groups[i].mailings, m) {
			ids = append(ids, w.groups[i].ID)
		}
	}
	return ids
}

// answerLag is what the centre knows of how letters are answered: the true
// answers, to one decimal.
var answerLag = func() string {
	var parts []string
	for _, x := range answers[:9] {
		parts = append(parts, strconv.FormatFloat(x, 'f', 1, 64))
	}
	return strings.Join(parts, " ")
}()

var overridesHeader = []string{"group", "from", "until", "start", "end", "factor", "calls", "name"}

// overridesCSV has one correction by people: a new service opens in the second
// week after the history. Nothing of the kind happens in the invented calls.
func (w *world) overridesCSV(o Options) []byte {
	monday := o.Until.Monday() + 14
	return csvText(overridesHeader, [][]string{
		{"e_stod", (monday + 1).String(), (monday + 4).String(), "", "", "1.25", "", "Ny e-tjänst öppnar"},
	})
}

var attendanceHeader = []string{"date", "unit", "planned_h", "absent_h", "phone_h", "logged_in_h"}

// attendanceCSV lists how many hours people were planned, unexpectedly away, on
// the telephone and logged in, day by day, in all and then by unit. More are away on
// Mondays and Fridays and in February, fewer in summer; on Fridays people are logged
// in a little less. Those who are logged in are the crews that answer the calls; the
// planned and the absent hours are shared out among the units by the hours logged in.
func (w *world) attendanceCSV(o Options) []byte {
	from, until := o.span()
	var rows [][]string
	for d := from; d <= until; d++ {
		if w.calendar.Free(d) {
			continue
		}
		r := w.stream("attendance", d)
		planned := 430 * (1 + season{month: time.July, day: 18, rise: 17, fall: 15, gain: -.35}.at(d)) / 2 * lognormal(r, 1, .03)
		absent := planned * lognormal(r, absence(d), .25)
		in := .92
		if d.Weekday() == time.Friday {
			in = .90
		}
		crews := w.crewHours(d)
		all := floats.Sum(crews)
		rate := min(1, in+.012*r.NormFloat64())
		row := func(unit string, part, loggedIn float64) {
			rows = append(rows, []string{d.String(), unit, hours(part * planned), hours(part * absent), hours(loggedIn / rate), hours(loggedIn)})
		}
		row("", 1, all)
		for u, loggedIn := range crews {
			row(w.units[u], loggedIn/all, loggedIn)
		}
	}
	return csvText(attendanceHeader, rows)
}

// absence is the mean share of planned people who are unexpectedly away on a day.
func absence(d civil.Date) float64 {
	share := .055 * season{month: time.February, day: 10, rise: 25, fall: 25, gain: .6}.at(d) *
		season{month: time.July, day: 18, rise: 25, fall: 25, gain: -.3}.at(d)
	if d.Weekday() == time.Monday || d.Weekday() == time.Friday {
		share *= 1.25
	}
	return share
}

func hours(h float64) string { return fmt.Sprintf("%.1f", h) }
