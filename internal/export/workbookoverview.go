package export

import "bemanna/internal/plan"

// overview is the first sheet: the head numbers, the units, need and plan by
// hour, e-mail, and what is to be said. The sheets of the units have the given
// names.
func (b *book) overview(sheets []string) {
	d := b.d
	b.put(1, 1, title(d, b.words), b.styles.title)
	row := b.headNumbers(3)
	row = b.texts(row + 1)
	row = b.unitTable(row+1, sheets)
	row = b.hourTable(row + 1)
	b.emailTable(row + 1)
	b.widths(1, 1, 34)
	b.widths(2, 2, 18)
	b.widths(3, 26, 11)
	b.frame(2, 1)
}

// headNumbers gives the row after them, as the other tables do.
func (b *book) headNumbers(row int) int {
	d, s := b.d, b.d.Summary
	until := any(b.words.Say("page.no_data"))
	if !d.DataUntil.IsZero() {
		until = b.words.Stamp(d.DataUntil)
	}
	for _, line := range []struct {
		label string
		value any
		style int
	}{
		{b.words.Say("xlsx.date"), d.Date.String(), b.styles.value},
		{b.words.Say("xlsx.version"), d.Version, b.styles.plain},
		{b.words.Say("xlsx.made"), b.words.Stamp(d.Made), b.styles.value},
		{b.words.Say("xlsx.data_until"), until, b.styles.value},
		{b.words.Say("xlsx.target"), d.Target.Share, b.styles.share},
		{b.words.Say("xlsx.within"), d.Target.Within, b.styles.plain},
		{b.words.Say("xlsx.service_level"), s.ServiceLevel, b.styles.share},
		{b.words.Say("xlsx.chance"), s.Probability, b.styles.share},
		{b.words.Say("xlsx.calls"), d.Volume.Offered, b.styles.people},
		{b.words.Say("xlsx.usual"), d.Volume.Usual, b.styles.people},
		{b.words.Say("xlsx.people"), s.People, b.styles.plain},
		{b.words.Say("xlsx.away"), s.Away, b.styles.plain},
		{b.words.Say("xlsx.temps"), s.Temps, b.styles.plain},
		{b.words.Say("col.phone_hours"), s.PhoneHours, b.styles.people},
		{b.words.Say("col.email_hours"), s.EmailHours, b.styles.people},
	} {
		b.put(1, row, line.label, b.styles.label)
		b.put(2, row, line.value, line.style)
		row++
	}
	return row
}

// texts are what the page says in words.
func (b *book) texts(row int) int {
	var lines []string
	if len(b.d.Groups) > 0 {
		lines = append(lines, Today(b.d, b.words), outlook(b.d, b.words))
	}
	if m := b.d.Meeting; m != nil {
		lines = append(lines, meeting(m, b.words))
	}
	for _, r := range b.d.Remarks {
		lines = append(lines, Remark(r, b.words))
	}
	for _, a := range b.d.Actions {
		lines = append(lines, Action(a, b.words))
	}
	b.header(row, "page.notes")
	for _, text := range lines {
		row++
		b.put(1, row, text, b.styles.plain)
	}
	return row + 1
}

func (b *book) unitTable(row int, sheets []string) int {
	b.header(row, "col.unit", "col.here", "col.away", "col.temps", "col.phone_hours", "col.email_hours")
	for i, u := range units(b.d, b.words) {
		row++
		c := countUnit(b.d, u.ID)
		b.put(1, row, sheets[i], b.styles.plain)
		for j, n := range []int{c.here, c.away, c.temps} {
			b.put(2+j, row, n, b.styles.plain)
		}
		b.put(5, row, c.phone, b.styles.people)
		b.put(6, row, c.email, b.styles.people)
	}
	return row + 1
}

// hourTable is calls, need, plan and the expected share of each group by the
// hour. A plan below the target is underlined.
func (b *book) hourTable(row int) int {
	groups := hourlyGroups(b.d)
	first, last := hours(groups)
	if first > last {
		return row
	}
	b.header(row, "col.group")
	b.put(2, row, b.words.Say("col.clock"), b.styles.head)
	for h := first; h <= last; h++ {
		b.put(3+h-first, row, h, b.styles.number)
	}
	for _, g := range groups {
		for i, line := range []struct {
			id    string
			value func(hour) float64
			style int
		}{
			{"row.calls", func(x hour) float64 { return x.calls }, b.styles.people},
			{"row.need", func(x hour) float64 { return x.need }, b.styles.people},
			{"row.plan", func(x hour) float64 { return x.staffed }, b.styles.people},
			{"row.in_time", func(x hour) float64 { return x.inTime / x.calls }, b.styles.share},
		} {
			row++
			if i == 0 {
				b.put(1, row, g.name, b.styles.plain)
			}
			b.put(2, row, b.words.Say(line.id), b.styles.label)
			for h := first; h <= last; h++ {
				x, style := g.hours[h], line.style
				if x.quarters == 0 || line.id == "row.in_time" && x.calls == 0 {
					continue
				}
				if line.id == "row.plan" && x.mark(b.d.Target.Share) == "-" {
					style = b.styles.short
				}
				b.put(3+h-first, row, plan.Round(line.value(x), 3), style)
			}
		}
	}
	return row + 1
}

func (b *book) emailTable(row int) {
	if len(b.d.Email) == 0 {
		return
	}
	b.header(row, "kind.email", "xlsx.messages", "xlsx.due", "xlsx.planned")
	for _, e := range b.d.Email {
		row++
		b.put(1, row, e.Name, b.styles.plain)
		for i, v := range []float64{e.Expected, e.Due, e.Planned} {
			b.put(2+i, row, v, b.styles.people)
		}
	}
}

// header heads a column of texts and columns of numbers.
func (b *book) header(row int, text string, numbers ...string) {
	b.put(1, row, b.words.Say(text), b.styles.head)
	for i, id := range numbers {
		b.put(2+i, row, b.words.Say(id), b.styles.number)
	}
}
