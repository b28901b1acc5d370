package board

import (
	"slices"

	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// proposalView is the page of a repaired plan beside the one that it repairs.
type proposalView struct {
	Title, Intro string
	Reported     []string
	Outlooks     []outlookRow
	Share        string // heads of the columns of Outlooks
	Chance       string
	Leads        []string
	Changes      []changeView
	Ticks        []tick
	Offers       []offerView
	Alarms       []string
	Accept       string // addresses
	Propose, Day string
	Self         string  // where the proposal is found as long as it holds
	Fields       []field // that carry the marks
	Version      int
	Proposal     string
}

// outlookRow is what is expected of the day: as planned, if nothing is done, and
// with the changes.
type outlookRow struct {
	Label, Level, Chance, Email string
	Short                       bool
	Bar                         gauge
}

// changeView is what one person does otherwise.
type changeView struct {
	ID, Name string
	Moves    []moveView
	Gain     string
	Forced   bool
	Wanted   bool
	Was, Is  stripView
	Now      bool // both strips are there
}

// offerView is what could be had, with what the form sends that takes it; without
// fields it cannot be taken by one tap.
type offerView struct {
	Text   string
	Fields []field
}

type moveView struct{ Text, Why string }

// viewProposal puts a proposal into words. The caller holds p.mu.
func viewProposal(p *proposal, q *request, chosen ticks) proposalView {
	r, w := p.result, q.words
	export.CheckInWords(r, w)
	path := "/day/" + r.Date.String()
	v := proposalView{
		Title:    w.Say("board.tap_title", i18n.Args{"Day": title(p.old, w)}),
		Intro:    w.Say("board.tap_intro", i18n.Args{"Clock": civil.ClockOf(r.Now), "Version": r.Version}),
		Reported: reported(r.Reports, w), Fields: fields(p.marks), Version: r.Version, Proposal: p.id,
		Accept: q.to(path + "/accept"), Propose: q.to(path + "/checkin"), Day: q.to(path),
		Self:  q.to(path + "/proposal/" + p.id),
		Share: w.Say("checkin.col_share", i18n.Args{"Within": r.Target.Within}), Chance: w.Say("checkin.col_chance", i18n.Args{"Target": w.Share(r.Target.Share, 0)}),
		Outlooks: []outlookRow{
			viewOutlook(w.Say("checkin.before"), r.Before, r.Target, w),
			viewOutlook(w.Say("checkin.unrepaired"), r.Unrepaired, r.Target, w),
			viewOutlook(w.Say("checkin.after"), r.After, r.Target, w),
		},
	}
	for _, l := range r.Leads {
		v.Leads = append(v.Leads, leadText(l, w))
	}
	v.changes(p, w, chosen)
	for _, o := range r.Offers {
		v.Offers = append(v.Offers, offerView{o.Text, fields(taking(o, p.marks))})
	}
	for _, n := range r.Remarks {
		if export.Loud(n) {
			v.Alarms = append(v.Alarms, export.Remark(n, w))
		}
	}
	return v
}

func viewOutlook(label string, o plan.Outlook, t plan.DayTarget, w *i18n.Words) outlookRow {
	share := w.Share(o.ServiceLevel, 1)
	return outlookRow{
		Label: label, Level: share, Chance: w.Chance(o.Probability), Email: w.Number(o.EmailHours, 1), Short: o.ServiceLevel < t.Share,
		Bar: gauge{percent(100 * o.ServiceLevel), percent(100 * t.Share), w.Say("board.gauge_text", i18n.Args{"Share": share, "Target": w.Share(t.Share, 0)})},
	}
}

func leadText(l plan.NewLead, w *i18n.Words) string {
	args := i18n.Args{"Table": l.Table, "Was": l.Was, "Is": l.Is}
	if l.Is == "" {
		return w.Say("checkin.no_lead", args)
	}
	return w.Say("checkin.lead", args)
}

// changes lists who does what otherwise, with the day as it was and as it would
// be. What the news leave no choice about comes last.
func (v *proposalView) changes(p *proposal, w *i18n.Words, chosen ticks) {
	s := working(slices.Concat(p.old.Agents, p.result.Day.Agents))
	v.Ticks = s.ticks()
	for _, c := range p.result.Changes {
		out := changeView{ID: c.Who, Name: c.Name, Forced: c.Forced, Wanted: c.Forced || chosen.wants(c.Who), Gain: points(c.Gain, w)}
		for _, m := range c.Moves {
			why := w.Say("why." + string(m.Reason))
			if m.Reason == plan.MoveCalls && c.Serves != "" {
				why = c.Serves
			}
			out.Moves = append(out.Moves, moveView{m.Text, why})
		}
		was, is := agentOf(p.old, c.Who), agentOf(p.result.Day, c.Who)
		if was != nil && is != nil && was.Shift != nil && is.Shift != nil {
			out.Was, out.Is, out.Now = strip(*was, s, w), strip(*is, s, w), true
		}
		v.Changes = append(v.Changes, out)
	}
	slices.SortStableFunc(v.Changes, func(a, b changeView) int {
		switch {
		case a.Forced == b.Forced:
			return 0
		case a.Forced:
			return 1
		default:
			return -1
		}
	})
}

func agentOf(d *plan.Day, id string) *plan.Agent {
	i := slices.IndexFunc(d.Agents, func(a plan.Agent) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return &d.Agents[i]
}

// points is a gain in percentage points with its sign.
func points(gain float64, w *i18n.Words) string {
	s := w.Number(100*gain, 1)
	if gain >= 0 {
		s = "+" + s
	}
	return s
}
