package schedule

// Names of the rules, as in Reason and Violation.
const (
	RuleRoster  = "roster"
	RuleFill    = "fill"
	RuleShift   = "shift"
	RuleSkill   = "skill"
	RuleOpen    = "open"
	RuleFixed   = "fixed"
	RuleLunch   = "lunch"
	RuleCoffee  = "coffee"
	RuleStretch = "stretch"
	RuleCost    = "cost"
	RuleBlock   = "block"
	RulePhone   = "phone"
)
