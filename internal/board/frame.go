package board

import (
	"html/template"
	"net/http"
	"net/url"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
)

// frame is what stands around every page.
type frame struct {
	Lang, Title string
	Centre      string
	Style, Icon string // addresses
	Scripts     []string
	Address     string // of an answer to a form that can be loaded anew; "": none
	Menu        []link
	Languages   []link
	User        string // who is logged in, where one can log out
	Logout      string // where the form for that goes
	Public      bool   // for people outside: no menu, and search engines may look
	Banners     []banner
	Refresh     int // seconds until the page loads itself again; 0: never
	Body        any
	Content     template.HTML // banners and body, where they have been made already
}

// link leads somewhere; Here is where the reader is.
type link struct {
	Text, URL string
	Here      bool
	Lang      string // of the text, where it is another
}

// banner is a sentence across the page.
type banner struct {
	Text   string
	Urgent bool
}

// framed fills in what is the same for all pages.
func (b *Board) framed(q *request, f frame) frame {
	f.Lang = q.words.Language
	f.Style, f.Icon = b.assets.url("board.css"), b.assets.url("icon.svg")
	if !f.Public && f.Refresh == 0 { // those have no forms
		f.Scripts = []string{b.assets.url("htmx.js"), b.assets.url("board.js")}
	}
	if c, err := b.source.centre(); err == nil && f.Centre == "" {
		f.Centre = c.Name
	}
	if q.Method != http.MethodPost { // what was sent would be lost on the way
		f.Languages = languages(q)
	}
	if !f.Public && q.user.Role >= Agent {
		f.Menu = menu(q)
		if _, ok := b.login.(*OIDC); ok {
			f.User, f.Logout = q.user.Name, q.to("/logout")
		}
	}
	return f
}

// menu leads to the pages that the reader may see.
func menu(q *request) []link {
	all := []struct {
		key, path string
		least     Role
	}{
		{"board.menu_day", "/", Agent},
		{"board.menu_now", "/now", Agent},
		{"board.menu_forecast", "/forecast", Lead},
		{"board.menu_why", "/why", Lead},
		{"weeks.menu", "/weeks", Manager},
		{"board.menu_audit", "/audit", Lead},
		{"board.menu_links", "/links", Manager},
	}
	var out []link
	for _, m := range all {
		if q.user.Role >= m.least {
			out = append(out, link{Text: q.words.Say(m.key), URL: q.to(m.path), Here: q.URL.Path == m.path})
		}
	}
	return out
}

// languages leads to the same page in each language.
func languages(q *request) []link {
	var out []link
	for _, lang := range i18n.Languages {
		values := q.URL.Query()
		values.Set("lang", lang)
		name := map[string]string{"sv": "Svenska", "en": "English"}[lang]
		out = append(out, link{Text: name, URL: address(q.URL.Path, values), Here: lang == q.words.Language, Lang: lang})
	}
	return out
}

// to gives an address that keeps the language and the filter of the reader.
func (q *request) to(path string) string { return address(path, q.kept()) }

// kept are the values of the address that hold from page to page.
func (q *request) kept() url.Values {
	out := url.Values{}
	for _, name := range []string{"lang", "unit", "table"} {
		if v := q.URL.Query().Get(name); v != "" {
			out.Set(name, v)
		}
	}
	return out
}

func address(path string, values url.Values) string {
	return (&url.URL{Path: path, RawQuery: values.Encode()}).String()
}

// banners puts troubles into words.
func banners(all []trouble, date civil.Date, w *i18n.Words) []banner {
	var out []banner
	for _, t := range all {
		args := i18n.Args{"Day": w.Day(date), "Other": w.Day(t.Day), "Since": w.Stamp(t.Since)}
		urgent := t.Kind != troublePlanning && t.Kind != troubleOld
		out = append(out, banner{Text: w.Say(string(t.Kind), args), Urgent: urgent})
	}
	return out
}

// linksView is a page of links.
type linksView struct {
	Title string
	Links []link
}
