package centre

import (
	"cmp"
	_ "embed" // the draft itself
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bemanna/internal/civil"
)

// DraftInput is what a telephony export tells of a centre.
type DraftInput struct {
	Name     string
	Language string        // "": sv
	Timezone string        // "": Europe/Stockholm
	Calendar string        // none where calls come on Swedish holidays; "": se
	Interval time.Duration // 0: 15 minutes
	Groups   []DraftGroup  // at least one
}

// DraftGroup is what an export tells of an answer group.
type DraftGroup struct {
	// ID is what the export calls the group, and Name what people call it; one
	// of them is enough. No two groups may have the same.
	ID, Name string
	Channel  Channel // "": Phone
	// Hours are the times of the first and the last call on a time.Weekday; the
	// zero Span: none.
	Hours      [7]civil.Span
	HandleTime time.Duration // 0: not known
	Patience   time.Duration // 0: not known
	Volume     float64       // cases on an open day; 0: not known
}

//go:embed draft.yaml.tmpl
var draftText string

var draft = template.Must(template.New("draft").Funcs(template.FuncMap{
	"quote": strconv.Quote, // a Go string is a YAML string: its escapes are among YAML's
	"brief": brief,
	"level": func(t Target) string { return fmt.Sprintf("%g/%gs", t.Share*100, t.Within.Seconds()) },
	"hash": func(seen bool) string {
		if seen {
			return ""
		}
		return "#"
	},
}).Parse(draftText))

// draftGroup is a group as it stands in the draft.
type draftGroup struct {
	Group
	Key                                 string // in the export, where it is not the id
	HoursSeen, HandleSeen, PatienceSeen bool
	Volume                              float64
}

// Draft writes a commented centre file for somebody who has nothing but a
// telephony export. Load reads what it writes. Opening hours are widened to the
// grid of the interval, and ids are made of what the export calls the groups.
func Draft(w io.Writer, in DraftInput) error {
	loc, ok := zone.parse(cmp.Or(in.Timezone, "Europe/Stockholm"))
	if !ok {
		return fmt.Errorf("time zone %q, want %s", in.Timezone, zone.want)
	}
	d := struct {
		Centre
		Timezone, CalendarName string
		Given                  string // the language, where it is named
		Groups                 []draftGroup
	}{Centre: defaults(loc), Timezone: loc.String(), CalendarName: in.Calendar}
	d.Name = oneLine(in.Name, "Contact centre")
	if in.Language != "" && !slices.Contains([]string{"sv", "en"}, in.Language) {
		return fmt.Errorf("language %q, want sv or en", in.Language)
	}
	d.Given = in.Language
	d.Interval = cmp.Or(in.Interval, d.Interval)
	if _, ok := interval.parse(d.Interval.String()); !ok {
		return fmt.Errorf("interval %s, want %s", d.Interval, interval.want)
	}
	if in.Calendar != "" && in.Calendar != "none" {
		return fmt.Errorf("calendar %q, want none, or nothing for Sweden's", in.Calendar)
	}
	keys, err := draftKeys(in.Groups)
	if err != nil {
		return err
	}
	ids := draftIDs(keys)
	for i, g := range in.Groups {
		d.Groups = append(d.Groups, newDraftGroup(g, ids[i], keys[i], d.Interval))
	}
	return draft.Execute(w, d)
}

func newDraftGroup(in DraftGroup, id, key string, step time.Duration) draftGroup {
	g := draftGroup{Group: newGroup(cmp.Or(in.Channel, Phone), defaults(nil).Target), Volume: in.Volume}
	g.ID = id
	g.Name = oneLine(cmp.Or(strings.TrimSpace(in.Name), in.ID), id)
	if key != id {
		g.Key = key
	}
	g.Hours = draftHours(in.Hours, civil.Clock(step/time.Minute))
	if g.HoursSeen = len(g.Hours) > 0; !g.HoursSeen {
		g.Hours = civil.Hours{{Days: monFri, Span: civil.Span{Open: 8 * 60, Close: 17 * 60}}} // on every grid
	}
	if d := in.HandleTime.Round(time.Second); 0 < d && d <= 24*time.Hour {
		g.HandleTime, g.HandleSeen = d, true
	}
	if d := in.Patience.Round(time.Second); 0 < d && d <= 24*time.Hour {
		g.Patience, g.PatienceSeen = d, true
	}
	return g
}

// draftHours gives a line for each span, widened to the grid.
func draftHours(seen [7]civil.Span, step civil.Clock) civil.Hours {
	var hours civil.Hours
	for i := range 7 {
		day := time.Weekday((i + 1) % 7) // Monday first
		s := seen[day]
		s.Open -= s.Open % step
		s.Close += (step - s.Close%step) % step
		if s.Open < 0 || s.Open >= s.Close || s.Close > 24*60 {
			continue
		}
		line := slices.IndexFunc(hours, func(o civil.Opening) bool { return o.Span == s })
		if line < 0 {
			hours = append(hours, civil.Opening{Span: s})
			line = len(hours) - 1
		}
		hours[line].Days |= 1 << day
	}
	return hours
}

// draftKeys gives what the export calls each group.
func draftKeys(groups []DraftGroup) ([]string, error) {
	if len(groups) == 0 {
		return nil, errors.New("no answer groups, want at least one")
	}
	var keys []string
	for i, g := range groups {
		key := cmp.Or(strings.TrimSpace(g.ID), strings.TrimSpace(g.Name))
		key = strings.ToValidUTF8(key, "?")
		switch {
		case key == "":
			return nil, fmt.Errorf("answer group %d: no id and no name, want one", i+1)
		case g.Channel != "" && g.Channel != Phone && g.Channel != Email:
			return nil, fmt.Errorf("answer group %q: channel %q, want phone or email", key, g.Channel)
		case slices.Contains(keys, key):
			return nil, fmt.Errorf("answer group %q: a second time, want it once", key)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// draftIDs makes an id of each key, none of which is another or another's key.
func draftIDs(keys []string) []string {
	taken := map[string]bool{}
	for _, key := range keys {
		taken[key] = true
	}
	ids := make([]string, len(keys))
	for i, key := range keys {
		base := slug(key)
		id := base
		for n := 2; taken[id] && id != key; n++ {
			id = fmt.Sprintf("%s_%d", base, n)
		}
		taken[id] = true
		ids[i] = id
	}
	return ids
}

// slug makes plain small letters, digits and underscores of a name: Äldre
// direkt becomes aldre_direkt.
func slug(name string) string {
	const longest = 40
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r): // the ring of å
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
		if b.Len() >= longest {
			break
		}
	}
	return cmp.Or(b.String(), "group")
}

// oneLine makes text that fits the line scalar.
func oneLine(s, otherwise string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	return cmp.Or(strings.TrimSpace(s), otherwise)
}
