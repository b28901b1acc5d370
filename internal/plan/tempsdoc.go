package plan

import (
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Temps is the order of hourly temps and agency workers for some weeks: temps.json.
type Temps struct {
	Centre    string     `json:"centre"`
	From      civil.Date `json:"from"`
	Until     civil.Date `json:"until"`
	Unit      string     `json:"unit,omitempty"` // id; without one it is about all
	UnitName  string     `json:"unit_name,omitempty"`
	Target    DayTarget  `json:"target"`
	Redial    float64    `json:"redial"` // share of those who give up and call again: assumed
	Budget    *float64   `json:"budget,omitempty"`
	Simulated int        `json:"simulated_days"` // behind each day's share
	Seed      uint64     `json:"seed"`
	Reached   bool       `json:"reached"` // the target, on every day

	Unbooked *Unbooked `json:"unbooked,omitempty"` // weeks of which too little is booked
	Drift    []Drift   `json:"drift,omitempty"`    // groups whose calls have left the forecasts

	Total TempsSum   `json:"total"`
	Base  *TempsSum  `json:"base,omitempty"` // the total without the what-if
	Weeks []TempsSum `json:"weeks"`
	Days  []TempsSum `json:"days"`

	Orders  []TempsHours   `json:"orders"`
	Shifts  []TempsShift   `json:"shifts"`
	People  []TempsPerson  `json:"people"`
	Curve   []TempsPoint   `json:"curve"`
	Missing []TempsMissing `json:"missing"`
}

// TempsSum sums up some days. Hours are of planned telephone time, pauses not
// counted, so that need, own and missing hours compare; what is ordered is
// counted in hours that are paid.
type TempsSum struct {
	From    civil.Date  `json:"from"`
	Until   civil.Date  `json:"until"`
	Days    int         `json:"days"` // open
	Calls   float64     `json:"calls"`
	Need    AtQuantiles `json:"need_hours"`
	Own     float64     `json:"own_hours"`     // of the people of the centre, and of temps who are booked
	Missing AtQuantiles `json:"missing_hours"` // by skill
	// Room are the hours of the people of the centre that can be spared, taken evenly
	// over each day that reaches its target without temps: for training, and for the
	// work of their own that a plan of the day gives them. At P90 they can be spared
	// even if the day is hard.
	Room AtQuantiles `json:"room_hours"`
	// Hourly and Agency are the paid hours to order, Cost what they cost in
	// kronor. At P90 they hold those at P50; null where there is a budget.
	Hourly QuantilesOr `json:"hourly_hours"`
	Agency QuantilesOr `json:"agency_hours"`
	Cost   QuantilesOr `json:"cost"`
	Before TempsLevel  `json:"before"`
	After  TempsLevel  `json:"after"`
	// Short is the number of days that do not reach the target.
	Short int `json:"days_short"`
}

// AtQuantiles is a number on days as expected, and on days with more calls and
// fewer people than nine of ten.
type AtQuantiles struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
}

// QuantilesOr is the same where the second may not be known.
type QuantilesOr struct {
	P50 float64  `json:"p50"`
	P90 *float64 `json:"p90"`
}

// TempsLevel is what becomes of the calls.
type TempsLevel struct {
	ServiceLevel float64 `json:"service_level"`     // share answered in time, simulated
	Margin       float64 `json:"margin"`            // half of its 95 % confidence interval
	Hard         float64 `json:"service_level_p90"` // the same on days at P90, by the pooled formula less what it is too kind by at P50
	Lost         float64 `json:"lost"`              // callers who give up, simulated
	LostKronor   float64 `json:"lost_kronor"`       // what those of them who do not call again would have been billed at
	Unpriced     float64 `json:"lost_unpriced"`     // those of Lost whose cases have no price
}

// TempsHours are the hours to order on a day for a pool from a source.
type TempsHours struct {
	Date   civil.Date  `json:"date"`
	Pool   string      `json:"pool"`
	Name   string      `json:"name"`
	Source string      `json:"source"` // hourly or agency
	Hours  QuantilesOr `json:"hours"`
}

