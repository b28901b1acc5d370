package centre

import (
	"slices"
	"strings"

	"github.com/xrash/smetrics"
)

// reader turns values into a centre and gathers what is wrong with them.
type reader struct {
	ledger
	open   func(path string) ([]byte, error) // of the files that the centre file names
	failed error                             // of opening them: no fault of the user's
	centre Centre

	units, tables, groups, people index
	queues                        map[string][]used // by name
}

// fields are the keys of a mapping, in the order in which they are read: what
// others depend on comes first.
type fields []field

// field is a key and what is done with its value; subject names the thing and
// the key in faults.
type field struct {
	key  string
	read func(subject string, v *value)
}

func (fs fields) keys() []string {
	keys := make([]string, len(fs))
	for i, f := range fs {
		keys[i] = f.key
	}
	return keys
}

// fields reads a mapping. Keys that are left out keep their defaults.
func (r *reader) fields(subject string, v *value, known fields) {
	if v.kind != mapping {
		r.fault(v.place, "%s, want keys such as %s", join(subject, v.String()), known[0].key)
		return
	}
	keys, seen := known.keys(), map[string]bool{}
	for _, e := range v.entries {
		switch key := e.key.text; {
		case seen[key]:
			r.fault(e.key.place, "%s: a second time", join(subject, key))
		case !slices.Contains(keys, key):
			r.fault(e.key.place, "%s%s", join(subject, "unknown key "+shown(key)), didYouMean(key, keys))
		default:
			seen[key] = true
		}
	}
	for _, f := range known {
		if u := v.under(f.key); u != nil {
			f.read(join(subject, f.key), u)
		}
	}
}

// join names a key of a thing; the centre itself has no name.
func join(subject, key string) string {
	if subject == "" {
		return key
	}
	return subject + ": " + key
}

// need faults a mapping without the keys given.
func (r *reader) need(subject string, v *value, keys ...string) {
	for _, key := range keys {
		if v.kind == mapping && v.under(key) == nil {
			r.fault(v.place, "%s is missing", join(subject, key))
		}
	}
}

// one reads a scalar into dst, which keeps its default when there is a fault.
func one[T any](r *reader, dst *T, s scalar[T]) func(string, *value) {
	return func(subject string, v *value) {
		if v.kind == text {
			if x, ok := s.parse(strings.TrimSpace(v.text)); ok {
				*dst = x
				return
			}
		}
		r.fault(v.place, "%s %s, want %s", subject, v, s.want)
	}
}

// many reads a list of scalars.
func many[T any](r *reader, dst *[]T, s scalar[T]) func(string, *value) {
	return each(r, func(subject string, v *value, _ int) {
		before := len(r.faults)
		var x T
		if one(r, &x, s)(subject, v); len(r.faults) == before {
			*dst = append(*dst, x)
		}
	})
}

// each hands on the items of a list.
func each(r *reader, item func(subject string, v *value, i int)) func(string, *value) {
	return func(subject string, v *value) {
		if v.kind != list {
			r.fault(v.place, "%s %s, want a list", subject, v)
		}
		for i, u := range v.items {
			item(subject, u, i)
		}
	}
}

// index knows the ids of one kind of thing and where each is defined.
type index struct {
	at  map[string]place
	ids []string
}

// define notes an id and tells whether it is new; a second one is a fault, none
// at all is one elsewhere.
func (r *reader) define(x *index, noun string, p place, id string) bool {
	if first, taken := x.at[id]; taken {
		r.fault(p, "%s %q a second time: the first is at %s", noun, id, first)
		return false
	}
	if id == "" {
		return false
	}
	if x.at == nil {
		x.at = map[string]place{}
	}
	x.at[id] = p
	x.ids = append(x.ids, id)
	return true
}

// known reads the id of a thing that is defined elsewhere.
func (r *reader) known(dst *string, noun string, x *index) func(string, *value) {
	return func(subject string, v *value) {
		if one(r, dst, id)(subject, v); *dst != "" {
			r.leads(subject, v.place, *dst, noun, x)
		}
	}
}

// leads faults a reference that leads nowhere.
func (r *reader) leads(subject string, p place, id, noun string, x *index) {
	if _, ok := x.at[id]; !ok {
		r.fault(p, "%s %s, want the id of a known %s%s", subject, shown(id), noun, didYouMean(id, x.ids))
	}
}

// didYouMean offers the nearest of the names, if one is near.
func didYouMean(s string, names []string) string {
	s = strings.ToLower(s)
	best, least := "", 3 // edits: two letters turned round are two of them
	for _, name := range names {
		low := strings.ToLower(name)
		d := smetrics.WagnerFischer(s, low, 1, 1, 1)
		if d < least && 2*d < len(s) && (d < 2 || s[0] == low[0]) {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return ` (did you mean "` + best + `"?)`
}
