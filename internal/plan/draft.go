package plan

import (
	"maps"
	"math"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

const (
	// draftWeeks is how far back from the newest day opening hours are looked
	// for: they change.
	draftWeeks = 26
	// A calendar fits when a red day has less than this share of the calls of
	// an ordinary one.
	redShare = 0.5
)

// DraftCentre tells what an export shows of a centre: its groups, when they
// have calls, and how long those take.
func DraftCentre(name string, loc *time.Location, rows []ingest.Row) centre.DraftInput {
	in := centre.DraftInput{Name: name, Timezone: loc.String()}
	seen := map[string]*sighting{}
	var order []string
	step := time.Duration(0)
	for _, r := range rows {
		s := seen[r.Group]
		if s == nil {
			s = &sighting{channel: centre.Phone}
			seen[r.Group], order = s, append(order, r.Group)
		}
		s.add(r, loc)
		if !r.Daily() {
			step = max(step, r.Step)
		}
	}
	in.Interval = max(step, 15*time.Minute)
	for _, g := range order {
		in.Groups = append(in.Groups, seen[g].draft(g))
	}
	if redDaysAreBusy(slices.Collect(maps.Values(seen))) {
		in.Calendar = "none"
	}
	return in
}

// sighting is what the rows of a group add up to.
type sighting struct {
	channel               centre.Channel
	days                  map[civil.Date]*daySighting
	handled, handledCalls float64
	waited, abandoned     float64
}

// daySighting is a day of a group: its calls, and the minutes of the day in
// which intervals with calls begin and end.
type daySighting struct {
	calls float64
	busy  []civil.Span
}

func (s *sighting) add(r ingest.Row, loc *time.Location) {
	if r.Channel == string(centre.Email) {
		s.channel = centre.Email
	}
	if math.IsNaN(r.Offered) {
		return
	}
	at := r.Start.In(loc)
	if s.days == nil {
		s.days = map[civil.Date]*daySighting{}
	}
	d := s.days[civil.DateOf(at)]
	if d == nil {
		d = &daySighting{}
		s.days[civil.DateOf(at)] = d
	}
	d.calls += r.Offered
	if r.Offered > 0 && !r.Daily() {
		open := civil.ClockOf(at)
		d.busy = append(d.busy, civil.Span{Open: open, Close: min(open+civil.Clock(r.Step/time.Minute), 24*60)})
	}
	if h := r.Handled(); !math.IsNaN(h) {
		s.handled += h
		if math.IsNaN(r.Answered) {
			s.handledCalls += r.Offered
		} else {
			s.handledCalls += r.Answered
		}
	}
	if !math.IsNaN(r.WaitSeconds) && !math.IsNaN(r.Abandoned) {
		s.waited += r.WaitSeconds
		if !math.IsNaN(r.AbandonedWaitSeconds) {
			s.waited += r.AbandonedWaitSeconds
		}
		s.abandoned += r.Abandoned
	}
}

func (s *sighting) draft(id string) centre.DraftGroup {
	g := centre.DraftGroup{ID: id, Channel: s.channel, Hours: s.hours()}
	if s.handledCalls > 0 {
		g.HandleTime = seconds(s.handled / s.handledCalls)
	}
	if s.abandoned > 0 {
		// The mean patience is the time that all callers waited over the number
		// who gave up; where the time of those who did is not in the record, it is
		// somewhat too short.
		g.Patience = seconds(s.waited / s.abandoned)
	}
	total, open := 0.0, 0.0
	for _, d := range s.days {
		if total += d.calls; d.calls > 0 {
			open++
		}
	}
	if open > 0 {
		g.Volume = math.Round(total / open)
	}
	return g
}

func seconds(s float64) time.Duration { return time.Duration(math.Round(s)) * time.Second }

// redDaysAreBusy tells whether calls come on the red days of the Swedish
// calendar as on other weekdays: the history is of another country.
func redDaysAreBusy(all []*sighting) bool {
	calendar := civil.Sweden()
	red, redDays, other, otherDays := 0.0, 0, 0.0, 0
	for _, s := range all {
		for d, day := range s.days {
			switch w := d.Weekday(); {
			case w == time.Saturday || w == time.Sunday:
			case calendar.On(d).Kind == civil.Red:
				red, redDays = red+day.calls, redDays+1
			default:
				other, otherDays = other+day.calls, otherDays+1
			}
		}
	}
	return redDays > 0 && otherDays > 0 && red/float64(redDays) > redShare*other/float64(otherDays)
}
