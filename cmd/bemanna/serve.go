package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"slices"

	"github.com/urfave/cli/v2"

	"bemanna/internal/board"
	"bemanna/internal/centre"
	"bemanna/internal/i18n"
	"bemanna/internal/morning"
	"bemanna/internal/plan"
)

func serveCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "serve", Category: catOperate,
		Usage: "the morning board, as pages for browsers",
		Description: `Runs until it is stopped. The pages are those of the day for the table leads,
what everybody does now, how good the forecasts are, and for people outside when
it is quiet to call.

   bemanna --centre demo serve
   bemanna serve --listen :8480 --trust-proxy 10.0.0.0/8 --roles roles.yaml
   bemanna serve --listen :8480 --roles roles.yaml \
     --url https://plan.example.se \
     --oidc-issuer https://login.example.se --oidc-client-id bemanna

Without a login only this machine can reach it. Others log in at an OpenID
Connect provider, or come by a reverse proxy that knows its users: --trust-proxy
names its addresses, and only they are believed when they say who asks. The
secret of the client is in $BEMANNA_OIDC_SECRET or in a file.`,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "listen", Value: "127.0.0.1:8480", Usage: "`ADDRESS` to listen at"},
			&cli.StringFlag{Name: "url", Usage: "`ADDRESS` at which browsers reach the board, such as https://plan.example.se"},
			&cli.StringFlag{Name: "roles", Usage: "`FILE` that says who is agent, lead, manager or admin"},
			&cli.BoolFlag{Name: "storybook", Usage: "show made days in all states under /storybook"},
		}, proxyFlags, oidcFlags),
		Action:      func(c *cli.Context) error { return runServe(c, e) },
		Subcommands: []*cli.Command{linkCommand(e)},
	}
}

func runServe(c *cli.Context, e *env) error {
	if err := noArguments(c); err != nil {
		return err
	}
	login, err := loginOf(c, e)
	if err != nil {
		return err
	}
	if s := c.String("url"); s != "" {
		if u, err := url.Parse(s); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return usageError{fmt.Errorf("--url %q: want the address of the board, such as https://plan.example.se", s)}
		}
	}
	if _, err := e.openCentre(); err != nil { // a faulty one is told now, not to the first reader
		return err
	}
	b, err := board.New(board.Options{
		CentrePath: e.centrePath, Language: e.lang, URL: c.String("url"), Login: login, Storybook: c.Bool("storybook"), Publish: e.republish,
		Clock: e.clock, Log: slog.New(slog.NewTextHandler(e.stderr, nil)),
	})
	if err != nil {
		return err
	}
	return errors.Join(listen(c.Context, e, b, c.String("listen"), login), b.Close())
}

// republish replaces what is published of a day, in the language of the centre.
func (e *env) republish(c *centre.Centre, d *plan.Day, by string) error {
	words, err := i18n.New(cmp.Or(e.lang, c.Language))
	if err != nil {
		return err
	}
	_, err = morning.Republish(c, d, words, checkinStep(d, by), e.clock())
	return err
}

// listen serves at an address. Without a login that is one of this machine.
func listen(ctx context.Context, e *env, b *board.Board, address string, login board.Login) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return usageError{fmt.Errorf("--listen %q: %w", address, err)}
	}
	at, err := netip.ParseAddrPort(l.Addr().String())
	if _, local := login.(board.Local); local && (err != nil || !at.Addr().IsLoopback()) {
		return errors.Join(usageError{fmt.Errorf("--listen %q: others can reach it, want a login (--oidc-issuer or --trust-proxy) or an address of this machine such as 127.0.0.1:8480", address)}, l.Close())
	}
	e.say("bemanna: the board is at http://%s", l.Addr())
	return b.Serve(ctx, l)
}
