package i18n

import (
	"math"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"bemanna/internal/civil"
)

func keys(t *testing.T, lang string) map[string]bool {
	t.Helper()
	b, err := catalogues.ReadFile("catalogue/" + lang + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := yaml.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for k := range all {
		set[k] = true
	}
	return set
}

func TestBothLanguagesHaveEveryKey(t *testing.T) {
	if diff := cmp.Diff(keys(t, "sv"), keys(t, "en")); diff != "" {
		t.Errorf("keys (-sv +en):\n%s", diff)
	}
}

func TestNumbers(t *testing.T) {
	sv, err := New("sv")
	if err != nil {
		t.Fatal(err)
	}
	en, err := New("en")
	if err != nil {
		t.Fatal(err)
	}
	day := civil.NewDate(2026, 11, 24)
	for _, c := range []struct{ got, want string }{
		{sv.Number(1234.56, 1), "1\u00a0234,6"},
		{en.Number(1234.56, 1), "1,234.6"},
		{sv.Number(-0.5, 1), "-0,5"},
		{sv.Number(-0.04, 1), "0,0"},
		{sv.Number(math.NaN(), 1), "–"},
		{sv.Share(0.853, 0), "85\u00a0%"},
		{en.Share(0.853, 1), "85.3%"},
		{sv.Chance(0.71), "71\u00a0%"},
		{en.Chance(0.9999), ">99%"},
		{en.Chance(0), "<1%"},
		{sv.Change(1.18), "+18\u00a0%"},
		{en.Change(0.9), "-10%"},
		{en.Change(0.998), "+0%"},
		{sv.Day(day), "tis 24 nov 2026"},
		{en.Day(day), "Tue 24 Nov 2026"},
		{sv.Say("kind.phone"), "telefon"},
		{sv.Say("today.outlook", Args{"Within": 60, "Share": "87 %", "Definition": "x", "Chance": "71 %", "Target": "85 %"}), "Väntat besvarat inom 60 s: 87 % (x). Chans att nå 85 %: 71 %."},
		{sv.Say("no.such.key"), "no.such.key"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if _, err := New("fi"); err == nil {
		t.Error("New(fi): no error")
	}
}
