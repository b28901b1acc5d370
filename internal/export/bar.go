package export

import (
	"math"
	"strings"
)

// barWidth is the number of columns of a full bar.
const barWidth = 16

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
