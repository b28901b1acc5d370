package export

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// ErrNoUnit says that the plan does not know a unit.
var ErrNoUnit = errors.New("not in the plan")

//go:embed print.html
var printSource string

var printTemplate = template.Must(template.New("print").Parse(printSource))

// Print writes the day as HTML to be printed and hung on the wall: an A4 page
// for each unit, or for the one named, in the four steps of the leads' morning.
// It needs no colour, no script and no other file. A unit of some thirty people
// fits a page; one with many more runs on to a second.
// The error is ErrNoUnit when nothing of the plan belongs to the unit.
func Print(w io.Writer, d *plan.Day, unit string, words *i18n.Words) error {
	all := units(d, words)
	if unit != "" {
		all = filter(all, func(u plan.Unit) bool { return u.ID == unit })
		if len(all) == 0 {
			return fmt.Errorf("unit %q: %w of %s", unit, ErrNoUnit, d.Date)
		}
	}
	x := newAxis(d)
	doc := printDocument{Language: words.Language, Title: title(d, words)}
	for _, u := range all {
		p := printer{d: ofUnit(d, u.ID), centre: d, words: words, axis: x}
		doc.Sheets = append(doc.Sheets, p.page(u))
	}
	return printTemplate.Execute(w, doc)
}

// printDocument is what print.html shows. All words are in their language.
type printDocument struct {
	Language, Title string
	Sheets          []printSheet
}

type printSheet struct {
	Unit, Day, Centre, Version string
	Figures                    []printFigure
	HardTitle, SayTitle        string
	Hard, Say                  []string
	Steps                      [4]string
	InTimeTitle, NotesTitle    string
	Here                       []string
	Cells, CellsPerHour        int // of the axis
	Hours                      []printCell
	Pools                      []printPool
	Email                      []string
	BreakTitle, LunchTitle     string
	People                     []printPerson
	OnBreak                    []printCell
	OnBreakTitle, Legend, Note string
}

// printFigure is a number at the head of the page.
type printFigure struct{ Label, Value, Note string }

// printCell is a text over some intervals: From counts from 1, as the columns of
// a grid do.
type printCell struct {
	From, Span int
	Text       string
	Kind       string // of an activity
	Short      bool   // below the target
}

// printPool is calls, need and plan of a pool by the hour.
type printPool struct {
	Name, Share string
	Rows        []printRow
}

type printRow struct {
	Label string
	Cells []printCell
}

// printPerson is a row of who does what.
type printPerson struct {
	Table, Name, Lead string // Table on its first row only
	Off               string // why there are no blocks
	Blocks            []printCell
	Break, Lunch      string
}

// printer makes the page of one unit.
type printer struct {
	d      *plan.Day // of the unit
	centre *plan.Day
	words  *i18n.Words
	axis   axis
}

func (p *printer) page(u plan.Unit) printSheet {
	_, week := p.d.Date.ISOWeek()
	s := printSheet{
		Unit: u.Name, Centre: p.d.Centre, Version: version(p.d, p.words),
		Day:     p.words.Say("print.day", i18n.Args{"Day": p.words.Day(p.d.Date), "Week": week}),
		Figures: p.figures(u), HardTitle: p.words.Say("print.hard"), SayTitle: p.words.Say("print.say"),
		Hard: p.hard(), Say: p.say(), Here: p.here(),
		Cells: p.axis.n, CellsPerHour: p.axis.perHour(), Hours: p.hours(), Pools: p.pools(), Email: emails(p.d, p.words),
		BreakTitle: p.words.Say("kind.break"), LunchTitle: p.words.Say("kind.lunch"),
		People: p.people(), OnBreakTitle: p.words.Say("print.on_break"), OnBreak: p.onBreak(),
		InTimeTitle: p.words.Say("row.in_time"), NotesTitle: p.words.Say("print.notes"),
		Legend: p.legend(), Note: p.words.Say("print.note"),
	}
	for i, id := range []string{"step.people", "step.work", "step.tasks", "step.breaks"} {
		s.Steps[i] = p.words.Say(id)
	}
	return s
}

// figures are the head numbers: the unit's, and the centre's where only that
// has them.
func (p *printer) figures(u plan.Unit) []printFigure {
	w, here := p.words, countUnit(p.d, u.ID)
	calls, inTime := 0.0, 0.0
	for _, pool := range hourly(p.d) {
		for _, x := range pool.hours {
			calls, inTime = calls+x.calls, inTime+x.inTime
		}
	}
	due, planned := 0.0, 0.0
	for _, e := range p.d.Email {
		due, planned = due+e.Due, planned+e.Planned
	}
	target := p.d.Target
	return []printFigure{
		{w.Say("print.people"), strconv.Itoa(here.here), w.Say("print.people_note", i18n.Args{"Temps": here.temps, "Away": here.away})},
		{w.Say("print.calls"), w.Number(calls, 0), w.Say("print.calls_note", i18n.Args{"Calls": w.Number(p.centre.Volume.Offered, 0)})},
		{w.Say("print.in_time"), w.Share(inTime/calls, 0), w.Say("print.in_time_note", i18n.Args{
			"Target": w.Share(target.Share, 0), "Within": target.Within, "Centre": w.Share(p.centre.Summary.ServiceLevel, 0),
		})},
		{w.Say("print.chance"), w.Chance(p.centre.Summary.Probability), w.Say("print.chance_note")},
		{w.Say("print.email"), w.Say("print.hours", i18n.Args{"Hours": w.Number(due, 1)}), w.Say("print.email_note", i18n.Args{"Planned": w.Number(planned, 1)})},
	}
}

