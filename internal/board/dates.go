package board

import (
	"strconv"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
)

// dayAndMonth writes 24 nov 2026.
func dayAndMonth(d civil.Date, w *i18n.Words) string {
	y, m, day := d.Civil()
	return strconv.Itoa(day) + " " + w.Month(m) + " " + strconv.Itoa(y)
}

// shortDay writes 24 nov.
func shortDay(d civil.Date, w *i18n.Words) string {
	_, m, day := d.Civil()
	return strconv.Itoa(day) + " " + w.Month(m)
}
