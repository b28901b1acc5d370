package export

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// ChatLimit is the number of letters that every chat takes in one message.
const ChatLimit = 2000

// Chat gives the day as plain text of at most ChatLimit letters: the same
// blocks as the page. What does not fit is left out from the end, block by
// block, and the text says so.
func Chat(d *plan.Day, words *i18n.Words) string {
	blocks := []string{title(d, words)}
	add := func(title string, lines ...string) {
		text := strings.Join(lines, "\n")
		if title != "" {
			text = strings.ToUpper(words.Say(title)) + "\n" + text
		}
		blocks = append(blocks, text)
	}
	if len(d.Groups) > 0 {
		add("", Today(d, words), outlook(d, words))
	}
	if lines := alarms(d, words); len(lines) > 0 {
		add("", lines...)
	}
	if len(d.Groups) > 0 {
		add("step.people", chatPeople(d, words)...)
		add("step.work", chatWork(d, words)...)
		add("step.tasks", chatTasks(d, words)...)
		add("step.breaks", chatBreaks(d)...)
	}
	return fit(blocks, "… "+words.Say("chat.more"))
}

// fit joins the blocks, whole lines as long as they fit.
func fit(blocks []string, more string) string {
	text := strings.Join(blocks, "\n\n") + "\n"
	if utf8.RuneCountInString(text) <= ChatLimit {
		return text
	}
	room := ChatLimit - utf8.RuneCountInString(more) - 1
	var out strings.Builder
	n := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		k := utf8.RuneCountInString(line)
		if n+k > room {
			break
		}
		out.WriteString(line)
		n += k
	}
	return strings.TrimRight(out.String(), "\n") + "\n" + more + "\n"
}

func chatPeople(d *plan.Day, words *i18n.Words) []string {
	var lines, leads []string
	for _, u := range d.Units {
		if c := countUnit(d, u.ID); c.here+c.away > 0 {
			lines = append(lines, words.Say("chat.people", i18n.Args{
				"Unit": u.Name, "Here": c.here, "Away": c.away, "Temps": c.temps,
			}))
		}
	}
	names := map[string]string{}
	for _, a := range d.Agents {
		names[a.ID], _, _ = strings.Cut(a.Name, " ")
	}
	for _, t := range d.Tables {
		if t.Lead == "" {
			continue
		}
		mark := ""
		if t.StandIn {
			mark = "*"
		}
		leads = append(leads, t.ID+" "+names[t.Lead]+mark)
	}
	if len(leads) > 0 {
		lines = append(lines, words.Say("page.leads", i18n.Args{"Leads": strings.Join(leads, " · ")}))
	}
	return lines
}

// chatWork gives a line for each pool: calls, and the hours below the need.
func chatWork(d *plan.Day, words *i18n.Words) []string {
	var lines []string
	for _, p := range hourly(d) {
		calls := 0.0
		var short []string
		for h, x := range p.hours {
			if x.quarters == 0 {
				continue
			}
			calls += x.calls
			if x.mark(d.Target.Share) == "-" {
				short = append(short, fmt.Sprintf("%02d: %s/%s", h, words.Number(x.staffed, 1), words.Number(x.need, 1)))
			}
		}
		line := words.Say("chat.work", i18n.Args{"Pool": p.name, "Calls": words.Number(calls, 0)})
		if len(short) > 0 {
			line += " " + words.Say("chat.short", i18n.Args{"Hours": strings.Join(short, ", ")})
		}
		lines = append(lines, line)
	}
	return lines
}

// chatTasks says when e-mail is worked and by how many: the rest is on the
// telephone.
func chatTasks(d *plan.Day, words *i18n.Words) []string {
	hours := words.Say("chat.tasks", i18n.Args{
		"Phone": words.Number(d.Summary.PhoneHours, 0), "Email": words.Number(d.Summary.EmailHours, 0),
	})
	return append([]string{hours}, emails(d, words)...)
}

func chatBreaks(d *plan.Day) []string {
	var lines []string
	for _, t := range seating(d) {
		if coffee := t.starts("break"); len(coffee) > 0 {
			lines = append(lines, t.id+" "+counted(coffee))
		}
	}
	return lines
}
