package board

import (
	"database/sql"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

const mondayPath = "/day/2026-11-23"

// send posts a form from this machine.
func (f *fixture) send(path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8480"+path, strings.NewReader(form.Encode()))
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "en")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.Handler().ServeHTTP(w, r)
	return w
}

var input = regexp.MustCompile(`<input type="(hidden|checkbox)" name="([^"]*)" value="([^"]*)"( checked="checked")?( disabled="disabled")?`)

// acceptForm fills in the form of a proposal as a browser does: what is hidden,
// and what is ticked.
func acceptForm(page string) url.Values {
	_, form, _ := strings.Cut(page, `<form id="accept"`)
	form, _, _ = strings.Cut(form, `</form>`)
	out := url.Values{}
	for _, m := range input.FindAllStringSubmatch(form, -1) {
		if m[1] == "hidden" || m[4] != "" && m[5] == "" {
			out.Add(m[2], m[3])
		}
	}
	return out
}

// versions counts the plans of Monday.
func versions(t *testing.T, s *store.Store) int {
	t.Helper()
	all, err := s.PlanVersions(t.Context(), monday)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// away marks somebody on the first plan.
func away(person string) url.Values {
	return url.Values{"mark-" + person: {"absent"}, "version": {"1"}}
}

// TestMorning: somebody is marked away, the repaired plan is shown and accepted,
// the button tapped twice, a note is kept, and all is taken back and told.
func TestMorning(t *testing.T) {
	f, s := planned(t)
	var published []int
	f.publish = func(_ *centre.Centre, d *plan.Day, by string) error {
		if by != "local" {
			t.Errorf("published by %q", by)
		}
		published = append(published, d.Version)
		return nil
	}
	w := f.send(mondayPath+"/checkin", away("p1"))
	if w.Code != http.StatusOK || versions(t, s) != 1 {
		t.Fatalf("proposal: %d, %d versions\n%s", w.Code, versions(t, s), w.Body)
	}
	checkPage(t, "proposal", w.Body.String())
	form := acceptForm(w.Body.String())
	for range 2 {
		if w := f.send(mondayPath+"/accept", form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != mondayPath {
			t.Fatalf("accept: %d to %q\n%s", w.Code, w.Header().Get("Location"), w.Body)
		}
	}
	if n := versions(t, s); n != 2 {
		t.Errorf("%d versions after two taps, want 2", n)
	}
	w = f.send(mondayPath+"/note", url.Values{"version": {"2"}, "note": {" Talsvar <på>  "}})
	page := f.page(t, "/?lang=en")
	if w.Code != http.StatusSeeOther || !strings.Contains(page, "Talsvar &lt;på&gt; (local, 09:20)") {
		t.Errorf("note: %d\n%s", w.Code, page)
	}
	if !strings.Contains(page, "Plan v2, 09:20 by local: ") || !strings.Contains(page, mondayPath+"/undo") {
		t.Errorf("the day does not tell of the change:\n%s", page)
	}
	if w := f.send(mondayPath+"/undo", url.Values{"version": {"2"}}); w.Code != http.StatusSeeOther {
		t.Errorf("undo: %d\n%s", w.Code, w.Body)
	}
	audit := f.page(t, "/audit?lang=en")
	checkPage(t, "/audit", audit)
	for _, want := range []string{"is away", "as v1 again", "Note: Talsvar", "was made"} {
		if !strings.Contains(audit, want) {
			t.Errorf("audit: no %q\n%s", want, audit)
		}
	}
	if !slices.Equal(published, []int{2, 3}) {
		t.Errorf("published %v, want [2 3]", published)
	}
}

// TestTwoLeads: the second of two is told what the first did, keeps the ticks,
// and both absences are in the plan in the end.
func TestTwoLeads(t *testing.T) {
	f, s := planned(t)
	first := acceptForm(f.send(mondayPath+"/checkin", away("p1")).Body.String())
	second := acceptForm(f.send(mondayPath+"/checkin", away("p3")).Body.String())
	second.Del("yes") // nobody shall do anything else
	if w := f.send(mondayPath+"/accept", first); w.Code != http.StatusSeeOther {
		t.Fatalf("first: %d\n%s", w.Code, w.Body)
	}
	w := f.send(mondayPath+"/accept", second)
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Plan v2, 09:20 by local") {
		t.Fatalf("second: %d\n%s", w.Code, w.Body)
	}
	again := acceptForm(w.Body.String())
	for _, id := range again["yes"] {
		if slices.Contains(second["shown"], id) {
			t.Errorf("%s is ticked again", id)
		}
	}
	if w := f.send(mondayPath+"/accept", again); w.Code != http.StatusSeeOther {
		t.Fatalf("second, again: %d\n%s", w.Code, w.Body)
	}
	d, err := plan.Stored(t.Context(), f.c, s, monday)
	if err != nil || len(d.Reports) != 2 || d.Version != 3 {
		t.Errorf("version %d with %v, %v; want version 3 with two reports", d.Version, d.Reports, err)
	}
	if w := f.send(mondayPath+"/undo", url.Values{"version": {"2"}}); w.Code != http.StatusConflict || versions(t, s) != 3 {
		t.Errorf("undo of what is overtaken: %d", w.Code)
	}
}

// TestProposalHolds: what is accepted is what was shown, and not long ago.
func TestProposalHolds(t *testing.T) {
	f, s := planned(t)
	form := acceptForm(f.send(mondayPath+"/checkin", away("p1")).Body.String())
	f.now = f.now.Add(holds + time.Second)
	w := f.send(mondayPath+"/accept", form)
	if w.Code != http.StatusConflict || versions(t, s) != 1 || !strings.Contains(w.Body.String(), "worked out again") {
		t.Errorf("an old proposal: %d\n%s", w.Code, w.Body)
	}
	form = acceptForm(w.Body.String())
	form.Set("do", "none")
	if w := f.send(mondayPath+"/accept", form); w.Code != http.StatusSeeOther {
		t.Errorf("report alone: %d\n%s", w.Code, w.Body)
	}
	d, err := plan.Stored(t.Context(), f.c, s, monday)
	if err != nil || len(d.Reports) != 1 {
		t.Errorf("%v, %v", d.Reports, err)
	}
}

// TestLockedStore: a click on a store that another process holds changes nothing,
// and the page offers to send the same again.
func TestLockedStore(t *testing.T) {
	f, s := planned(t)
	f.patience = 50 * time.Millisecond
	form := acceptForm(f.send(mondayPath+"/checkin", away("p1")).Body.String())
	other, err := sql.Open("sqlite", "file:"+f.c.Store+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		action string
		form   url.Values
	}{{"accept", form}, {"note", url.Values{"version": {"1"}, "note": {"Talsvar"}}}} {
		w := f.send(mondayPath+"/"+c.action, c.form)
		if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "busy at the moment") {
			t.Errorf("%s: %d\n%s", c.action, w.Code, w.Body)
		}
		for name, values := range c.form {
			if !strings.Contains(w.Body.String(), `name="`+name+`" value="`+values[0]+`"`) {
				t.Errorf("%s: %s=%s is lost\n%s", c.action, name, values[0], w.Body)
			}
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if w := f.send(mondayPath+"/accept", form); w.Code != http.StatusSeeOther || versions(t, s) != 2 {
		t.Errorf("the same again: %d\n%s", w.Code, w.Body)
	}
}

// TestEdit: marks that cannot be true come back with the day, to be changed.
func TestEdit(t *testing.T) {
	f, s := planned(t)
	for _, c := range []struct {
		form   url.Values
		status int
		want   string
	}{
		{url.Values{"version": {"1"}}, 422, "Nobody is marked"},
		{url.Values{"version": {"1"}, "mark-p1": {"late"}}, 422, "say at what time"},
		{url.Values{"version": {"1"}, "mark-p1": {"late"}, "from-p1": {"25:00"}}, 422, "cannot be read"},
		{url.Values{"version": {"1"}, "mark-nobody": {"absent"}}, 422, "Who &#34;nobody&#34; is cannot be told."},
		{url.Values{"version": {"1"}, "mark-p1": {"here"}}, 422, "Ann Berg is planned on Mon 23 Nov 2026 already."},
		{url.Values{"version": {"1"}, "mark-p1": {"late"}, "from-p1": {"13:00"}, "do": {"edit"}}, 200, `name="from-p1" value="13:00"`},
	} {
		w := f.send(mondayPath+"/checkin", c.form)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%v: %d, want %d with %q\n%s", c.form, w.Code, c.status, c.want, w.Body)
		}
		checkPage(t, "edit", w.Body.String())
		if m := c.form.Get("mark-p1"); m == "late" && !strings.Contains(w.Body.String(), `value="late" checked="checked"`) {
			t.Errorf("%v: the mark is lost", c.form)
		}
	}
	if versions(t, s) != 1 {
		t.Error("something is stored")
	}
}
