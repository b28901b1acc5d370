package export

import "bemanna/internal/plan"

// The columns of a unit's sheet before those of the day, and its heading rows.
const (
	colTable = iota + 1
	colName
	colLead
	colFrom
	colTo
	colDay // the first interval

	rowTitle  = 1
	rowHour   = 2
	rowMinute = 3
	rowPeople = 4 // the first person
)

// unit is the sheet of a unit: who does what when.
func (b *book) unit(u plan.Unit, x axis) {
	d := ofUnit(b.d, u.ID)
	after := colDay + x.n // the sums
	b.put(colTable, rowTitle, u.Name+" – "+title(d, b.words), b.styles.title)
	b.unitHead(x, after)
	row := rowPeople
	for _, t := range seating(d) {
		for _, a := range t.agents {
			b.person(row, a, t, x, after)
			row++
		}
	}
	if x.n > 0 {
		b.counts(row, x, d.Agents)
	}
	b.legend(row + 3)
	b.widths(colTable, colTable, 11)
	b.widths(colName, colName, 24)
	b.widths(colLead, colTo, 6.5)
	if x.n > 0 {
		b.widths(colDay, after-1, 2.7)
	}
	b.widths(after, after+1, 9)
	b.frame(colLead, rowMinute)
}

func (b *book) unitHead(x axis, after int) {
	for _, h := range x.hours() {
		b.put(colDay+h.from, rowHour, h.hour, b.styles.hour)
		b.merge(colDay+h.from, rowHour, colDay+h.to-1, rowHour)
	}
	for i := range x.n {
		b.put(colDay+i, rowMinute, x.time(i).Minute(), b.styles.hour)
	}
	for i, id := range []string{"xlsx.table", "xlsx.person", "lead.mark", "xlsx.from", "xlsx.to"} {
		b.put(colTable+i, rowMinute, b.words.Say(id), b.styles.head)
	}
	b.put(after, rowMinute, b.words.Say("col.phone_hours"), b.styles.head)
	b.put(after+1, rowMinute, b.words.Say("col.email_hours"), b.styles.head)
}

// person is the row of one person.
func (b *book) person(row int, a plan.Agent, t seats, x axis, after int) {
	table, style, lead := t.name, b.styles.name, leadMark(b.d, a, b.words)
	if table == "" {
		table = t.id
	}
	if lead != "" {
		style = b.styles.lead
	}
	b.put(colTable, row, table, b.styles.name)
	b.put(colName, row, a.Name, style)
	b.put(colLead, row, lead, style)
	switch {
	case a.Shift != nil:
		b.putClock(colFrom, row, a.Shift.Start, b.styles.clock)
		b.putClock(colTo, row, a.Shift.End, b.styles.clock)
	case a.Absent:
		b.put(colFrom, row, b.words.Say("page.absent"), b.styles.grey)
	default:
		b.put(colFrom, row, b.words.Say("page.off"), b.styles.grey)
	}
	for i, kind := range x.kinds(a) {
		if kind == "" {
			b.put(colDay+i, row, nil, b.styles.idle)
			continue
		}
		b.put(colDay+i, row, b.words.Say("mark."+kind), b.styles.kinds[kind])
	}
	sum := countUnit(&plan.Day{Agents: []plan.Agent{a}}, a.Unit)
	b.put(after, row, sum.phone, b.styles.hours)
	b.put(after+1, row, sum.email, b.styles.hours)
}

// counts says below the people how many are on the telephone, and how many on a
// break, in each interval.
func (b *book) counts(row int, x axis, agents []plan.Agent) {
	for i, what := range []struct {
		label string
		kinds []string
	}{
		{b.words.Say("xlsx.on_phone"), []string{"phone"}},
		{b.words.Say("xlsx.on_break"), []string{"break", "lunch"}},
	} {
		b.put(colName, row+i, what.label, b.styles.label)
		for j, n := range x.count(agents, what.kinds...) {
			if n > 0 {
				b.put(colDay+j, row+i, n, b.styles.count)
			}
		}
	}
}

// legend says what the letters mean.
func (b *book) legend(row int) {
	for i, k := range kinds {
		b.put(colLead, row+i, b.words.Say("mark."+k), b.styles.kinds[k])
		b.put(colName, row+i, b.words.Say("kind."+k), b.styles.name)
	}
	b.put(colName, row+len(kinds), b.words.Say("xlsx.stand_in"), b.styles.label)
}
