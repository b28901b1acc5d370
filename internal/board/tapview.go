package board

import (
	"net/http"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// tapView is what the page of a day has for those who may check people in.
type tapView struct {
	Version             int // of the plan that the page shows
	Propose, Note, Undo string
	People              map[string]markView
	CallIn              []option   // people who are not in the plan
	Called              []markView // those of them who are marked
	Present             []option   // people who may be lent
	Groups              []option   // to whose calls
	CanUndo             bool
	MostNote            int
}

// Of gives the choices for a person of the plan.
func (v *tapView) Of(id string) *markView {
	m, ok := v.People[id]
	if !ok {
		return nil
	}
	return &m
}

// markView are the choices that there are for a person. Exactly one is checked.
type markView struct {
	ID, Name    string
	Choices     []choice
	From, Until string
	Group       string // to whose calls the person is lent
	Marked      bool
}

type choice struct {
	Value, Word string
	Checked     bool
}

type option struct{ ID, Name string }

// edit shows the day with the marks that were sent, to change them, and says
// what is wrong with them where something is.
func (b *Board) edit(w http.ResponseWriter, t *tapped, marks []notice, status int, wrong string) error {
	return b.showMarked(w, t.request, t.c, t.date, marks, status, wrong)
}

// editOvertaken shows the day as others have changed it, and what they did.
func (b *Board) editOvertaken(w http.ResponseWriter, t *tapped, marks []notice) error {
	why, err := b.overtaken(t)
	if err != nil {
		return err
	}
	return b.edit(w, t, marks, http.StatusConflict, why)
}

// tapOf is the view for checking people in; nil for those who may not, and on a
// day that has no plan of its own or is over.
func tapOf(q *request, c *centre.Centre, k known, marks []notice) *tapView {
	today := civil.DateOf(q.now.In(c.Location))
	if q.user.Role < Lead || k.day == nil || k.day.Date != k.date || k.date < today {
		return nil
	}
	path := "/day/" + k.date.String()
	v := &tapView{
		Version: k.day.Version, Propose: q.to(path + "/checkin"), Note: q.to(path + "/note"), Undo: q.to(path + "/undo"),
		People: map[string]markView{}, CanUndo: k.day.Basis > 0, MostNote: mostNote,
	}
	marked := map[string]notice{}
	for _, m := range marks {
		marked[m.Person] = m
	}
	for _, a := range k.day.Agents {
		m := marked[a.ID]
		kinds := possible(a)
		if slices.Contains([]noticeKind{markLend, markStay, markCancel}, m.Kind) {
			kinds = append(kinds, m.Kind) // was said in another place
		}
		v.People[a.ID] = viewMark(a.ID, a.Name, kinds, m, q.words)
		if a.Shift != nil {
			v.Present = append(v.Present, option{a.ID, a.Name})
		}
	}
	for _, g := range k.day.Groups {
		v.Groups = append(v.Groups, option{g.ID, g.Name})
	}
	for _, p := range c.People {
		if _, planned := v.People[p.ID]; planned {
			continue
		}
		if m, is := marked[p.ID]; is {
			v.Called = append(v.Called, viewMark(p.ID, p.Name, []noticeKind{markHere}, m, q.words))
		} else {
			v.CallIn = append(v.CallIn, option{p.ID, p.Name})
		}
	}
	return v
}

// possible are the marks that can be true of somebody in a plan.
func possible(a plan.Agent) []noticeKind {
	switch {
	case a.Absent:
		return []noticeKind{markBack}
	case a.Shift == nil:
		return []noticeKind{markHere}
	case slices.ContainsFunc(a.Activities, func(x plan.Activity) bool { return x.Kind == "absent" }):
		return []noticeKind{markAbsent, markFrom, markLate, markBack}
	default:
		return []noticeKind{markAbsent, markFrom, markLate}
	}
}

func viewMark(id, name string, kinds []noticeKind, m notice, w *i18n.Words) markView {
	v := markView{ID: id, Name: name, From: m.From, Until: m.Until, Group: m.Group, Marked: m.Kind != ""}
	v.Choices = append(v.Choices, choice{"", w.Say("tap.none"), m.Kind == ""})
	for _, k := range kinds {
		v.Choices = append(v.Choices, choice{string(k), w.Say("tap." + string(k)), m.Kind == k})
	}
	return v
}

// tell adds what people have said and done: the notes, and the newest change.
func (v *dayView) tell(q *request, p dayPage) error {
	for _, e := range p.notes {
		if e.Kind == store.EntryNote {
			v.Say = append(v.Say, q.words.Say("board.note_line", i18n.Args{
				"Text": e.Text, "By": e.By, "Clock": civil.ClockOf(e.At.In(p.c.Location)),
			}))
		}
	}
	if p.day == nil || p.day.Date != p.date {
		return nil
	}
	all, err := plan.Revisions(q.Context(), p.c, p.db, p.date, p.day.Version-1)
	if err == nil && len(all) > 0 && all[0].Kind != plan.RevisionMade {
		v.Changed = revisionText(all[0], q.words)
	}
	return err
}

// revisionText says how a version of a plan came about.
func revisionText(r plan.Revision, w *i18n.Words) string {
	args := i18n.Args{"Version": r.Version, "By": r.By, "Clock": civil.ClockOf(r.At), "To": r.To, "What": joined(reported(r.Reports, w))}
	return w.Say("revision."+string(r.Kind), args)
}

// reported puts what was reported of people into words.
func reported(all []plan.Report, w *i18n.Words) []string {
	var out []string
	for _, r := range all {
		args := i18n.Args{"Name": r.Name, "Group": r.GroupName}
		if r.From > 0 {
			args["From"] = r.From
		}
		if r.Until > 0 {
			args["Until"] = r.Until
		}
		out = append(out, w.Say("reported."+string(r.Kind), args))
	}
	return out
}
