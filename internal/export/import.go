package export

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// ImportFile says what the import of a file found and did, as JSON.
type ImportFile struct {
	File     string         `json:"file"`
	Found    string         `json:"found"` // of its form
	Columns  []string       `json:"columns"`
	Ignored  []string       `json:"ignored,omitempty"`
	Read     int            `json:"read"`
	Good     int            `json:"good"`
	New      int            `json:"new"`
	Changed  int            `json:"changed"`
	Same     int            `json:"same"`
	Repeated int            `json:"repeated"`
	SetAside map[string]int `json:"set_aside"`
	Rejects  []ImportReject `json:"rejects"`
	Groups   []ImportGroup  `json:"groups"`
	layout   ingest.Layout
}

// ImportReject is a row that was set aside.
type ImportReject struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// ImportGroup is a group of the file.
type ImportGroup struct {
	Name  string    `json:"name"`
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
	Rows  int       `json:"rows"`
	Known bool      `json:"known"` // the centre file has an answer group for it
}

// Imported turns the summary of an import into its document.
func Imported(file string, c *centre.Centre, s plan.ImportSummary) ImportFile {
	r := s.Report
	out := ImportFile{
		File: file, Found: found(r.Layout), Ignored: r.Layout.Ignored, layout: r.Layout,
		Read: r.Read, Good: r.Good, New: s.New, Changed: s.Changed, Same: s.Same, Repeated: r.Repeats,
		SetAside: map[string]int{}, Rejects: []ImportReject{},
	}
	for _, col := range r.Layout.Columns {
		out.Columns = append(out.Columns, col.Name+" = "+col.Use)
	}
	for why, n := range r.SetAside {
		out.SetAside[string(why)] = n
	}
	for _, x := range r.Rejects {
		out.Rejects = append(out.Rejects, ImportReject{x.Line, x.Column, x.Value, string(x.Reason)})
	}
	for _, g := range r.Groups {
		out.Groups = append(out.Groups, ImportGroup{
			Name: g.Group, First: g.First.In(c.Location), Last: g.Last.In(c.Location), Rows: g.Rows,
			Known: knows(c, g.Group),
		})
	}
	return out
}

// knows tells whether a name of telephony belongs to a group of the centre.
func knows(c *centre.Centre, name string) bool {
	return slices.ContainsFunc(c.Groups, func(g centre.Group) bool {
		return slices.ContainsFunc(g.History, func(q centre.Queue) bool { return q.Name == name })
	})
}

// found names what was detected.
func found(l ingest.Layout) string {
	parts := []string{l.Encoding}
	if l.Gzip {
		parts = []string{"gzip", l.Encoding}
	}
	decimal := "."
	if l.DecimalComma {
		decimal = ","
	}
	return strings.Join(append(parts, fmt.Sprintf("%q", delimiterName(l)), "1"+decimal+"5", string(l.Dates), l.Step.String(), l.Zone), " · ")
}
