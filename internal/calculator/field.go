package calculator

import (
	"strings"

	"bemanna/erlang"
)

// A field is a figure of a case: its names, what is wanted of it, and how its
// text is read into a case.
type field struct {
	name    string   // of the flag; of the column with _ for -
	aliases []string // other names of the column, as plainName gives them
	want    string
	read    func(c *Case, text string) bool
}

var fields = []field{
	{
		"calls",
		[]string{"offered", "volume", "samtal", "antal_samtal", "inkomna"},
		"a number of 0 or more", into(number, any0, func(c *Case) *float64 { return &c.Calls }),
	},
	{
		"per",
		[]string{"interval", "duration", "intervall", "längd"},
		"a time above 0 such as 15m", into(seconds, positive, func(c *Case) *float64 { return &c.Per }),
	},
	{
		"aht",
		[]string{"handle_time", "average_handle_time", "ärendetid", "hanteringstid"},
		"a time from 1s to 24h such as 300s", into(seconds, handleTime, func(c *Case) *float64 { return &c.HandleTime }),
	},
	{
		"patience",
		[]string{"mean_patience", "tålamod"},
		"a mean time above 0 and up to 24h such as 4m, or nothing when nobody hangs up",
		into(seconds, patience, func(c *Case) *float64 { return &c.Patience }),
	},
	{"target", []string{"share", "mål"}, "a share above 0 and below 100 %, and a time such as 85/60s", readTarget},
	{
		"threshold",
		[]string{"within", "inom", "t"},
		"a time of 0 or more such as 60s", into(seconds, any0, func(c *Case) *float64 { return &c.Target.Threshold }),
	},
	{"definition", nil, "offered, answered, excluding-short, including-abandoned or excluding-below-5s", readDefinition},
	{"max-occupancy", nil, wantShare, into(Share, upToOne, func(c *Case) *float64 { return &c.Target.MaxOccupancy })},
	{"max-abandonment", nil, wantShare, into(Share, upToOne, func(c *Case) *float64 { return &c.Target.MaxAbandonment })},
	{"max-asa", nil, "a time above 0 such as 30s", into(seconds, positive, func(c *Case) *float64 { return &c.Target.MaxSpeedOfAnswer })},
	{
		"agents",
		[]string{"n", "staff", "bemanning"},
		"a number from 0 to 1e12, a range such as 5..12 or a list such as 5,7,9", readAgents,
	},
	{"shrinkage", []string{"bortfall"}, "a share from 0 to 99 %", into(Share, upTo99, func(c *Case) *float64 { return &c.Shrinkage })},
	{
		"login-rate",
		[]string{"inloggningsgrad"},
		"a share from 1 to 100 %", into(Share, from01, func(c *Case) *float64 { return &c.LoginRate }),
	},
	{"redial", nil, "a share from 0 to below 100 %", into(Share, belowOne, func(c *Case) *float64 { return &c.Redial })},
	{"cv", nil, "a share from 0 to 100 %", into(Share, atMostOne, func(c *Case) *float64 { return &c.CV })},
}

const wantShare = "a share above 0 and up to 100 %"

func any0(float64) bool         { return true }
func handleTime(x float64) bool { return 1 <= x && x <= day }
func patience(x float64) bool   { return 0 < x && x <= day }
func positive(x float64) bool   { return x > 0 }
func upToOne(x float64) bool    { return 0 < x && x <= 1 }
func atMostOne(x float64) bool  { return x <= 1 }
func belowOne(x float64) bool   { return x < 1 }
func upTo99(x float64) bool     { return x <= 0.99 }
func from01(x float64) bool     { return 0.01 <= x && x <= 1 }

// into reads a number in a range into a field of a case.
func into(parse func(string) (float64, bool), good func(float64) bool, dst func(*Case) *float64) func(*Case, string) bool {
	return func(c *Case, text string) bool {
		x, ok := parse(text)
		*dst(c) = x
		return ok && good(x)
	}
}

// readTarget reads 85/60s, or the share alone.
func readTarget(c *Case, text string) bool {
	percent, within, both := strings.Cut(text, "/")
	x, ok := Share(strings.TrimSpace(percent))
	c.Target.Share = x
	if both {
		var okWithin bool
		c.Target.Threshold, okWithin = seconds(strings.TrimSpace(within))
		ok = ok && okWithin
	}
	return ok && 0 < x && x < 1
}

func readDefinition(c *Case, text string) bool {
	d, err := erlang.ParseDefinition(strings.ReplaceAll(strings.ToLower(text), "_", "-"))
	c.Target.Definition = d
	return err == nil
}

func readAgents(c *Case, text string) (ok bool) {
	c.Agents, ok = agents(text)
	return ok
}

// Read makes a case of the texts of its fields, "" for those that are left
// out. What is usual stands for them, and Assumed says so; only calls and aht
// must be there. Records, where they are not nil, tell the patience. The error
// is an *[InputError].
func Read(text func(field string) string, records *Records) (Case, error) {
	c := Case{Records: records, Per: usualPer, LoginRate: 1, Target: erlang.Target{Threshold: usualThreshold}}
	given := map[string]string{}
	for _, f := range fields {
		s := strings.TrimSpace(text(f.name))
		switch {
		case s != "" && !f.read(&c, s):
			return Case{}, &InputError{f.name, s, f.want}
		case s != "":
			given[f.name] = s
		case f.name == "calls" || f.name == "aht":
			return Case{}, &InputError{f.name, s, f.want}
		}
	}
	if c.Load() > mostLoad {
		return Case{}, &InputError{"calls", given["calls"], "a load (calls × aht / per) of at most a million erlangs"}
	}
	if records != nil && given["patience"] != "" {
		return Case{}, &InputError{"patience", given["patience"], "it left out where records tell the patience"}
	}
	if c.Redial > 0 && c.Model() == ErlangC {
		return Case{}, &InputError{"redial", given["redial"], "patience as well: only those who hang up call again"}
	}
	c.assume(given)
	return c, nil
}

// assume fills in the share of the target, where no other part of it is given,
// and notes what was left out.
func (c *Case) assume(given map[string]string) {
	others := given["max-occupancy"]+given["max-abandonment"]+given["max-asa"] != ""
	if given["target"] == "" && !others {
		c.Target.Share = usualShare
	}
	for _, name := range []string{"per", "patience", "target", "threshold", "definition"} {
		said := given[name] != ""
		switch name {
		case "patience":
			said = said || c.Records != nil
		case "target":
			said = said || others
		case "threshold":
			said = said || strings.Contains(given["target"], "/")
		}
		if !said {
			c.Assumed = append(c.Assumed, name)
		}
	}
}
