package demo

import "testing"

func TestTryout(t *testing.T) {
	w, err := newWorld(Options{Until: 20779, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v %v\n%s", w.groups, w.assigned, w.file)
}
