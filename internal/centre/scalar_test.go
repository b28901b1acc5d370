package centre

import (
	"fmt"
	"testing"
	"time"
)

// TestScalars lists what each scalar takes, with its value, and what it refuses.
func TestScalars(t *testing.T) {
	try(t, "clock", clock, texts{"08:15": "08:15", "8:15": "08:15", "00:00": "00:00", "24:00": "24:00"},
		"8", "08:60", "24:15", "25:00", "08:15:00", "-1:00", "0815", "")
	try(t, "span", span, texts{"08:00-16:30": "08:00-16:30", "00:00 - 24:00": "00:00-24:00"},
		"16:30-08:00", "08:00-08:00", "08:00", "22:00-26:00", "08:00-12:00-16:00")
	try(t, "weekdays", weekdays, texts{"mon-fri": "mon-fri", "Sat,SUN": "sat,sun", "fri-mon": "mon,fri-sun"},
		"", "mon-", "weekdays", "1-5", "mon;tue")
	try(t, "date", date, texts{"2026-11-24": "2026-11-24", "2024-02-29": "2024-02-29"},
		"2026-02-29", "2026-11-24T00:00:00Z", "24/11/2026", "20261124", "26-11-24")
	try(t, "flag", flag, texts{"true": "true", "false": "false"}, "yes", "True", "1", "")
	try(t, "line", line, texts{"Ann Berg": "Ann Berg", "Åsa 😀": "Åsa 😀"}, "", " ", "a\nb", "a\tb", "a\x00")
	try(t, "amount", amount, texts{"0": "0", "116": "116", "1.5": "1.5"},
		"-1", "+1", "1,5", "1e3", "0x10", "NaN", "Inf", ".5", "1_000", "")
	try(t, "present", present, texts{"0.92": "0.92", "1": "1"}, "0", "1.8", "92", "92%")
	try(t, "away", away, texts{"0": "0", "0.06": "0.06"}, "1", "1.8", "-0.1")
	try(t, "target", target, texts{"85/60s": "{0.85 1m0s }", "99.5/1m30s": "{0.995 1m30s }"},
		"85", "85/60", "0/60s", "100/60s", "180/60s", "85/0s", "85/-1s", "85/1.5s", "85%/60s", "85/60s/1", "85/25h")
	try(t, "skill", skill, texts{"parkering:3": "{parkering 3}"},
		"parkering", "parkering:0", "parkering:6", "parkering:2.7", ":3", "a:b:3")
	try(t, "id", id, texts{"a017": "a017", "äldre_direkt": "äldre_direkt", "11": "11", "_x-1.2": "_x-1.2"},
		"", "two words", "a:1", "-a", "a,b", "../a", "a\n", "😀")
	try(t, "zone", zone, texts{"Europe/Stockholm": "Europe/Stockholm", "UTC": "UTC"},
		"", "Local", "Stockholm", "+01:00", "../etc/passwd")
	try(t, "interval", interval, texts{"5m": "5m0s", "15m": "15m0s", "1h": "1h0m0s", "60m": "1h0m0s"},
		"15", "7m", "20m", "15m1s", "2h", "0s", "-15m", "900")
	try(t, "notice", notice, texts{"0d": "0", "2d": "2", "99d": "99"}, "2", "d", "-1d", "+1d", "100d", "2d ", "48h", "1.5d", "")
	try(t, "count", count(1, 99), texts{"1": "1", "99": "99", "007": "7"}, "0", "100", "2.7", "-1", "+1", "1e1", "4294967297", "")
	try(t, "length", length(0, time.Hour), texts{"0s": "0s", "45m": "45m0s", "1h": "1h0m0s", "0.5m": "30s"},
		"45", "61m", "-1m", "1.5s", "1d", "")
	try(t, "oneOf", oneOf("lead", "mentor"), texts{"lead": "lead"}, "Lead", "leader", "")
}

// texts are what is written and how the value that is read of it prints.
type texts map[string]string

func try[T any](t *testing.T, name string, s scalar[T], takes texts, refuses ...string) {
	t.Helper()
	for in, want := range takes {
		if got, ok := s.parse(in); !ok || fmt.Sprint(got) != want {
			t.Errorf("%s %q: %v, %t, want %s", name, in, got, ok, want)
		}
	}
	for _, in := range refuses {
		if got, ok := s.parse(in); ok {
			t.Errorf("%s %q: %v, want it refused", name, in, got)
		}
	}
}

func TestBrief(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"0s": 0, "45s": 45 * time.Second, "15m": 15 * time.Minute, "10m": 10 * time.Minute,
		"1h": time.Hour, "10h": 10 * time.Hour, "5h30m": 330 * time.Minute, "1h0m1s": time.Hour + time.Second,
	} {
		if got := brief(d); got != want {
			t.Errorf("brief(%v) = %s, want %s", d, got, want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	names := []string{"target", "name", "patience", "b1"}
	for in, want := range map[string]string{
		"taget": "target", "Target": "target", "tagret": "target", "patiance": "patience", "naam": "", // too short for two edits
		"colour": "", "b2": "", "": "",
	} {
		if want != "" {
			want = ` (did you mean "` + want + `"?)`
		}
		if got := didYouMean(in, names); got != want {
			t.Errorf("didYouMean(%q) = %q, want %q", in, got, want)
		}
	}
}
