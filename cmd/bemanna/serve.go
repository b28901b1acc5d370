package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"

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

Without a login only this machine can reach it. Others reach it by a reverse
proxy that knows its users: --trust-proxy names its addresses, and only they are
believed when they say who asks.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "listen", Value: "127.0.0.1:8480", Usage: "`ADDRESS` to listen at"},
			&cli.StringSliceFlag{Name: "trust-proxy", Usage: "`ADDRESSES` of the proxy, such as 10.0.0.0/8; may be repeated"},
			&cli.StringFlag{Name: "user-header", Value: "X-Forwarded-User", Usage: "`HEADER` in which the proxy names the user"},
			&cli.StringFlag{Name: "role-header", Usage: "`HEADER` in which the proxy names roles or groups, with commas between them"},
			&cli.StringFlag{Name: "roles", Usage: "`FILE` that says who is agent, lead, manager or admin"},
			&cli.BoolFlag{Name: "storybook", Usage: "show made days in all states under /storybook"},
		},
		Action:      func(c *cli.Context) error { return runServe(c, e) },
		Subcommands: []*cli.Command{linkCommand(e)},
	}
}

func runServe(c *cli.Context, e *env) error {
	if err := noArguments(c); err != nil {
		return err
	}
	login, err := loginFlags(c)
	if err != nil {
		return err
	}
	if _, err := e.openCentre(); err != nil { // a faulty one is told now, not to the first reader
		return err
	}
	b, err := board.New(board.Options{
		CentrePath: e.centrePath, Language: e.lang, Login: login, Storybook: c.Bool("storybook"), Publish: e.republish,
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
		return errors.Join(usageError{fmt.Errorf("--listen %q: others can reach it, want a login (--trust-proxy) or an address of this machine such as 127.0.0.1:8480", address)}, l.Close())
	}
	e.say("bemanna: the board is at http://%s", l.Addr())
	return b.Serve(ctx, l)
}

// loginFlags gives the login that the flags ask for.
func loginFlags(c *cli.Context) (board.Login, error) {
	proxies := c.StringSlice("trust-proxy")
	if len(proxies) == 0 {
		for _, name := range []string{"user-header", "role-header", "roles"} {
			if c.IsSet(name) {
				return nil, usageError{fmt.Errorf("--%s: says nothing without --trust-proxy", name)}
			}
		}
		return board.Local{}, nil
	}
	p := board.Proxy{UserHeader: c.String("user-header"), RoleHeader: c.String("role-header")}
	for _, s := range proxies {
		network, err := prefix(s)
		if err != nil {
			return nil, usageError{fmt.Errorf("--trust-proxy %q: want addresses such as 10.0.0.0/8 or 10.1.2.3", s)}
		}
		p.Trusted = append(p.Trusted, network)
	}
	if name := c.String("roles"); name != "" {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, inputError{err}
		}
		if p.Roles, err = board.ParseRoles(text); err != nil {
			return nil, inputError{fmt.Errorf("%s: %w", name, err)}
		}
	}
	return p, nil
}

// prefix reads a network or a single address.
func prefix(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	return netip.ParsePrefix(s)
}
