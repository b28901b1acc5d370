package board

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestLocal(t *testing.T) {
	for _, c := range []struct {
		name, from, host, header string
		trusted                  bool
	}{
		{"this machine", "127.0.0.1:1", "localhost:8480", "", true},
		{"this machine by its address", "127.0.0.1:1", "127.0.0.1", "", true},
		{"this machine, version 6", "[::1]:1", "[::1]:8480", "", true},
		{"another machine", "10.0.0.7:1", "localhost", "", false},
		{"a page of others that reaches us by its own name", "127.0.0.1:1", "evil.example:8480", "", false},
		{"a proxy on this machine", "127.0.0.1:1", "localhost", "X-Forwarded-For", false},
		{"no address", "@", "localhost", "", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr, r.Host = c.from, c.host
		if c.header != "" {
			r.Header.Set(c.header, "192.0.2.1")
		}
		u, err := Local{}.User(r)
		if (u.Role == Admin) != c.trusted || (err == nil) != c.trusted || err != nil && !errors.Is(err, ErrForged) {
			t.Errorf("%s: %+v, %v", c.name, u, err)
		}
	}
}

func TestProxy(t *testing.T) {
	roles, err := ParseRoles([]byte("users: {anna: lead, it: admin}\ngroups: {chefer: manager}\n"))
	if err != nil {
		t.Fatal(err)
	}
	open := Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, UserHeader: "X-Forwarded-User", RoleHeader: "X-Role"}
	listed := open
	listed.Roles = roles
	const proxy, other = "10.1.2.3:5", "192.0.2.1:5"
	for _, c := range []struct {
		name   string
		p      Proxy
		from   string
		header []string
		want   User
		forged bool
	}{
		{"a user", open, proxy, []string{"X-Forwarded-User", "anna"}, User{"anna", Agent}, false},
		{"a user with the name of a role", open, proxy, []string{"X-Forwarded-User", "anna", "X-Role", "x, manager"}, User{"anna", Manager}, false},
		{"nobody", open, proxy, nil, User{}, false},
		{"a role without a user", open, proxy, []string{"X-Role", "admin"}, User{}, false},
		{"somebody else's word", open, other, []string{"X-Forwarded-User", "anna"}, User{}, true},
		{"somebody else's role", open, other, []string{"X-Role", "admin"}, User{}, true},
		{"somebody else", open, other, nil, User{}, false},
		{"two users", open, proxy, []string{"X-Forwarded-User", "anna", "X-Forwarded-User", "it"}, User{}, true},
		{"an old address in a new one", open, "[::ffff:10.1.2.3]:5", []string{"X-Forwarded-User", "anna"}, User{"anna", Agent}, false},
		{"a listed user", listed, proxy, []string{"X-Forwarded-User", "anna"}, User{"anna", Lead}, false},
		{"a listed group", listed, proxy, []string{"X-Forwarded-User", "eva", "X-Role", "chefer"}, User{"eva", Manager}, false},
		{"the higher of two", listed, proxy, []string{"X-Forwarded-User", "it", "X-Role", "chefer"}, User{"it", Admin}, false},
		{"not listed", listed, proxy, []string{"X-Forwarded-User", "eva"}, User{"eva", Nobody}, false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		for i := 0; i+1 < len(c.header); i += 2 {
			r.Header.Add(c.header[i], c.header[i+1])
		}
		u, err := c.p.User(r)
		if u != c.want || errors.Is(err, ErrForged) != c.forged {
			t.Errorf("%s: %+v, %v, want %+v, forged %v", c.name, u, err, c.want, c.forged)
		}
	}
}

func TestRolesFiles(t *testing.T) {
	for text, want := range map[string]string{
		"users: {anna: leader}": `users: anna: role "leader": want agent, lead, manager or admin`,
		"others: nobody":        `others: role "nobody": want agent, lead, manager or admin`,
		"":                      "users, groups, others: all empty, want at least one",
		"users: {}":             "users, groups, others: all empty, want at least one",
	} {
		if _, err := ParseRoles([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := ParseRoles([]byte("user: {anna: lead}")); err == nil {
		t.Error("an unknown field is taken")
	}
}
