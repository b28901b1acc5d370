package plan_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/plan"
)

// together counts by interval of the day of news those who are at lunch, and
// those at work, lunch among it.
func together(c *centre.Centre, d *plan.Day) (lunch, seats map[time.Time]int) {
	lunch, seats = map[time.Time]int{}, map[time.Time]int{}
	for _, a := range d.Agents {
		for _, x := range a.Activities {
			for at := x.Start; at.Before(x.End); at = at.Add(c.Interval) {
				if x.Kind == "lunch" {
					lunch[at]++
				}
				if x.Kind != "absent" {
					seats[at]++
				}
			}
		}
	}
	return lunch, seats
}

func mostOf(counts map[time.Time]int) int {
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	return most
}

// TestLunchAtOnce: no more have lunch at once than may, whether the limit is the
// centre's or the unit's, and neither when the rule is new to a check-in.
func TestLunchAtOnce(t *testing.T) {
	slow(t)
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	free, _ := together(c, checkInAt(t, c, s, newsDay, 6*60).Day)
	const most = 2
	if mostOf(free) <= most {
		t.Fatalf("%d have lunch at once without a limit, want more than %d, or the test says nothing", mostOf(free), most)
	}
	for _, limit := range []*int{&c.Rules.LunchAtOnce, &c.Units[0].LunchAtOnce} {
		c.Rules.LunchAtOnce, c.Units[0].LunchAtOnce = 0, 0
		*limit = most
		for _, d := range []*plan.Day{planAmong(t, c, newShelf(newsDay, c.Location)), checkIn(t, c, s, newsDay, absent("p2")...).Day} {
			if lunch, _ := together(c, d); mostOf(lunch) > most {
				t.Errorf("%d have lunch at once, want at most %d", mostOf(lunch), most)
			}
			for _, r := range d.Remarks {
				if r.Kind == plan.RemarkCrowd {
					t.Errorf("%+v, want nothing said", r)
				}
			}
		}
	}
}

// TestTooFewSeats: where there are not seats enough there is a plan all the same,
// and it says when how many are too many.
func TestTooFewSeats(t *testing.T) {
	c := smallCentre(t)
	const most = 4
	c.Units[0].Seats = most
	d := planAmong(t, c, newShelf(newsDay, c.Location))
	_, seats := together(c, d)
	want, got := map[time.Time]bool{}, map[time.Time]bool{}
	beyond := 0
	for at, n := range seats {
		if n > most {
			want[at.UTC()] = true
			beyond = max(beyond, n-most)
		}
	}
	said := 0
	for _, r := range d.Remarks {
		if r.Kind != plan.RemarkCrowd {
			continue
		}
		if r.Rule != "seats" || r.Group != "Enhet ett" {
			t.Errorf("%+v, want one of the seats of the unit", r)
		}
		said = max(said, int(r.Value))
		for at := r.Start; at.Before(r.End); at = at.Add(c.Interval) {
			got[at.UTC()] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || said != beyond || beyond == 0 {
		t.Errorf("%d too many said, want %d; when (-want +said):\n%s", said, beyond, diff)
	}
}
