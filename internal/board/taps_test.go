package board

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bemanna/internal/plan"
)

// TestFragment: a script gets the part of the page that changes, with the title,
// and the address that the part has from then on; everybody else the whole page.
func TestFragment(t *testing.T) {
	f, _ := planned(t)
	script := []string{"HX-Request", "true", "HX-Current-URL", "http://127.0.0.1:8480" + mondayPath}
	whole := f.send(mondayPath+"/checkin", away("p1"))
	part := f.send(mondayPath+"/checkin", away("p1"), script...)
	body := part.Body.String()
	_, content, _ := strings.Cut(body, "<main")
	if !strings.HasPrefix(body, "<title>") || strings.Contains(body, "<html") || !strings.Contains(whole.Body.String(), strings.TrimSpace(content)) {
		t.Errorf("the part is not that of the page:\n%s", body)
	}
	proposal := part.Header().Get("HX-Push-Url")
	if !strings.HasPrefix(proposal, mondayPath+"/proposal/") || whole.Header().Get("HX-Push-Url") != "" {
		t.Fatalf("the proposal is at %q, and for readers without scripts at %q", proposal, whole.Header().Get("HX-Push-Url"))
	}
	if again := f.page(t, proposal+"?lang=en"); acceptForm(again).Encode() != acceptForm(body).Encode() {
		t.Errorf("loaded anew it is another proposal:\n%s", again)
	}
	for path, want := range map[string]string{mondayPath: "false", "/now": "/now"} {
		if got := f.ask(http.MethodGet, path, script...).Header().Get("HX-Push-Url"); got != want {
			t.Errorf("%s on the page of the day: address %q, want %q", path, got, want)
		}
	}
	if got := f.ask(http.MethodGet, "/now", append(script, "HX-History-Restore-Request", "true")...).Header().Get("HX-Push-Url"); got != "" {
		t.Errorf("on the way back the address becomes %q, want the one that it is", got)
	}
	if w := f.send(mondayPath+"/accept", acceptForm(body), script...); w.Code != http.StatusSeeOther {
		t.Fatalf("accept: %d\n%s", w.Code, w.Body)
	}
	f.now = f.now.Add(holds + time.Second)
	for _, path := range []string{proposal, mondayPath + "/proposal/x"} {
		if w := f.ask(http.MethodGet, path); w.Code != http.StatusSeeOther || w.Header().Get("Location") != mondayPath {
			t.Errorf("%s: %d to %q, want the day", path, w.Code, w.Header().Get("Location"))
		}
	}
}

// TestTakeOffer: the button beside an offer brings the proposal in which it is
// reported, and what is accepted then has it.
func TestTakeOffer(t *testing.T) {
	f, s := planned(t)
	form := url.Values{"version": {"1"}, "mark-p1": {"absent"}, "mark-p8": {"absent"}}
	page := f.send(mondayPath+"/checkin", form).Body.String()
	_, offers, found := strings.Cut(page, `<section aria-labelledby="offers">`)
	if !found {
		t.Fatalf("no offers:\n%s", page)
	}
	take := url.Values{}
	first, _, _ := strings.Cut(offers, "</form>")
	for _, m := range input.FindAllStringSubmatch(first, -1) {
		take.Add(m[2], m[3])
	}
	page = f.send(mondayPath+"/checkin", take).Body.String()
	checkPage(t, "offer taken", page)
	if w := f.send(mondayPath+"/accept", acceptForm(page)); w.Code != http.StatusSeeOther {
		t.Fatalf("accept: %d\n%s", w.Code, w.Body)
	}
	d, err := plan.Stored(t.Context(), f.c, s, monday)
	if err != nil || len(d.Reports) < 3 {
		t.Fatalf("reported %+v, %v; want two away and what was offered", d.Reports, err)
	}
	for _, r := range d.Reports {
		if r.Kind != plan.NewsAbsent && take.Get("mark-"+r.Person) != string(r.Kind) {
			t.Errorf("reported %+v, not offered", r)
		}
	}
}

