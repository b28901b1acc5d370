package forecast

// Part is a part of DayLevel with a name, to be left out.
type Part struct {
	Name string
	part part
}

// Parts are all parts of DayLevel that can be left out.
var Parts = []Part{
	{"position in the month", monthPart},
	{"holidays", holidayPart},
	{"time of the year", seasonPart},
	{"fast drift", fastPart},
	{"slow drift", slowPart},
	{"shifts of the level", shiftPart},
	{"damping of outliers", dampingPart},
	{"ageing of days", ageingPart},
	{"shrinkage of profiles", shrinkPart},
	{"mixing in of a baseline", baselinePart},
}

// Without gives the model without a part.
func Without(p Part) Model { return partial{DayLevel{without: p.part}, "without " + p.Name} }

// partial is a model with a name of its own.
type partial struct {
	Model
	name string
}

func (p partial) Name() string { return p.name }
