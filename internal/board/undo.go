package board

import (
	"context"
	"errors"
	"net/http"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// undo takes the newest change of a plan back, if the sender has seen it.
func (b *Board) undo(w http.ResponseWriter, q *request) error {
	t, err := b.tap(q)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(q.Context(), b.patience)
	defer cancel()
	d, err := plan.Undo(ctx, t.c, t.db, t.date, t.read, q.user.Name, q.now)
	switch {
	case errors.Is(err, plan.ErrOvertaken):
		return b.editOvertaken(w, t, nil)
	case errors.Is(err, plan.ErrNoPlan):
		return fault{Status: http.StatusConflict, Key: "board.fault_no_plan", Args: i18n.Args{"Value": t.date.String()}, Cause: err}
	case err != nil:
		if _, is := errors.AsType[*plan.CheckInError](err); is {
			return fault{Status: http.StatusConflict, Key: "refused.unchanged", Cause: err}
		}
		return unsaved(err)
	}
	b.proposals.moved(t.date, d.Version)
	b.published(t, d)
	return see(w, q, t.dayURL())
}
