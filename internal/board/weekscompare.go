package board

import (
	"strings"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// differenceRow is a number as things stand, as it would be, and what changes.
type differenceRow struct{ What, Base, Now, Change string }

// differences holds an order against the one without what-if.
func differences(base, now *plan.Temps, w *i18n.Words) []differenceRow {
	a, b := base.Total, now.Total
	number := func(what string, x, y float64) differenceRow {
		return differenceRow{what, w.Number(x, 0), w.Number(y, 0), signed(y-x, 0, w)}
	}
	share := func(what string, x, y float64) differenceRow {
		return differenceRow{what, w.Share(x, 1), w.Share(y, 1), w.Say("weeks.points", i18n.Args{"Points": signed(100*(y-x), 1, w)})}
	}
	return []differenceRow{
		number(w.Say("col.calls"), a.Calls, b.Calls),
		number(w.Say("weeks.col_need"), a.Need.P50, b.Need.P50),
		number(w.Say("weeks.col_own"), a.Own, b.Own),
		number(w.Say("weeks.col_missing"), a.Missing.P50, b.Missing.P50),
		share(w.Say("weeks.col_before"), a.Before.ServiceLevel, b.Before.ServiceLevel),
		number(w.Say("weeks.lost"), a.Before.Lost, b.Before.Lost),
		number(w.Say("weeks.col_order"), ordered(a), ordered(b)),
		number(w.Say("weeks.cost"), a.Cost.P50, b.Cost.P50),
		share(w.Say("weeks.col_after"), a.After.ServiceLevel, b.After.ServiceLevel),
		number(w.Say("weeks.days_short"), float64(a.Short), float64(b.Short)),
	}
}

// signed writes a difference with its sign; one that rounds to none has none.
func signed(x float64, decimals int, w *i18n.Words) string {
	s := w.Number(x, decimals)
	switch {
	case strings.TrimPrefix(s, "-") == w.Number(0, decimals):
		return "±0"
	case strings.HasPrefix(s, "-"):
		return s
	default:
		return "+" + s
	}
}
