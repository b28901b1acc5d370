package board

import (
	"embed"
	"fmt"
	"html/template"
	"path"
	"strings"

	"bemanna/internal/i18n"
)

//go:embed templates
var templateFiles embed.FS

// pages are the templates of one language by their names: day, now, …
type pages map[string]*template.Template

// parsePages reads the templates for a language. Each page fills the frame
// with its own "body"; parts are shared by all; a picture stands by itself.
func parsePages(words *i18n.Words) (pages, error) {
	shared, err := template.New("shared").Funcs(template.FuncMap{"say": sayer(words)}).
		ParseFS(templateFiles, "templates/frame.html", "templates/part-*.html")
	if err != nil {
		return nil, err
	}
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	all := pages{}
	for _, e := range entries {
		name, form := strings.TrimSuffix(e.Name(), path.Ext(e.Name())), path.Ext(e.Name())
		if name == "frame" || strings.HasPrefix(name, "part-") {
			continue
		}
		t, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if t, err = t.ParseFS(templateFiles, "templates/"+e.Name()); err != nil {
			return nil, err
		}
		around := "frame.html"
		if form == ".svg" {
			around = e.Name()
		}
		all[name] = t.Lookup(around)
	}
	return all, nil
}

// sayer gives templates the words of a language: {{say "board.away" "N" 3}}.
func sayer(words *i18n.Words) func(id string, pairs ...any) (string, error) {
	return func(id string, pairs ...any) (string, error) {
		args := i18n.Args{}
		for i := 0; i+1 < len(pairs); i += 2 {
			name, ok := pairs[i].(string)
			if !ok {
				return "", fmt.Errorf("say %s: name %v, want a string", id, pairs[i])
			}
			args[name] = pairs[i+1]
		}
		return words.Say(id, args), nil
	}
}