// TestLend: who is lent is chosen with group and times; what cannot be is said in
// the language of the page, and nothing that was chosen is lost.
func TestLend(t *testing.T) {
	f, _ := planned(t)
	form := url.Values{"version": {"1"}, "lend": {"p1"}, "lend-to": {"avfall"}, "lend-from": {"10:00"}, "lend-until": {"12:00"}}
	for lang, want := range map[string]string{"sv": "Ann Berg tar redan samtal till Avfall.", "en": "Ann Berg takes calls of Avfall anyway."} {
		w := f.send(mondayPath+"/checkin?lang="+lang, form)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, want %q\n%s", lang, w.Code, want, w.Body)
		}
		for _, kept := range []string{`value="lend" checked="checked"`, `name="group-p1" value="avfall"`, `name="from-p1" value="10:00"`, `name="until-p1" value="12:00"`} {
			if !strings.Contains(w.Body.String(), kept) {
				t.Errorf("%s: %s is lost", lang, kept)
			}
		}
		checkPage(t, "lent", w.Body.String())
	}
}

// TestRefusals: every refusal has words in both languages, with all that it names.
func TestRefusals(t *testing.T) {
	r := plan.Refusal{Name: "Ann", Group: "Bygglov", Date: monday, From: 600, Until: 720}
	for _, r.Reason = range []plan.RefusalReason{
		plan.RefusedOver, plan.RefusedUnchanged, plan.RefusedUnknown, plan.RefusedTwice, plan.RefusedNotPlanned, plan.RefusedOff, plan.RefusedNoTime,
		plan.RefusedHere, plan.RefusedEnd, plan.RefusedLatest, plan.RefusedGroup, plan.RefusedMaster, plan.RefusedStay, plan.RefusedRest, plan.RefusedNotBooked,
	} {
		for _, lang := range []string{"sv", "en"} {
			text := refusalText(r, speak(t, lang))
			if strings.Contains(text, "refused.") || strings.Contains(text, "no value") {
				t.Errorf("%s: %s", lang, text)
			}
		}
	}
}

// busy takes the turn, so that nothing is worked out until it is given back.
func busy(ps *proposals) (free func()) {
	ps.turn <- struct{}{}
	return func() { <-ps.turn }
}

// TestOneWork: two who ask the same wait for one work; the second one stays when
// the first one goes.
func TestOneWork(t *testing.T) {
	f, s := planned(t)
	ps := newProposals()
	free := busy(&ps)
	q := question{f.c, s, monday, 1, []notice{{Person: "p1", Kind: markAbsent}}, f.now}
	type answer struct {
		p   *proposal
		err error
	}
	ask := func(ctx context.Context) <-chan answer {
		got := make(chan answer, 1)
		go func() {
			p, err := ps.ask(ctx, q)
			got <- answer{p, err}
		}()
		return got
	}
	waiting := func() int {
		ps.mu.Lock()
		defer ps.mu.Unlock()
		if len(ps.all) == 0 {
			return 0
		}
		return ps.all[0].readers
	}
	gone, leave := context.WithCancel(t.Context())
	first, second := ask(gone), ask(t.Context())
	for waiting() < 2 {
		time.Sleep(time.Millisecond)
	}
	leave()
	if a := <-first; !errors.Is(a.err, context.Canceled) {
		t.Errorf("who is gone: %v", a.err)
	}
	free()
	if a := <-second; a.err != nil || !a.p.worked() || ps.find(a.p.id, f.now) != a.p {
		t.Errorf("who stays: %v", a.err)
	}
}

// TestNobodyWaits: work for which nobody waits any more is stopped and forgotten,
// and whoever asks then begins anew.
func TestNobodyWaits(t *testing.T) {
	f, s := planned(t)
	ps := newProposals()
	free := busy(&ps)
	q := question{f.c, s, monday, 1, []notice{{Person: "p1", Kind: markAbsent}}, f.now}
	gone, leave := context.WithCancel(t.Context())
	leave()
	p, err := ps.ask(gone, q)
	<-p.ready
	if !errors.Is(err, context.Canceled) || !errors.Is(p.err, context.Canceled) || ps.find(p.id, f.now) != nil {
		t.Errorf("asked for by nobody: %v, stopped by %v", err, p.err)
	}
	free()
	if again, err := ps.ask(t.Context(), q); err != nil || again == p || !again.worked() {
		t.Errorf("asked anew: %v", err)
	}
}
