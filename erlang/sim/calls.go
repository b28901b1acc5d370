package sim

// arrive is a first call.
func (d *day) arrive(group int32) {
	g := &d.Groups[group]
	s := &d.streams[group]
	// All that is random about a call is drawn when it comes, so that it does
	// not depend on the plan.
	c := call{came: s.at, group: group, interval: int32(s.interval)}
	c.handle = g.HandleTime[s.interval] * d.handles[group].draw(s.Rand)
	c.patience = s.at + d.drawPatience(g, s.interval, s.dice)
	if g.Redial.Share > 0 {
		c.fate = s.Uint64()
	}
	s.next(d.grid)
	d.expect(s.at, arrival, group)
	d.offer(&c)
}

// drawPatience is the time in seconds that a caller is ready to wait; more
// than anybody waits is for ever.
func (d *day) drawPatience(g *Group, interval int, dice dice) float64 {
	patience := inf
	switch {
	case g.Patience != nil:
		patience = max(0, g.Patience.Quantile(dice.Float64()))
	case g.AbandonRate != nil && g.AbandonRate[interval] > 0:
		patience = dice.ExpFloat64() / g.AbandonRate[interval]
	}
	if patience < maxTime {
		return patience
	}
	return inf
}

// isOpen reports whether a group takes calls in an interval.
func (d *day) isOpen(group int32, interval int32) bool {
	open := d.Groups[group].Open
	return open == nil || open[interval]
}

// offer is a call that comes to its group.
func (d *day) offer(c *call) {
	line := c.group
	if !d.isOpen(line, c.interval) {
		o := &d.Groups[line].Overflow
		line = int32(o.To)
		if !o.Closed || !d.isOpen(line, c.interval) {
			return
		}
	}
	if c.attempt > 0 {
		d.tally(c)[redialled]++
	}
	if d.Lines > 0 && d.inside == d.Lines {
		d.tally(c)[blocked]++
		return
	}
	d.inside++
	d.dispatch(c, line)
}

// dispatch gives a call to a free agent, or a place in line.
func (d *day) dispatch(c *call, line int32) {
	if seat := d.freeSeat(d.reach[line].own); seat != none {
		d.floor.call(seat)
		c.line = line
		d.answer(seat, c, line != c.group)
		return
	}
	if c.patience <= d.now {
		d.giveUp(c)
		return
	}
	place := d.waiting.admit(c)
	d.waiting.queue(place, line)
	if d.eager {
		d.expect(c.patience, hangUp, place)
	}
	if after := d.Groups[line].Overflow.After; after > 0 && d.waiting.lines[line].unripe == place {
		d.watch(line, max(d.now, c.came+after))
	}
}

// freeSeat is the free seat of the crews that is asked first, or none.
func (d *day) freeSeat(crews []int32) int32 {
	best := int32(none)
	free := 0
	for _, c := range crews {
		bench := &d.floor.benches[c]
		if bench.free == 0 {
			continue
		}
		seat := bench.head
		switch d.Selection {
		case FirstListed:
			return seat
		case LongestIdle:
			if best == none || d.floor.seats[seat].idleSince < d.floor.seats[best].idleSince {
				best = seat
			}
		case RandomFree:
			// Each bench takes over from those before it with its share of all.
			free += bench.free
			if d.luck.IntN(free) < bench.free {
				best = seat
			}
		}
	}
	return best
}

// answer begins a call at a seat that is not on a bench.
func (d *day) answer(seat int32, c *call, helped bool) {
	if !c.answered {
		d.countAnswer(c, helped)
	}
	until := d.now + c.handle
	d.spread(d.now, until, 1, d.work[onCalls])
	d.afterHours(d.floor.seats[seat].crew, until, 1)
	d.begin(seat, onCalls, until)
	if d.recalls {
		d.floor.calls[seat] = *c
	}
}

// take answers the caller at a place in line.
func (d *day) take(seat, place int32, helped bool) {
	c := &d.waiting.places[place]
	d.waiting.leave(place)
	d.answer(seat, c, helped)
	if c.gone = d.eager && c.patience < inf; !c.gone {
		d.waiting.release(place)
	}
}

