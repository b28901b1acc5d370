package calculator_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"bemanna/internal/calculator"
)

// TestRecordsGiveBackThePatience: waits that end with an answer after a minute
// on average, callers who hang up after two. The mean of the waits of those who
// hang up is 40 s; the estimate must not be.
func TestRecordsGiveBackThePatience(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var sheet strings.Builder
	sheet.WriteString("call,wait_s,outcome\n")
	for i := range 20_000 {
		wait, patience := 60*r.ExpFloat64(), 120*r.ExpFloat64()
		outcome := "answered"
		if patience < wait {
			wait, outcome = patience, "abandoned"
		}
		fmt.Fprintf(&sheet, "%d,%.3f,%s\n", i, wait, outcome)
	}
	records, err := calculator.ReadRecords(strings.NewReader(sheet.String()))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mean patience", 1/records.Rate.Rate, 120, 0.05)
	near(t, "share who wait for two minutes", records.Patience.Survival(120), 0.3679, 0.03)

	general, exponential := solved(t, records, ""), solved(t, nil, "120")
	near(t, "need", general.Need.Real, exponential.Need.Real, 0.02)
}

func solved(t *testing.T, records *calculator.Records, patience string) calculator.Answer {
	t.Helper()
	c, err := calculator.Read(texts{"calls": "120", "aht": "300", "patience": patience}.of, records)
	if err != nil {
		t.Fatal(err)
	}
	a, err := calculator.Solve(c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestRecordsSetAside: a row that cannot be right is counted and left out.
func TestRecordsSetAside(t *testing.T) {
	for _, c := range []struct {
		sheet                    string
		waited, abandoned, aside int
		fault                    string
		wantErr                  string
	}{
		{sheet: "wait_s,answered\n10,1\n0,1\n20,0\n0,0\n", waited: 3, abandoned: 2},
		{sheet: "Väntetid (s);utfall\n0:45;besvarat\n12,5;Tappat\n", waited: 2, abandoned: 1},
		{
			sheet: "wait_s,answered\n10,1\n-3,1\n5,maybe\n", waited: 1, aside: 2,
			fault: "line 3: wait_s -3: want a time from 0 to 24h such as 45",
		},
		{sheet: "wait_s,answered\n0,1\nx,0\n", wantErr: "no call waited, want waits that say how patient callers are\nline 3: wait_s x: want a time from 0 to 24h such as 45"},
		{
			sheet: "wait_s,answered\n10,1\n1e308,0\n", waited: 1, aside: 1,
			fault: "line 3: wait_s 1e308: want a time from 0 to 24h such as 45",
		},
		{sheet: "wait_s\n10\n", wantErr: "wanted a column answered or outcome; found wait_s"},
		{sheet: "answered\n1\n", wantErr: "wanted a column wait_s; found answered"},
	} {
		r, err := calculator.ReadRecords(strings.NewReader(c.sheet))
		if c.wantErr != "" {
			if err == nil || err.Error() != c.wantErr {
				t.Errorf("%q: error %v, want %s", c.sheet, err, c.wantErr)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c.sheet, err)
			continue
		}
		fault := ""
		if r.Fault != nil {
			fault = r.Fault.Error()
		}
		if r.Waited != c.waited || r.Abandoned != c.abandoned || r.Aside != c.aside || fault != c.fault {
			t.Errorf("%q: %+v", c.sheet, *r)
		}
	}
}

// TestNobodyHangsUp: records without anybody who hung up are Erlang C.
func TestNobodyHangsUp(t *testing.T) {
	records, err := calculator.ReadRecords(strings.NewReader("wait_s,answered\n10,1\n20,1\n"))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "need", solved(t, records, "").Need.Real, solved(t, nil, "").Need.Real, 1e-9)
}
