package export

import (
	"io"

	"github.com/xuri/excelize/v2"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// The columns of a week's sheet before those of its days, and its heading rows.
const (
	colRosterTable = iota + 1
	colRosterName
	colRosterDay // Monday

	rowRosterTitle = 1
	rowRosterDays  = 2
	rowRosterHead  = 7
)

// RosterWorkbook writes a roster as an Excel workbook: a sheet for each week, with
// what its days are worth, and a row for each person. Texts are cells of text and
// never formulas. The same roster gives the same bytes.
func RosterWorkbook(w io.Writer, r *plan.Roster, words *i18n.Words) error {
	b := &book{file: excelize.NewFile(), words: words, foot: rosterTitle(r, words)}
	defer b.file.Close() //nolint:errcheck // nothing is on disk
	b.makeStyles()
	var titles []string
	for _, week := range r.Weeks {
		_, n := week.Monday.ISOWeek()
		titles = append(titles, words.Say("roster.week", i18n.Args{"Week": n}))
	}
	for i, name := range sheetNames(titles) {
		b.open(name)
		b.rosterWeek(r, &r.Weeks[i])
	}
	b.finish(rosterTitle(r, words), r.Made)
	if b.err != nil {
		return b.err
	}
	return b.file.Write(w)
}

func (b *book) rosterWeek(r *plan.Roster, w *plan.RosterWeek) {
	b.put(colRosterTable, rowRosterTitle, rosterTitle(r, b.words), b.styles.title)
	days := workdays(w)
	after := colRosterDay + len(days)
	b.rosterDays(w, days)
	b.put(colRosterTable, rowRosterHead, b.words.Say("xlsx.table"), b.styles.head)
	b.put(colRosterName, rowRosterHead, b.words.Say("xlsx.person"), b.styles.head)
	for i, id := range []string{"roster.hours", "roster.contract", "roster.late"} {
		b.put(after+i, rowRosterHead, b.words.Say(id), b.styles.number)
	}
	row := rowRosterHead
	for _, t := range rosterTables(r, w, b.words) {
		for _, p := range t.people {
			row++
			b.rosterPerson(row, t.heading(), p, days)
		}
	}
	row++
	for _, remark := range w.Remarks {
		row++
		b.put(colRosterTable, row, Remark(remark, b.words), b.styles.plain)
	}
	b.widths(colRosterTable, colRosterTable, 26)
	b.widths(colRosterName, colRosterName, 24)
	b.widths(colRosterDay, after+2, 13)
	b.frame(colRosterName, rowRosterHead)
}

// rosterDays heads the columns of the days, with what each is worth.
func (b *book) rosterDays(w *plan.RosterWeek, days []int) {
	for k, id := range []string{"roster.calls", "roster.people", "col.phone_hours", "roster.in_time"} {
		b.put(colRosterName, rowRosterDays+1+k, b.words.Say(id), b.styles.label)
	}
	for k, i := range days {
		d, col := w.Days[i], colRosterDay+k
		head := weekdayHead(d.Date, b.words)
		b.put(col, rowRosterDays, head, b.styles.number)
		b.put(col, rowRosterDays+1, d.Offered, b.styles.people)
		b.put(col, rowRosterDays+2, d.People, b.styles.plain)
		b.put(col, rowRosterDays+3, d.PhoneHours, b.styles.people)
		b.put(col, rowRosterDays+4, d.Share, b.styles.share)
		b.put(col, rowRosterHead, head, b.styles.number)
	}
}

func (b *book) rosterPerson(row int, table string, p *plan.RosterPerson, days []int) {
	b.put(colRosterTable, row, table, b.styles.name)
	b.put(colRosterName, row, p.Name, b.styles.name)
	after := colRosterDay + len(days)
	for k, i := range days {
		switch at := p.Days[i]; {
		case at.Shift != nil:
			b.put(colRosterDay+k, row, clocks(at.Shift), b.styles.name)
		case at.Away:
			b.put(colRosterDay+k, row, b.words.Say("roster.away"), b.styles.grey)
		default:
			b.put(colRosterDay+k, row, b.words.Say("roster.off"), b.styles.grey)
		}
	}
	b.put(after, row, p.Hours, b.styles.hours)
	if p.Contract > 0 {
		b.put(after+1, row, p.Contract, b.styles.hours)
	}
	b.put(after+2, row, p.Late, b.styles.plain)
}
