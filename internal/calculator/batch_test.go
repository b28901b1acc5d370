package calculator_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bemanna/internal/calculator"
)

// table is a file by column name.
type table []map[string]string

func parse(t *testing.T, text []byte) table {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows table
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// nothing is usual.
func nothing(string) string { return "" }

// run puts a sheet through the batch, as text.
func run(t *testing.T, sheet string) table {
	t.Helper()
	b, err := calculator.RunBatch(strings.NewReader(sheet), nothing)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	return parse(t, out.Bytes())
}

// vectors reads reference vectors, which are not part of the repository.
func vectors(t *testing.T, name string) table {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../../shared/vectors", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the reference vectors are not on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, text)
}

func value(t *testing.T, row map[string]string, column string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(row[column], 64)
	if err != nil {
		t.Fatalf("column %s of %v: %v", column, row, err)
	}
	return x
}

// near allows a difference of tolerance, relative where want is above 1.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// TestReferenceCases: what people type into calculators, against arithmetic of
// 320 bits.
func TestReferenceCases(t *testing.T) {
	rows := vectors(t, "contact_centre.csv")
	var sheet strings.Builder
	sheet.WriteString("calls,aht_s,patience_s,threshold_s,agents,definition\n")
	definitions := []struct{ name, column string }{
		{"offered", "A_SL_offered"},
		{"answered", "A_SL_answered"},
		{"excluding-short", "A_SL_excl_short_ab"},
		{"including-abandoned", "A_P_W_le_T"},
	}
	for _, r := range rows {
		for _, d := range definitions {
			fmt.Fprintf(&sheet, "%s,%s,%s,%s,%s,%s\n", r["V_per_900s"], r["AHT_s"], r["patience_s"], r["T_s"], r["n"], d.name)
		}
		fmt.Fprintf(&sheet, "%s,%s,,%s,%s,\n", r["V_per_900s"], r["AHT_s"], r["T_s"], r["n"])
	}
	out := run(t, sheet.String())
	const each = 5
	for i, r := range rows {
		for j, d := range definitions {
			got, what := out[i*each+j], fmt.Sprintf("row %d %s", i+2, d.name)
			near(t, what, value(t, got, "service_level"), value(t, r, d.column), 2e-12)
			near(t, what+" delay", value(t, got, "delay"), value(t, r, "A_Pw"), 1e-12)
			near(t, what+" abandonment", value(t, got, "abandonment"), value(t, r, "A_Pab"), 1e-12)
			near(t, what+" ASA", value(t, got, "asa_s"), value(t, r, "A_EW_served_s"), 1e-12)
			near(t, what+" wait", value(t, got, "wait_s"), value(t, r, "A_EW_all_s"), 1e-12)
			near(t, what+" occupancy", value(t, got, "occupancy"), value(t, r, "A_occupancy"), 1e-12)
		}
		got, what := out[i*each+each-1], fmt.Sprintf("row %d Erlang C", i+2)
		if r["C_SL"] == "" || value(t, r, "load_erl") >= value(t, r, "n") {
			continue
		}
		near(t, what, value(t, got, "service_level"), value(t, r, "C_SL"), 1e-12)
		near(t, what+" ASA", value(t, got, "asa_s"), value(t, r, "C_ASA_s"), 1e-12)
		near(t, what+" occupancy", value(t, got, "occupancy"), value(t, r, "C_occupancy"), 1e-12)
	}
}

// TestReferenceNeeds: the smallest number of agents for every definition.
func TestReferenceNeeds(t *testing.T) {
	rows := vectors(t, "sizing.csv")
	cases := []struct{ definition, patience, column string }{
		{"offered", "", "n_C"},
		{"offered", "patience_s", "n_A_offered"},
		{"answered", "patience_s", "n_A_answered"},
		{"excluding-short", "patience_s", "n_A_excl_short"},
		{"including-abandoned", "patience_s", "n_A_PWleT"},
	}
	var sheet strings.Builder
	sheet.WriteString("calls,aht_s,patience_s,threshold_s,target,definition\n")
	for _, r := range rows {
		for _, c := range cases {
			fmt.Fprintf(&sheet, "%s,%s,%s,%s,%s,%s\n", r["V_per_900s"], r["AHT_s"], r[c.patience], r["T_s"], r["target"], c.definition)
		}
	}
	out := run(t, sheet.String())
	for i, r := range rows {
		for j, c := range cases {
			got := out[i*len(cases)+j]
			if got["agents"] != r[c.column] || got["error"] != "" {
				t.Errorf("row %d %s: %s agents %s, want %s", i+2, c.column, got["agents"], got["error"], r[c.column])
			}
			if n := value(t, got, "agents_real"); math.Ceil(n-1e-9) != value(t, r, c.column) {
				t.Errorf("row %d %s: %v agents do not round up to %s", i+2, c.column, n, r[c.column])
			}
		}
		near(t, fmt.Sprintf("row %d level", i+2), value(t, out[i*len(cases)+1], "service_level"), value(t, r, "SL_at_n"), 2e-12)
	}
}

func BenchmarkBatch(b *testing.B) {
	var sheet strings.Builder
	sheet.WriteString("calls,aht_s,patience_s,target\n")
	const rows = 10_000
	for i := range rows {
		fmt.Fprintf(&sheet, "%d,%d,%d,85/60s\n", 1+i%500, 120+i%400, 60+i%300)
	}
	for b.Loop() {
		batch, err := calculator.RunBatch(strings.NewReader(sheet.String()), nothing)
		if err != nil || batch.Faulty > 0 {
			b.Fatal(batch.Faulty, err)
		}
		if err := batch.WriteCSV(new(bytes.Buffer)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/rows, "µs/row")
}
