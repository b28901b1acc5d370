package export

import (
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// widestBar is the number of columns of a full bar where there is room for it.
const widestBar = 16

// barTable writes a table with a bar for a share at the end of each row, as
// wide as the page has room for.
func barTable(w io.Writer, header []string, rows [][]string, shares []float64, blocks bool) error {
	room := pageWidth
	for i := range header {
		widest := utf8.RuneCountInString(header[i])
		for _, row := range rows {
			widest = max(widest, utf8.RuneCountInString(row[i]))
		}
		room -= widest + 1
	}
	width := min(max(room, 0), widestBar)
	for i := range rows {
		rows[i] = append(rows[i], bar(shares[i], width, blocks))
	}
	return writeTable(w, append(header, ""), rows)
}

// eighths are the parts of a block from one eighth up.
var eighths = []rune("▏▎▍▌▋▊▉")

// bar draws a share as a bar, filled up with spaces to the given width: with
// blocks to an eighth of a column, or with # to a whole one.
func bar(share float64, width int, blocks bool) string {
	if math.IsNaN(share) {
		share = 0
	}
	share = min(max(share, 0), 1)
	if !blocks {
		n := int(math.Round(share * float64(width)))
		return strings.Repeat("#", n) + strings.Repeat(" ", width-n)
	}
	n := int(math.Round(share * float64(8*width)))
	s := strings.Repeat("█", n/8)
	if n%8 > 0 {
		s += string(eighths[n%8-1])
	}
	return s + strings.Repeat(" ", width-(n+7)/8)
}
