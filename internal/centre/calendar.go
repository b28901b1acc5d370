package centre

import (
	"fmt"
	"io"

	"bemanna/internal/civil"
)

// calendar reads se, none or the name of a CSV file.
func (r *reader) calendar(subject string, v *value) {
	switch v.text {
	case "se":
		r.centre.Calendar = civil.Sweden()
	case "none":
		r.centre.Calendar = civil.Calendar{}
	default:
		r.centre.Calendar = r.listed(r.csv(subject, "se, none or a CSV file", v, dayColumns, dayColumns[0]))
	}
}

// ReadCalendar reads a CSV of the days that differ from their weekday, with the
// header date,name,kind. The kind is closed, eve, short, bridge or special;
// without one, the day is closed. What is wrong comes back as Faults of the file
// called name.
func ReadCalendar(in io.Reader, name string) (civil.Calendar, error) {
	data, err := io.ReadAll(in)
	if err != nil {
		return civil.Calendar{}, fmt.Errorf("%s: %w", name, err)
	}
	var r reader
	c := r.listed(r.rows(name, data, dayColumns, dayColumns[0]))
	return c, r.err()
}

var dayColumns = []string{"date", "name", "kind"}

func (r *reader) listed(rows []*value) civil.Calendar {
	days := map[civil.Date]civil.Day{}
	var dates index
	for _, row := range rows {
		before := len(r.faults)
		var d civil.Date
		day := civil.Day{Kind: civil.Red}
		r.fields("day", row, fields{
			{"date", one(r, &d, date)},
			{"name", one(r, &day.Name, line)},
			{"kind", one(r, &day.Kind, dayKind)},
		})
		r.need("day", row, "date")
		if len(r.faults) == before && r.define(&dates, "day", row.at("date"), d.String()) {
			days[d] = day
		}
	}
	return civil.Listed(days)
}
