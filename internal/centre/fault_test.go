package centre_test

import (
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
)

var update = flag.Bool("update", false, "rewrite the faults wanted in testdata/faults")

// TestFaults loads the centre in each folder of testdata/faults and compares its
// faults with want.txt beside it.
func TestFaults(t *testing.T) {
	for _, dir := range cases(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Chdir(dir)
			_, err := centre.Load(".")
			var faults centre.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("Load: %v, want faults", err)
			}
			got := faults.Error() + "\n"
			if *update {
				if err := os.WriteFile("want.txt", []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile("want.txt")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func cases(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob("testdata/faults/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no cases in testdata/faults: %v", err)
	}
	return dirs
}

// TestEveryFaultHasACase finds each call of fault in the source and wants a line
// in testdata/faults that its format can have made.
func TestEveryFaultHasACase(t *testing.T) {
	var told strings.Builder
	for _, dir := range cases(t) {
		want, err := os.ReadFile(filepath.Join(dir, "want.txt"))
		if err != nil {
			t.Fatal(err)
		}
		told.Write(want)
	}
	formats := faultFormats(t)
	if len(formats) < 30 {
		t.Errorf("found %d calls of fault in the source, want 30 or more: has it another name?", len(formats))
	}
	verb := regexp.MustCompile(`%[a-z]`)
	for _, format := range formats {
		pattern := verb.ReplaceAllString(regexp.QuoteMeta(format), ".*")
		if !regexp.MustCompile(`(?m):(\d+:)* ` + pattern + `$`).MatchString(told.String()) {
			t.Errorf("no case in testdata/faults for %q", format)
		}
	}
}

// faultFormats gives the formats of all calls x.fault(place, "format", …).
func faultFormats(t *testing.T) []string {
	t.Helper()
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var formats []string
	for _, source := range sources {
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if method, ok := call.Fun.(*ast.SelectorExpr); !ok || method.Sel.Name != "fault" {
				return true
			}
			format, err := strconv.Unquote(call.Args[1].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			formats = append(formats, format)
			return true
		})
	}
	return formats
}

// TestNotTheUsersFault sees that what cannot be read at all is no Faults.
func TestNotTheUsersFault(t *testing.T) {
	var faults centre.Faults
	_, err := centre.Load(filepath.Join(t.TempDir(), "nowhere"))
	if !errors.Is(err, fs.ErrNotExist) || errors.As(err, &faults) {
		t.Errorf("Load of a folder that is not there: %v, want fs.ErrNotExist and no Faults", err)
	}
	// A folder in place of the people: there is something, but it cannot be read.
	dir := folder(t, map[string]string{"centre.yaml": "name: A\ngroups: []\npeople_file: people\n"})
	if err := os.Mkdir(filepath.Join(dir, "people"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = centre.Load(dir)
	if err == nil || errors.As(err, &faults) {
		t.Errorf("Load with a folder as people_file: %v, want an error that is no Faults", err)
	}
}

func TestFaultOfASchedule(t *testing.T) {
	t.Chdir(folder(t, map[string]string{"centre.yaml": `
name: A
groups: [{id: a, hours: [{days: mon, open: "08:00-09:00"}]}]
schedule:
  plan: ["40 2 * * *",
         "61 2 * * *"]
`}))
	c, err := centre.Load(".")
	if err != nil {
		t.Fatal(err)
	}
	got := c.Schedule.Fault(1, "minute 61, want 0 to 59").String()
	const want = `centre.yaml:6:10: schedule: plan "61 2 * * *": minute 61, want 0 to 59`
	if got != want {
		t.Errorf("Fault: %s, want %s", got, want)
	}
}
