package plan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"bemanna/forecast"
	"bemanna/internal/centre"
)

// Learnt is what the forecasts of a group have learnt, for the next one. Stamp
// tells the group as it was: another is learnt anew.
type Learnt struct {
	Group  string
	Stamp  string
	Learnt forecast.Learnt
}

// Memory is what the spine wants of a store to keep what was learnt.
type Memory interface {
	// KeepLearnt writes over what was learnt of the same groups.
	KeepLearnt(ctx context.Context, all []Learnt) error
}

// of gives what was learnt, if it was of the group as it is.
func (l Learnt) of(c *centre.Centre, g centre.Group) *forecast.Learnt {
	if l.Group == "" || l.Stamp != stamp(c, g) {
		return nil
	}
	return &l.Learnt
}

// keep stores what the forecasts have learnt.
func keep(ctx context.Context, c *centre.Centre, m Memory, forecasts []GroupForecast) error {
	var all []Learnt
	for _, f := range forecasts {
		if l := f.Machine.Learnt; l != nil {
			all = append(all, Learnt{Group: f.Group.ID, Stamp: stamp(c, f.Group), Learnt: *l})
		}
	}
	return m.KeepLearnt(ctx, all)
}

// stamp tells groups apart whose calls are other calls: by the channel, the
// hours, the names in telephony and the interval.
func stamp(c *centre.Centre, g centre.Group) string {
	text, _ := json.Marshal([]any{c.Interval, c.Source, g.Channel, g.Hours, g.History, g.From, g.Until}) // nothing in it that JSON cannot tell
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
