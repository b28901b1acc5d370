package export

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Workbook writes the day as an Excel workbook: a sheet with the head numbers,
// need and plan by hour and the remarks, and a sheet for each unit with a row
// for each person and a cell for each interval of the plan. Times are those of
// the centre's clocks. Texts are cells of text and never formulas. The same plan
// gives the same bytes.
func Workbook(w io.Writer, d *plan.Day, words *i18n.Words) error {
	b := &book{file: excelize.NewFile(), d: d, words: words, foot: d.Date.String()}
	defer b.file.Close() //nolint:errcheck // nothing is on disk
	b.makeStyles()
	all := units(d, words)
	titles := []string{words.Say("xlsx.overview")}
	for _, u := range all {
		titles = append(titles, u.Name)
	}
	names := sheetNames(titles)
	b.open(names[0])
	b.overview(names[1:])
	x := newAxis(d)
	for i, u := range all {
		b.open(names[i+1])
		b.unit(u, x)
	}
	b.finish(title(d, words), d.Made)
	if b.err != nil {
		return b.err
	}
	return b.file.Write(w)
}

// book is a workbook in the making. The first error stays and stops the rest.
//
// Sheets are written cell by cell: the stream writer of the library puts the
// sheets into the file in the order of a map.
type book struct {
	file   *excelize.File
	d      *plan.Day
	words  *i18n.Words
	foot   string // on the left of each printed page
	styles styles
	sheet  string // the sheet that is written to
	sheets int
	err    error
}

func (b *book) keep(errs ...error) {
	for _, err := range errs {
		if b.err == nil {
			b.err = err
		}
	}
}

// open begins a sheet; the first takes the place of the one that a new file has.
func (b *book) open(name string) {
	if b.sheets++; b.sheets == 1 {
		b.keep(b.file.SetSheetName("Sheet1", name))
	} else {
		_, err := b.file.NewSheet(name)
		b.keep(err)
	}
	b.sheet = name
}

// at names a cell; columns and rows count from 1.
func (b *book) at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	b.keep(err)
	return name
}

// put writes a value into a cell: a string is text, whatever it looks like.
func (b *book) put(col, row int, value any, style int) {
	if b.err != nil {
		return
	}
	cell := b.at(col, row)
	b.keep(b.file.SetCellValue(b.sheet, cell, value), b.file.SetCellStyle(b.sheet, cell, cell, style))
}

// putClock writes a time of day, as a part of a day: what spreadsheets reckon
// with.
func (b *book) putClock(col, row int, t time.Time, style int) {
	b.put(col, row, float64(civil.ClockOf(t))/(24*60), style)
}

func (b *book) merge(col, row, toCol, toRow int) {
	if b.err == nil && (col != toCol || row != toRow) {
		b.keep(b.file.MergeCell(b.sheet, b.at(col, row), b.at(toCol, toRow)))
	}
}

func (b *book) widths(from, to int, width float64) {
	first, err := excelize.ColumnNumberToName(from)
	b.keep(err)
	last, err := excelize.ColumnNumberToName(to)
	b.keep(err, b.file.SetColWidth(b.sheet, first, last, width))
}

// frame keeps rows and columns at the top and on the left in sight, on the
// screen and on each printed page, and has the sheet printed on landscape A4,
// one page wide.
func (b *book) frame(cols, rows int) {
	const a4 = 9
	margin, foot := 0.4, 0.2 // inches
	b.keep(
		b.file.SetPanes(b.sheet, &excelize.Panes{
			Freeze: true, XSplit: cols, YSplit: rows, TopLeftCell: b.at(cols+1, rows+1), ActivePane: "bottomRight",
		}),
		b.file.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{
			Size: new(a4), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0),
		}),
		b.file.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}),
		b.file.SetPageMargins(b.sheet, &excelize.PageLayoutMarginsOptions{
			Left: &margin, Right: &margin, Top: &margin, Bottom: new(0.6), Header: &foot, Footer: &foot,
		}),
		b.file.SetHeaderFooter(b.sheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + b.foot + "&C&A&R&P/&N"}),
	)
	last, err := excelize.ColumnNumberToName(cols)
	b.keep(err)
	quoted := "'" + strings.ReplaceAll(b.sheet, "'", "''") + "'!"
	b.keep(b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: b.sheet,
		RefersTo: quoted + "$A:$" + last + "," + quoted + "$1:$" + strconv.Itoa(rows),
	}))
}

// finish says in the file what it is and when it was made.
func (b *book) finish(title string, at time.Time) {
	made := at.UTC().Format(time.RFC3339)
	b.file.SetActiveSheet(0)
	b.keep(b.file.SetDocProps(&excelize.DocProperties{
		Creator: "bemanna", Title: title, Language: b.words.Language,
		Created: made, Modified: made, LastModifiedBy: "bemanna",
	}))
}
