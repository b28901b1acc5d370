package export

import (
	"bufio"
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/ingest"
)

// mostRejects is how many rows set aside are shown for each file.
const mostRejects = 10

// ImportText writes what came of all files in a line, and then of each what was
// found, read and set aside.
func ImportText(w io.Writer, files []ImportFile, words *i18n.Words) error {
	if len(files) == 0 {
		return nil
	}
	p := importPage{page{w: bufio.NewWriter(w), words: words}}
	p.sum(files)
	for _, f := range files {
		p.file(f)
	}
	return p.w.Flush()
}

type importPage struct{ page }

// sum says what all files brought, and from when to when it is.
func (p *importPage) sum(files []ImportFile) {
	var all ImportFile
	var first, last time.Time
	for _, f := range files {
		all.Good, all.New, all.Changed, all.Same = all.Good+f.Good, all.New+f.New, all.Changed+f.Changed, all.Same+f.Same
		for _, n := range f.SetAside {
			all.Read += n
		}
		for _, g := range f.Groups {
			if first.IsZero() || g.First.Before(first) {
				first = g.First
			}
			if g.Last.After(last) {
				last = g.Last
			}
		}
	}
	if all.Good == 0 {
		p.wrapped(p.words.Say("import.nothing"), 2)
		return
	}
	p.wrapped(p.words.Say("import.sum", i18n.Args{
		"First": civil.DateOf(first).String(), "Last": civil.DateOf(last).String(),
		"New": p.count(all.New), "Changed": p.count(all.Changed), "Same": p.count(all.Same), "Aside": p.count(all.Read),
	}), 2)
}

func (p *importPage) count(n int) string { return p.words.Number(float64(n), 0) }

func (p *importPage) say(id string, args ...i18n.Args) {
	p.line("  " + strings.Join(wrap(p.words.Say(id, args...), pageWidth-4), "\n    "))
}

func (p *importPage) file(f ImportFile) {
	p.line(f.File)
	if f.Read > 0 {
		p.form(f)
	}
	p.say("import.counts", i18n.Args{
		"Read": p.count(f.Read), "Good": p.count(f.Good), "New": p.count(f.New), "Changed": p.count(f.Changed), "Same": p.count(f.Same),
	})
	if f.Repeated > 0 {
		p.say("import.repeated", i18n.Args{"N": p.count(f.Repeated)})
	}
	p.setAside(f)
	var unknown []string
	for _, g := range f.Groups {
		if !g.Known {
			unknown = append(unknown, g.Name)
		}
	}
	if len(unknown) > 0 {
		p.say("import.unknown", i18n.Args{"Groups": strings.Join(unknown, ", ")})
	}
}

// form says how the file was read, for those whose file is of another form.
func (p *importPage) form(f ImportFile) {
	l := f.layout
	encoding := l.Encoding
	if l.Gzip {
		encoding += " (gzip)"
	}
	decimal := "import.point"
	if l.DecimalComma {
		decimal = "import.comma"
	}
	length := p.words.Say("import.daily")
	if l.Step < 24*time.Hour {
		length = p.words.Say("import.step", i18n.Args{"Minutes": int(l.Step.Minutes())})
	}
	p.say("import.form", i18n.Args{
		"Encoding": encoding, "Delimiter": delimiterName(l), "Decimal": p.words.Say(decimal),
		"Dates": string(l.Dates), "Length": length, "Zone": l.Zone,
	})
	var columns []string
	for _, c := range l.Columns {
		name := c.Name
		if name != c.Use {
			name += " = " + c.Use
		}
		columns = append(columns, name)
	}
	p.say("import.columns", i18n.Args{"Columns": strings.Join(columns, ", ")})
	if len(f.Ignored) > 0 {
		p.say("import.ignored", i18n.Args{"Columns": strings.Join(f.Ignored, ", ")})
	}
	if l.DatesAmbiguous {
		p.say("import.ambiguous")
	}
}

func delimiterName(l ingest.Layout) string {
	if l.Delimiter == '\t' {
		return "tab"
	}
	return string(l.Delimiter)
}

// setAside counts the rows that cannot be right, by reason, and shows the first.
func (p *importPage) setAside(f ImportFile) {
	for _, why := range slices.Sorted(maps.Keys(f.SetAside)) {
		p.say("import.aside", i18n.Args{"N": p.count(f.SetAside[why]), "Why": p.words.Say("aside." + why)})
	}
	rejects := slices.SortedStableFunc(slices.Values(f.Rejects), func(a, b ImportReject) int { return cmp.Compare(a.Line, b.Line) })
	for _, r := range rejects[:min(len(rejects), mostRejects)] {
		p.say("import.reject", i18n.Args{"Line": r.Line, "Column": r.Column, "Value": r.Value, "Why": p.words.Say("aside." + r.Reason)})
	}
}
