package demo

import (
	"bytes"
	_ "embed" // the invented people
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"bemanna/internal/civil"
)

//go:embed files/invented-people.csv
var peopleFile []byte

// person is a line of invented-people.csv, as far as the bookings need it.
type person struct {
	id, unit, table  string
	employment       string
	days             civil.Weekdays
	earliest, latest civil.Clock
	skills           string
	roles            []string
}

func readPeople() ([]person, error) {
	rows, err := csv.NewReader(bytes.NewReader(peopleFile)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("people of the demo: %w", err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var people []person
	var p parser
	for _, row := range rows[1:] {
		cell := func(name string) string { return row[column[name]] }
		days, err := civil.ParseWeekdays(cell("days"))
		p.keep(err)
		people = append(people, person{
			id: cell("id"), unit: cell("unit"), table: cell("table"), employment: cell("employment"), days: days,
			earliest: p.clock(cell("earliest")), latest: p.clock(cell("latest")),
			skills: cell("skills"), roles: strings.Fields(cell("roles")),
		})
	}
	if p.err != nil {
		return nil, fmt.Errorf("people of the demo: %w", p.err)
	}
	return people, nil
}

func (p person) permanent() bool { return p.employment == "permanent" }

func (p person) has(role string) bool { return slices.Contains(p.roles, role) }

// newcomer tells whether somebody is still being taught: no skill above 2.
func (p person) newcomer() bool {
	return p.permanent() && !strings.ContainsAny(p.skills, "345")
}
