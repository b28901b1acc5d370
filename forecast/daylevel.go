package forecast

import (
	"context"
	"math"
)

// DayLevel is the model "day level × profile". The logarithm of a day's calls
// is a Gaussian process: effects of the calendar, a level that drifts, and
// noise. A profile for each type of day tells how the calls fall on the slots
// of the clock. The spread comes from forecasts of the past, made the same way.
//
// A group with less than eight days of history gets one profile and the mean of
// its days, drawn towards Options.Expected; one without any gets
// Options.Expected alone.
//
// Of a history that ends inside a civil day, the intervals of that day update
// what was to be expected of it at its midnight; see Forecast.Update.
type DayLevel struct{ without part }

// Name gives "day level × profile".
func (DayLevel) Name() string { return "day level × profile" }

// With a history of fewer civil days than fewDays, or fewer known ones than
// fewKnown, the model does not tell weekdays apart. On public series cut short,
// telling them apart from eight days on instead of three weeks takes an eighth to
// a quarter off the error.
// With less than littleDays it says that they are few.
const (
	fewDays    = 8
	fewKnown   = 5
	littleDays = 21
)

// Forecast implements Model.
func (m DayLevel) Forecast(ctx context.Context, h History, o Options) (Forecast, error) {
	if err := check(h, o); err != nil {
		return Forecast{}, err
	}
	if seen := h.today(); len(seen) > 0 && o.Intervals > 0 {
		return m.midday(ctx, h, o, seen)
	}
	a := lookAhead(h, o)
	s := newStudy(h, o, a)
	s.leaveOut(m.without)
	f := a.forecast()
	f.expectHandling(h, o, a)
	s.noteAbove(o.Expected)
	switch telling := s.telling(s.days); {
	case len(telling) == 0:
		f.DayShare = vagueDayShare
		s.note(a.expect(&f, o))
		s.sayEvents(&f, a)
	case len(telling) < fewKnown || s.days-telling[0] < fewDays:
		s.meanDay(&f, a, o)
		s.sayEvents(&f, a)
	default:
		if s.days-telling[0] < littleDays {
			s.note(Note{Kind: NoteLittle, Value: float64(len(telling))})
		}
		if err := s.learn(ctx, &f, a, o.Learnt); err != nil {
			return Forecast{}, err
		}
	}
	f.Notes = s.notes
	f.sumDays(a.day)
	return f, ctx.Err()
}

// learn fills f from a history that is long enough, with the help of what was
// learnt before.
func (s *study) learn(ctx context.Context, f *Forecast, a ahead, before *Learnt) error {
	var now Learnt
	if before != nil {
		now = *before
	}
	start := now.Level.hyper(a.start)
	m := s.fit(s.days, start)
	if start == nil {
		now.Level = m.level.hyper.keep(a.start)
	}
	r, ok := now.Spread.rehearsed(a.start)
	if !ok {
		var err error
		if r, err = m.rehearse(ctx); err != nil {
			return err
		}
		now.Spread = r.keep(a.start)
	}
	now.Kin = s.kin.keep()
	m.fill(f, a, r)
	f.Learnt = &now
	s.notes = append(s.notes, m.strange...)
	return nil
}

// fill puts into f what was learnt.
func (m *fitted) fill(f *Forecast, a ahead, r rehearsed) {
	if r.beside != nil {
		m.note(Note{Kind: NoteBaseline, Value: mixedIn})
	}
	days := make([]expected, len(a.dates))
	for k, date := range a.dates {
		d := int(date - m.first)
		days[k] = m.expect(d)
		if days[k].calls > 0 {
			f.Days[k].Terms = m.terms(d, days[k].at)
		}
		if r.beside != nil {
			m.mix(&days[k], *r.beside, m.days, d)
		}
	}
	for i := range f.Mean {
		d := days[a.day[i]]
		if a.open[i] {
			f.Mean[i] = d.calls * d.profile[a.slot[i]]
			f.Spread[i] = min(r.spread(d), widestSpread)
		}
	}
	f.DayShare, f.Course = r.dayShare, r.course
}

// widestSpread bounds what weeks after a jump let a model believe: at 1 the most
// likely rate is 0 already, and a tenth of all are over 2.3 times the mean.
const widestSpread = 1.0

// expected is what is expected of one day.
type expected struct {
	at
	calls   float64   // if all slots were open; 0 when the group is usually closed
	profile []float64 // shares of the slots
	horizon horizon
}

// expect looks at day d, after those that were learnt from. It takes the middle
// of the day's distribution and not its mean, which is greater by half the
// variance: a hundredth or two at most, but for holidays that were never seen,
// where the variance is only that of not knowing.
func (m *fitted) expect(d int) expected {
	e := expected{at: m.level.at(m.row(d), m.time[d], m.noiseGroup(d)), profile: m.profile(d), horizon: m.horizon(d)}
	e.variance += m.level.unsettled(m.time[d])
	if m.openOn(d) {
		events := eventFactor(m.eventTerms(d, e.features))
		e.calls = min(math.Exp(e.log+m.given(d))/events, m.most) * events
	}
	return e
}
