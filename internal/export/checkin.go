package export

import (
	"bufio"
	"io"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// CheckInWords puts the moves, the offers and the remarks of a check-in into a
// language: the texts of its JSON.
func CheckInWords(r *plan.CheckInResult, words *i18n.Words) {
	for i := range r.Changes {
		for j := range r.Changes[i].Moves {
			m := &r.Changes[i].Moves[j]
			m.Text = when(m) + " " + what(m, words)
		}
	}
	for i := range r.Offers {
		r.Offers[i].Text = offer(r.Offers[i], words)
	}
	r.Notes = []string{}
	for _, n := range r.Remarks {
		r.Notes = append(r.Notes, Remark(n, words))
	}
}

// CheckIn writes a check-in: what is reported, where it hurts, what the day
// becomes, who does what otherwise, and what could be had beside that. It fits
// into 80 columns.
func CheckIn(w io.Writer, r *plan.CheckInResult, words *i18n.Words) error {
	b := bufio.NewWriter(w)
	p := &checkInPage{page: page{w: b, words: words}, r: r}
	p.head()
	p.outlooks()
	p.leads()
	p.changes()
	p.offers()
	p.alarms()
	if p.err != nil {
		return p.err
	}
	return b.Flush()
}

type checkInPage struct {
	page
	r *plan.CheckInResult
}

// head says in a few lines what has changed and where it hurts.
func (p *checkInPage) head() {
	_, week := p.r.Date.ISOWeek()
	p.line(p.words.Say("checkin.title", i18n.Args{"Day": p.words.Day(p.r.Date), "Week": week, "Centre": p.r.Centre}))
	version := i18n.Args{"From": p.r.Version, "To": p.r.Accepted, "Now": civil.ClockOf(p.r.Now), "Next": p.r.Version + 1}
	if p.r.Accepted > 0 {
		p.line(p.words.Say("checkin.accepted", version))
	} else {
		p.line(p.words.Say("checkin.proposal", version))
	}
	p.line(strings.Repeat("-", pageWidth))
	if p.r.Made {
		p.wrapped(p.words.Say("checkin.made", version), 2)
	}
	p.news()
	if !p.r.SeenUntil.IsZero() {
		p.wrapped(p.words.Say("checkin.seen", i18n.Args{"Until": civil.ClockOf(p.r.SeenUntil)}), 2)
	}
	args := i18n.Args{
		"People": len(p.r.Changes), "Gain": signed(100*(p.r.After.ServiceLevel-p.r.Unrepaired.ServiceLevel), p.words),
		"Email": signed(p.r.After.EmailHours-p.r.Unrepaired.EmailHours, p.words),
	}
	switch {
	case len(p.r.Changes) > 0:
		p.wrapped(p.words.Say("checkin.changed", args), 2)
	case len(p.r.Reports) > 0:
		p.line(p.words.Say("checkin.unchanged"))
	}
	for _, n := range p.r.Remarks {
		if n.Kind == plan.RemarkHard {
			p.wrapped("! "+Remark(n, p.words), 2)
			break
		}
	}
}

// news lists what is reported, a line for each kind.
func (p *checkInPage) news() {
	if len(p.r.Reports) == 0 {
		p.line(p.words.Say("checkin.nothing"))
	}
	for _, kind := range []plan.NewsKind{plan.NewsAbsent, plan.NewsLate, plan.NewsHere, plan.NewsLend, plan.NewsStay, plan.NewsCancel} {
		var names []string
		for _, n := range p.r.Reports {
			if n.Kind == kind {
				names = append(names, n.Name+p.lentTo(n.News)+newsHours(n.News))
			}
		}
		if len(names) > 0 {
			p.wrapped(p.words.Say("news."+string(kind), i18n.Args{"Names": strings.Join(names, ", ")}), 2)
		}
	}
}

// lentTo names the group to which somebody is lent; "": none.
func (p *checkInPage) lentTo(n plan.News) string {
	if n.Group == "" {
		return ""
	}
	name := n.Group
	for _, g := range p.r.Day.Groups {
		if g.ID == n.Group {
			name = g.Name
		}
	}
	return " → " + name
}

// newsHours is when news begin and end, where it is said.
func newsHours(n plan.News) string {
	switch {
	case n.From == 0:
		return ""
	case n.Until > 0:
		return " (" + n.From.String() + "–" + n.Until.String() + ")"
	default:
		return " (" + n.From.String() + ")"
	}
}

// outlooks is the day before the news, if nobody does anything, and with the
// changes.
func (p *checkInPage) outlooks() {
	p.line()
	header := []string{
		"", p.words.Say("checkin.col_share", i18n.Args{"Within": p.r.Target.Within}),
		p.words.Say("checkin.col_chance", i18n.Args{"Target": p.words.Share(p.r.Target.Share, 0)}), p.words.Say("col.email_hours"),
	}
	row := func(label string, o plan.Outlook) []string {
		return []string{label, p.words.Share(o.ServiceLevel, 1), p.words.Chance(o.Probability), p.words.Number(o.EmailHours, 1)}
	}
	p.table(header, [][]string{
		row(p.words.Say("checkin.before"), p.r.Before),
		row(p.words.Say("checkin.unrepaired"), p.r.Unrepaired),
		row(p.words.Say("checkin.after"), p.r.After),
	})
}

func (p *checkInPage) leads() {
	if len(p.r.Leads) == 0 {
		return
	}
	p.section("checkin.leads")
	for _, l := range p.r.Leads {
		args := i18n.Args{"Table": l.Table, "Was": l.Was, "Is": l.Is}
		if l.Is == "" {
			p.wrapped(p.words.Say("checkin.no_lead", args), 2)
		} else {
			p.wrapped(p.words.Say("checkin.lead", args), 2)
		}
	}
}

func (p *checkInPage) section(id string) {
	p.line()
	p.line(strings.ToUpper(p.words.Say(id)))
}

// changes lists who does what otherwise, those that gain most first.
func (p *checkInPage) changes() {
	if len(p.r.Changes) == 0 {
		return
	}
	p.section("checkin.changes")
	header := []string{
		p.words.Say("checkin.col_who"), p.words.Say("col.clock"), p.words.Say("checkin.col_what"),
		p.words.Say("checkin.col_serves"), p.words.Say("checkin.col_gain"),
	}
	var rows [][]string
	for _, c := range p.r.Changes {
		for i, m := range c.Moves {
			row := []string{"", when(&m), what(&m, p.words), p.why(&c, &m), ""}
			if i == 0 {
				row[0] = clip(c.Name, 18)
				if m.Reason != plan.MoveRules || c.Gain != 0 {
					row[4] = signed(100*c.Gain, p.words)
				}
			}
			rows = append(rows, row)
		}
	}
	if p.err == nil {
		p.err = writeColumns(p.w, header, rows)
	}
}

// why is what a move is for: the pool that it serves, or a reason.
func (p *checkInPage) why(c *plan.Change, m *plan.Move) string {
	if m.Reason == plan.MoveCalls && c.Serves != "" {
		return clip(c.Serves, 20)
	}
	return p.words.Say("why." + string(m.Reason))
}

// signed writes a difference with its sign.
func signed(x float64, words *i18n.Words) string {
	s := words.Number(x, 1)
	if !strings.HasPrefix(s, "-") {
		s = "+" + s
	}
	return s
}

// when is the time of a move: from what to what time a pause goes, or how long
// the work lasts.
func when(m *plan.Move) string {
	stretch := func(a *plan.Activity) string {
		return civil.ClockOf(a.Start).String() + "–" + civil.EndClock(a.End).String()
	}
	start := func(a *plan.Activity) string {
		if a == nil {
			return "–"
		}
		return civil.ClockOf(a.Start).String()
	}
	work := m.Was != nil && m.Is != nil && m.Was.Start.Equal(m.Is.Start)
	if work || m.Reason == plan.MoveComing {
		return stretch(m.Is)
	}
	return start(m.Was) + " → " + start(m.Is)
}

// what is the kind of a move: a pause, or from what to what work.
func what(m *plan.Move, words *i18n.Words) string {
	kind := func(a *plan.Activity) string { return words.Say("kind." + a.Kind) }
	switch {
	case m.Reason == plan.MoveComing:
		return words.Say("checkin.comes")
	case m.Was == nil:
		return kind(m.Is)
	case m.Is == nil || m.Was.Kind == m.Is.Kind:
		return kind(m.Was)
	default:
		return kind(m.Was) + " → " + kind(m.Is)
	}
}

func (p *checkInPage) offers() {
	if len(p.r.Offers) == 0 {
		return
	}
	p.section("checkin.offers")
	for _, o := range p.r.Offers {
		p.wrapped("> "+offer(o, p.words), 2)
	}
}

// offer says what could be had, what it gains and what it costs.
func offer(o plan.Offer, w *i18n.Words) string {
	args := i18n.Args{
		"Who": o.Name, "Where": o.Where, "People": len(o.Who), "From": civil.ClockOf(o.Start), "To": civil.EndClock(o.End),
		"Gain": signed(100*o.Gain, w), "Serves": o.Serves, "Hours": w.Number(o.Hours, 2),
	}
	if o.What != "" {
		args["What"] = w.Say("kind." + o.What)
	}
	if o.Kronor != nil {
		args["Kronor"] = w.Number(*o.Kronor, 0)
	}
	return w.Say("offer."+string(o.Kind), args)
}

// alarms are the loud remarks on the day with the changes, but for the first
// hard stretch, which stands in the head.
func (p *checkInPage) alarms() {
	var lines []string
	head := true
	for _, n := range p.r.Remarks {
		switch {
		case n.Kind == plan.RemarkHard && head:
			head = false
		case Loud(n):
			lines = append(lines, "! "+Remark(n, p.words))
		}
	}
	if len(lines) > 0 {
		p.section("page.notes")
	}
	for _, l := range lines {
		p.wrapped(l, 2)
	}
}
