package erlang_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bemanna/erlang"
)

// TestMixedQuickly: three rates say what 24 do, by every definition that counts
// nearly all calls, and so of those who give up; where they would not, it is Mixed.
func TestMixedQuickly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := rapid.Float64Range(0, 120).Draw(t, "load")
		q := erlang.Queue{
			ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: 1 / rapid.Float64Range(30, 1200).Draw(t, "patience"),
			RedialShare: rapid.SampledFrom([]float64{0, 0.5}).Draw(t, "redial"),
		}
		n := float64(rapid.IntRange(0, int(2*load)+5).Draw(t, "half agents")) / 2
		cv := rapid.Float64Range(0, 1).Draw(t, "cv")
		want, err := q.Mixed(n, 60, cv)
		if err != nil {
			t.Fatal(err)
		}
		got, err := q.MixedQuickly(n, 60, cv)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []erlang.Definition{erlang.OfOffered, erlang.IncludingAbandoned} {
			absolute(t, d.String(), got.ServiceLevel(d), want.ServiceLevel(d), 0.001)
		}
		absolute(t, "abandonment", got.Abandonment, want.Abandonment, 0.001)
	})
}

// TestMixedQuicklySpecialCases: they are those of Mixed, and so are the errors.
func TestMixedQuicklySpecialCases(t *testing.T) {
	patient := erlang.Queue{ArrivalRate: 0.01, ServiceRate: 0.01}
	for _, c := range []struct {
		q                     erlang.Queue
		agents, threshold, cv float64
	}{
		{patient, 2, 20, 0.2},
		{erlang.Queue{ServiceRate: 1}, 2, 20, 0.2},
		{erlang.Queue{ArrivalRate: 0.01, ServiceRate: 0.01, AbandonRate: 0.01}, 2, 20, 0},
		{erlang.Queue{ArrivalRate: 1, ServiceRate: 0.01, AbandonRate: 0.01}, 100, 20, 0.3},
		{patient, nan, 20, 0.2},
		{patient, 2, -1, 0.2},
		{patient, 2, 20, 1.1},
		{erlang.Queue{ArrivalRate: -1, ServiceRate: 1}, 2, 20, 0.2},
	} {
		want, wrong := c.q.Mixed(c.agents, c.threshold, c.cv)
		got, err := c.q.MixedQuickly(c.agents, c.threshold, c.cv)
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(erlang.Performance{})); diff != "" {
			t.Errorf("%+v (-Mixed +MixedQuickly):\n%s", c, diff)
		}
		if diff := cmp.Diff(wrong, err, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%+v: %v, want %v", c, err, wrong)
		}
	}
}
