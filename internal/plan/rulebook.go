package plan

import (
	"strings"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Rule is a rule that the plans of a centre keep, or pay for breaking.
type Rule struct {
	Name   string        `json:"name"`
	Hard   bool          `json:"hard"`            // a plan keeps it; else it has a price, or breaking it is said
	Limit  time.Duration `json:"-"`               // 0: none, or not a time
	Limits float64       `json:"limit_h"`         // Limit in hours
	Count  int           `json:"count"`           // of people or shifts; 0: no limit, or not a number
	After  civil.Clock   `json:"after,omitzero"`  // from when it counts; 0: at all times
	Where  string        `json:"where,omitempty"` // the name of the unit whose people it is about; "": all
	Source RuleSource    `json:"source"`          // who wants it
	Law    string        `json:"law,omitempty"`   // the section, where it is the law
}

// RuleSource is who wants a rule.
type RuleSource string

// The sources.
const (
	ByLaw       RuleSource = "law"
	ByAgreement RuleSource = "agreement"
	ByContract  RuleSource = "contract"
	ByCentre    RuleSource = "centre"
	ByDecision  RuleSource = "decision"
)

// The rules of this package, beside those of the schedule engine.
const (
	ruleHours = "hours"
	ruleStart = "start"
	ruleStaff = "min_staff"
)

// Rulebook lists the rules that the plans of a centre keep, with their limits:
// those that the schedule engine keeps within a day, but for what makes a plan a
// plan at all, and those that the spine keeps between days and beside them.
func Rulebook(c *centre.Centre) []Rule {
	u := c.Rules
	limits := map[string]time.Duration{
		schedule.RuleLunch: u.Lunch, schedule.RuleCoffee: u.Break, schedule.RuleStretch: u.LongestStretch,
		schedule.RuleBlock: u.MinBlock, schedule.RulePhone: u.LongestPhone,
	}
	var out []Rule
	counts := map[string]int{schedule.RuleLunches: u.LunchAtOnce, schedule.RuleSeats: u.Seats}
	for _, r := range schedule.Catalogue() {
		if source, law, ok := ruleSource(r.Source); ok {
			out = append(out, Rule{Name: r.Name, Hard: r.Hard, Limit: limits[r.Name], Count: counts[r.Name], Source: source, Law: law})
		}
	}
	for _, r := range schedule.WeekCatalogue() {
		_, law, _ := ruleSource(r.Source)
		switch r.Name {
		case schedule.RuleDailyRest:
			out = append(out, Rule{Name: ruleDailyRest, Hard: true, Limit: u.DailyRest, Source: ByLaw, Law: law})
		case schedule.RuleWeeklyRest:
			out = append(out, Rule{Name: ruleWeeklyRest, Hard: true, Limit: u.WeeklyRest, Source: ByLaw, Law: law})
		}
	}
	out = append(out, unitRules(c)...)
	out = append(out,
		Rule{Name: ruleLateShifts, Hard: true, Count: u.MostLate, After: u.LateAfter, Source: ByCentre},
		Rule{Name: ruleOvertime, Limit: u.MostOvertime, Source: ByLaw, Law: "arbetstidslagen (1982:673) 8 §"},
		Rule{Name: ruleHours, Limit: overHours * time.Hour, Source: ByContract},
		Rule{Name: ruleStart, Source: ByAgreement},
		Rule{Name: ruleStaff, Source: ByCentre},
	)
	for i := range out {
		out[i].Limits = out[i].Limit.Hours()
	}
	return out
}

// unitRules are the limits on lunches and seats of units.
func unitRules(c *centre.Centre) []Rule {
	var out []Rule
	for _, u := range c.Units {
		if u.LunchAtOnce > 0 {
			out = append(out, Rule{Name: schedule.RuleLunches, Count: u.LunchAtOnce, Where: u.Name, Source: ByCentre})
		}
		if u.Seats > 0 {
			out = append(out, Rule{Name: schedule.RuleSeats, Count: u.Seats, Where: u.Name, Source: ByCentre})
		}
	}
	return out
}

// ruleSource reads a source of the schedule engine; not ok: the nature of the
// thing, which is nobody's wish.
func ruleSource(text string) (source RuleSource, law string, ok bool) {
	switch {
	case strings.HasPrefix(text, "arbetstidslagen"):
		return ByLaw, text, true
	case strings.HasPrefix(text, "agreement"):
		return ByAgreement, "", true
	case strings.HasPrefix(text, "centre"):
		return ByCentre, "", true
	case strings.HasPrefix(text, "whoever"):
		return ByDecision, "", true
	}
	return "", "", false
}
