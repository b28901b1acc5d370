package board

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Options are what a board is made of.
type Options struct {
	CentrePath string // the centre file or its folder, read anew when it has changed
	Language   string // where a reader asks for none; "": the centre's
	URL        string // at which browsers reach the board; "": as they say
	Login      Login
	Storybook  bool // show made days under /storybook
	// Publish replaces what is published of a day by a plan that somebody has
	// accepted; nil: nothing is published.
	Publish func(c *centre.Centre, d *plan.Day, by string) error
	Clock   func() time.Time
	Log     *slog.Logger
}

// Board answers requests for pages.
type Board struct {
	clock     func() time.Time
	log       *slog.Logger
	login     Login
	language  string
	url       string
	storybook bool
	source    *source
	busy      busyCache
	// explanations are of weeks that are over.
	explanations *workbench[*plan.Explanation]
	effects      *workbench[[]plan.EventEffect] // of events
	foretold     *workbench[[]plan.ReviewedDay] // where there are no plans to judge
	proposals    proposals
	ahead        *ahead
	reading      chan struct{} // lets so many pages be made at once
	publish      func(c *centre.Centre, d *plan.Day, by string) error
	linking      sync.Mutex    // held while somebody is given a link or loses it
	patience     time.Duration // that a click waits for a store that is locked
	assets       assets
	pages        map[string]pages // by language
	kept         keptPages
	words        map[string]*i18n.Words // by language
}

// usualPatience is a little less than that of the store itself.
const usualPatience = 4 * time.Second

// readersAtOnce is how many pages are made at once: few, so that a crowd of readers
// leaves much of a full machine to those who wait for a repaired plan.
const readersAtOnce = 4

// New makes a board. It reads nothing of the centre yet: what is wrong with that
// is said on the pages.
func New(o Options) (*Board, error) {
	if o.Login == nil || o.Clock == nil || o.Log == nil {
		return nil, errors.New("board: want a login, a clock and a log")
	}
	turn := make(chan struct{}, 1)
	b := &Board{
		explanations: newWorkbench[*plan.Explanation](turn, o.Clock), effects: newWorkbench[[]plan.EventEffect](turn, o.Clock),
		foretold: newWorkbench[[]plan.ReviewedDay](turn, o.Clock),
		clock:    o.Clock, log: o.Log, language: o.Language, url: strings.TrimRight(o.URL, "/"), storybook: o.Storybook,
		proposals: newProposals(), reading: make(chan struct{}, readersAtOnce), ahead: newAhead(turn, o.Clock), publish: o.Publish, patience: usualPatience,
		source: &source{path: o.CentrePath, clock: o.Clock, log: o.Log},
		assets: readAssets(), pages: map[string]pages{}, words: map[string]*i18n.Words{},
	}
	for _, lang := range i18n.Languages {
		words, err := i18n.New(lang)
		if err != nil {
			return nil, err
		}
		b.words[lang] = words
		if b.pages[lang], err = parsePages(words); err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
	}
	b.useLogin(o.Login)
	return b, nil
}

// useLogin makes a login that of the board, which keeps its sessions.
func (b *Board) useLogin(l Login) {
	if o, ok := l.(*OIDC); ok {
		o.sessions.open = b.source.open
	}
	b.login = l
}

// Close ends what is being worked out, and closes the store.
func (b *Board) Close() error {
	b.explanations.shut()
	b.effects.shut()
	b.foretold.shut()
	b.ahead.shut()
	return b.source.close()
}

// Handler gives the board's answers to requests, with all that keeps them safe.
func (b *Board) Handler() http.Handler {
	mux := http.NewServeMux()
	b.handle(mux, "GET /{$}", Agent, b.today)
	b.handle(mux, "GET /day/{date}", Agent, b.day)
	b.handle(mux, "GET /print", Agent, b.print)
	b.handle(mux, "GET /now", Agent, b.now)
	b.handle(mux, "GET /forecast", Lead, b.forecast)
	b.handle(mux, "GET /why", Lead, b.why)
	b.handle(mux, "GET /weeks", Manager, b.weeks)
	b.handle(mux, "GET /weeks/slots", Manager, b.slots)
	b.handle(mux, "GET /audit", Lead, b.audit)
	b.handle(mux, "POST /day/{date}/checkin", Lead, b.propose)
	b.handle(mux, "GET /day/{date}/proposal/{proposal}", Lead, b.showProposal)
	b.handle(mux, "POST /day/{date}/accept", Lead, b.accept)
	b.handle(mux, "POST /day/{date}/undo", Lead, b.undo)
	b.handle(mux, "POST /day/{date}/note", Lead, b.takeNote)
	b.handle(mux, "GET /links", Manager, b.links)
	b.handle(mux, "POST /links", Manager, b.changeLink)
	b.handleLogin(mux)
	b.handle(mux, "GET /p/{token}", Nobody, b.person)
	b.handle(mux, "GET /public/busy", Nobody, b.busyIndex)
	b.handle(mux, "GET /public/busy/{file}", Nobody, b.busyHours)
	if b.storybook {
		b.handle(mux, "GET /storybook", Agent, b.storybookIndex)
		b.handle(mux, "GET /storybook/{story}", Agent, b.story)
	}
	b.handle(mux, "GET /static/{file}", Nobody, b.static)
	b.handle(mux, "GET /favicon.ico", Nobody, b.favicon) // of pages that name no picture
	b.handle(mux, "GET /health", Nobody, b.health)
	b.handle(mux, "/", Nobody, b.unknown)
	return b.secured(mux)
}
