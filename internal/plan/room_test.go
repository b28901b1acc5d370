package plan

import "testing"

// TestRoom: a day that is short of its aim has no room; else as much can be taken
// from everybody as leaves the aim reached, and hardly more.
func TestRoom(t *testing.T) {
	_, d, _ := littleDay(t, [2]float64{4, 6}, nil, nil)
	for at := range d.own {
		d.own.add(at, []int{0, 1}, 9)
	}
	d, err := newOrderDay(d.aheadDay.scene(d.r, Turnout{LoginRate: 0.9}), "")
	if err != nil {
		t.Fatal(err)
	}
	all := d.total()
	d.aim = all.inTime + 1
	if room, err := d.room(); room != 0 || err != nil {
		t.Errorf("short of the aim: room for %v, %v", room, err)
	}
	for _, share := range []float64{0.95, 0.8, 0.3} {
		d.aim = share * all.inTime
		room, err := d.room()
		if err != nil {
			t.Fatal(err)
		}
		left, err := d.inTimeWithout(room)
		if err != nil {
			t.Fatal(err)
		}
		if left < d.aim-0.005*all.calls || left > d.aim+0.005*all.calls {
			t.Errorf("room for %.3f leaves %.1f calls in time, want little more than %.1f", room, left, d.aim)
		}
	}
}
