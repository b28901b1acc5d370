package forecast

import (
	"math"
	"time"

	"bemanna/internal/civil"
)

// Score says how good the forecasts of one group by one model were over the
// first Days days, pooled over the origins. It counts the open intervals whose
// calls are known; where there are none, the shares are NaN.
type Score struct {
	Group     string
	Model     string
	Days      int
	Intervals int     // how many intervals count
	Calls     float64 // calls in them
	// WAPE is Σ|mean − actual| / Σ actual, a share.
	WAPE float64
	// Floor is about what WAPE would be if the true rate of every interval
	// were known, calls coming by chance one by one.
	Floor float64
	// Bias is Σ(mean − actual) / Σ actual, a share: above 0, too many were
	// expected.
	Bias float64
	// Pinball is the mean of the pinball losses of the 10 %, 50 % and 90 %
	// quantiles, in calls per interval.
	Pinball float64
	// Cover80 and Cover95 are the shares of intervals with the actual from the
	// 10 % to the 90 %, and from the 2.5 % to the 97.5 % quantile.
	Cover80, Cover95 float64
	// Totals is of the totals of whole days.
	Totals DayScore
}

// DayScore says how good forecasts of the totals of whole days were. It counts the
// days of which all open intervals are known; where there are none, the shares are
// NaN.
type DayScore struct {
	Days int // how many count
	// WAPE is Σ|mean − actual| / Σ actual, and Floor about what it would be if
	// the true rates were known.
	WAPE, Floor      float64
	Cover80, Cover95 float64 // shares of days with the actual within the quantiles
}

func score(runs []BacktestRun, days int) Score {
	s := Score{Group: runs[0].Group, Model: runs[0].Model, Days: days}
	var absolute, signed, pinball, within80, within95, chance float64
	for _, r := range runs {
		counted := r.counted(days)
		for _, row := range counted {
			s.Calls += row.Actual
			absolute += math.Abs(row.Mean - row.Actual)
			signed += row.Mean - row.Actual
			pinball += (pinballLoss(.1, row.P10, row.Actual) + pinballLoss(.5, row.P50, row.Actual) + pinballLoss(.9, row.P90, row.Actual)) / 3
			within80 += between(row.P10, row.Actual, row.P90)
			within95 += between(row.P025, row.Actual, row.P975)
		}
		s.Intervals += len(counted)
		chance += chanceError(counted, r.Forecast.Step)
	}
	n := float64(s.Intervals)
	s.WAPE, s.Bias, s.Floor = share(absolute, s.Calls), share(signed, s.Calls), share(chance, s.Calls)
	s.Pinball, s.Cover80, s.Cover95 = share(pinball, n), share(within80, n), share(within95, n)
	s.Totals = scoreDays(runs, days)
	return s
}

func scoreDays(runs []BacktestRun, days int) DayScore {
	var s DayScore
	var calls, absolute, chance, within80, within95 float64
	for _, r := range runs {
		for _, d := range r.Days[:min(days, len(r.Days))] {
			if !d.Scored {
				continue
			}
			s.Days++
			calls += d.Actual
			absolute += math.Abs(d.Mean - d.Actual)
			chance += PoissonDeviation(d.Actual)
			within80 += between(d.P10, d.Actual, d.P90)
			within95 += between(d.P025, d.Actual, d.P975)
		}
	}
	n := float64(s.Days)
	s.WAPE, s.Floor = share(absolute, calls), share(chance, calls)
	s.Cover80, s.Cover95 = share(within80, n), share(within95, n)
	return s
}

// counted gives the rows of the first days that count in the scores.
func (r BacktestRun) counted(days int) []BacktestRow {
	day := r.Forecast.dayOf()
	var rows []BacktestRow
	for i, row := range r.Rows {
		if row.Scored && day[i] < days {
			rows = append(rows, row)
		}
	}
	return rows
}

// share gives part/whole, NaN of nothing.
func share(part, whole float64) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return part / whole
}

// pinballLoss is the loss of the forecast q of the p-quantile (Koenker and
// Bassett, Econometrica 46 (1978) 33–50).
func pinballLoss(p, q, actual float64) float64 {
	return max(p*(actual-q), (p-1)*(actual-q))
}

func between(low, x, high float64) float64 {
	if low <= x && x <= high {
		return 1
	}
	return 0
}

// chanceError gives the sum of the mean absolute deviations that Poisson counts
// have from their rates. The rates are not known; the day's total times the
// slot's share of all calls in rows stands in for them.
func chanceError(rows []BacktestRow, step time.Duration) float64 {
	if len(rows) == 0 {
		return 0
	}
	clock := newWall(Series{Start: rows[0].Start, Step: step})
	perDay, perSlot := map[civil.Date]float64{}, make([]float64, clock.slots())
	var total float64
	for _, r := range rows {
		date, slot := clock.at(r.Start)
		perDay[date] += r.Actual
		perSlot[slot] += r.Actual
		total += r.Actual
	}
	var sum float64
	for _, r := range rows {
		date, slot := clock.at(r.Start)
		if rate := perDay[date] * perSlot[slot] / total; rate > 0 {
			sum += PoissonDeviation(rate)
		}
	}
	return sum
}

// PoissonDeviation gives E|X − rate| of a Poisson count X: 2·e^−λ·λ^(⌊λ⌋+1)/⌊λ⌋!
// (Crow, The mean deviation of the Poisson distribution, Biometrika 45 (1958)
// 556).
func PoissonDeviation(rate float64) float64 {
	k := math.Floor(rate)
	lg, _ := math.Lgamma(k + 1)
	return 2 * math.Exp((k+1)*math.Log(rate)-rate-lg)
}
