package board

import (
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"bemanna/internal/store"
)

var shownLink = regexp.MustCompile(`<code class="copy">([^<]*)/p/([^<]*)</code>`)

// linkForm is the form of a person on the page of links.
func linkForm(person, do, was string) url.Values {
	return url.Values{"person": {person}, "do": {do}, "was": {was}}
}

// wasShown is what the form of a person says of the link that the page showed.
func wasShown(page, person string) string {
	_, form, _ := strings.Cut(page, `name="person" value="`+person+`"/><input type="hidden" name="was" value="`)
	was, _, _ := strings.Cut(form, `"`)
	return was
}

// stored gives a board with an empty store.
func stored(t *testing.T) (*fixture, *store.Store) {
	t.Helper()
	f := newFixture(t)
	return f, f.store(t)
}

// TestLinksPage: a link is made, shown once, leads to its person and to nobody
// when it is replaced or revoked, and all of it is told.
func TestLinksPage(t *testing.T) {
	f, s := stored(t)
	if page := f.page(t, "/links?lang=en"); strings.Contains(page, "Revoke") || !strings.Contains(page, "Make a link") {
		t.Errorf("before:\n%s", page)
	}
	w := f.send("/links", linkForm("p1", "make", ""), "Origin", "http://127.0.0.1:8480")
	shown := shownLink.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || shown == nil || shown[1] != "http://127.0.0.1:8480" || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("make: %d, %q\n%s", w.Code, shown, w.Body)
	}
	checkPage(t, "/links", w.Body.String())
	f.page(t, "/p/"+shown[2])
	page := f.page(t, "/links?lang=en")
	if strings.Contains(page, shown[2]) || !strings.Contains(page, "by local") {
		t.Errorf("the list:\n%s", page)
	}
	was := wasShown(page, "p1")
	f.now = f.now.Add(time.Minute)
	w = f.send("/links", linkForm("p1", "make", was))
	second := shownLink.FindStringSubmatch(w.Body.String())
	if second == nil || second[2] == shown[2] {
		t.Fatalf("second: %d\n%s", w.Code, w.Body)
	}
	if w := f.ask("GET", "/p/"+shown[2]); w.Code != http.StatusNotFound {
		t.Errorf("the link that was replaced: %d", w.Code)
	}
	w = f.send("/links", linkForm("p1", "revoke", wasShown(w.Body.String(), "p1")))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/links" {
		t.Errorf("revoke: %d to %q\n%s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if w := f.ask("GET", "/p/"+second[2]); w.Code != http.StatusNotFound {
		t.Errorf("the link that was revoked: %d", w.Code)
	}
	audit := f.page(t, "/audit?lang=en")
	if strings.Count(audit, "Link for Ann Berg") != 2 || !strings.Contains(audit, "The link for Ann Berg was revoked") {
		t.Errorf("audit:\n%s", audit)
	}
	if all, err := s.Links(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("links %v, %v", all, err)
	}
	for _, token := range []string{shown[2], second[2]} {
		if strings.Contains(f.log.String(), token) {
			t.Errorf("a token stands in the log:\n%s", f.log)
		}
	}
}

// TestLinkOfTwoManagers: a form that does not know the link as it is does
// nothing, be it of another manager or the same one loaded again.
func TestLinkOfTwoManagers(t *testing.T) {
	f, s := stored(t)
	if w := f.send("/links", linkForm("p1", "make", "")); w.Code != http.StatusOK {
		t.Fatalf("first: %d\n%s", w.Code, w.Body)
	}
	before, err := s.Links(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range []string{"make", "revoke"} {
		w := f.send("/links", linkForm("p1", do, ""))
		if w.Code != http.StatusConflict || shownLink.MatchString(w.Body.String()) || !strings.Contains(w.Body.String(), "had changed already") {
			t.Errorf("second, %s: %d\n%s", do, w.Code, w.Body)
		}
	}
	if after, err := s.Links(t.Context()); err != nil || len(after) != 1 || after[0] != before[0] {
		t.Errorf("links %v, %v, want %v", after, err, before)
	}
}

// TestLinksOfUnits: the list has the people of a unit alone where one is asked
// for, and the link of who has left can only be revoked.
func TestLinksOfUnits(t *testing.T) {
	f, s := stored(t)
	if _, err := s.SaveLink(t.Context(), "gone", []byte("hash"), "test", f.now); err != nil {
		t.Fatal(err)
	}
	page := f.page(t, "/links?lang=en")
	if strings.Count(page, `name="person"`) != len(f.c.People)+1 || !strings.Contains(page, "no longer in the centre") {
		t.Errorf("all:\n%s", page)
	}
	if part := f.page(t, "/links?unit="+f.c.Units[0].ID); strings.Contains(part, `value="gone"`) {
		t.Errorf("a unit:\n%s", part)
	}
	if w := f.send("/links", linkForm("gone", "make", wasShown(page, "gone"))); w.Code != http.StatusBadRequest {
		t.Errorf("a link for who has left: %d", w.Code)
	}
	if w := f.send("/links", linkForm("gone", "revoke", wasShown(page, "gone"))); w.Code != http.StatusSeeOther {
		t.Errorf("revoke: %d\n%s", w.Code, w.Body)
	}
}

// TestLinksAreForManagers: who is less sees no links and changes none.
func TestLinksAreForManagers(t *testing.T) {
	f, s := stored(t)
	f.login = Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, UserHeader: "X-User", RoleHeader: "X-Role"}
	for role, status := range map[string]int{"": 401, "agent": 403, "lead": 403, "manager": 200} {
		header := []string{"X-User", "eva", "X-Role", role}
		if role == "" {
			header = nil
		}
		if w := f.ask("GET", "/links", header...); w.Code != status {
			t.Errorf("%q reads: %d, want %d", role, w.Code, status)
		}
		if w := f.ask("GET", "/now", header...); strings.Contains(w.Body.String(), `href="/links"`) != (status == http.StatusOK) {
			t.Errorf("%q: the menu is wrong", role)
		}
		before := linksOf(t, s)
		w := f.send("/links", linkForm("p1", "make", ""), header...)
		if w.Code != status || len(linksOf(t, s))-len(before) != map[int]int{200: 1}[status] {
			t.Errorf("%q makes a link: %d, want %d", role, w.Code, status)
		}
	}
	if all := linksOf(t, s); len(all) != 1 || all[0].By != "eva" {
		t.Errorf("links %v, want one by eva", all)
	}
}

func linksOf(t *testing.T, s *store.Store) []store.Link {
	t.Helper()
	all, err := s.Links(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAddressOfLinks: the address that the server was told, or else that of the
// browser that sent the form.
func TestAddressOfLinks(t *testing.T) {
	f := newFixture(t)
	for _, c := range []struct{ told, origin, want string }{
		{"https://plan.example.se", "", "https://plan.example.se"},
		{"https://plan.example.se", "http://127.0.0.1:8480", "https://plan.example.se"},
		{"", "https://board.example", "https://board.example"},
		{"", "null", "http://127.0.0.1:8480"},
		{"", "", "http://127.0.0.1:8480"},
	} {
		f.url = c.told
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:8480/links", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", c.origin)
		if got := f.reachedAt(r); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
