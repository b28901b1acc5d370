package board

import "bemanna/internal/plan"

// busyPicture is the busy hours as a picture that stands by itself, for other
// sites. It is laid out in units of its own.
type busyPicture struct {
	Title, Text         string
	Updated, Basis      string
	Width, Height, Foot int
	Hours               []pictureLabel
	Days                []pictureRow
	Legend              []pictureSign
}

type pictureLabel struct {
	X, Y int
	Text string
}

type pictureRow struct {
	pictureLabel
	Signs []pictureSign
}

// pictureSign is a step: its colour and its shape.
type pictureSign struct {
	X, Y int
	Step plan.Busyness
	Word string
}

// The measures of the picture.
const (
	pictureLeft   = 110 // of the first column
	pictureTop    = 78
	pictureColumn = 46
	pictureLine   = 38
	pictureLegend = 150 // from sign to sign
)

func drawBusy(v busyView) busyPicture {
	p := busyPicture{
		Title: v.Title, Text: v.Title + ". " + joined(v.Tips), Updated: v.Updated, Basis: v.Basis,
		Width: max(pictureLeft+pictureColumn*len(v.Hours)+16, 3*pictureLegend+100),
	}
	for i, h := range v.Hours {
		p.Hours = append(p.Hours, pictureLabel{pictureLeft + i*pictureColumn + pictureColumn/2, pictureTop - 12, h.From})
	}
	for j, d := range v.Days {
		y := pictureTop + j*pictureLine
		row := pictureRow{pictureLabel: pictureLabel{16, y + pictureLine/2 + 5, d.Name}}
		for i, c := range d.Cells {
			row.Signs = append(row.Signs, pictureSign{pictureLeft + i*pictureColumn, y, c.Step, c.Word})
		}
		p.Days = append(p.Days, row)
	}
	y := pictureTop + len(v.Days)*pictureLine + 14
	for i, c := range v.Legend {
		p.Legend = append(p.Legend, pictureSign{16 + i*pictureLegend, y, c.Step, c.Word})
	}
	p.Foot, p.Height = y+pictureLine+22, y+pictureLine+52
	return p
}
