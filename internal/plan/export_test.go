package plan

import "time"

// Past is a store as it was at a moment.
func Past(s Store, until time.Time) Store { return asOf{s, until} }
