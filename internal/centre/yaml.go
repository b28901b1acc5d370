package centre

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// yamlValue reads one YAML document, nil if there is none to be had. The syntax
// tree is read rather than decoded: a decoder stops at its first error, and
// turns 2.7 into 2 and 010 into 8 before anybody sees them.
func (l *ledger) yamlValue(file string, data []byte) *value {
	if !utf8.Valid(data) {
		before := data[:firstInvalid(data)]
		line := bytes.Count(before, []byte("\n")) + 1
		col := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
		l.fault(place{file, line, col}, "a byte that is not UTF-8, want the file saved as UTF-8")
		return nil
	}
	tree, err := parser.ParseBytes(bytes.TrimPrefix(data, []byte("\ufeff")), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) && syntax.Token != nil {
			l.fault(placeOf(file, syntax.Token), "not YAML: %s", syntax.Message)
		} else {
			l.fault(place{file: file}, "not YAML: %v", err)
		}
		return nil
	}
	t := tree2value{ledger: l, file: file, anchors: map[string]*value{}}
	var first *value
	for _, doc := range tree.Docs {
		if doc.Body == nil {
			continue
		}
		v := t.value(doc.Body)
		if first != nil {
			l.fault(v.place, "a second YAML document, want one")
			break
		}
		first = v
	}
	if first == nil {
		l.fault(place{file: file}, "the file is empty, want a centre: see docs/centre-file.md")
	}
	return first
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

func placeOf(file string, t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{file: file}
	}
	return place{file, t.Position.Line, t.Position.Column}
}

// tree2value turns a syntax tree into values.
type tree2value struct {
	*ledger
	file    string
	anchors map[string]*value
}

func (t *tree2value) value(n ast.Node) *value {
	v := &value{place: placeOf(t.file, n.GetToken())}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.LiteralNode:
		v.kind, v.text = text, n.Value.Value
	case *ast.StringNode:
		v.kind, v.text = text, n.Value
	case *ast.SequenceNode:
		v.kind = list
		for _, item := range n.Values {
			v.items = append(v.items, t.value(item))
		}
	case *ast.MappingNode:
		t.mapping(v, n.Values)
		if n.IsFlowStyle {
			v.place = placeOf(t.file, n.Start)
		}
	case *ast.MappingValueNode:
		t.mapping(v, []*ast.MappingValueNode{n})
	case *ast.AnchorNode:
		v = t.value(n.Value)
		t.anchors[n.Name.GetToken().Value] = v
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		if at, ok := t.anchors[name]; ok {
			return at
		}
		t.fault(v.place, "alias *%s, want the name of an anchor that stands above", name)
	case *ast.TagNode:
		t.fault(v.place, "%s is a tag, want the value alone", shown(n.GetToken().Value))
	case ast.ScalarNode: // numbers, true and false: as they are written
		v.kind, v.text = text, n.GetToken().Value
	}
	return v
}

// mapping fills v; its place is that of the first key.
func (t *tree2value) mapping(v *value, pairs []*ast.MappingValueNode) {
	v.kind = mapping
	for i, pair := range pairs {
		key := &value{place: placeOf(t.file, pair.Key.GetToken()), kind: text, text: pair.Key.GetToken().Value}
		if i == 0 {
			v.place = key.place
		}
		v.entries = append(v.entries, entry{key, t.value(pair.Value)})
	}
}
