package board

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// tapped is a form that changes a day: which day, in which store, and what the
// sender had read.
type tapped struct {
	*request
	c    *centre.Centre
	db   *store.Store
	date civil.Date
	read int // the version that the form was made from
}

// tap reads what all forms of a day have in common. Plans of past days stay.
func (b *Board) tap(q *request) (*tapped, error) {
	date, err := civil.ParseDate(q.PathValue("date"))
	if err != nil {
		return nil, badRequest("board.fault_date", q.PathValue("date"))
	}
	if err := q.readForm(); err != nil {
		return nil, err
	}
	t := &tapped{request: q, date: date}
	if t.read, err = strconv.Atoi(q.PostForm.Get("version")); err != nil || t.read < 1 {
		return nil, badRequest("board.fault_version", q.PostForm.Get("version"))
	}
	if t.c, err = b.source.centre(); err != nil {
		return nil, err
	}
	if date < civil.DateOf(q.now.In(t.c.Location)) {
		return nil, fault{Status: http.StatusConflict, Key: "board.fault_past", Args: i18n.Args{"Value": date.String()}}
	}
	if t.db, err = b.source.open(q.Context()); err != nil {
		return nil, fault{Status: http.StatusServiceUnavailable, Key: "board.fault_unsaved", Cause: err}
	}
	return t, nil
}

// readForm reads the form that was sent.
func (q *request) readForm() error {
	err := q.ParseForm()
	if tooMuch := new(http.MaxBytesError); errors.As(err, &tooMuch) {
		return fault{Status: http.StatusRequestEntityTooLarge, Key: "board.fault_large", Cause: err}
	}
	if err != nil {
		return fault{Status: http.StatusBadRequest, Key: "board.fault_form", Cause: err}
	}
	return nil
}

// dayURL is the page of the day that a form is about.
func (t *tapped) dayURL() string { return t.to("/day/" + t.date.String()) }

// see sends the reader on to a page, so that loading it again changes nothing.
func see(w http.ResponseWriter, q *request, url string) error {
	http.Redirect(w, q.Request, url, http.StatusSeeOther) //nolint:gosec // a page of ours, by the callers
	return nil
}

// propose shows the repaired plan for what is marked, or the day again with the
// marks where they are to be changed or cannot be true.
func (b *Board) propose(w http.ResponseWriter, q *request) error {
	t, err := b.tap(q)
	if err != nil {
		return err
	}
	marks, err := parseMarks(q.PostForm)
	if err != nil {
		return err
	}
	if q.PostForm.Get("do") == "edit" {
		return b.edit(w, t, marks, http.StatusOK, "")
	}
	if len(marks) == 0 {
		return b.edit(w, t, marks, http.StatusUnprocessableEntity, q.words.Say("board.tap_nothing"))
	}
	return b.repaired(w, t, marks, ticks{}, "")
}

// repaired works the proposal out and shows it. Why says why it is shown anew
// where the sender wanted something else.
func (b *Board) repaired(w http.ResponseWriter, t *tapped, marks []notice, chosen ticks, why string) error {
	newest, err := newest(t)
	if err != nil {
		return err
	}
	p, err := b.proposals.ask(t.Context(), question{t.c, t.db, t.date, newest.Version, marks, t.now})
	if errors.Is(err, plan.ErrOvertaken) { // time and again
		return b.editOvertaken(w, t, marks)
	}
	if err != nil {
		if text := wrongMarks(err, t); text != "" {
			return b.edit(w, t, marks, http.StatusUnprocessableEntity, text)
		}
		return unsaved(err)
	}
	if p.result.Version != t.read {
		if why, err = b.overtaken(t); err != nil {
			return err
		}
	}
	return b.proposed(w, t.request, p, chosen, why)
}

// proposed shows a proposal that is worked out, and why it is not what the sender
// wanted where it is not.
func (b *Board) proposed(w http.ResponseWriter, q *request, p *proposal, chosen ticks, why string) error {
	p.mu.Lock()
	v := viewProposal(p, q, chosen)
	p.mu.Unlock()
	f := frame{Title: v.Title, Body: v, Address: v.Self}
	status := http.StatusOK
	if why != "" {
		f.Banners = []banner{{Text: why, Urgent: true}}
		status = http.StatusConflict
	}
	return b.show(w, q, status, "proposal", f)
}

// showProposal shows a proposal again that holds, to whoever comes back to it;
// else the day.
func (b *Board) showProposal(w http.ResponseWriter, q *request) error {
	date, err := civil.ParseDate(q.PathValue("date"))
	if err != nil {
		return badRequest("board.fault_date", q.PathValue("date"))
	}
	p := b.proposals.find(q.PathValue("proposal"), q.now)
	if p == nil || !p.worked() || p.result.Date != date || p.accepted() {
		return see(w, q, q.to("/day/"+date.String()))
	}
	return b.proposed(w, q, p, ticks{}, "")
}

