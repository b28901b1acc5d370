//go:build unix

package board

import (
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"bemanna/internal/plan"
)

// BenchmarkTenLeads is ten leads who never think: each reports somebody of the
// invented centre away, and accepts until that is in the plan. Overtaken is how often
// somebody was shown a plan that was not the newest any more when it was accepted.
func BenchmarkTenLeads(b *testing.B) {
	f := newFixture(b)
	if err := demoPlan(b.Context(), f); err != nil {
		b.Fatal(err)
	}
	d, err := plan.Stored(b.Context(), f.c, f.store(b), monday)
	if err != nil {
		b.Fatal(err)
	}
	here := keep(d.Agents, func(a plan.Agent) bool { return a.Shift != nil })
	const leads = 10
	var overtaken atomic.Int64
	lead := func(id string) {
		w := f.send(mondayPath+"/checkin", url.Values{"version": {"1"}, "mark-" + id: {"absent"}})
		for w.Code == http.StatusOK || w.Code == http.StatusConflict {
			if w = f.send(mondayPath+"/accept", acceptForm(w.Body.String())); w.Code == http.StatusConflict {
				overtaken.Add(1)
			}
		}
		if w.Code != http.StatusSeeOther {
			b.Errorf("%s: %d", id, w.Code)
		}
	}
	began := cpu(b)
	next := 0
	for b.Loop() {
		var all sync.WaitGroup
		for range leads {
			id := here[next].ID
			next++
			all.Go(func() { lead(id) })
		}
		all.Wait()
	}
	n := float64(leads * b.N)
	b.ReportMetric((cpu(b)-began).Seconds()/n, "cpu-s/accepted")
	b.ReportMetric(b.Elapsed().Seconds()/n, "s/accepted")
	b.ReportMetric(float64(overtaken.Load())/n, "overtaken/accepted")
}
