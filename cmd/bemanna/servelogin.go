package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/internal/board"
)

// secretVariable is where the secret of the client may be, which no flag has:
// others see the flags of a process.
const secretVariable = "BEMANNA_OIDC_SECRET" //nolint:gosec // the name of a variable, not a secret

var proxyFlags = []cli.Flag{
	&cli.StringSliceFlag{Name: "trust-proxy", Usage: "`ADDRESSES` of the proxy, such as 10.0.0.0/8; may be repeated"},
	&cli.StringFlag{Name: "user-header", Value: "X-Forwarded-User", Usage: "`HEADER` in which the proxy names the user"},
	&cli.StringFlag{Name: "role-header", Usage: "`HEADER` in which the proxy names roles or groups, with commas between them"},
}

var oidcFlags = []cli.Flag{
	&cli.StringFlag{Name: "oidc-issuer", Usage: "`ADDRESS` of the OpenID Connect provider, as its discovery document has it"},
	&cli.StringFlag{Name: "oidc-client-id", Usage: "`ID` by which the provider knows the board"},
	&cli.StringFlag{Name: "oidc-client-secret-file", Usage: "`FILE` with the secret of the client"},
	&cli.StringFlag{Name: "oidc-user-claim", Value: "preferred_username", Usage: "`CLAIM` that names the user"},
	&cli.StringFlag{Name: "oidc-role-claim", Usage: "`CLAIM` that has roles or groups"},
	&cli.StringSliceFlag{Name: "oidc-scope", Usage: "`SCOPE` to ask for besides openid and profile; may be repeated"},
	&cli.DurationFlag{Name: "session-idle", Value: 8 * time.Hour, Usage: "log out who asks for nothing for a `TIME`"},
	&cli.DurationFlag{Name: "session-most", Value: 12 * time.Hour, Usage: "log out everybody after a `TIME`"},
}

// loginOf gives the login that the flags ask for: at a provider, by a proxy, or
// none. A flag of another login than that is a fault.
func loginOf(c *cli.Context, e *env) (board.Login, error) {
	byProxy, byProvider := len(c.StringSlice("trust-proxy")) > 0, c.String("oidc-issuer") != ""
	if byProxy && byProvider {
		return nil, usageError{errors.New("--oidc-issuer and --trust-proxy: want one login")}
	}
	if err := useless(c, proxyFlags, byProxy, "--trust-proxy"); err != nil {
		return nil, err
	}
	if err := useless(c, oidcFlags, byProvider, "--oidc-issuer"); err != nil {
		return nil, err
	}
	switch {
	case byProxy:
		return proxyLogin(c)
	case byProvider:
		return providerLogin(c, e)
	case c.IsSet("roles"):
		return nil, usageError{errors.New("--roles: says nothing without --oidc-issuer or --trust-proxy")}
	}
	return board.Local{}, nil
}

// useless finds a flag of a login that is not wanted.
func useless(c *cli.Context, flags []cli.Flag, wanted bool, by string) error {
	for _, f := range flags {
		if name := f.Names()[0]; !wanted && c.IsSet(name) {
			return usageError{fmt.Errorf("--%s: says nothing without %s", name, by)}
		}
	}
	return nil
}

func proxyLogin(c *cli.Context) (board.Login, error) {
	p := board.Proxy{UserHeader: c.String("user-header"), RoleHeader: c.String("role-header")}
	for _, s := range c.StringSlice("trust-proxy") {
		network, err := prefix(s)
		if err != nil {
			return nil, usageError{fmt.Errorf("--trust-proxy %q: want addresses such as 10.0.0.0/8 or 10.1.2.3", s)}
		}
		p.Trusted = append(p.Trusted, network)
	}
	var err error
	p.Roles, err = rolesOf(c)
	return p, err
}

func providerLogin(c *cli.Context, e *env) (board.Login, error) {
	roles, err := rolesOf(c)
	if err != nil {
		return nil, err
	}
	secret, err := clientSecret(c)
	if err != nil {
		return nil, err
	}
	o, err := board.NewOIDC(board.OIDCOptions{
		Issuer: c.String("oidc-issuer"), ClientID: c.String("oidc-client-id"), ClientSecret: secret, URL: c.String("url"),
		Scopes: c.StringSlice("oidc-scope"), UserClaim: c.String("oidc-user-claim"), RoleClaim: c.String("oidc-role-claim"), Roles: roles,
		Idle: c.Duration("session-idle"), Most: c.Duration("session-most"), Clock: e.clock,
	})
	if err != nil {
		return nil, usageError{fmt.Errorf("login by OpenID Connect: %w", err)}
	}
	return o, nil
}

// clientSecret is that of the file or of the environment; "": the client has none.
func clientSecret(c *cli.Context) (string, error) {
	secret, name := os.Getenv(secretVariable), c.String("oidc-client-secret-file")
	switch {
	case name == "":
		return secret, nil
	case secret != "":
		return "", usageError{fmt.Errorf("--oidc-client-secret-file and $%s: want one secret", secretVariable)}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", inputError{err}
	}
	if secret = strings.TrimSpace(string(text)); secret == "" {
		return "", inputError{fmt.Errorf("%s: empty, want the secret of the client", name)}
	}
	return secret, nil
}

func rolesOf(c *cli.Context) (board.Roles, error) {
	name := c.String("roles")
	if name == "" {
		return board.Roles{}, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return board.Roles{}, inputError{err}
	}
	roles, err := board.ParseRoles(text)
	if err != nil {
		return board.Roles{}, inputError{fmt.Errorf("%s: %w", name, err)}
	}
	return roles, nil
}

// prefix reads a network or a single address.
func prefix(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	return netip.ParsePrefix(s)
}
