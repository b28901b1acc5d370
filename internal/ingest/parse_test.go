package ingest

import (
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	bad := math.NaN()
	for _, c := range []struct {
		text         string
		point, comma float64
	}{
		{"205", 205, 205},
		{"-3", -3, -3},
		{"−3", -3, -3},
		{"205,5", bad, 205.5},
		{"205.5", 205.5, bad},
		{"1,205", 1205, 1.205},
		{"1.205", 1.205, 1205},
		{"1 205", 1205, 1205},
		{"1\u00a0205\u202f000", 1205000, 1205000},
		{"1.205,5", bad, 1205.5},
		{"1,205.5", 1205.5, bad},
		{"12 05", bad, bad},
		{"1205 000", bad, bad},
		{" 7 ", 7, 7},
		{"1234567890123456", 1234567890123456, 1234567890123456},
		{"", bad, bad},
		{"-", bad, bad},
		{".5", bad, bad},
		{"5.", bad, bad},
		{"0x10", bad, bad},
		{"1e3", bad, bad},
		{"Inf", bad, bad},
		{"1_000", bad, bad},
	} {
		for _, comma := range []bool{false, true} {
			want := c.point
			if comma {
				want = c.comma
			}
			got, ok := number(c.text, comma)
			if ok == math.IsNaN(want) || ok && got != want {
				t.Errorf("number(%q, comma %v) = %v, %v, want %v", c.text, comma, got, ok, want)
			}
		}
	}
}

func TestSeconds(t *testing.T) {
	for text, want := range map[string]float64{
		"00:03:25": 205, "3:25": 205, "205": 205, "205,5": 205.5, "3:25,5": 205.5, "1:00:00": 3600, "100:00": 6000,
		"3:60": -1, "3:": -1, ":25": -1, "1:2:3:4": -1, "3:-25": -1, "a:25": -1, "3,5:25": -1,
	} {
		got, ok := seconds(text, true)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("seconds(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
}

func TestDecimalVote(t *testing.T) {
	for text, want := range map[string]int{
		"205,5": 1, "205.5": -1, "1.205,5": 1, "1,205.50": -1, "1,205": 0, "1.205": 0, "205": 0, "1 205,25": 1, "67,1 %": 0, "a,b": 0,
	} {
		if got := decimalVote(text); got != want {
			t.Errorf("decimalVote(%q) = %d, want %d", text, got, want)
		}
	}
}

// Whatever is written with a decimal sign and groups of thousands is read back.
func TestNumberReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 999_999_999).Draw(t, "n")
		tenths := rapid.IntRange(0, 9).Draw(t, "tenths")
		mark := rapid.SampledFrom([]string{"", " ", ".", "\u00a0"}).Draw(t, "mark")
		text := strconv.Itoa(n)
		for i := len(text) - 3; i > 0; i -= 3 {
			text = text[:i] + mark + text[i:]
		}
		got, ok := number(fmt.Sprintf("%s,%d", text, tenths), true)
		if want := float64(n) + float64(tenths)/10; !ok || math.Abs(got-want) > 1e-6 {
			t.Fatalf("%s,%d reads %v, %v; want %v", text, tenths, got, ok, want)
		}
	})
}

func TestStamps(t *testing.T) {
	type want struct {
		date         string
		minute, sec  int
		hasTime      bool
		length       int
		offset       time.Duration
		exact, month bool
	}
	for text, w := range map[string]want{
		"2026-11-23":                {date: "2026-11-23"},
		"20261123":                  {date: "2026-11-23"},
		"2026/11/23":                {date: "2026-11-23"},
		"23/11/2026":                {date: "2026-11-23"},
		"3/4/2026":                  {date: "2026-04-03"},
		"11/23/2026 8:15":           {date: "2026-11-23", minute: 495, hasTime: true, month: true},
		"23.11.2026 08.15":          {date: "2026-11-23", minute: 495, hasTime: true},
		"20261123 0815":             {date: "2026-11-23", minute: 495, hasTime: true},
		"2003-03-03T07:00:00":       {date: "2003-03-03", minute: 420, hasTime: true},
		"2026-11-23T08:15:30.123":   {date: "2026-11-23", minute: 495, sec: 30, hasTime: true},
		"2026-11-23T08:15:00.000Z":  {date: "2026-11-23", minute: 495, hasTime: true, exact: true},
		"2026-11-23T08:15:00+01:00": {date: "2026-11-23", minute: 495, hasTime: true, exact: true, offset: time.Hour},
		"2026-11-23 08:15:00 -0530": {date: "2026-11-23", minute: 495, hasTime: true, exact: true, offset: -5*time.Hour - 30*time.Minute},
		"2026-11-23T08:15+01":       {date: "2026-11-23", minute: 495, hasTime: true, exact: true, offset: time.Hour},
		"2026-11-23 08:00-08:15":    {date: "2026-11-23", minute: 480, hasTime: true, length: 15},
		"2026-11-23 08:00 – 08:14":  {date: "2026-11-23", minute: 480, hasTime: true, length: 15},
		"08:15":                     {minute: 495, hasTime: true},
		"8.15":                      {minute: 495, hasTime: true},
		"0815":                      {minute: 495, hasTime: true},
		"815":                       {minute: 495, hasTime: true},
		"23:45-24:00":               {minute: 1425, hasTime: true, length: 15},
		"23:45-00:00":               {minute: 1425, hasTime: true, length: 15},
	} {
		p := stamps{monthFirst: w.month}
		st, ok := p.parse(text)
		got := want{"", st.minute, st.second, st.hasTime, st.length, st.offset, st.exact, w.month}
		if st.hasDate {
			got.date = st.date.String()
		}
		if !ok || got != w {
			t.Errorf("%q: %+v, %v, want %+v", text, got, ok, w)
		}
	}
	for _, text := range []string{
		"", "x", "2026-13-01", "2026-02-29", "31/04/2026", "24:00", "08:60", "08:15:60", "8", "2026-11-23T", "2026-11-23 x",
		"1989-12-31", "2100-01-01", "2026-11-23T08:15+15:00", "2026-11-23T08:15 CET", "123/1/2026", "2026-111-23", "1/2/3/2026", "2026 11 23",
	} {
		if st, ok := (&stamps{}).parse(text); ok {
			t.Errorf("%q was read as %+v", text, st)
		}
	}
}
