package forecast

// vagueSpread is the relative standard deviation of a volume that somebody has
// only estimated: twice as many calls are then as likely as hardly any.
const vagueSpread = 0.5

// expect fills f with the client's estimate, spread evenly over the open
// intervals of each day; over the whole day when nobody has said when the
// group is open. Without an estimate the forecast is zero. The notes say which.
func (a ahead) expect(f *Forecast, o Options) {
	open := make([]int, len(a.dates)) // intervals of the whole day
	for d, date := range a.dates {
		for t := date.Start(a.zone); t.Before((date + 1).Start(a.zone)); t = t.Add(a.step) {
			if o.Open == nil || o.Open(t) {
				open[d]++
			}
		}
	}
	for i := range f.Mean {
		if a.open[i] {
			f.Mean[i] = o.Expected / float64(max(1, open[a.day[i]]))
			f.Spread[i] = vagueSpread
		}
	}
	f.Notes = append(f.Notes, Note{Kind: NoteNoHistory, Value: o.Expected})
}
