package board

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Role says what somebody may see and do; each role may all that the one
// before it may.
type Role int

// The roles, rising.
const (
	Nobody  Role = iota // has not said who it is
	Agent               // sees the day
	Lead                // and how good the forecasts are; checks people in, of all units
	Manager             // of a unit
	Admin
)

var roleNames = []string{"nobody", "agent", "lead", "manager", "admin"}

func (r Role) String() string { return roleNames[r] }

// ParseRole reads agent, lead, manager or admin.
func ParseRole(s string) (Role, error) {
	for r, name := range roleNames[Agent:] {
		if s == name {
			return Agent + Role(r), nil
		}
	}
	return Nobody, fmt.Errorf("role %q: want agent, lead, manager or admin", s)
}

// User is who asks for a page.
type User struct {
	Name string
	Role Role
}

// Login tells who asks. Its zero User is somebody who has not logged in: such
// users see the public pages alone. The errors are ErrForged and what else
// makes it impossible to tell.
type Login interface {
	User(r *http.Request) (User, error)
}

// ErrForged says that a request claims more than its sender may.
var ErrForged = errors.New("not believed")

// Local is the login of a board that only its own machine can reach: whoever
// sits there is its admin. Requests that came by a proxy or under the name of
// another host are not believed: the one would let everybody in, the other is
// how pages of others reach a local server.
type Local struct{}

// User is the admin.
func (Local) User(r *http.Request) (User, error) {
	if from, err := sender(r); err != nil || !from.IsLoopback() {
		return User{}, fmt.Errorf("%w: from %s, and without a login only this machine may ask", ErrForged, r.RemoteAddr)
	}
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return User{}, fmt.Errorf("%w: came by a proxy (header %s), and no login is set up", ErrForged, h)
		}
	}
	if !loopbackHost(r.Host) {
		return User{}, fmt.Errorf("%w: asked for host %q, and without a login only localhost is served", ErrForged, r.Host)
	}
	return User{Name: "local", Role: Admin}, nil
}

// loopbackHost tells whether a Host header names this machine.
func loopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// sender is the address that a request came from.
func sender(r *http.Request) (netip.Addr, error) {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap(), err
}
