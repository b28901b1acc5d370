package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	said   = regexp.MustCompile(`(?:Say|row|step|add)\((?:\d, |"", )?"([a-z0-9_]+\.[a-z0-9_.]*[a-z0-9_])"`)
	prefix = regexp.MustCompile(`Say\("([a-z_]+)\." ?\+`)
	shown  = regexp.MustCompile(`say "([a-z0-9_.]+)"`) // in templates
	id     = regexp.MustCompile(`"([a-z]+\.[a-z0-9_]+)"`)
)

// TestEveryKeyIsKnownAndUsed reads the source: each message that is asked for
// is in the catalogue, and each in the catalogue is asked for, by its name or
// by the prefix of its family.
func TestEveryKeyIsKnownAndUsed(t *testing.T) {
	known := keys(t, "en")
	used, families := map[string]bool{}, map[string]bool{}
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			template := strings.HasSuffix(path, ".html")
			if err != nil || !template && !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if template {
				for _, m := range shown.FindAllStringSubmatch(string(text), -1) {
					used[m[1]] = true
					if !known[m[1]] {
						t.Errorf("%s: message %q is not in the catalogue", path, m[1])
					}
				}
				return nil
			}
			for _, m := range said.FindAllStringSubmatch(string(text), -1) {
				if !known[m[1]] {
					t.Errorf("%s: message %q is not in the catalogue", path, m[1])
				}
			}
			for _, m := range id.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = true
			}
			for _, m := range prefix.FindAllStringSubmatch(string(text), -1) {
				families[m[1]] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	families["action"] = true // its id is put together before it is said
	for key := range known {
		family, _, _ := strings.Cut(key, ".")
		if !used[key] && !families[family] {
			t.Errorf("message %q is not used", key)
		}
	}
}
