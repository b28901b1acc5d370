package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Simulation writes what many simulated days of a plan gave: the day, its
// groups, its hours, its e-mail, and where it hurts. It fits into 80 columns.
func Simulation(w io.Writer, s *plan.Simulation, words *i18n.Words) error {
	b := bufio.NewWriter(w)
	p := &simulationPage{page: page{w: b, words: words}, s: s}
	p.head()
	p.groups()
	p.hours()
	p.matrix()
	p.email()
	p.hurts()
	if p.err != nil {
		return p.err
	}
	return b.Flush()
}

type simulationPage struct {
	page
	s *plan.Simulation
}

func (p *simulationPage) head() {
	_, week := p.s.Date.ISOWeek()
	p.line(p.words.Say("sim.title", i18n.Args{"Day": p.words.Day(p.s.Date), "Week": week, "Centre": p.s.Centre}))
	days := p.words.Say("sim.days", i18n.Args{"Days": p.words.Number(float64(p.s.Days), 0), "Seed": p.s.Seed})
	if p.s.Version > 0 { // else the plan is not from the store
		days = p.words.Say("sim.version", i18n.Args{"Version": p.s.Version}) + ", " + days
	}
	p.line(days)
	p.line(strings.Repeat("-", pageWidth))
	level := p.s.ServiceLevel
	if level == nil {
		p.line(p.words.Say("sim.no_calls"))
		return
	}
	p.wrapped(p.words.Say("sim.outlook", i18n.Args{
		"Share": p.words.Share(level.Mean, 1), "Within": p.s.Target.Within,
		"Definition": p.words.Say("definition." + p.s.Target.Definition),
		"P5":         p.words.Share(level.P5, 1), "P95": p.words.Share(level.P95, 1),
	}), 2)
	chance := p.words.Say("sim.chance", i18n.Args{
		"Target": p.words.Share(p.s.Target.Share, 0), "Chance": p.words.Chance(p.s.Probability.Mean),
	})
	if p.s.Planned != nil {
		chance += " " + p.words.Say("sim.planned", i18n.Args{"Planned": p.words.Share(*p.s.Planned, 1)})
	}
	p.wrapped(chance, 2)
	p.wrapped(p.words.Say("sim.waits", i18n.Args{
		"Occupancy": p.share(p.s.Occupancy), "Calls": p.words.Number(p.s.Calls.Offered, 0),
		"Abandoned": p.words.Share(p.s.Calls.Abandoned/p.s.Calls.Offered, 1),
		"Wait":      p.seconds(p.s.Calls.AverageWait), "ASA": p.seconds(p.s.Calls.SpeedOfAnswer),
	}), 2)
}

// seconds writes a wait; a dash where there is none.
func (p *simulationPage) seconds(s *float64) string {
	if s == nil {
		return "–"
	}
	return p.words.Number(*s, 0)
}

// share writes a share in whole per cent; a dash where there is none.
func (p *simulationPage) share(s *float64) string {
	if s == nil {
		return "–"
	}
	return p.words.Share(*s, 0)
}

func (p *simulationPage) groups() {
	p.line()
	header := append([]string{p.words.Say("col.group")}, p.measures()...)
	header = append(header, p.words.Say("sim.col_chance"), p.words.Say("sim.col_planned"))
	var rows [][]string
	for _, g := range p.s.Groups {
		row := append([]string{clip(g.Name, 18)}, p.measured(g.Calls, g.ServiceLevel)...)
		chance := ""
		if g.Probability != nil {
			chance = p.words.Chance(g.Probability.Mean)
		}
		rows = append(rows, append(row, chance, p.share(g.Planned)))
	}
	p.table(header, rows)
}

func (p *simulationPage) hours() {
	p.line()
	header := append([]string{p.words.Say("col.clock")}, p.measures()...)
	header = append(header, p.words.Say("sim.col_occupancy"))
	var rows [][]string
	for _, h := range p.s.Hours {
		row := append([]string{civil.ClockOf(h.Start).String()}, p.measured(h.Calls, h.ServiceLevel)...)
		rows = append(rows, append(row, p.share(h.Occupancy)))
	}
	p.table(header, rows)
}

// measures are the heads of the columns that measured fills.
func (p *simulationPage) measures() []string {
	return []string{
		p.words.Say("col.calls"), p.words.Say("sim.col_in_time"), p.words.Say("sim.col_range"),
		p.words.Say("sim.col_wait"), p.words.Say("sim.col_abandoned"),
	}
}

func (p *simulationPage) measured(c plan.Calls, level *plan.Spread) []string {
	if level == nil || c.Offered == 0 {
		return []string{p.words.Number(c.Offered, 0), "–", "", "", ""}
	}
	return []string{
		p.words.Number(c.Offered, 0), p.words.Share(level.Mean, 1),
		p.words.Number(100*level.P5, 0) + "–" + p.words.Number(100*level.P95, 0),
		p.seconds(c.AverageWait), p.words.Share(c.Abandoned/c.Offered, 1),
	}
}

// matrix is the share in per cent by group and hour; below the target it is
// marked.
func (p *simulationPage) matrix() {
	var starts []time.Time
	for _, h := range p.s.Hours {
		starts = append(starts, h.Start)
	}
	header := []string{p.words.Say("sim.matrix")}
	for _, at := range starts {
		header = append(header, at.Format("15"))
	}
	var rows [][]string
	for _, g := range p.s.Groups {
		row := []string{clip(g.Name, 18)}
		for _, at := range starts {
			i := slices.IndexFunc(g.Hours, func(h plan.SimulatedHour) bool { return h.Start.Equal(at) })
			cell := ""
			if i >= 0 && g.Hours[i].ServiceLevel != nil {
				share := g.Hours[i].ServiceLevel.Mean
				cell = fmt.Sprintf("%.0f", 100*share)
				if share < g.Target.Share {
					cell = "!" + cell
				}
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	p.line()
	p.table(header, rows)
}

func (p *simulationPage) email() {
	if len(p.s.Email) > 0 {
		p.line()
	}
	for _, e := range p.s.Email {
		args := i18n.Args{"Name": e.Name, "Due": p.words.Number(e.Due, 0), "Left": p.words.Number(e.LeftOver, 0)}
		if e.InTime == nil {
			p.wrapped(p.words.Say("sim.email_none", args), 2)
			continue
		}
		args["Share"] = p.words.Share(e.InTime.Mean, 0)
		p.wrapped(p.words.Say("sim.email", args), 2)
	}
}

func (p *simulationPage) hurts() {
	if len(p.s.Hurts) == 0 {
		return
	}
	p.line()
	p.line(p.words.Say("sim.hurts"))
	for _, h := range p.s.Hurts {
		p.wrapped("! "+p.words.Say("sim.hurt", i18n.Args{
			"From": civil.ClockOf(h.Start), "To": civil.ClockOf(h.Start.Add(time.Hour)), "Group": h.Name,
			"Share": p.words.Share(h.Share, 0), "Missing": p.words.Number(h.Missing, 1),
		}), 2)
	}
}
