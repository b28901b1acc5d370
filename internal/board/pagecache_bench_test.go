//go:build unix

package board

import (
	"net/http"
	"syscall"
	"testing"
	"time"
)

// BenchmarkDayPage is the page of a day of the invented centre, 69 people in 15
// groups, from the store to the last byte: when it has to be made, when it is kept,
// and when the reader has it.
func BenchmarkDayPage(b *testing.B) {
	f := newFixture(b)
	if err := demoPlan(b.Context(), f); err != nil {
		b.Fatal(err)
	}
	tag := f.ask(http.MethodGet, "/").Header().Get("ETag")
	for name, c := range map[string]struct {
		status int
		tag    string
		forget bool
	}{"made": {http.StatusOK, "", true}, "kept": {http.StatusOK, "", false}, "known": {http.StatusNotModified, tag, false}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			began := cpu(b)
			for b.Loop() {
				if c.forget {
					f.kept = keptPages{}
				}
				if w := f.ask(http.MethodGet, "/", "If-None-Match", c.tag); w.Code != c.status {
					b.Fatalf("status %d: %s", w.Code, f.log)
				}
			}
			b.ReportMetric(float64((cpu(b)-began).Microseconds())/1e3/float64(b.N), "cpu-ms/op")
		})
	}
}

// cpu is the time that this process has used, which other processes do not change.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
