package export

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// ErrNoPerson says that the plan does not know somebody.
var ErrNoPerson = errors.New("not in the plan")

// Calendar writes days of one person as iCalendar (RFC 5545): one event for
// the whole shift of each, with what is done when in its description. One event, for a
// person has one shift: with its UID and the plan's version as SEQUENCE, a later
// plan replaces it whole and leaves nothing of the earlier one behind. Who has
// no shift gets the event cancelled, without a reason.
//
// Times are instants in UTC, so that each calendar shows its own. The error is
// ErrNoPerson when the plan of a day does not have the person.
func Calendar(w io.Writer, days []*plan.Day, person string, words *i18n.Words) error {
	cal := ics.NewCalendar()
	cal.SetProductId("-//bemanna//plan//" + strings.ToUpper(words.Language))
	cal.SetMethod(ics.MethodPublish)
	for _, d := range days {
		i := slices.IndexFunc(d.Agents, func(a plan.Agent) bool { return a.ID == person })
		if i < 0 {
			return fmt.Errorf("person %q: %w of %s", person, ErrNoPerson, d.Date)
		}
		addShift(cal.AddEvent(shiftUID(d, person)), d, d.Agents[i], words)
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// shiftUID is the same for all plans of a day, and tells nobody's name.
func shiftUID(d *plan.Day, person string) string {
	sum := sha256.Sum256([]byte(d.Centre + "\x00" + person))
	return fmt.Sprintf("%s-%x@bemanna", d.Date, sum[:8])
}

func addShift(e *ics.VEvent, d *plan.Day, a plan.Agent, words *i18n.Words) {
	e.SetDtStampTime(d.Made)
	e.SetSequence(d.Version)
	if a.Shift == nil {
		e.SetAllDayStartAt(d.Date.Start(d.Made.Location()))
		e.SetSummary(words.Say("ical.none"))
		e.SetStatus(ics.ObjectStatusCancelled)
		e.SetTimeTransparency(ics.TransparencyTransparent)
		return
	}
	e.SetStartAt(a.Shift.Start)
	e.SetEndAt(a.Shift.End)
	summary := words.Say("ical.shift", i18n.Args{"Centre": d.Centre})
	for _, t := range d.Tables {
		if t.ID == a.Table {
			e.SetLocation(textValue(t.Name))
		}
		if t.Lead == a.ID {
			summary = words.Say("ical.lead", i18n.Args{"Centre": d.Centre, "Table": t.Name})
		}
	}
	e.SetSummary(textValue(summary))
	e.SetDescription(textValue(shiftText(d, a, words)))
	e.SetStatus(ics.ObjectStatusConfirmed)
}

// shiftText lists what somebody does, a line for each activity, then whose
// calls and e-mail it is.
func shiftText(d *plan.Day, a plan.Agent, words *i18n.Words) string {
	names := map[string]string{}
	for _, g := range d.Groups {
		names[g.ID] = g.Name
	}
	for _, e := range d.Email {
		names[e.ID] = e.Name
	}
	var lines, groups []string
	for _, act := range joined(a.Activities) {
		lines = append(lines, fmt.Sprintf("%s–%s %s", civil.ClockOf(act.Start), civil.EndClock(act.End), words.Say("kind."+act.Kind)))
	}
	for _, act := range a.Activities {
		for _, g := range act.Groups {
			if name := names[g]; name != "" && !slices.Contains(groups, name) {
				groups = append(groups, name)
			}
		}
	}
	if len(groups) > 0 {
		lines = append(lines, words.Say("ical.groups", i18n.Args{"Groups": strings.Join(groups, ", ")}))
	}
	return strings.Join(append(lines, words.Say("ical.version", i18n.Args{"Version": d.Version, "Made": words.Stamp(d.Made)})), "\n")
}

// joined makes one of activities of a kind that follow each other, whichever
// groups they are for.
func joined(all []plan.Activity) []plan.Activity {
	var out []plan.Activity
	for _, a := range all {
		if k := len(out) - 1; k >= 0 && out[k].Kind == a.Kind && out[k].End.Equal(a.Start) {
			out[k].End = a.End
			continue
		}
		out = append(out, plan.Activity{Start: a.Start, End: a.End, Kind: a.Kind})
	}
	return out
}

// textValue leaves out the control characters that the library would write as
// they are: a lone carriage return would begin a new line of the file.
func textValue(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
