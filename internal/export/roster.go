package export

import (
	"io"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

func Roster(w io.Writer, r *plan.Roster, words *i18n.Words) error { return JSON(w, r) }
func RosterWorkbook(w io.Writer, r *plan.Roster, words *i18n.Words) error { return JSON(w, r) }
func RosterRows(w io.Writer, r *plan.Roster, words *i18n.Words) error { return JSON(w, r) }
