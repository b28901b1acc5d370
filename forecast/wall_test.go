package forecast

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"bemanna/internal/civil"
)

// TestWall compares the fast reading of the clock with that of package time.
func TestWall(t *testing.T) {
	zones := make([]*time.Location, 0, 6)
	for _, name := range []string{"UTC", "Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, zone)
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		step := rapid.SampledFrom([]time.Duration{5 * time.Minute, 30 * time.Minute, time.Hour, 24 * time.Hour}).Draw(t, "step")
		start := time.Unix(rapid.Int64Range(-2e9, 4e9).Draw(t, "seconds")/3600*3600, 0).In(zone)
		clock := newWall(Series{Start: start, Step: step})
		for i := range 400 {
			at := start.Add(time.Duration(i*i) * step)
			day, slot := clock.at(at)
			mid := at.Add(step / 2)
			since := time.Duration(mid.Hour())*time.Hour + time.Duration(mid.Minute())*time.Minute + time.Duration(mid.Second())*time.Second
			if day != civil.DateOf(mid) || slot != int(since/step) {
				t.Fatalf("%v: day %v, slot %d, want %v and %d", at, day, slot, civil.DateOf(mid), since/step)
			}
		}
	})
}