// newest gives the newest plan of the day, which must have one.
func newest(t *tapped) (*plan.Day, error) {
	d, err := plan.Stored(t.Context(), t.c, t.db, t.date)
	if errors.Is(err, plan.ErrNoPlan) {
		return nil, fault{Status: http.StatusConflict, Key: "board.fault_no_plan", Args: i18n.Args{"Value": t.date.String()}}
	}
	if err != nil {
		return nil, unsaved(err)
	}
	return d, nil
}

// wrongMarks says what is wrong with marks; "": it is not the marks.
func wrongMarks(err error, t *tapped) string {
	if m, is := errors.AsType[*markError](err); is {
		name := m.person
		if p, ok := t.c.Person(m.person); ok {
			name = p.Name
		}
		return t.words.Say(m.key, i18n.Args{"Name": name})
	}
	if e, is := errors.AsType[*plan.CheckInError](err); is {
		return refusalText(e.Refusal, t.words)
	}
	return ""
}

// refusalText says why a check-in cannot be.
func refusalText(r plan.Refusal, w *i18n.Words) string {
	args := i18n.Args{"Name": r.Name, "Group": r.Group, "From": r.From, "Until": r.Until}
	if r.Date != 0 {
		args["Day"] = w.Day(r.Date)
	}
	return w.Say("refused."+string(r.Reason), args)
}

// overtaken tells what others have done since the sender read the plan.
func (b *Board) overtaken(t *tapped) (string, error) {
	all, err := plan.Revisions(t.Context(), t.c, t.db, t.date, t.read)
	if err != nil {
		return "", unsaved(err)
	}
	slices.Reverse(all)
	var told []string
	for _, r := range all {
		told = append(told, revisionText(r, t.words))
	}
	return t.words.Say("board.tap_overtaken", i18n.Args{"What": joined(told)}), nil
}

// accept makes a proposal the plan, with the changes that are ticked. A second
// tap on the same button finds that it is done.
func (b *Board) accept(w http.ResponseWriter, q *request) error {
	t, err := b.tap(q)
	if err != nil {
		return err
	}
	marks, err := parseMarks(q.PostForm)
	if err != nil {
		return err
	}
	chosen := readTicks(q.PostForm)
	p := b.proposals.find(q.PostForm.Get("proposal"), q.now)
	if p == nil || !p.worked() || p.result.Date != t.date {
		return b.repaired(w, t, marks, chosen, q.words.Say("board.tap_again"))
	}
	p.mu.Lock()
	if p.result.Accepted > 0 {
		p.mu.Unlock()
		return see(w, q, t.dayURL())
	}
	err = b.store(t, p, chosen)
	p.mu.Unlock()
	if errors.Is(err, plan.ErrOvertaken) {
		b.proposals.drop(p)
		why, tellErr := b.overtaken(t)
		if tellErr != nil {
			return tellErr
		}
		return b.repaired(w, t, marks, chosen, why)
	}
	if err != nil {
		return unsaved(err)
	}
	return see(w, q, t.dayURL())
}

// store stores the chosen changes of a proposal and publishes the plan. The
// caller holds p.mu.
func (b *Board) store(t *tapped, p *proposal, chosen ticks) error {
	ctx, cancel := context.WithTimeout(t.Context(), b.patience)
	defer cancel()
	a := plan.Acceptance{All: chosen.all(p.result.Changes), People: chosen.yes, By: t.user.Name, At: t.now}
	d, err := plan.Accept(ctx, t.c, t.db, p.result, a)
	if err != nil {
		return err
	}
	b.proposals.moved(t.date, d.Version)
	b.published(t, d)
	return nil
}

// published replaces what is published. The plan is in the store: that it cannot
// be published is in the log, and no failure.
func (b *Board) published(t *tapped, d *plan.Day) {
	if b.publish == nil {
		return
	}
	if err := b.publish(t.c, d, t.user.Name); err != nil {
		b.log.ErrorContext(t.Context(), "not published", "day", d.Date.String(), "version", d.Version, "error", err)
	}
}

// ticks are the changes that were shown, and those that are wanted: ids.
type ticks struct{ shown, yes []string }

func readTicks(form url.Values) ticks {
	t := ticks{shown: form["shown"], yes: form["yes"]}
	if form.Get("do") == "none" {
		t.yes = nil
	}
	return t
}

// wants tells whether a change is ticked; one that was not shown before is.
func (t ticks) wants(id string) bool {
	return slices.Contains(t.yes, id) || !slices.Contains(t.shown, id)
}

// all tells whether every change is wanted that is anybody's to choose.
func (t ticks) all(changes []plan.Change) bool {
	return !slices.ContainsFunc(changes, func(c plan.Change) bool { return !c.Forced && !slices.Contains(t.yes, c.Who) })
}

// unsaved says that a click has changed nothing, and what stands in its way:
// the page offers to try again.
func unsaved(err error) error {
	if _, is := errors.AsType[fault](err); is {
		return err
	}
	f := fault{Status: http.StatusServiceUnavailable, Key: "board.fault_unsaved", Cause: err}
	switch {
	case errors.Is(err, store.ErrFull):
		f.Status, f.Key = http.StatusInsufficientStorage, "board.fault_full"
	case errors.Is(err, store.ErrLocked), errors.Is(err, context.DeadlineExceeded):
		f.Key = "board.fault_locked"
	}
	return f
}
