package plan

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Working is something about the days ahead that took long to work out, for the
// next time that it is asked for. Stamp tells what it was worked out from: from
// anything else it is worked out anew.
type Working struct {
	Name  string
	Until civil.Date // the last day that it is about
	Stamp string
	Doc   []byte
}

// Workings is what the spine wants of a store to keep them.
type Workings interface {
	// KeepWorkings writes over those of the same names.
	KeepWorkings(ctx context.Context, all []Working) error
	// Workings gives those whose names begin with a prefix, by name.
	Workings(ctx context.Context, prefix string) (map[string]Working, error)
}

// program is the version of the program that runs: another may work out the same
// things otherwise.
func program() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return ""
}

// stampOf tells values apart: JSON that is the same has the same stamp.
func stampOf(values ...any) (string, error) {
	text, err := json.Marshal(append([]any{program()}, values...))
	if err != nil {
		return "", fmt.Errorf("stamp: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// workedDay is what is slow to work out of a day ahead: the need of each pool as
// expected, with more calls than nine of ten, and how it grows with them; what
// people on the telephone are worth; and who works when.
type workedDay struct {
	Need, Hard, Elastic [][]float64
	Cost                [][][]schedule.Money // by pool, interval and people
	Plan                schedule.Plan
}

func workedDayName(d civil.Date) string { return workedDays + d.String() }

// workedDays begins the names of the workings of days.
const workedDays = "day "

// stampIn tells what the plan of the day rests on.
func (a *aheadDay) stampIn(c *centre.Centre, seed uint64) (string, error) {
	type calls struct {
		Group                    string
		Mean, Spread, HandleTime []float64
		DayShare, Sigma          float64
		Patience, Correlation    float64
		Waiting                  float64
	}
	var asked []calls
	for _, f := range a.forecasts {
		x := calls{
			Group: f.Group.ID, Mean: f.Forecast.Mean, Spread: f.Forecast.Spread, HandleTime: f.Forecast.HandleTime,
			DayShare: f.Forecast.DayShare, Patience: f.Patience.Mean, Correlation: f.Correlation, Waiting: f.Waiting,
		}
		if len(f.Forecast.Days) > 0 {
			x.Sigma = f.Forecast.Days[0].Sigma
		}
		asked = append(asked, x)
	}
	lasting := *c // what the centre file says of any day
	lasting.People, lasting.Bookings, lasting.Attendance, lasting.Events, lasting.Overrides = nil, nil, nil, nil, nil
	lasting.Dir, lasting.Files, lasting.Store, lasting.Publish = "", nil, "", centre.Publish{} // the same centre by any path
	lasting.Closings = slices.DeleteFunc(slices.Clone(c.Closings), func(x centre.Closing) bool { return x.Date != a.date })
	return stampOf(a.date, c.Location.String(), c.Calendar.On(a.date), lasting, c.Available(a.date), a.published, a.turnout, asked, seed, aheadIterations)
}

// working writes down what was worked out of the day.
func (a *aheadDay) working() (*Working, error) {
	worked := workedDay{Elastic: a.elastic, Plan: a.draft.plan}
	for i := range a.r.Pools {
		worked.Need, worked.Hard = append(worked.Need, a.r.Pools[i].Need), append(worked.Hard, a.hard.Pools[i].Need)
		worked.Cost = append(worked.Cost, a.problem.Demands[i].Cost)
	}
	var doc bytes.Buffer
	err := gob.NewEncoder(&doc).Encode(worked)
	return &Working{Name: workedDayName(a.date), Until: a.date, Stamp: a.stamp, Doc: doc.Bytes()}, err
}

// day gives what was worked out from the same; nil: nothing, or nothing that can
// be read.
func (w Working) day(stamp string) *workedDay {
	var out workedDay
	if w.Stamp != stamp || gob.NewDecoder(bytes.NewReader(w.Doc)).Decode(&out) != nil {
		return nil
	}
	if n := len(out.Cost); len(out.Need) != n || len(out.Hard) != n || len(out.Elastic) != n {
		return nil
	}
	return &out
}

// staffAs gives each pool the need that was found before.
func (r *Requirement) staffAs(needs [][]float64) error {
	return r.staff(func(p *PoolNeed) ([]float64, error) { return needs[r.pool(p.ID)], nil })
}

func (r *Requirement) pool(id string) int {
	return slices.IndexFunc(r.Pools, func(p PoolNeed) bool { return p.ID == id })
}

// phone gives the costs of people on the telephone as they were found before.
func (w *workedDay) phone(_ *centre.Centre, r *Requirement, p *PoolNeed, t, _ int) ([]schedule.Money, error) {
	return w.Cost[r.pool(p.ID)][t], nil
}