// takeBack stops the call at a seat and sends it back to the head of the line.
func (d *day) takeBack(seat int32) {
	s, c := &d.floor.seats[seat], d.floor.calls[seat]
	d.spread(d.now, s.until, -1, d.work[onCalls])
	d.afterHours(s.crew, s.until, -1)
	left := s.until - d.now
	spent := c.handle - left
	c.answered, c.handle = true, left
	c.served += spent
	c.patience += spent
	d.dispatch(&c, c.line)
}

// nextCall is the call in line that a crew answers next, or none.
func (d *day) nextCall(c *crew) (place int32, helped bool) {
	place = none
	var from *source
	var came float64
	for i := range c.sources {
		s := &c.sources[i]
		if from != nil && s.tier > from.tier {
			break
		}
		head := d.head(s.group)
		if head == none {
			continue
		}
		since := d.waiting.places[head].came
		if s.overflow && since+s.after > d.now || from != nil && since >= came {
			continue
		}
		place, from, came = head, s, since
	}
	if from == nil {
		return none, false
	}
	return place, from.overflow || d.waiting.places[place].group != from.group
}

// head is the first caller in line who has not hung up.
func (d *day) head(group int32) int32 {
	l := &d.waiting.lines[group]
	if d.eager {
		return l.head
	}
	for l.head != none && d.waiting.places[l.head].patience <= d.now {
		place := l.head
		d.waiting.leave(place)
		d.giveUp(&d.waiting.places[place])
		d.waiting.release(place)
		d.events++
	}
	return l.head
}

// losePatience is the end of the patience of the caller at a place.
func (d *day) losePatience(place int32) {
	if c := &d.waiting.places[place]; !c.gone {
		d.waiting.leave(place)
		d.giveUp(c)
	}
	d.waiting.release(place)
}

// giveUp is a caller who hangs up, perhaps to call again.
func (d *day) giveUp(c *call) {
	if !c.answered {
		d.countHangUp(c)
	}
	d.inside--
	g := &d.Groups[c.group]
	if g.Redial.Share == 0 {
		return
	}
	d.again.pcg.Seed(c.fate, uint64(c.attempt))
	if d.again.Float64() >= g.Redial.Share {
		return
	}
	at := d.now + g.Redial.Delay*d.delays[c.group].draw(d.again.Rand)
	if at >= d.end() {
		return
	}
	next := call{came: at, handle: c.handle, fate: c.fate, group: c.group, attempt: c.attempt + 1}
	next.interval = int32(d.interval(at))
	if g.Redial.SamePatience {
		next.patience = at + (c.patience - c.came - c.served)
	} else {
		next.patience = at + d.drawPatience(g, d.interval(at), d.again)
	}
	d.agenda.add(newEvent(at, redial, d.waiting.admit(&next)))
}

// redial is a caller who tries again.
func (d *day) redial(place int32) {
	c := d.waiting.places[place]
	d.waiting.release(place)
	d.offer(&c)
}

// watch sees to it that somebody looks at a time for calls that overflow.
func (d *day) watch(line int32, at float64) {
	if l := &d.waiting.lines[line]; l.ripens == 0 || at < l.ripens {
		l.ripens = at
		d.expect(at, ripen, line)
	}
}

// ripen lets calls overflow that have waited long enough.
func (d *day) ripen(line int32) {
	l := &d.waiting.lines[line]
	if d.now != l.ripens {
		return // somebody looked earlier than this
	}
	l.ripens = 0
	after := d.Groups[line].Overflow.After
	for l.unripe != none {
		place := l.unripe
		c := &d.waiting.places[place]
		if c.came+after > d.now {
			d.watch(line, c.came+after)
			return
		}
		l.unripe = c.next
		if c.patience <= d.now {
			continue
		}
		if seat := d.freeSeat(d.reach[line].overflow); seat != none {
			d.floor.call(seat)
			d.take(seat, place, true)
		}
	}
}
