package export

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bemanna/internal/plan"
)

func workbook(t *testing.T, d *plan.Day, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Workbook(&b, d, language(t, lang)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openWorkbook(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestWorkbookRoundTrip reads back who does what: a letter for each quarter of
// an hour, from 07:00 on.
func TestWorkbookRoundTrip(t *testing.T) {
	f := openWorkbook(t, workbook(t, someDay(t, ordinary), "sv"))
	if diff := cmp.Diff([]string{"Översikt", "Bygg-miljö", "Skola"}, f.GetSheetList()); diff != "" {
		t.Fatalf("sheets (-want +got):\n%s", diff)
	}
	rows, err := f.GetRows("Bygg-miljö")
	if err != nil {
		t.Fatal(err)
	}
	day := func(row int) string { // blanks where there is nothing
		var s strings.Builder
		for _, cell := range rows[row-1][colDay-1 : min(len(rows[row-1]), colDay-1+40)] {
			s.WriteString((cell + " ")[:1])
		}
		return s.String()
	}
	for i, want := range []struct {
		head []string
		day  string
	}{
		{[]string{"Bord 1", "=1+1", "BA", "07:30", "15:00"}, "  aaBTTTTTTTfTTTTTLLLeeeeeeeeeee        "},
		{[]string{"Bord 1", "Omar", "BA* b2", "08:00", "16:15"}, "    BTTTTTTTTTTTTTTTLLLUUUUUTTTTTTTTT   "},
		{[]string{"Bord 1", "Sjuk Person", "", "(frånvarande)", ""}, "                                        "},
	} {
		row := rowPeople + i
		if diff := cmp.Diff(want.head, rows[row-1][:colDay-1]); diff != "" {
			t.Errorf("row %d (-want +got):\n%s", row, diff)
		}
		if got := day(row); got != want.day {
			t.Errorf("%s:\n got %q\nwant %q", want.head[1], got, want.day)
		}
	}
	if got, want := rows[rowPeople-1][colDay-1+40:], []string{"3.00", "2.75"}; !slices.Equal(got, want) {
		t.Errorf("%v hours of telephone and e-mail, want %v", got, want)
	}
	if got, want := rows[rowHour-1][colDay-1], "07"; got != want {
		t.Errorf("the first hour is %s, want %s", got, want)
	}
}

// TestWorkbookHasNoFormulas: what people are called is text.
func TestWorkbookHasNoFormulas(t *testing.T) {
	d := someDay(t, ordinary)
	d.Centre, d.Units[0].Name, d.Tables[0].Name, d.Groups[0].Name = "=A1", "=B1", "+1", "@SUM(A1)"
	f := openWorkbook(t, workbook(t, d, "en"))
	texts := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, text := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Fatalf("%s!%s is the formula %q (%v)", sheet, cell, formula, err)
				}
				if strings.ContainsAny(text[:min(1, len(text))], "=+@") {
					texts++
					if kind, err := f.GetCellType(sheet, cell); err != nil || kind != excelize.CellTypeSharedString {
						t.Errorf("%s!%s %q is of type %v (%v), want text", sheet, cell, text, kind, err)
					}
				}
			}
		}
	}
	if texts < 4 {
		t.Errorf("%d texts like formulas were looked at, want some: the test looks at the wrong thing", texts)
	}
}

// TestWorkbookPrints: landscape A4, a page wide, the headings on each page and
// in sight on the screen.
func TestWorkbookPrints(t *testing.T) {
	f := openWorkbook(t, workbook(t, someDay(t, ordinary), "en"))
	titles := map[string]string{}
	for _, n := range f.GetDefinedName() {
		titles[n.Scope] = n.RefersTo
	}
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		props, err := f.GetSheetProps(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || !*props.FitToPage {
			t.Errorf("%s: paper %d %s, %d pages wide, want 9 (A4), landscape, 1", sheet, *layout.Size, *layout.Orientation, *layout.FitToWidth)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if !panes.Freeze || panes.YSplit == 0 {
			t.Errorf("%s: nothing is frozen: %+v", sheet, panes)
		}
	}
	if got, want := titles["Bygg-miljö"], "'Bygg-miljö'!$A:$C,'Bygg-miljö'!$1:$3"; got != want {
		t.Errorf("printed on each page: %q, want %q", got, want)
	}
}

// TestWorkbookIsTheSame, byte for byte, for the same plan.
func TestWorkbookIsTheSame(t *testing.T) {
	first := workbook(t, someDay(t, ordinary), "sv")
	for range 3 {
		if !bytes.Equal(first, workbook(t, someDay(t, ordinary), "sv")) {
			t.Fatal("the workbook of the same plan is another")
		}
	}
}

// TestWorkbookOfNothing: a closed day, and a centre without people.
func TestWorkbookOfNothing(t *testing.T) {
	closed := &plan.Day{Date: ordinary, Made: ordinary.Start(stockholm(t)), IntervalSeconds: 900}
	if got := openWorkbook(t, workbook(t, closed, "en")).GetSheetList(); len(got) != 1 {
		t.Errorf("a closed day has the sheets %v, want one", got)
	}
	nobody := someDay(t, ordinary)
	nobody.Agents, nobody.Tables = nil, nil
	if got := openWorkbook(t, workbook(t, nobody, "en")).GetSheetList(); len(got) != 4 {
		t.Errorf("a day of need alone has the sheets %v, want four", got)
	}
}

// TestWorkbookInAnotherProgram: LibreOffice reads the letters of the first unit.
func TestWorkbookInAnotherProgram(t *testing.T) {
	program, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("no LibreOffice on this machine, or a short run")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "plan.xlsx")
	if err := os.WriteFile(file, workbook(t, someDay(t, ordinary), "sv"), 0o600); err != nil {
		t.Fatal(err)
	}
	const utf8AllSheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
	cmd := exec.CommandContext(t.Context(), program, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", utf8AllSheets, "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "plan-Bygg-miljö.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Bord 1,=1+1,BA,07:30,15:00,,,a,a,B,T,T,T,T,T,T,T,f,T,T,T,T,T,L,L,L,e,e,"; !strings.Contains(string(got), want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}