// mostLines is how many lines each of the two boxes of the head has room for.
const mostLines = 7

// hard is where it hurts.
func (p *printer) hard() []string {
	var lines []string
	for _, r := range p.d.Remarks {
		if Loud(r) {
			lines = append(lines, Remark(r, p.words))
		}
	}
	if len(lines) == 0 {
		return []string{p.words.Say("print.calm")}
	}
	return p.clipped(lines)
}

// say is what the leads tell each other at their meeting: how the day differs,
// what would help, who stands in, what else is known.
func (p *printer) say() []string {
	var lines []string
	if len(p.centre.Groups) > 0 {
		lines = append(lines, p.words.Say("print.centre", i18n.Args{"Text": Today(p.centre, p.words)}))
	}
	for _, a := range p.d.Actions {
		lines = append(lines, Action(a, p.words))
	}
	for _, r := range p.d.Remarks {
		if !Loud(r) {
			lines = append(lines, Remark(r, p.words))
		}
	}
	return p.clipped(lines)
}

// clipped keeps the lines for which there is room, and says how many it left
// out.
func (p *printer) clipped(lines []string) []string {
	if len(lines) <= mostLines {
		return lines
	}
	return append(slices.Clone(lines[:mostLines-1]), p.words.Say("print.more", i18n.Args{"N": len(lines) - mostLines + 1}))
}

// here is who leads, who is away and when the leads meet.
func (p *printer) here() []string {
	lines := []string{leads(p.d.Tables, p.centre.Agents, p.words), away(p.d, p.words)}
	if m := p.d.Meeting; m != nil {
		lines = append(lines, meeting(m, p.words))
	}
	return filter(lines, func(l string) bool { return l != "" })
}

func (p *printer) hours() []printCell {
	var out []printCell
	for _, h := range p.axis.hours() {
		out = append(out, printCell{From: h.from + 1, Span: h.len(), Text: fmt.Sprintf("%02d", h.hour)})
	}
	return out
}

// pools has a column for each hour of the axis. The groups that the unit shares
// with others come last.
func (p *printer) pools() []printPool {
	var out []printPool
	columns := p.hours()
	with := *p.centre
	with.Groups = append(slices.Clone(p.d.Groups), shared(p.centre, p.d.Agents)...)
	for _, pool := range hourly(&with) {
		calls, inTime := 0.0, 0.0
		rows := []printRow{{Label: p.words.Say("row.calls")}, {Label: p.words.Say("row.need")}, {Label: p.words.Say("row.plan")}}
		for i, h := range p.axis.hours() {
			x, column := pool.hours[h.hour], columns[i]
			if x.quarters == 0 {
				continue
			}
			calls, inTime = calls+x.calls, inTime+x.inTime
			for j, text := range []string{p.words.Number(x.calls, 0), p.words.Number(x.need, 1), p.words.Number(x.staffed, 1)} {
				column.Text = text
				column.Short = j == 2 && x.mark(p.d.Target.Share) == "-"
				rows[j].Cells = append(rows[j].Cells, column)
			}
		}
		out = append(out, printPool{Name: pool.name, Share: p.words.Share(inTime/calls, 0), Rows: rows})
	}
	return out
}

func (p *printer) people() []printPerson {
	var out []printPerson
	for _, t := range seating(p.d) {
		for i, a := range t.agents {
			row := printPerson{Name: a.Name, Lead: leadMark(p.centre, a, p.words), Off: p.words.Say("page.off")}
			if i == 0 {
				row.Table = t.id
			}
			if a.Absent {
				row.Off = p.words.Say("page.absent")
			}
			if a.Shift != nil {
				row.Off, row.Blocks = "", p.blocks(a)
			}
			one := seats{agents: []plan.Agent{a}}
			row.Break, row.Lunch = strings.Join(one.starts("break"), " "), strings.Join(one.starts("lunch"), " ")
			out = append(out, row)
		}
	}
	return out
}

// barLetters is how many small letters the bar of a day is wide.
const barLetters = 88

// blocks are the bar of a person's day: each block has its word where there is
// room for it, else its letter; so has the telephone, which is most of the day.
func (p *printer) blocks(a plan.Agent) []printCell {
	var out []printCell
	for _, b := range p.axis.blocks(a) {
		text := p.words.Say("kind." + b.kind)
		if b.kind == "phone" || len([]rune(text)) >= barLetters*b.len()/p.axis.n {
			text = p.words.Say("mark." + b.kind)
		}
		out = append(out, printCell{From: b.from + 1, Span: b.len(), Text: text, Kind: b.kind})
	}
	return out
}

// onBreak is how many are on a break or at lunch in each interval.
func (p *printer) onBreak() []printCell {
	var out []printCell
	for i, n := range p.axis.count(p.d.Agents, "break", "lunch") {
		if n > 0 {
			out = append(out, printCell{From: i + 1, Span: 1, Text: strconv.Itoa(n)})
		}
	}
	return out
}

func (p *printer) legend() string {
	var parts []string
	for _, k := range kinds {
		parts = append(parts, p.words.Say("mark."+k)+" "+p.words.Say("kind."+k))
	}
	return strings.Join(parts, " · ")
}
