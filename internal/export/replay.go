package export

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Replay writes how days that are over would have gone: the conclusion in
// words, the ways of planning side by side, and each day. It fits into 80
// columns.
func Replay(w io.Writer, r *plan.Replayed, words *i18n.Words) error {
	p := &replayPage{page: page{w: bufio.NewWriter(w), words: words}, r: r}
	p.head()
	p.conclusion()
	p.ways()
	p.days()
	p.legend()
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

type replayPage struct {
	page
	r *plan.Replayed
}

func (p *replayPage) head() {
	p.line(p.words.Say("replay.title", i18n.Args{"From": p.words.Day(p.r.From), "To": p.words.Day(p.r.To), "Centre": p.r.Centre}))
	p.line(p.words.Say("replay.draws", i18n.Args{
		"Days": len(p.r.Days), "Skipped": p.r.Skipped, "Draws": p.words.Number(float64(p.r.Draws), 0), "Seed": p.r.Seed,
	}))
	p.line(strings.Repeat("-", pageWidth))
}

// conclusion says in words what the figures mean.
func (p *replayPage) conclusion() {
	t := &p.r.Total
	p.say("replay.bemanna", t.Bemanna, i18n.Args{
		"Definition": p.words.Say("definition." + p.r.Target.Definition), "Within": p.r.Target.Within,
	})
	if t.Happened != nil {
		p.wrapped(p.words.Say("replay.happened", i18n.Args{"Share": p.words.Share(*t.Happened, 1)}), 2)
	}
	p.say("replay.spreadsheet", t.Spreadsheet, p.against(p.r.AgainstSpreadsheet))
	p.say("replay.one_group", t.OneGroup, p.against(p.r.AgainstOneGroup))
	p.say("replay.foresight", t.Foresight, i18n.Args{"Points": p.words.Number(100*(t.Foresight.Share-t.Bemanna.Share), 1)})
	if t.Unknown > 0 || t.Outside > 0 {
		p.wrapped(p.words.Say("replay.left_out", i18n.Args{"Unknown": t.Unknown, "Outside": p.words.Number(t.Outside, 0)}), 2)
	}
}

// say writes a sentence on a way of planning.
func (p *replayPage) say(id string, s plan.WayScore, args i18n.Args) {
	args["Share"], args["Hours"] = p.words.Share(s.Share, 1), p.words.Number(s.PhoneHours, 0)
	args["Reached"], args["Days"], args["Target"] = s.Reached, len(p.r.Days), p.words.Share(p.r.Target.Share, 0)
	p.wrapped(p.words.Say(id, args), 2)
}

func (p *replayPage) against(s plan.SameHours) i18n.Args {
	return i18n.Args{
		"Wanted": p.words.Number(s.Hours, 0), "Fewer": p.words.Change(1 - s.Fewer), "Same": p.words.Share(s.Share, 1),
		"AtMost": s.HoursAre == plan.AtMost, "MoreThan": s.HoursAre == plan.MoreThan,
	}
}

// ways is a row for each way of planning.
func (p *replayPage) ways() {
	p.line()
	var header []string
	for _, id := range []string{"way", "in_time", "reached", "phone", "email", "free", "gap"} {
		header = append(header, p.words.Say("replay_col."+id))
	}
	row := func(id string, s plan.WayScore) []string {
		return []string{
			p.words.Say("replay_way." + id), p.words.Share(s.Share, 1), strconv.Itoa(s.Reached), p.words.Number(s.PhoneHours, 0),
			p.words.Number(s.EmailHours, 0), p.words.Number(s.FreeHours, 0), p.words.Number(s.GapHours, 0),
		}
	}
	t := &p.r.Total
	p.table(header, [][]string{
		row("bemanna", t.Bemanna), row("spreadsheet", t.Spreadsheet), row("one_group", t.OneGroup), row("foresight", t.Foresight),
	})
	var points []string
	for _, c := range p.r.Curve {
		points = append(points, p.words.Say("replay.point", i18n.Args{"Hours": p.words.Number(c.PhoneHours, 0), "Share": p.words.Share(c.Share, 1)}))
	}
	p.line()
	p.wrapped(p.words.Say("replay.curve", i18n.Args{"Points": strings.Join(points, " · ")}), 2)
}

// days is a row for each day.
func (p *replayPage) days() {
	p.line()
	var header []string
	for _, id := range []string{"day", "calls", "happened", "bemanna", "hours", "spreadsheet", "hours", "one_group", "foresight", "hours"} {
		header = append(header, p.words.Say("replay_col."+id))
	}
	share := func(s plan.WayScore) string { return p.words.Share(s.Share, 1) }
	hours := func(s plan.WayScore) string { return p.words.Number(s.PhoneHours, 0) }
	var rows [][]string
	for i := range p.r.Days {
		d := &p.r.Days[i]
		happened := "–"
		if d.Happened != nil {
			happened = p.words.Share(*d.Happened, 1)
		}
		rows = append(rows, []string{
			d.Date.String(), p.words.Number(d.Offered, 0), happened,
			share(d.Bemanna), hours(d.Bemanna), share(d.Spreadsheet), hours(d.Spreadsheet), share(d.OneGroup),
			share(d.Foresight), hours(d.Foresight),
		})
	}
	p.table(header, rows)
}

// legend says what the ways are.
func (p *replayPage) legend() {
	p.line()
	for _, id := range []string{"bemanna", "spreadsheet", "one_group", "foresight", "all"} {
		p.wrapped(p.words.Say("replay_what."+id), 2)
	}
}
