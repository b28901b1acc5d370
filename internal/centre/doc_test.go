package centre_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"bemanna/internal/centre"
)

// blocks gives the code blocks of a language in docs/centre-file.md.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	doc, err := os.ReadFile("../../docs/centre-file.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllSubmatch(doc, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func documented(t *testing.T) *centre.Centre {
	t.Helper()
	csv := blocks(t, "csv")
	c, err := centre.Load(folder(t, map[string]string{
		"centre.yaml":  blocks(t, "yaml")[0],
		"people.csv":   csv[0],
		"bookings.csv": csv[1],
	}))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDocumentLoads(t *testing.T) {
	c := documented(t)
	if len(c.Groups) != 3 || len(c.People) != 3 || len(c.Bookings) != 3 {
		t.Errorf("%d groups, %d people and %d bookings, want 3 each", len(c.Groups), len(c.People), len(c.Bookings))
	}
}
