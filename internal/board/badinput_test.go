package board

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"bemanna/internal/store"
)

// TestBadInput: whatever is wrong with what is sent to any form or address, it is
// refused with a page that says so, stands in the log, and changes nothing.
func TestBadInput(t *testing.T) {
	f, s := planned(t)
	form := func(pairs ...string) url.Values {
		v := url.Values{"version": {"1"}, "mark-p1": {"absent"}, "note": {"x"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	type bad struct {
		what, method, path string
		form               url.Values
		header             []string
		status             int
	}
	cases := []bad{
		{"path out of the folder", "GET", "/static/..%2f..%2fgo.mod", nil, nil, 404},
		{"path out of the folder", "GET", "/public/busy/..%2f..%2fcentre.yaml", nil, nil, 404},
		{"wrong date", "GET", "/print?date=2026-02-30", nil, nil, 400},
		{"wrong unit", "GET", "/print?unit=../x", nil, nil, 404},
		{"wrong date", "GET", "/audit?day=yesterday", nil, nil, 400},
		{"wrong token", "GET", "/p/AAAAAAAAAAAAAAAAAAAAAA.ics", nil, nil, 404},
		{"wrong method", "POST", "/audit", form(), nil, 405},
		{"wrong method", "POST", "/print", form(), nil, 405},
		{"wrong method", "DELETE", mondayPath, nil, nil, 405},
		{"wrong method", "POST", "/weeks", form(), nil, 405},
		{"wrong unit", "GET", "/weeks?unit=../x", nil, nil, 400},
		{"more sick than the slider has", "GET", "/weeks?sick=31", nil, nil, 400},
		{"fewer sick than nobody", "GET", "/weeks?sick=-1", nil, nil, 400},
		{"half a per cent", "GET", "/weeks?volume=0.5", nil, nil, 400},
		{"far too few calls", "GET", "/weeks?volume=-100", nil, nil, 400},
		{"no number", "GET", "/weeks?budget=NaN", nil, nil, 400},
		{"a huge number", "GET", "/weeks?budget=99999999999999999999", nil, nil, 400},
		{"calls of an unknown group", "GET", "/weeks?volume=5&of=none", nil, nil, 400},
		{"calls of e-mail", "GET", "/weeks?volume=5&of=epost", nil, nil, 400},
		{"one more nowhere", "GET", "/weeks?more=epost", nil, nil, 400},
		{"a group that cannot close", "GET", "/weeks?close=bygg&day=2026-12-01", nil, nil, 400},
		{"wrong language", "GET", "/weeks?lang=fi", nil, nil, 400},
		{"wrong unit", "GET", "/weeks/slots?unit=none", nil, nil, 400},
		{"wrong date", "GET", "/weeks/slots?from=2026-02-30", nil, nil, 400},
		{"a day that is over", "GET", "/weeks/slots?from=2026-11-20", nil, nil, 400},
		{"a day too far ahead", "GET", "/weeks/slots?from=2036-11-20", nil, nil, 400},
		{"the last day before the first", "GET", "/weeks/slots?from=2026-12-02&until=2026-12-01", nil, nil, 400},
		{"too many days", "GET", "/weeks/slots?from=2026-12-01&until=2026-12-31", nil, nil, 400},
		{"a long meeting", "GET", "/weeks/slots?length=100000", nil, nil, 400},
		{"unknown mark", "POST", mondayPath + "/checkin", form("mark-p1", "sick"), nil, 400},
		{"nameless mark", "POST", mondayPath + "/checkin", form("mark-", "absent"), nil, 400},
		{"unknown proposal of nobody", "POST", mondayPath + "/accept", form("proposal", "x", "mark-p1", "", "mark-p0", "absent"), nil, 422},
		{"nothing to undo", "POST", mondayPath + "/undo", form(), nil, 409},
		{"an empty note", "POST", mondayPath + "/note", form("note", "  "), nil, 422},
		{"a long note", "POST", mondayPath + "/note", form("note", strings.Repeat("x", mostNote+1)), nil, 422},
		{"a note with what cannot be seen", "POST", mondayPath + "/note", form("note", "a\x00b"), nil, 422},
	}
	cases = append(cases,
		bad{"wrong unit", "GET", "/links?unit=../x", nil, nil, 404},
		bad{"wrong method", "DELETE", "/links", nil, nil, 405},
		bad{"a link for nobody", "POST", "/links", linkForm("", "make", ""), nil, 400},
		bad{"a link for a stranger", "POST", "/links", linkForm("p99", "make", ""), nil, 400},
		bad{"a link revoked that is not there", "POST", "/links", linkForm("p1", "revoke", ""), nil, 400},
		bad{"an unknown deed", "POST", "/links", linkForm("p1", "show", ""), nil, 400},
		bad{"another link than was seen", "POST", "/links", linkForm("p1", "make", "1"), nil, 409},
		bad{"a huge body", "POST", "/links", linkForm(strings.Repeat("x", mostBody), "make", ""), nil, 413},
		bad{"another site", "POST", "/links", linkForm("p1", "make", ""), []string{"Origin", "https://evil.example"}, 403},
		bad{"another site", "POST", "/links", linkForm("p1", "make", ""), []string{"Sec-Fetch-Site", "cross-site"}, 403},
		bad{"a login that is not set up", "GET", "/login", nil, nil, 404},
		bad{"a login that is not set up", "POST", "/logout", form(), nil, 405},
	)
	for _, action := range []string{"checkin", "accept", "undo", "note"} {
		path := mondayPath + "/" + action
		cases = append(cases,
			bad{"wrong date", "POST", "/day/2026-11-31/" + action, form(), nil, 400},
			bad{"a day that is over", "POST", "/day/2026-11-20/" + action, form(), nil, 409},
			bad{"no version", "POST", path, form("version", ""), nil, 400},
			bad{"wrong version", "POST", path, form("version", "-1"), nil, 400},
			bad{"a huge body", "POST", path, form("mark-p2", strings.Repeat("x", mostBody)), nil, 413},
			bad{"another site", "POST", path, form(), []string{"Origin", "https://evil.example"}, 403},
			bad{"another site", "POST", path, form(), []string{"Sec-Fetch-Site", "cross-site"}, 403},
			bad{"a proxy that is not set up", "POST", path, form(), []string{"X-Forwarded-For", "192.0.2.1"}, 403},
			bad{"wrong language", "POST", path + "?lang=fi", form(), nil, 400},
			bad{"wrong method", "PUT", path, nil, nil, 405},
		)
	}
	for _, c := range cases {
		f.log.Reset()
		w := f.ask(c.method, c.path, c.header...)
		if c.method == http.MethodPost {
			f.log.Reset()
			w = f.send(c.path, c.form, c.header...)
		}
		if w.Code != c.status || !strings.Contains(w.Body.String(), "<h1>") {
			t.Errorf("%s: %s %s: %d, want %d\n%s", c.what, c.method, c.path, w.Code, c.status, w.Body)
		}
		if !strings.Contains(f.log.String(), "level=WARN") {
			t.Errorf("%s: %s %s: not logged:\n%s", c.what, c.method, c.path, f.log)
		}
	}
	unchanged(t, s)
	if links := linksOf(t, s); len(links) > 0 {
		t.Errorf("links %v", links)
	}
}

// unchanged insists that nobody has changed Monday or noted anything.
func unchanged(t *testing.T, s *store.Store) {
	t.Helper()
	notes, err := s.Journal(t.Context(), monday-7, monday+7)
	if n := versions(t, s); n != 1 || len(notes) > 0 || err != nil {
		t.Errorf("%d versions and %v, %v; want 1 and nothing", n, notes, err)
	}
}

// TestFormsOfLeads: agents and strangers send forms in vain, however they claim to
// be somebody else, and see none.
func TestFormsOfLeads(t *testing.T) {
	f, s := planned(t)
	f.login = Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, UserHeader: "X-User", RoleHeader: "X-Role"}
	for _, c := range []struct {
		header []string
		status int
	}{
		{nil, 401},
		{[]string{"X-Role", "lead"}, 401},
		{[]string{"X-User", "anna", "X-Role", "agent"}, 403},
		{[]string{"X-User", "anna", "X-Role", "agent", "X-Role", "lead"}, 403},
	} {
		for _, action := range []string{"checkin", "accept", "undo", "note"} {
			w := f.send(mondayPath+"/"+action, url.Values{"version": {"1"}, "mark-p1": {"absent"}, "note": {"x"}}, c.header...)
			if w.Code != c.status {
				t.Errorf("%s as %v: %d, want %d", action, c.header, w.Code, c.status)
			}
		}
	}
	if w := f.ask("GET", "/", "X-User", "anna", "X-Role", "agent"); strings.Contains(w.Body.String(), "<form") {
		t.Error("an agent sees a form")
	}
	if w := f.ask("GET", "/audit", "X-User", "anna", "X-Role", "agent"); w.Code != http.StatusForbidden {
		t.Errorf("an agent reads the log: %d", w.Code)
	}
	if w := f.ask("GET", "/", "X-User", "anna", "X-Role", "lead"); !strings.Contains(w.Body.String(), `id="checkin"`) {
		t.Error("a lead sees no form")
	}
	unchanged(t, s)
}
