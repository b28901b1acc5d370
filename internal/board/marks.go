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
	Group       string // to whose calls the person is lent
}

// noticeKind is what is said of a person.
type noticeKind string

// The kinds of marks. The zero kind is no mark.
const (
	markAbsent noticeKind = "absent" // away all day
	markFrom   noticeKind = "from"   // away from From on
	markLate   noticeKind = "late"   // comes at From
	markHere   noticeKind = "here"   // here after all, or called in, from From until Until
	markBack   noticeKind = "back"   // the same of somebody who was reported away
	markLend   noticeKind = "lend"   // takes calls of Group too, from From until Until
	markStay   noticeKind = "stay"   // stays until Until
	markCancel noticeKind = "cancel" // what is booked from From until Until is called off
)

// markKinds are all kinds of marks.
var markKinds = []noticeKind{markAbsent, markFrom, markLate, markHere, markBack, markLend, markStay, markCancel}

// fault of a mark: whose it is, and which message says what is wrong.
type markError struct{ person, key string }

func (e *markError) Error() string { return fmt.Sprintf("mark of %q: %s", e.person, e.key) }

// mostName is the longest id of a person that a form may hold.
const mostName = 100

// parseMarks reads the fields mark-ID, from-ID, until-ID and group-ID of a form,
// in the order of the ids, those of the person who is called in, extra, extra-from
// and extra-until, and those of the one who is lent, lend, lend-to and so on. What
// cannot be a mark is a fault.
func parseMarks(form url.Values) ([]notice, error) {
	var out []notice
	for name := range form {
		id, is := strings.CutPrefix(name, "mark-")
		kind := noticeKind(form.Get(name))
		if !is || kind == "" {
			continue
		}
		if id == "" || len(id) > mostName || !utf8.ValidString(id) ||
			!slices.Contains(markKinds, kind) {
			return nil, badRequest("board.fault_mark", name+"="+string(kind))
		}
		out = append(out, notice{id, kind, form.Get("from-" + id), form.Get("until-" + id), form.Get("group-" + id)})
	}
	for name, kind := range map[string]noticeKind{"extra": markHere, "lend": markLend} {
		id := form.Get(name)
		if id == "" {
			continue
		}
		out = slices.DeleteFunc(out, func(m notice) bool { return m.Person == id })
		out = append(out, notice{id, kind, form.Get(name + "-from"), form.Get(name + "-until"), form.Get(name + "-to")})
	}
	slices.SortFunc(out, func(a, b notice) int { return strings.Compare(a.Person, b.Person) })
	return out, nil
}

// newsOf turns marks into news. The error is *markError.
func newsOf(marks []notice) ([]plan.News, error) {
	var out []plan.News
	for _, m := range marks {
		n := plan.News{Kind: plan.NewsKind(m.Kind), Person: m.Person}
		free := m.Kind == markHere || m.Kind == markBack || m.Kind == markLend
		var err error
		switch m.Kind {
		case markBack:
			n.Kind = plan.NewsHere
			n.From, err = m.time(m.From, true)
		case markAbsent, markStay: // a time that is left over says nothing of a whole day
		case markFrom:
			n.Kind = plan.NewsAbsent
			n.From, err = m.time(m.From, false)
		default:
			n.From, err = m.time(m.From, free)
		}
		if err != nil {
			return nil, err
		}
		if free || m.Kind == markStay || m.Kind == markCancel {
			if n.Until, err = m.time(m.Until, free); err != nil {
				return nil, err
			}
		}
		if m.Kind == markLend {
			n.Group = m.Group
		}
		out = append(out, n)
	}
	return out, nil
}

// taking gives the marks that take an offer; nil where somebody whom it is about
// is marked already.
func taking(o plan.Offer, marks []notice) []notice {
	var out []notice
	for _, n := range o.News() {
		if slices.ContainsFunc(marks, func(m notice) bool { return m.Person == n.Person }) {
			return nil
		}
		m := notice{Person: n.Person, Kind: noticeKind(n.Kind), Until: n.Until.String()}
		if n.From > 0 {
			m.From = n.From.String()
		}
		out = append(out, m)
	}
	return out
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
		if m.Group != "" {
			out = append(out, field{"group-" + m.Person, m.Group})
		}
	}
	return out
}
