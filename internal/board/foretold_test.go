package board

import (
	"net/http"
	"strings"
	"testing"
)

// TestForetold: where no plan was made yet, the page of forecasts has those that the
// mornings would have made, and says so.
func TestForetold(t *testing.T) {
	f := newFixture(t)
	takeIn(t, f, f.store(t), monday-42, monday-1)
	f.foretold.patience = 0
	first := f.ask(http.MethodGet, "/forecast?lang=en")
	if first.Header().Get("Refresh") == "" || !strings.Contains(first.Body.String(), "are being made") {
		t.Errorf("the first page does not say that it will be ready:\n%s", first.Body)
	}
	checkPage(t, "/forecast", first.Body.String())
	f.workedOut("/forecast")
	for lang, want := range map[string]string{"en": "No plan was made before these days", "sv": "Ingen plan gjordes före dessa dagar"} {
		page := f.page(t, "/forecast?lang="+lang)
		checkPage(t, "/forecast", page)
		if !strings.Contains(page, want) || !strings.Contains(page, `class="scores"`) || !strings.Contains(page, "Bygglov") {
			t.Errorf("%s: no scores, or not said to be made afterwards:\n%s", lang, page)
		}
	}
}
