package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Rota writes who leads each table: how fair it is, what the morning meeting
// costs, and for each table its weeks and what its people carry.
func Rota(w io.Writer, r *plan.Rota, words *i18n.Words) error {
	p := &rotaPage{page: page{w: bufio.NewWriter(w), words: words}, r: r, names: map[string]string{}}
	for _, x := range r.People {
		p.names[x.ID] = shortName(x.Name)
	}
	p.head()
	for _, t := range r.Tables {
		p.tableOf(t)
	}
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

type rotaPage struct {
	page
	r     *plan.Rota
	names map[string]string
}

// shortName is the first name, and the first letter of the last.
func shortName(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return name
	}
	return words[0] + " " + string([]rune(words[len(words)-1])[:1])
}

func (p *rotaPage) head() {
	r := p.r
	p.wrapped(p.words.Say("rota.title", i18n.Args{"From": p.words.Day(r.From), "Weeks": r.Weeks, "Centre": r.Centre}), 2)
	p.line(strings.Repeat("-", pageWidth))
	if len(r.Tables) == 0 {
		p.line(p.words.Say("rota.no_tables"))
		return
	}
	p.wrapped(p.words.Say("rota.fair", i18n.Args{
		"Lead": p.words.Number(r.WorstLead, 1), "Deputy": p.words.Number(r.WorstDeputy, 1),
		"Running": r.Running, "StandIns": r.StandIns, "NoLead": r.NoLead, "NoDeputy": r.NoDeputy,
	}), 2)
	if len(r.Lone) > 0 {
		p.wrapped(p.words.Say("rota.lone", i18n.Args{"Tables": strings.Join(r.Lone, ", ")}), 2)
	}
	if m := r.Meeting; m != nil {
		p.wrapped(p.words.Say("rota.meeting", i18n.Args{
			"Minutes": p.words.Number(m.Minutes, 0), "Leads": m.Leads, "Now": m.Now.At, "Cost": p.words.Number(100*m.Now.Cost, 2),
			"Missing": p.words.Number(m.Now.Missing, 1), "Cheapest": m.Cheapest.At, "Least": p.words.Number(100*m.Cheapest.Cost, 2),
			"LeastMissing": p.words.Number(m.Cheapest.Missing, 1),
		}), 2)
	}
	p.wrapped(p.words.Say("rota.legend"), 2)
}

// tableOf writes the weeks of a table, and what its people carry.
func (p *rotaPage) tableOf(t plan.RotaTable) {
	p.line()
	p.line(strings.ToUpper(t.Name))
	var weeks []string
	for _, d := range t.Duties {
		_, week := d.Monday.ISOWeek()
		lead := p.name(d.Lead)
		if d.StandIn {
			lead += "*"
		}
		if !d.Settled {
			lead += "?"
		}
		weeks = append(weeks, glue(fmt.Sprintf("%d %s (%s)", week, lead, p.name(d.Deputy))))
	}
	p.unglued(strings.Join(weeks, ", "))
	var people []string
	for _, x := range p.r.People {
		if x.Table == t.ID {
			people = append(people, glue(p.words.Say("rota.carries", i18n.Args{
				"Name": p.names[x.ID], "Led": x.Led, "Fair": p.words.Number(x.FairLed, 1), "Deputised": x.Deputised,
			})))
		}
	}
	if len(people) > 0 {
		p.unglued(p.words.Say("rota.carry") + " " + strings.Join(people, ", "))
	}
}

func (p *rotaPage) name(id string) string {
	if id == "" {
		return "–"
	}
	if n := p.names[id]; n != "" {
		return n
	}
	return id
}

// glue keeps the words of a text on one line of unglued.
func glue(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

func (p *rotaPage) unglued(text string) {
	for i, l := range wrap(text, pageWidth-2) {
		if i > 0 {
			l = "  " + l
		}
		p.line(strings.ReplaceAll(l, "\u00a0", " "))
	}
}
