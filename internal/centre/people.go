package centre

// Group gives the answer group with an id.
func (c *Centre) Group(id string) (Group, bool) {
	for _, g := range c.Groups {
		if g.ID == id {
			return g, true
		}
	}
	return Group{}, false
}

// GroupName gives the name of an answer group, its id where it is not known.
func (c *Centre) GroupName(id string) string {
	if g, ok := c.Group(id); ok {
		return g.Name
	}
	return id
}

// Person gives the person with an id.
func (c *Centre) Person(id string) (Person, bool) {
	for _, p := range c.People {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}

// UnitOf gives the id of the unit of a table, "" for a table that is not known.
func (c *Centre) UnitOf(table string) string {
	for _, t := range c.Tables {
		if t.ID == table {
			return t.Unit
		}
	}
	return ""
}

// TablePeople gives the people of a table, in the order of the file.
func (c *Centre) TablePeople(table string) []Person {
	var out []Person
	for _, p := range c.People {
		if p.Table == table {
			out = append(out, p)
		}
	}
	return out
}
