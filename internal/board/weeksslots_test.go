package board

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/plan"
)

// TestSlotsClosed: times are ranked by what it costs to close the groups meanwhile,
// with the calls that others take; a unit without such a group meets all the same.
func TestSlotsClosed(t *testing.T) {
	f, s := planned(t)
	address := "/weeks/slots?lang=en&unit=u1&length=45&close=1&from=" + (monday + 8).String() + "&until=" + (monday + 9).String()
	if page := f.page(t, address); !strings.Contains(page, "None of the unit&#39;s groups can be closed") || strings.Contains(page, "Overflow") ||
		!strings.Contains(page, `name="close" value="1" checked="checked"`) {
		t.Errorf("a unit without an overflow:\n%s", page)
	}
	name := filepath.Join(f.dir, "centre.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("price: 116"), []byte("price: 116\n    overflow: avfall"), 1)
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := centre.Load(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err := plan.Ahead(t.Context(), c, s, plan.HorizonQuery{From: monday + 8, Until: monday + 9, Today: monday, Model: forecast.DayLevel{}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.Slots(t.Context(), plan.SlotQuery{Unit: "u1", Length: 45 * time.Minute, Close: true})
	if err != nil {
		t.Fatal(err)
	}
	page := f.page(t, address)
	checkPage(t, address, page)
	best := all.Slots[0]
	_, first, _ := strings.Cut(page, `<th scope="row">1</th>`)
	first, _, _ = strings.Cut(first, "</tr>")
	for _, want := range []string{clocks(best.Start, best.End), speak(t, "en").Number(best.Shut.Moved, 0) + "</td>"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first time of the page has no %q: %s", want, first)
		}
	}
	if !strings.Contains(page, "Closed meanwhile: Bygglov.") || !strings.Contains(page, "Overflow") || best.Shut.Moved == 0 {
		t.Errorf("%v calls overflow\n%s", best.Shut.Moved, page)
	}
}
