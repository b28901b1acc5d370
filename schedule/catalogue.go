package schedule

import "slices"

// Names of the rules, as in Reason and Violation.
const (
	RuleRoster  = "roster"
	RuleFill    = "fill"
	RuleShift   = "shift"
	RuleFixed   = "fixed"
	RulePinned  = "pinned"
	RuleSkill   = "skill"
	RuleOpen    = "open"
	RuleLunch   = "lunch"
	RuleCoffee  = "coffee"
	RuleStretch = "stretch"
	RuleCost    = "cost"
	RuleBlock   = "block"
	RulePhone   = "phone"
	RuleHard    = "hard_hours"
	RuleLunches = "lunches"
	RuleSeats   = "seats"
)

// Rule describes a rule of the day: data for those who show or change it.
type Rule struct {
	Name   string // as in Reason and Violation
	Text   string // what it wants, in English
	Unit   string // of what it limits or costs; "": yes or no
	Source string // who wants it
	Hard   bool   // a plan keeps it; otherwise breaking it has a price

	// What Check does about the rule: one of these.
	shape func(*inspection)           // reports what makes an agent's day no day at all
	day   func(*inspection)           // reports what breaks a hard rule on a day in shape
	cost  func(*inspection) Money     // the price of breaking a soft rule on that day
	crowd func(*planInspection) Money // the price of breaking a soft rule that ties the days together
	plan  func(*planInspection)       // reports what is wrong with the plan as a whole
}

// Catalogue lists all rules. The limits of those with a unit are in Rules.
func Catalogue() []Rule { return slices.Clone(catalogue) }

// The sources of the rules.
const (
	byNature    = "nature of the thing"
	byLaw       = "arbetstidslagen (1982:673) 15 §"
	byAgreement = "agreement of the workplace"
	byCentre    = "centre file"
	byDecision  = "whoever pinned it"
)

var catalogue = []Rule{
	{Name: RuleRoster, Hard: true, Source: byNature, plan: checkRoster, Text: "each agent has one day in the plan, in the order of the problem"},
	{Name: RuleFill, Hard: true, Source: byNature, shape: checkFill, Text: "activities fill the shift without gap or overlap"},
	{Name: RuleShift, Hard: true, Source: byAgreement, day: checkShift, Text: "an agent works one of the agent's own shifts"},
	{Name: RuleFixed, Hard: true, Source: byCentre, day: checkFixed, Text: "fixed blocks stay where they are and lie within the shift"},
	{Name: RulePinned, Hard: true, Source: byDecision, day: checkPinned, Text: "what is pinned is done where it stands, unless a fixed block lies there"},
	{Name: RuleSkill, Hard: true, Source: byCentre, day: checkSkill, Text: "agents work on what they can, by its channel"},
	{Name: RuleOpen, Hard: true, Source: byCentre, day: checkOpen, Text: "nobody works on a closed group, or on e-mail outside its window"},
	{Name: RuleLunch, Hard: true, Unit: "intervals after the start", Source: byAgreement, day: checkLunch, Text: "lunch has its length and begins within its window"},
	{Name: RuleCoffee, Hard: true, Unit: "intervals between", Source: byAgreement, day: checkCoffee, Text: "coffee breaks have their number, length and distance from the ends and from lunch"},
	{Name: RuleStretch, Hard: true, Unit: "intervals of work in a row", Source: byLaw, day: checkStretch, Text: "no stretch of work without a pause is too long"},
	{Name: RuleBlock, Unit: "money for each short run", Source: byAgreement, cost: costBlock, Text: "telephone and e-mail do not alternate in short runs"},
	{Name: RulePhone, Unit: "money for each interval beyond", Source: byAgreement, cost: costPhone, Text: "no run on the telephone is too long"},
	{Name: RuleHard, Unit: "money for each interval", Source: byAgreement, cost: costHard, Text: "who has had more than a fair share of hard hours is spared others"},
	{Name: RuleLunches, Unit: "agents at once", Source: byCentre, crowd: costCrowd(AtLunch), Text: "not too many have lunch at once"},
	{Name: RuleSeats, Unit: "agents at once", Source: byCentre, crowd: costCrowd(Seated), Text: "not more are at work at once than there are seats"},
	{Name: RuleCost, Hard: true, Unit: "money", Source: byNature, plan: checkCost, Text: "the plan says what it costs"},
}
