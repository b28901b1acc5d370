package board

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxy is the login by a reverse proxy that knows its users and says in
// headers who asks. Only the proxy's addresses are believed.
type Proxy struct {
	Trusted    []netip.Prefix
	UserHeader string // such as X-Forwarded-User
	RoleHeader string // roles or groups, with commas between them; "": none
	Roles      Roles
}

// User is the one of the headers, and nobody where they are not there. Headers
// from other addresses, and repeated ones, are forged.
func (p Proxy) User(r *http.Request) (User, error) {
	name, err := single(r, p.UserHeader)
	if err != nil {
		return User{}, err
	}
	claim := ""
	if p.RoleHeader != "" {
		if claim, err = single(r, p.RoleHeader); err != nil {
			return User{}, err
		}
	}
	from, err := sender(r)
	trusted := err == nil && slices.ContainsFunc(p.Trusted, func(n netip.Prefix) bool { return n.Contains(from) })
	switch {
	case !trusted && (name != "" || claim != ""):
		return User{}, fmt.Errorf("%w: header %s or %s from %s, which is not the proxy", ErrForged, p.UserHeader, p.RoleHeader, r.RemoteAddr)
	case !trusted || name == "":
		return User{}, nil
	}
	return User{Name: name, Role: p.Roles.of(name, strings.Split(claim, ","))}, nil
}

// single gives the one value of a header; "" where it is not there.
func single(r *http.Request, header string) (string, error) {
	all := r.Header.Values(header)
	if len(all) > 1 {
		return "", fmt.Errorf("%w: header %s stands there %d times", ErrForged, header, len(all))
	}
	return strings.TrimSpace(r.Header.Get(header)), nil
}
