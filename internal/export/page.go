package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Page writes the day for the table leads in the four steps of their morning
// meeting: who is here, how much work, who does what, breaks. It fits into 80
// columns.
func Page(w io.Writer, d *plan.Day, words *i18n.Words) error {
	p := &page{w: bufio.NewWriter(w), d: d, words: words}
	p.head()
	if len(d.Groups) > 0 {
		p.people()
		p.work()
		p.tasks()
		p.breaks()
	}
	p.close()
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

// pageWidth is the number of columns of the terminal that is reckoned with.
const pageWidth = 80

type page struct {
	w     *bufio.Writer
	d     *plan.Day
	words *i18n.Words
	err   error
}

func (p *page) line(parts ...string) {
	fmt.Fprintln(p.w, strings.Join(parts, " ")) //nolint:errcheck // Flush gives the first error of the writer
}

func (p *page) step(n int, id string) {
	p.line()
	p.line(fmt.Sprintf("%d %s", n, strings.ToUpper(p.words.Say(id))))
}

// wrapped writes text in lines of the page's width, those after the first
// indented.
func (p *page) wrapped(text string, indent int) {
	for i, l := range wrap(text, pageWidth-indent) {
		if i > 0 {
			l = strings.Repeat(" ", indent) + l
		}
		p.line(l)
	}
}

// head says what is different today and where it hurts.
func (p *page) head() {
	p.line(title(p.d, p.words))
	p.line(version(p.d, p.words))
	p.line(strings.Repeat("-", pageWidth))
	if len(p.d.Groups) > 0 {
		p.wrapped(Today(p.d, p.words), 2)
		p.wrapped(outlook(p.d, p.words), 2)
	}
	for _, l := range alarms(p.d, p.words) {
		p.wrapped(l, 2)
	}
}

// people is who is here and who leads.
func (p *page) people() {
	p.step(1, "step.people")
	header := []string{
		p.words.Say("col.unit"), p.words.Say("col.here"), p.words.Say("col.away"),
		p.words.Say("col.temps"), p.words.Say("col.phone_hours"), p.words.Say("col.email_hours"),
	}
	var rows [][]string
	for _, u := range append(slices.Clone(p.d.Units), plan.Unit{}) {
		s := countUnit(p.d, u.ID)
		if s.here+s.away == 0 {
			continue
		}
		name := u.Name
		if name == "" {
			name = p.words.Say("page.no_unit")
		}
		rows = append(rows, []string{
			name, strconv.Itoa(s.here), strconv.Itoa(s.away), strconv.Itoa(s.temps),
			p.words.Number(s.phone, 1), p.words.Number(s.email, 1),
		})
	}
	p.table(header, rows)
	if line := away(p.d, p.words); line != "" {
		p.wrapped(line, 2)
	}
	p.leads()
}

func (p *page) leads() {
	line := leads(p.d.Tables, p.d.Agents, p.words)
	if line == "" {
		return
	}
	p.wrapped(line, 2)
	if m := p.d.Meeting; m != nil {
		p.wrapped(meeting(m, p.words), 2)
	}
}

// mostHours are the hours that a table has room for on a page.
const mostHours = 12

// work is calls, need and plan by the hour, a long day in several tables.
func (p *page) work() {
	p.step(2, "step.work")
	pools := hourly(p.d)
	first, last := hours(pools)
	tables := max(1, (last-first+mostHours)/mostHours)
	each := (last - first + tables) / tables
	for h := first; h <= last; h += each {
		p.workBetween(pools, h, min(h+each-1, last))
	}
	for _, l := range emails(p.d, p.words) {
		p.line(l)
	}
}

func (p *page) workBetween(pools []poolHours, first, last int) {
	header := []string{p.words.Say("col.clock"), ""}
	for h := first; h <= last; h++ {
		header = append(header, fmt.Sprintf("%02d", h))
	}
	var rows [][]string
	for _, pool := range pools {
		if !slices.ContainsFunc(pool.hours[first:last+1], func(x hour) bool { return x.quarters > 0 }) {
			continue
		}
		row := func(name, label string, cell func(hour) string) {
			cells := []string{name, p.words.Say(label)}
			for h := first; h <= last; h++ {
				text := ""
				if x := pool.hours[h]; x.quarters > 0 {
					text = cell(x)
				}
				cells = append(cells, text)
			}
			rows = append(rows, cells)
		}
		row(clip(pool.name, 22), "row.calls", func(x hour) string { return p.words.Number(x.calls, 0) })
		row("", "row.need", func(x hour) string { return p.words.Number(x.need, 1) })
		row("", "row.plan", func(x hour) string { return p.words.Number(x.staffed, 1) })
		row("", "row.level", func(x hour) string { return x.mark(p.d.Target.Share) })
	}
	p.table(header, rows)
}

// breaks lists coffee and lunch by table.
func (p *page) breaks() {
	p.step(4, "step.breaks")
	for _, t := range seating(p.d) {
		coffee, lunch := t.starts("break"), t.starts("lunch")
		if len(coffee)+len(lunch) > 0 {
			p.wrapped(p.words.Say("page.breaks", i18n.Args{
				"Table": t.id, "Coffee": counted(coffee), "Lunch": counted(lunch),
			}), 4)
		}
	}
	if line := hardHours(p.d, p.words); line != "" {
		p.wrapped(line, 2)
	}
}

func (p *page) close() {
	var quiet []string
	for _, r := range p.d.Remarks {
		if !Loud(r) {
			quiet = append(quiet, Remark(r, p.words))
		}
	}
	if len(quiet) == 0 {
		return
	}
	p.line()
	p.line(strings.ToUpper(p.words.Say("page.notes")))
	for _, q := range quiet {
		p.wrapped("- "+q, 2)
	}
}

func (p *page) table(header []string, rows [][]string) {
	if p.err == nil {
		p.err = writeTable(p.w, header, rows)
	}
}
