package plan

import (
	"context"
	"encoding/json"
)

// TempsBeside is TempsKept with the total without the what-if beside it.
func (h *Horizon) TempsBeside(ctx context.Context, s Workings, w WhatIf, o TempsOptions) (*Temps, error) {
	if err := CheckTemps(h.c, w, o); err != nil {
		return nil, err
	}
	base, err := h.TempsKept(ctx, s, WhatIf{}, o)
	if err != nil || w.Nothing() {
		return base, err
	}
	out, err := h.Temps(ctx, w, o)
	if err != nil {
		return nil, err
	}
	out.Base = &base.Total
	return out, nil
}

// TempsKept is Temps. The order as things stand, without a what-if or a budget, is
// kept in the store: as long as nothing has changed it is not sought again.
func (h *Horizon) TempsKept(ctx context.Context, s Workings, w WhatIf, o TempsOptions) (*Temps, error) {
	if !w.Nothing() || o.Budget != nil {
		return h.Temps(ctx, w, o)
	}
	name := "temps " + o.Unit
	stamp, err := h.stamp(o)
	if err != nil {
		return nil, err
	}
	before, err := s.Workings(ctx, name)
	if err != nil {
		return nil, err
	}
	if kept := before[name]; kept.Stamp == stamp {
		var out Temps
		if json.Unmarshal(kept.Doc, &out) == nil {
			return &out, nil
		}
	}
	out, err := h.Temps(ctx, w, o)
	if err != nil {
		return nil, err
	}
	doc, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	return out, s.KeepWorkings(ctx, []Working{{Name: name, Until: h.q.Until, Stamp: stamp, Doc: doc}})
}

// stamp tells what an order rests on: the days, and whoever can be called in.
func (h *Horizon) stamp(o TempsOptions) (string, error) {
	var days []string
	for _, a := range h.days {
		days = append(days, a.stamp)
	}
	return stampOf(h.q.From, h.q.Until, h.q.Today, h.q.Seed, h.unbooked, days, h.c.People, h.c.Bookings, o)
}
