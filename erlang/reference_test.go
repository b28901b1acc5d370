package erlang_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"bemanna/erlang"
)

// The reference vectors were computed in 320-bit arithmetic by two or three
// independent routes each. They are not part of the repository; the tests of
// exact_test.go cover the same ground with a smaller set of their own.

// A row is a line of a file of vectors, by column name.
type row map[string]string

// vectors reads a file of reference vectors, or skips the test.
func vectors(t *testing.T, name string) []row {
	t.Helper()
	file, err := os.Open(filepath.Join("../../shared/vectors", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the reference vectors are not on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]row, 0, len(lines)-1)
	for _, line := range lines[1:] {
		r := row{}
		for i, name := range lines[0] {
			r[name] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

func (r row) number(t *testing.T, column string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(r[column], 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		t.Fatalf("column %s: %v", column, err)
	}
	return x
}

// smallestNormal is where doubles start to lose digits: relative errors of
// smaller numbers are not looked at.
const smallestNormal = 0x1p-1022

// relative checks a relative error.
func relative(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if want < smallestNormal {
		if got > 2*smallestNormal {
			t.Errorf("%s = %v, want %v", what, got, want)
		}
		return
	}
	if err := math.Abs(got-want) / want; !(err <= tolerance) && got != want {
		t.Errorf("%s = %v, want %v: relative error %.2g above %.2g", what, got, want, err, tolerance)
	}
}

// absolute checks an absolute error.
func absolute(t rapid.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if err := math.Abs(got - want); !(err <= tolerance) {
		t.Errorf("%s = %v, want %v: error %.2g above %.2g", what, got, want, err, tolerance)
	}
}

// conditioned is the relative error allowed for a condition number.
func conditioned(kappa float64) float64 { return 4 * 0x1p-52 * (1 + kappa) }

func TestReferenceBlocking(t *testing.T) {
	for _, r := range vectors(t, "erlang_reference.csv") {
		n, a := r.number(t, "n"), r.number(t, "lambda")
		name := "(" + r["n"] + ", " + r["lambda"] + ")"
		switch r["model"] {
		case "B":
			relative(t, "B"+name, erlang.B(n, a), r.number(t, "P_block"), conditioned(r.number(t, "kappa_a")))
		case "C":
			kappa := r.number(t, "kappa_a")
			if math.IsNaN(kappa) { // not worked out for the largest n
				kappa = n - a
			}
			tolerance := conditioned(kappa)
			relative(t, "C"+name, erlang.C(n, a), r.number(t, "P_wait"), tolerance)
			p := perform(t, erlang.Queue{ArrivalRate: a, ServiceRate: 1}, n, r.number(t, "T"))
			relative(t, "late"+name, p.AnsweredLate, r.number(t, "one_minus_SL"), tolerance)
			absolute(t, "level"+name, p.ServiceLevel(erlang.OfOffered), r.number(t, "SL_offered"), 1e-14)
			relative(t, "wait"+name, p.AverageWait, r.number(t, "ASA_or_EW_all"), tolerance)
			relative(t, "queue"+name, p.QueueLength, r.number(t, "EQ"), tolerance)
			relative(t, "occupancy"+name, p.Occupancy, r.number(t, "occupancy"), 1e-15)
		}
	}
}

func TestReferenceAbandonment(t *testing.T) {
	for _, r := range vectors(t, "erlang_reference.csv") {
		if r["model"] != "A" {
			continue
		}
		n, a := r.number(t, "n"), r.number(t, "lambda")
		q := erlang.Queue{ArrivalRate: a, ServiceRate: 1, AbandonRate: r.number(t, "theta")}
		p := perform(t, q, n, r.number(t, "T"))
		name := "(n=" + r["n"] + ", λ=" + r["lambda"] + ", θ=" + r["theta"] + ", T=" + r["T"] + ") "
		relative(t, name+"delay", p.Delay, r.number(t, "P_wait"), 1e-12)
		relative(t, name+"abandonment", p.Abandonment, r.number(t, "P_abandon"), 1e-12)
		relative(t, name+"wait", p.AverageWait, r.number(t, "ASA_or_EW_all"), 1e-12)
		relative(t, name+"queue", p.QueueLength, r.number(t, "EQ"), 1e-12)
		relative(t, name+"ASA", p.SpeedOfAnswer, r.number(t, "EW_served"), 1e-12)
		relative(t, name+"occupancy", p.Occupancy, r.number(t, "occupancy"), 1e-13)
		const tolerance = 1e-13
		absolute(t, name+"offered", p.ServiceLevel(erlang.OfOffered), r.number(t, "SL_offered"), tolerance)
		absolute(t, name+"answered", p.ServiceLevel(erlang.OfAnswered), r.number(t, "SL_answered"), tolerance)
		absolute(t, name+"excluding short", p.ServiceLevel(erlang.ExcludingShort), r.number(t, "SL_excl_short_ab"), tolerance)
		absolute(t, name+"including abandoned", p.ServiceLevel(erlang.IncludingAbandoned), r.number(t, "P_W_le_T"), tolerance)
		absolute(t, name+"abandoned within", p.AbandonedWithin, r.number(t, "P_ab_within_T"), tolerance)
	}
}

// typed is the queue that people type: calls per 15 minutes, mean times.
func (r row) typed(t *testing.T) erlang.Queue {
	t.Helper()
	return erlang.Queue{
		ArrivalRate: r.number(t, "V_per_900s") / 900,
		ServiceRate: 1 / r.number(t, "AHT_s"),
		AbandonRate: 1 / r.number(t, "patience_s"),
	}
}

func TestReferenceContactCentre(t *testing.T) {
	for i, r := range vectors(t, "contact_centre.csv") {
		name := "row " + strconv.Itoa(i+2) + " "
		n, threshold := r.number(t, "n"), r.number(t, "T_s")
		q := r.typed(t)
		p := perform(t, q, n, threshold)
		relative(t, name+"delay", p.Delay, r.number(t, "A_Pw"), 1e-12)
		relative(t, name+"abandonment", p.Abandonment, r.number(t, "A_Pab"), 1e-12)
		absolute(t, name+"offered", p.ServiceLevel(erlang.OfOffered), r.number(t, "A_SL_offered"), 2e-12)
		absolute(t, name+"including", p.ServiceLevel(erlang.IncludingAbandoned), r.number(t, "A_P_W_le_T"), 2e-12)
		relative(t, name+"ASA", p.SpeedOfAnswer, r.number(t, "A_EW_served_s"), 1e-12)

		q.AbandonRate = 0
		if q.ArrivalRate/q.ServiceRate >= n {
			continue
		}
		p = perform(t, q, n, threshold)
		// The load in the file is what the typed numbers say exactly; two
		// divisions of doubles move it by an ulp or two.
		relative(t, name+"C delay", p.Delay, r.number(t, "C_Pw"), 1e-12)
		absolute(t, name+"C level", p.ServiceLevel(erlang.OfOffered), r.number(t, "C_SL"), 1e-12)
		relative(t, name+"C ASA", p.SpeedOfAnswer, r.number(t, "C_ASA_s"), 1e-12)
	}
}

func TestReferenceSizing(t *testing.T) {
	for i, r := range vectors(t, "sizing.csv") {
		impatient := r.typed(t)
		patient := impatient
		patient.AbandonRate = 0
		for _, c := range []struct {
			column     string
			queue      erlang.Queue
			definition erlang.Definition
		}{
			{"n_C", patient, erlang.OfOffered},
			{"n_A_offered", impatient, erlang.OfOffered},
			{"n_A_answered", impatient, erlang.OfAnswered},
			{"n_A_excl_short", impatient, erlang.ExcludingShort},
			{"n_A_PWleT", impatient, erlang.IncludingAbandoned},
		} {
			target := erlang.Target{
				Share: r.number(t, "target"), Threshold: r.number(t, "T_s"), Definition: c.definition,
			}
			n, err := c.queue.Agents(target)
			if err != nil {
				t.Fatal(err)
			}
			if want := r.number(t, c.column); float64(n) != want {
				t.Errorf("row %d %s: %d agents, want %v", i+2, c.column, n, want)
			}
			x, err := c.queue.AgentsReal(target)
			if err != nil {
				t.Fatal(err)
			}
			if erlang.Whole(x) != n {
				t.Errorf("row %d %s: %v agents do not round up to %d", i+2, c.column, x, n)
			}
		}
	}
}

func TestReferenceRedials(t *testing.T) {
	for i, r := range vectors(t, "redial.csv") {
		name := "row " + strconv.Itoa(i+2) + " "
		q, err := r.typed(t).WithRedials(r.number(t, "p_redial"))
		if err != nil {
			t.Fatal(err)
		}
		p := perform(t, q, r.number(t, "n"), r.number(t, "T_s"))
		relative(t, name+"attempts", p.OfferedRate/q.ArrivalRate, r.number(t, "lambda_eff_over_lambda"), 1e-12)
		relative(t, name+"delay", p.Delay, r.number(t, "P_wait"), 1e-12)
		relative(t, name+"abandonment", p.Abandonment, r.number(t, "P_ab_per_attempt"), 1e-12)
		absolute(t, name+"level", p.ServiceLevel(erlang.OfOffered), r.number(t, "SL_offered_attempts"), 2e-12)
	}
}

// perform is Performance for input that must be right.
func perform(t rapid.TB, q erlang.Queue, agents, threshold float64) erlang.Performance {
	t.Helper()
	p, err := q.Performance(agents, threshold)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
