package schedule

// RotaProblem asks for a lead and a deputy of each table for each week.
type RotaProblem struct {
	Weeks  int
	Tables []Table
	Agents []RotaAgent
}

// Table is a group of about four desks.
type Table struct {
	ID      string
	Members []int // indexes of RotaProblem.Agents
}

// RotaAgent is somebody who may lead a table.
type RotaAgent struct {
	ID       string
	Eligible bool
	// Present[w] is the share of the working days of week w on which the agent
	// is expected to be here, between 0 and 1.
	Present []float64
	// Led is the number of weeks led before the first week of the problem, and
	// SinceLed the number of weeks since the last of them, 0 being last week;
	// negative: never.
	Led, SinceLed int
}

// Duty is who leads a table in a week: indexes of RotaProblem.Agents, -1 where
// there is nobody.
type Duty struct {
	Lead, Deputy int
	// StandIn tells that Lead is not a member of the table, or was picked
	// though not eligible, because nobody else is here.
	StandIn bool
}
