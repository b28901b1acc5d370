package civil_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rickar/cal/v2/se"

	"bemanna/internal/civil"
)

// TestSwedenAgainstCal compares red days and eves with rickar/cal, a library of
// its own making. Its list of Swedish holidays leaves out Påskdagen and
// Pingstdagen, which it defines, and has Annandag pingst in no year.
func TestSwedenAgainstCal(t *testing.T) {
	for year := 1990; year <= 2100; year++ {
		want := map[string]bool{}
		for _, h := range append(slices.Clone(se.Holidays), se.Paskdagen, se.Pingstdagen) {
			if day, _ := h.Calc(year); !day.IsZero() && (h != se.Nationaldagen || year >= 2005) {
				want[day.Format(time.DateOnly)] = true
			}
		}
		if year < 2005 {
			want[(civil.Easter(year) + 50).String()] = true
		}
		got := map[string]bool{}
		sweden := civil.Sweden()
		for d := civil.NewDate(year, 1, 1); d <= civil.NewDate(year, 12, 31); d++ {
			if kind := sweden.On(d).Kind; kind == civil.Red || kind == civil.Eve {
				got[d.String()] = true
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d: rickar/cal (-) and civil (+):\n%s", year, diff)
		}
	}
}

// TestSwedenIn2026 has the whole list of a year.
func TestSwedenIn2026(t *testing.T) {
	sweden := civil.Sweden()
	var got []string
	for d := civil.NewDate(2026, 1, 1); d <= civil.NewDate(2026, 12, 31); d++ {
		if day := sweden.On(d); day.Kind != civil.Ordinary {
			got = append(got, fmt.Sprintf("%s %s %s %s", d, d.Weekday().String()[:3], day.Kind, day.Name))
		}
	}
	want := []string{
		"2026-01-01 Thu closed Nyårsdagen",
		"2026-01-02 Fri bridge Klämdag",
		"2026-01-05 Mon short Trettondagsafton",
		"2026-01-06 Tue closed Trettondedag jul",
		"2026-04-02 Thu short Skärtorsdagen",
		"2026-04-03 Fri closed Långfredagen",
		"2026-04-05 Sun closed Påskdagen",
		"2026-04-06 Mon closed Annandag påsk",
		"2026-04-30 Thu short Valborgsmässoafton",
		"2026-05-01 Fri closed Första maj",
		"2026-05-14 Thu closed Kristi himmelsfärdsdag",
		"2026-05-15 Fri bridge Klämdag",
		"2026-05-24 Sun closed Pingstdagen",
		"2026-06-06 Sat closed Sveriges nationaldag",
		"2026-06-19 Fri eve Midsommarafton",
		"2026-06-20 Sat closed Midsommardagen",
		"2026-10-30 Fri short Dagen före Alla helgons dag",
		"2026-10-31 Sat closed Alla helgons dag",
		"2026-12-24 Thu eve Julafton",
		"2026-12-25 Fri closed Juldagen",
		"2026-12-26 Sat closed Annandag jul",
		"2026-12-31 Thu eve Nyårsafton",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestBridgeDays has bridge days that lie beside a turn of the year, an eve, the
// 6th of June, and two holidays in one.
func TestBridgeDays(t *testing.T) {
	sweden := civil.Sweden()
	for day, want := range map[string]civil.Kind{
		"2024-12-27": civil.Bridge, // Friday after Annandag jul
		"2024-12-30": civil.Bridge, // Monday before Nyårsafton
		"2027-12-30": civil.Ordinary,
		"2023-06-05": civil.Bridge, // Monday before the 6th
		"2025-06-06": civil.Red,
		"2019-05-31": civil.Bridge, // Friday after Kristi himmelsfärdsdag
		"2008-05-01": civil.Red,    // Första maj and Kristi himmelsfärdsdag
		"2008-05-02": civil.Bridge,
		"2015-01-05": civil.Short, // Trettondagsafton, which is a bridge day too
	} {
		d, _ := civil.ParseDate(day)
		if got := sweden.On(d).Kind; got != want {
			t.Errorf("%s is %s, want %s", day, got, want)
		}
	}
}

func TestFree(t *testing.T) {
	sweden := civil.Sweden()
	for day, want := range map[string]bool{
		"2026-11-24": false, "2026-11-28": true, "2026-11-29": true, "2026-12-24": true,
		"2026-12-25": true, "2026-01-05": false, "2026-05-15": false,
	} {
		d, _ := civil.ParseDate(day)
		if got := sweden.Free(d); got != want {
			t.Errorf("%s free: %t, want %t", day, got, want)
		}
	}
}

// TestEaster compares with the algorithm of Oudin (1940) as given in Seidelmann
// (ed.), Explanatory Supplement to the Astronomical Almanac (1992), and with the
// earliest and the latest Easters of the two centuries.
func TestEaster(t *testing.T) {
	for year := 1900; year <= 2100; year++ {
		if got, want := civil.Easter(year), oudin(year); got != want || got.Weekday() != time.Sunday {
			t.Errorf("Easter %d: %s, want %s", year, got, want)
		}
	}
	for _, want := range []string{"1913-03-23", "1943-04-25", "1954-04-18", "2000-04-23", "2008-03-23", "2026-04-05", "2027-03-28", "2038-04-25"} {
		d, _ := civil.ParseDate(want)
		if year, _, _ := d.Civil(); civil.Easter(year) != d {
			t.Errorf("Easter %d: %s, want %s", year, civil.Easter(year), want)
		}
	}
}

func oudin(y int) civil.Date {
	c := y / 100
	n := y % 19
	k := (c - 17) / 25
	i := (c - c/4 - (c-k)/3 + 19*n + 15) % 30
	i -= (i / 28) * (1 - (i/28)*(29/(i+1))*((21-n)/11))
	j := (y + y/4 + i + 2 - c + c/4) % 7
	l := i - j
	m := 3 + (l+40)/44
	return civil.NewDate(y, time.Month(m), l+28-31*(m/4))
}

// TestKinds reads each kind as it is written.
func TestKinds(t *testing.T) {
	for k := civil.Ordinary; k <= civil.Red; k++ {
		if got, err := civil.ParseKind(k.String()); err != nil || got != k {
			t.Errorf("ParseKind(%s) = %s, %v", k, got, err)
		}
	}
	if k, err := civil.ParseKind("Closed"); err == nil {
		t.Errorf(`ParseKind("Closed") = %s, want an error`, k)
	}
}

func TestListed(t *testing.T) {
	days := map[civil.Date]civil.Day{civil.NewDate(2026, 3, 2): {Kind: civil.Special, Name: "Sportlov"}}
	c := civil.Listed(days)
	for d := civil.NewDate(2026, 2, 1); d < civil.NewDate(2026, 4, 1); d++ {
		if got := c.On(d); got != days[d] {
			t.Errorf("%s: %+v, want %+v", d, got, days[d])
		}
	}
}

// TestSwedenAtOnce asks one calendar from many goroutines, for the race detector.
func TestSwedenAtOnce(t *testing.T) {
	sweden := civil.Sweden()
	reds := make([]map[civil.Date]string, 8)
	var group sync.WaitGroup
	for i := range reds {
		group.Go(func() {
			reds[i] = map[civil.Date]string{}
			for d := civil.NewDate(2020, 1, 1); d < civil.NewDate(2030, 1, 1); d++ {
				if day := sweden.On(d); day.Kind == civil.Red {
					reds[i][d] = day.Name
				}
			}
		})
	}
	group.Wait()
	for _, red := range reds {
		if !maps.Equal(red, reds[0]) || len(red) < 100 {
			t.Fatalf("%d red days in ten years, want the same ones in every goroutine", len(red))
		}
	}
}
