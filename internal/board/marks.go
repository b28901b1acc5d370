package board

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// notice is what a lead has said of a person by the fields of a form, as they
// came: the same fields show it again when something is wrong with it.
type notice struct {
	Person      string
	Kind        noticeKind
	From, Until string // times of day, such as 09:30; "": not said
}

// noticeKind is what is said of a person.
type noticeKind string

// The kinds of marks. The zero kind is no mark.
const (
	markAbsent noticeKind = "absent" // away all day
	markFrom   noticeKind = "from"   // away from From on
	markLate   noticeKind = "late"   // comes at From
	markHere   noticeKind = "here"   // here after all, or called in, from From until Until
)

// fault of a mark: whose it is, and which message says what is wrong.
type markError struct{ person, key string }

func (e *markError) Error() string { return fmt.Sprintf("mark of %q: %s", e.person, e.key) }

// mostName is the longest id of a person that a form may hold.
const mostName = 100

// parseMarks reads the fields mark-ID, from-ID and until-ID of a form, in the
// order of the ids, and those of the person who is called in: extra, extra-from
// and extra-until. What cannot be a mark is a fault.
func parseMarks(form url.Values) ([]notice, error) {
	var out []notice
	for name := range form {
		id, is := strings.CutPrefix(name, "mark-")
		kind := noticeKind(form.Get(name))
		if !is || kind == "" {
			continue
		}
		if id == "" || len(id) > mostName || !utf8.ValidString(id) ||
			!slices.Contains([]noticeKind{markAbsent, markFrom, markLate, markHere}, kind) {
			return nil, badRequest("board.fault_mark", name+"="+string(kind))
		}
		out = append(out, notice{id, kind, form.Get("from-" + id), form.Get("until-" + id)})
	}
	if id := form.Get("extra"); id != "" {
		out = slices.DeleteFunc(out, func(m notice) bool { return m.Person == id })
		out = append(out, notice{id, markHere, form.Get("extra-from"), form.Get("extra-until")})
	}
	slices.SortFunc(out, func(a, b notice) int { return strings.Compare(a.Person, b.Person) })
	return out, nil
}

// newsOf turns marks into news. The error is *markError.
func newsOf(marks []notice) ([]plan.News, error) {
	var out []plan.News
	for _, m := range marks {
		n := plan.News{Kind: plan.NewsKind(m.Kind), Person: m.Person}
		if m.Kind == markFrom {
			n.Kind = plan.NewsAbsent
		}
		if m.Kind != markAbsent { // a time that is left over says nothing of a whole day
			var err error
			if n.From, err = m.time(m.From, m.Kind == markHere); err != nil {
				return nil, err
			}
		}
		if m.Kind == markHere {
			var err error
			if n.Until, err = m.time(m.Until, true); err != nil {
				return nil, err
			}
		}
		out = append(out, n)
	}
	return out, nil
}

// time reads a time of day, which may be missing where it is free.
func (m notice) time(text string, free bool) (civil.Clock, error) {
	if text == "" {
		if free {
			return 0, nil
		}
		return 0, &markError{m.Person, "board.tap_wants_time"}
	}
	c, err := civil.ParseClock(text)
	if err != nil || c == 0 {
		return 0, &markError{m.Person, "board.tap_bad_time"}
	}
	return c, nil
}

// field is a hidden field of a form.
type field struct{ Name, Value string }

// fields carry marks from page to page.
func fields(marks []notice) []field {
	var out []field
	for _, m := range marks {
		out = append(out, field{"mark-" + m.Person, string(m.Kind)})
		if m.From != "" {
			out = append(out, field{"from-" + m.Person, m.From})
		}
		if m.Until != "" {
			out = append(out, field{"until-" + m.Person, m.Until})
		}
	}
	return out
}
