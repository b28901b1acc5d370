package board

import (
	"context"
	"net/http"
	"strconv"

	"bemanna/internal/centre"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// weeks shows the order of temps for the weeks ahead, as things stand or with
// what would be otherwise.
func (b *Board) weeks(w http.ResponseWriter, q *request) error {
	x, err := b.basis(q)
	if err != nil {
		return err
	}
	question, err := readWeeks(q.URL.Query(), x.c, x.from(), x.until(), q.words)
	if err != nil {
		return err
	}
	base, err := b.orderOf(q.Context(), x, question.base())
	if err != nil {
		return err
	}
	asked := base
	if base.Answer != nil {
		if question = question.settled(base.Answer.Away); question != question.base() {
			if asked, err = b.orderOf(q.Context(), x, question); err != nil {
				return err
			}
		}
	}
	view := viewWeeks(q, x, question, base, asked)
	if base.Pending || asked.Pending {
		view.Waiting = q.comeBack(w)
	}
	return b.show(w, q, http.StatusOK, "weeks", frame{Title: view.Title, Body: view})
}

// orderOf gives what is known of the order for a question.
func (b *Board) orderOf(ctx context.Context, x basis, question weeksQuestion) (reply[*order], error) {
	whatIf, options := question.whatIf(x.c), question.options(x.c)
	if err := plan.CheckTemps(x.c, whatIf, options); err != nil {
		return reply[*order]{}, fault{Status: http.StatusBadRequest, Key: "weeks.fault_question", Cause: err}
	}
	r, err := b.ahead.orders.ask(ctx, question.values().Encode(), x.stamp, func(ctx context.Context) (*order, error) {
		return b.ahead.order(ctx, x, whatIf, options)
	})
	return r, unworked(ctx, err)
}

// unworked says that something cannot be worked out, unless the reader has gone.
func unworked(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	return fault{Status: http.StatusServiceUnavailable, Key: "weeks.fault_work", Cause: err}
}

// comeBack lets the page ask again for what is being worked out. A browser does
// so by the header; a script that has asked for a part of the page does not see
// it, and finds where to ask in the page.
func (q *request) comeBack(w http.ResponseWriter) waitingView {
	v := waitingView{Text: q.words.Say("weeks.waiting")}
	if q.Header.Get("HX-Request") != "" {
		v.Poll = q.URL.RequestURI()
	} else {
		w.Header().Set("Refresh", strconv.Itoa(int(comesBack.Seconds())))
	}
	return v
}

// viewWeeks works out the page from what is known of a question and of its base.
func viewWeeks(q *request, x basis, question weeksQuestion, base, asked reply[*order]) weeksView {
	w := q.words
	v := weeksView{
		Title: w.Say("weeks.title"), Units: unitLinks(q, x.c, question.Unit),
		Period: w.Say("weeks.period", i18n.Args{
			"From": w.Day(x.from()), "To": w.Day(x.until()), "First": weekNumber(x.from()), "Last": weekNumber(x.until()),
		}),
		Slots: slotsFormOf(q, x, slotsQuestion{Unit: question.Unit}.usual(x)),
	}
	if base.Answer == nil {
		return v
	}
	v.Form = weeksFormOf(q, x.c, question, base.Answer.Away, x.from(), x.until())
	if question != question.base() {
		v.Asked = question.words(x.c, w)
	}
	shown := base
	if asked.Answer != nil {
		shown = asked
		if len(v.Asked) > 0 {
			v.Changes = differences(base.Answer.Temps, asked.Answer.Temps, w)
		}
	}
	v.Order = viewOrder(x.c, shown.Answer.Temps, w.Stamp(shown.Made.In(x.c.Location)), w)
	return v
}

// unitLinks lead to the weeks of each unit.
func unitLinks(q *request, c *centre.Centre, here string) []link {
	out := []link{{Text: q.words.Say("board.all_units"), URL: weeksURL(q, weeksQuestion{}), Here: here == ""}}
	for _, u := range c.Units {
		out = append(out, link{Text: u.Name, URL: weeksURL(q, weeksQuestion{Unit: u.ID}), Here: here == u.ID})
	}
	return out
}
