package plan

import (
	"cmp"
	"math"
	"slices"

	"bemanna/internal/civil"
)

// Replayed is what a replay gives.
type Replayed struct {
	From   civil.Date `json:"from"`
	To     civil.Date `json:"to"`
	Centre string     `json:"centre"`
	Target DayTarget  `json:"target"`
	Draws  int        `json:"draws"` // simulated courses of each day
	Seed   uint64     `json:"seed"`

	Total   ReplayedDay   `json:"total"` // over all days; its date is 0
	Days    []ReplayedDay `json:"days"`
	Skipped int           `json:"skipped"` // open days of which no calls are known
	// Curve is what share bemanna reaches with how many hours on the telephone,
	// over all days, by rising hours: each point has another price of time off
	// the telephone, the same on all days.
	Curve []CurvePoint `json:"curve"`
	// The curve held against the two spreadsheet ways.
	AgainstSpreadsheet SameHours `json:"against_spreadsheet"`
	AgainstOneGroup    SameHours `json:"against_one_group"`
}

// ReplayedDay is a day, planned in several ways, with the calls that came.
type ReplayedDay struct {
	Date    civil.Date `json:"date,omitzero"`
	Offered float64    `json:"offered"` // calls
	// Happened is the share answered in time by what telephony says; null where
	// it does not, or the target is counted in a way that it does not allow.
	Happened *float64 `json:"happened"`
	Unknown  int      `json:"unknown"` // open intervals of groups of which no calls are known; they count as none
	Outside  float64  `json:"outside"` // calls that came while their group was closed; they are left out

	Bemanna     WayScore `json:"bemanna"`
	Spreadsheet WayScore `json:"spreadsheet"`
	OneGroup    WayScore `json:"spreadsheet_one_group"`
	Foresight   WayScore `json:"foresight"`
}

// WayScore is what a way of planning gave, on a day or over all days.
type WayScore struct {
	Share float64 `json:"share"` // of the calls offered, by the definition of the target: mean over the draws
	// Low and High hold the mean with 95 % certainty: more draws make them
	// narrower.
	Low        float64 `json:"ci_low"`
	High       float64 `json:"ci_high"`
	Chance     float64 `json:"chance"`  // share of the draws that reach the target; the mean of the days
	Reached    int     `json:"reached"` // days whose share reaches the target
	PhoneHours float64 `json:"phone_hours"`
	EmailHours float64 `json:"email_hours"`
	FreeHours  float64 `json:"free_hours"`
	// GapHours are the people short of the need of the calls that came, over the
	// intervals of pools below the target.
	GapHours float64 `json:"gap_hours"`
}

// CurvePoint is what an amount of hours on the telephone gives.
type CurvePoint struct {
	PhoneHours float64 `json:"phone_hours"`
	Share      float64 `json:"share"`
}

// SameHours compares the curve with another way of planning.
type SameHours struct {
	// Hours are those that bemanna wants for the other's share, and Share is
	// what it reaches with the other's hours: between points of the curve on
	// straight lines, and beyond its ends those of the end.
	Hours float64 `json:"hours_for_same_share"`
	Share float64 `json:"share_at_same_hours"`
	// HoursAre tells what is known of Hours.
	HoursAre Known `json:"hours_are"`
	// Fewer is by what share of them Hours are below the other's.
	Fewer float64 `json:"fewer_hours"`
}

// Known says on which side of the truth a figure may lie.
type Known string

// What is known of a figure.
const (
	Measured Known = "measured"
	AtMost   Known = "at_most"   // the other's share is below the curve
	MoreThan Known = "more_than" // the other's share is above the curve
)

// sum adds the days up.
func (r *Replayed) sum(days []*playedDay) {
	t := &r.Total
	happened := 0.0
	for _, d := range days {
		r.Days = append(r.Days, d.ReplayedDay)
		t.Offered += d.Offered
		t.Unknown += d.Unknown
		t.Outside += d.Outside
		happened += d.Offered * valueOr(d.Happened, math.NaN())
	}
	if share := happened / t.Offered; !math.IsNaN(share) {
		t.Happened = &share
	}
	t.Bemanna = total(days, func(d *playedDay) WayScore { return d.Bemanna })
	t.Spreadsheet = total(days, func(d *playedDay) WayScore { return d.Spreadsheet })
	t.OneGroup = total(days, func(d *playedDay) WayScore { return d.OneGroup })
	t.Foresight = total(days, func(d *playedDay) WayScore { return d.Foresight })
	for i := range curvePrices {
		s := total(days, func(d *playedDay) WayScore { return d.priced[i] })
		r.Curve = append(r.Curve, CurvePoint{PhoneHours: s.PhoneHours, Share: s.Share})
	}
	slices.SortFunc(r.Curve, func(a, b CurvePoint) int { return cmp.Compare(a.PhoneHours, b.PhoneHours) })
	r.AgainstSpreadsheet = r.against(t.Spreadsheet)
	r.AgainstOneGroup = r.against(t.OneGroup)
}

func valueOr(v *float64, otherwise float64) float64 {
	if v == nil {
		return otherwise
	}
	return *v
}

// total adds up what a way gave on each day, shares by the calls of the days.
func total(days []*playedDay, of func(*playedDay) WayScore) WayScore {
	var sum WayScore
	calls, squares := 0.0, 0.0
	for _, d := range days {
		s := of(d)
		calls += d.Offered
		sum.Share += s.Share * d.Offered
		half := (s.High - s.Low) / 2 * d.Offered
		squares += half * half
		sum.Chance += s.Chance / float64(len(days))
		sum.Reached += s.Reached
		sum.PhoneHours += s.PhoneHours
		sum.EmailHours += s.EmailHours
		sum.FreeHours += s.FreeHours
		sum.GapHours += s.GapHours
	}
	sum.Share /= calls
	half := math.Sqrt(squares) / calls
	sum.Low, sum.High = sum.Share-half, sum.Share+half
	return sum
}

// against compares the curve with another way.
func (r *Replayed) against(other WayScore) SameHours {
	out := SameHours{
		Hours: along(r.Curve, other.Share, func(p CurvePoint) (x, y float64) { return p.Share, p.PhoneHours }),
		Share: along(r.Curve, other.PhoneHours, func(p CurvePoint) (x, y float64) { return p.PhoneHours, p.Share }),
	}
	out.Fewer, out.HoursAre = 1-out.Hours/other.PhoneHours, Measured
	reach := func(p CurvePoint) bool { return p.Share >= other.Share }
	switch {
	case !slices.ContainsFunc(r.Curve, reach):
		out.HoursAre = MoreThan
	case reach(r.Curve[0]):
		out.HoursAre = AtMost
	}
	return out
}

// along gives y at x, on straight lines between the points of a curve: at the
// first of them that reach x, and at the ends of the curve beyond them.
func along(curve []CurvePoint, at float64, axes func(CurvePoint) (x, y float64)) float64 {
	x0, y0 := axes(curve[0])
	for _, p := range curve {
		x, y := axes(p)
		if x >= at {
			if x == x0 || at <= x0 {
				return y
			}
			return y0 + (y-y0)*(at-x0)/(x-x0)
		}
		x0, y0 = x, y
	}
	return y0
}
