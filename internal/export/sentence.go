package export

import (
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Today says in one sentence how the day differs from a usual one.
func Today(d *plan.Day, w *i18n.Words) string { return today(d, w) }

// Reason says why the calls of a day differ, and by how much.
func Reason(t plan.Term, w *i18n.Words) string { return reason(t, w) }

// Action says what would help, and how much.
func Action(a plan.Action, w *i18n.Words) string { return action(a, w) }

// Remark says what readers of a plan should know.
func Remark(r plan.Remark, w *i18n.Words) string { return remark(r, w) }

// Loud tells whether a remark belongs at the head of a page.
func Loud(r plan.Remark) bool { return loud(r) }
