package export

import "github.com/xuri/excelize/v2"

// styles are the looks of cells, by their numbers in the workbook.
type styles struct {
	plain, title, label, grey int
	head, number, value       int // headings of texts and of numbers, a text among numbers

	name, lead, clock, hour int // of a person's row, and the hours above it
	hours                   int // of work
	people, share           int // numbers of people or calls, shares
	short                   int // people below the target
	idle, count             int // an interval without work, and people in an interval
	kinds                   map[string]int
}

// fills are pale, so that the letters are read on them and print well; the
// letters say the same where there is no colour.
var fills = map[string]string{
	"phone": "CFE2F3", "email": "FFF2CC", "break": "D9D9D9", "lunch": "BFBFBF", "meeting": "F4CCCC",
	"training": "D9D2E9", "coaching": "D0E9DC", "lead": "FCE0C2", "other": "F3F3F3",
}

func (b *book) makeStyles() {
	style := func(s excelize.Style) int {
		id, err := b.file.NewStyle(&s)
		b.keep(err)
		return id
	}
	// font is said in full: what is left out is not taken from the default.
	font := func(bold, italic bool, size float64, color string) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Bold: bold, Italic: italic, Size: size, Color: color}
	}
	const size, black, dim = 11, "000000", "595959"
	bold := font(true, false, size, black)
	line := func(kind int) []excelize.Border {
		var out []excelize.Border
		for _, side := range []string{"left", "right", "top", "bottom"} {
			out = append(out, excelize.Border{Type: side, Style: kind, Color: "BFBFBF"})
		}
		return out
	}
	const thin, medium, hair = 1, 2, 7
	under := func(kind int) []excelize.Border {
		return []excelize.Border{{Type: "bottom", Style: kind, Color: black}}
	}
	right := &excelize.Alignment{Horizontal: "right"}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center"}
	format := func(code string) *string { return &code }
	b.styles = styles{
		plain:  style(excelize.Style{}),
		title:  style(excelize.Style{Font: font(true, false, 14, black)}),
		label:  style(excelize.Style{Font: font(false, false, size, dim)}),
		name:   style(excelize.Style{Border: line(hair)}),
		lead:   style(excelize.Style{Font: bold, Border: line(hair)}),
		grey:   style(excelize.Style{Font: font(false, true, size, dim)}),
		clock:  style(excelize.Style{CustomNumFmt: format("hh:mm"), Alignment: middle, Border: line(hair)}),
		hours:  style(excelize.Style{CustomNumFmt: format("0.00"), Border: line(hair)}),
		people: style(excelize.Style{CustomNumFmt: format("0.0")}),
		share:  style(excelize.Style{CustomNumFmt: format("0%")}),
		short:  style(excelize.Style{CustomNumFmt: format("0.0"), Font: bold, Border: under(medium)}),
		head:   style(excelize.Style{Font: bold, Border: under(thin)}),
		number: style(excelize.Style{Font: bold, Alignment: right, Border: under(thin)}),
		value:  style(excelize.Style{Alignment: right}),
		hour:   style(excelize.Style{CustomNumFmt: format("00"), Font: bold, Alignment: middle, Border: line(thin)}),
		idle:   style(excelize.Style{Border: line(hair)}),
		count:  style(excelize.Style{Font: font(false, false, 9, dim), Alignment: middle}),
		kinds:  map[string]int{},
	}
	for _, k := range kinds {
		b.styles.kinds[k] = style(excelize.Style{
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fills[k]}}, Alignment: middle, Border: line(hair),
		})
	}
}
