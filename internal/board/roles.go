package board

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// Roles says who has which role. The zero Roles makes everybody whom the proxy
// knows an agent, and believes the role names of the proxy.
type Roles struct {
	users, groups map[string]Role
	others        Role // who is not named
}

// ParseRoles reads a roles file, YAML:
//
//	users: {anna.berg: lead, it.drift: admin}
//	groups: {kc-chefer: manager}   # as the proxy names them
//	others: agent                  # who is not named; left out: may not enter
//
// Without users and groups it would lock everybody out, which is an error.
func ParseRoles(text []byte) (Roles, error) {
	var file struct {
		Users  map[string]string `yaml:"users"`
		Groups map[string]string `yaml:"groups"`
		Others string            `yaml:"others"`
	}
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		return Roles{}, err
	}
	r := Roles{users: map[string]Role{}, groups: map[string]Role{}}
	for _, part := range []struct {
		name string
		from map[string]string
		to   map[string]Role
	}{{"users", file.Users, r.users}, {"groups", file.Groups, r.groups}} {
		for who, s := range part.from {
			role, err := ParseRole(s)
			if err != nil {
				return Roles{}, fmt.Errorf("%s: %s: %w", part.name, who, err)
			}
			part.to[who] = role
		}
	}
	if file.Others != "" {
		var err error
		if r.others, err = ParseRole(file.Others); err != nil {
			return Roles{}, fmt.Errorf("others: %w", err)
		}
	}
	if len(r.users)+len(r.groups) == 0 && r.others == Nobody {
		return Roles{}, errors.New("users, groups, others: all empty, want at least one")
	}
	return r, nil
}

// of is the highest role that the name of a user or a claim of the proxy gives:
// a group of the file, or the name of a role.
func (r Roles) of(user string, claims []string) Role {
	role := r.others
	if r.users == nil {
		role = Agent
	}
	role = max(role, r.users[user])
	for _, c := range claims {
		c = strings.TrimSpace(c)
		if named, err := ParseRole(c); err == nil {
			role = max(role, named)
		}
		role = max(role, r.groups[c])
	}
	return role
}