// TempsShift is a shift for which somebody is to be asked.
type TempsShift struct {
	Date   civil.Date `json:"date"`
	Person string     `json:"person"`
	Name   string     `json:"name"`
	Source string     `json:"source"`
	Pool   string     `json:"pool"` // id of the pool that it helps most
	Where  string     `json:"where"`
	Start  time.Time  `json:"start"`
	End    time.Time  `json:"end"`
	Hours  float64    `json:"hours"` // paid
	Cost   float64    `json:"cost"`
	// At says for what kind of day: p50, or p90 for what is held in reserve. A
	// shift at p90 may be a longer one of the same person.
	At Quantile `json:"at"`
}

// TempsPerson is somebody who can be called in.
type TempsPerson struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Unit      string        `json:"unit"`
	Source    string        `json:"source"`
	Skills    []string      `json:"skills"`
	Notice    int           `json:"notice_days"`
	MaxWeekly float64       `json:"max_weekly_hours"`
	Cost      float64       `json:"cost"` // kronor an hour
	Weeks     []TempsWeekly `json:"weeks"`
}

// TempsWeekly is a week of somebody who can be called in, in hours of work.
type TempsWeekly struct {
	Monday  civil.Date `json:"monday"`
	Booked  float64    `json:"booked_hours"`
	Ordered float64    `json:"ordered_hours"` // at P50
	Left    float64    `json:"left_hours"`
}

// TempsPoint is how far the first hours of an order go, those that are worth most.
type TempsPoint struct {
	Hours        float64 `json:"hours"`
	Cost         float64 `json:"cost"`
	ServiceLevel float64 `json:"service_level"`
	Saved        float64 `json:"saved_calls"`  // callers who do not give up
	SavedKronor  float64 `json:"saved_kronor"` // billed, because callers who would not have called again do not give up
}

// TempsMissing is what is missing on a day that does not reach its target, with
// all who can be called in, in hours of planned telephone time by pool.
type TempsMissing struct {
	Date  civil.Date `json:"date"`
	Pool  string     `json:"pool"`
	Name  string     `json:"name"`
	Hours float64    `json:"hours"`
}

// tempsDocument writes the order down.
func (h *Horizon) tempsDocument(days []*tempsDay, weeks []*orderWeek, bought []purchase, o TempsOptions) (*Temps, error) {
	out := &Temps{
		Centre: h.c.Name, From: h.q.From, Until: h.q.Until, Unit: o.Unit, Target: dayTarget(h.c.Target),
		Redial: o.Redial, Budget: o.Budget, Simulated: o.Simulated, Seed: h.q.Seed, Unbooked: h.unbooked,
		Reached: !slices.ContainsFunc(days, func(d *tempsDay) bool { return !d.reached() }),
		Weeks:   []TempsSum{}, Days: []TempsSum{}, Orders: []TempsHours{}, Shifts: []TempsShift{},
		People: []TempsPerson{}, Curve: curve(days, bought, o.Redial), Missing: []TempsMissing{},
	}
	if i := slices.IndexFunc(h.c.Units, func(u centre.Unit) bool { return u.ID == o.Unit }); i >= 0 {
		out.UnitName = h.c.Units[i].Name
	}
	out.Total = tempsSum(days, h.q.From, h.q.Until, o)
	for monday := h.q.From.Monday(); monday <= h.q.Until; monday += 7 {
		out.Weeks = append(out.Weeks, tempsSum(days, max(monday, h.q.From), min(monday+6, h.q.Until), o))
	}
	for _, d := range days {
		out.Days = append(out.Days, tempsSum(days, d.p50.date, d.p50.date, o))
		missing, err := d.short()
		if err != nil {
			return nil, err
		}
		shifts := d.shifts(o.Budget == nil)
		out.Missing = append(out.Missing, missing...)
		out.Shifts = append(out.Shifts, shifts...)
		out.Orders = append(out.Orders, orders(shifts, o.Budget == nil)...)
	}
	out.People = h.tempsPeople(weeks)
	return out, nil
}
