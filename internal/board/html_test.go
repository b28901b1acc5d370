package board

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// TestPagesAreSound: every state of every page, in both languages, is well
// formed, has nothing that the policy forbids, a text for each picture, one main
// heading and no heading that skips a level.
func TestPagesAreSound(t *testing.T) {
	f, s := planned(t)
	token, hash := NewToken()
	if _, err := s.SaveLink(t.Context(), "p1", hash, "test", f.now); err != nil {
		t.Fatal(err)
	}
	paths := []string{
		"/", "/?unit=u1", "/?table=b1", "/day/2026-11-20", "/day/2026-11-22", "/now", "/now?follow=1&table=b2",
		"/forecast", "/why", "/links", "/links?unit=u1", "/p/" + token, "/p/" + token + "?day=2026-11-22", "/public/busy", "/public/busy/bygg", "/storybook",
		"/weeks", "/weeks?unit=u1&volume=10", "/weeks/slots?length=30&until=2026-12-01",
	}
	for _, s := range stories() {
		paths = append(paths, "/storybook/"+s.name)
	}
	for _, path := range paths {
		for _, lang := range []string{"sv", "en"} {
			joint := "?"
			if strings.Contains(path, "?") {
				joint = "&"
			}
			checkPage(t, path, f.page(t, path+joint+"lang="+lang))
		}
	}
	for _, path := range []string{"/nowhere", "/day/x", "/?lang=fi", "/?unit=none", "/p/x", "/weeks?sick=99", "/weeks/slots?from=x"} {
		checkPage(t, path, f.ask("GET", path).Body.String())
	}
	checkPicture(t, f.page(t, "/public/busy/bygg.svg?lang=sv"))
}

// checkPage reads a page as XML, which our templates are too.
func checkPage(t *testing.T, path, page string) {
	t.Helper()
	fault := func(format string, args ...any) {
		t.Helper()
		t.Errorf(path+": "+format, args...)
	}
	if strings.Contains(page, "board.") && strings.Contains(strings.ReplaceAll(page, "/static/board-", ""), "board.") {
		fault("a message is missing")
	}
	ids := map[string]bool{}
	var headings []int
	each(t, path, page, func(e xml.StartElement, within []string) {
		at := attributes(e)
		switch e.Name.Local {
		case "style", "iframe", "object":
			fault("a %s", e.Name.Local)
		case "script":
			if !strings.HasPrefix(at["src"], "/static/") || !strings.Contains(page, `src="`+at["src"]+`" defer="defer"></script>`) {
				fault("a script that is not a file of ours")
			}
		case "svg":
			hidden := at["aria-hidden"] == "true" && at["focusable"] == "false"
			if named := at["role"] == "img" && at["aria-label"] != ""; !hidden && !named && !slices.Contains(within, "svg") {
				fault("a picture without a text")
			}
		case "img":
			fault("an img: pictures are in the page")
		case "h1", "h2", "h3", "h4":
			headings = append(headings, int(e.Name.Local[1]-'0'))
		case "html":
			if at["lang"] == "" {
				fault("no language")
			}
		case "th":
			if at["scope"] == "" {
				fault("a heading of a table without a scope")
			}
		}
		if id := at["id"]; id != "" && ids[id] {
			fault("id %q twice", id)
		}
		ids[at["id"]] = true
		for name := range at {
			if name == "style" || strings.HasPrefix(name, "on") || strings.HasPrefix(name, "hx-on") || name == "hx-vals" {
				fault("attribute %s", name)
			}
		}
		for _, name := range []string{"href", "src", "action"} {
			if v := at[name]; strings.Contains(v, "//") || strings.HasPrefix(v, "javascript") {
				fault("%s=%q leaves the board", name, v)
			}
		}
	})
	for i, level := range headings {
		if i == 0 && level != 1 || i > 0 && (level == 1 || level > headings[i-1]+1) {
			fault("headings of levels %v", headings)
			break
		}
	}
	if len(headings) == 0 {
		fault("no heading")
	}
}

// checkPicture: a picture that stands by itself names itself and loads nothing.
func checkPicture(t *testing.T, picture string) {
	t.Helper()
	var names []string
	each(t, "picture", picture, func(e xml.StartElement, _ []string) {
		names = append(names, e.Name.Local)
		for name, v := range attributes(e) {
			if name != "xmlns" && strings.Contains(v, "//") {
				t.Errorf("picture: %s=%q", name, v)
			}
		}
	})
	if len(names) < 3 || names[0] != "svg" || names[1] != "title" || names[2] != "desc" {
		t.Errorf("picture: begins with %v, want svg, title and desc", names[:min(len(names), 3)])
	}
}

// each calls f for every element of a page with the names of those around it.
func each(t *testing.T, path, page string, f func(e xml.StartElement, within []string)) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Entity = xml.HTMLEntity
	var within []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			f(e, within)
			within = append(within, e.Name.Local)
		case xml.EndElement:
			within = within[:len(within)-1]
		}
	}
}

func attributes(e xml.StartElement) map[string]string {
	all := map[string]string{}
	for _, a := range e.Attr {
		all[a.Name.Local] = a.Value
	}
	return all
}
