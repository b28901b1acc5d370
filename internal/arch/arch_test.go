// Package arch holds the test of which package may import which: the house of
// docs/architecture.md.
package arch

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "bemanna"

// may lists, for each package, the packages of this module that it may import.
// The engines know nothing of each other; adapters know the spine, never the
// other way round.
var may = map[string][]string{
	"erlang":              {},
	"erlang/sim":          {"erlang"},
	"forecast":            {"internal/civil"},
	"schedule":            {"internal/civil"},
	"internal/civil":      {},
	"internal/i18n":       {"internal/civil"},
	"internal/atomicfile": {},
	"internal/lock":       {},
	"internal/csvtext":    {},
	"internal/centre":     {"internal/civil", "internal/csvtext"},
	"internal/ingest":     {"forecast", "internal/civil"},
	"internal/calculator": {"erlang", "internal/civil", "internal/csvtext"},
	"internal/plan":       {"erlang", "erlang/sim", "forecast", "schedule", "internal/centre", "internal/civil", "internal/ingest"},
	"internal/store":      {"forecast", "schedule", "internal/civil", "internal/i18n", "internal/ingest", "internal/plan"},
	"internal/export":     {"erlang", "forecast", "schedule", "internal/civil", "internal/i18n", "internal/calculator", "internal/plan", "internal/centre", "internal/ingest"},
	"internal/daemon":     {"internal/civil"},
	"internal/morning":    {"internal/daemon", "internal/plan", "internal/store", "internal/export", "internal/centre", "internal/civil", "internal/i18n", "internal/atomicfile", "internal/lock", "forecast"},
	"internal/board":      {"internal/plan", "internal/store", "internal/export", "internal/centre", "internal/civil", "internal/i18n", "internal/atomicfile", "forecast"},
	"internal/demo":       {"internal/civil"},
}

// engines take values and return values: these packages of the standard
// library are not for them.
var (
	engines = []string{"erlang", "erlang/sim", "forecast", "schedule"}
	inOut   = []string{"os", "net/http", "database/sql", "log", "log/slog"}
)

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	packages(t, func(rel string, imports []string) {
		seen[rel] = true
		allowed, known := may[rel]
		if !known && !strings.HasPrefix(rel, "cmd/") {
			t.Errorf("%s: not in the table of this test", rel)
		}
		for _, imp := range imports {
			dep, ours := strings.CutPrefix(imp, module+"/")
			switch {
			case ours && strings.HasPrefix(dep, "cmd/"):
				t.Errorf("%s imports the command %s", rel, dep)
			case ours && known && !slices.Contains(allowed, dep):
				t.Errorf("%s imports %s", rel, dep)
			case slices.Contains(engines, rel) && slices.Contains(inOut, imp):
				t.Errorf("%s does I/O through %s; engines take and return values", rel, imp)
			}
		}
	})
	for _, rel := range []string{"erlang", "forecast", "schedule", "internal/plan"} {
		if !seen[rel] {
			t.Errorf("package %s was not found: the walk is wrong", rel)
		}
	}
}

// packages calls f for each package of the module with what its files import,
// tests left out.
func packages(t *testing.T, f func(rel string, imports []string)) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if n := d.Name(); n == "testdata" || strings.HasPrefix(n, ".") && n != ".." {
			return filepath.SkipDir
		}
		pkg, err := build.ImportDir(path, 0)
		if err != nil || len(pkg.GoFiles) == 0 {
			return nil //nolint:nilerr // a folder without Go files is no package
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		f(filepath.ToSlash(rel), pkg.Imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
