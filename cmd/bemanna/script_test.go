package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"bemanna/internal/civil"
)

var update = flag.Bool("update", false, "rewrite the golden files in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"bemanna": func() { os.Exit(run(os.Args, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command line as people do: testdata/script/*.txtar.
// The folder testdata of the repository is at $TESTDATA.
func TestScripts(t *testing.T) {
	data, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			for _, v := range [][2]string{
				{"TZ", "Europe/Stockholm"},
				{"LANG", "en_GB.UTF-8"},
				{"TESTDATA", data},
				{"BEMANNA_NOW", "2026-11-23T06:00:00+01:00"},
			} {
				e.Setenv(v[0], v[1])
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "history": history, "copydir": copydir, "append": appendTo, "waitfile": waitfile, "newer": newer,
		},
	})
}

// code N command args... runs a command that must exit with N.
func code(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// history FILE FROM UNTIL [TIMES] writes the history that the small centre has: calls
// at 08:00-16:00 on weekdays, 6 and 3 a quarter-hour; Mondays +20 %, Fridays
// −20 %.
func history(ts *testscript.TestScript, _ bool, args []string) {
	from, err := civil.ParseDate(args[1])
	ts.Check(err)
	until, err := civil.ParseDate(args[2])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	times := 1
	if len(args) > 3 {
		times, err = strconv.Atoi(args[3])
		ts.Check(err)
	}
	ts.Check(errors.Join(writeHistory(f, from, until, times), f.Close()))
}

func writeHistory(f *os.File, from, until civil.Date, times int) error {
	w := csv.NewWriter(f)
	if err := w.Write([]string{"interval_start", "group", "offered", "answered", "abandoned", "aht_s"}); err != nil {
		return err
	}
	for d := from; d <= until; d++ {
		factor := map[time.Weekday]int{time.Monday: 12, time.Friday: 8, time.Saturday: 0, time.Sunday: 0}
		f, special := factor[d.Weekday()]
		if !special {
			f = 10
		}
		if f == 0 {
			continue
		}
		for c := civil.Clock(8 * 60); c < 16*60; c += 15 {
			for _, g := range []struct {
				id         string
				calls, aht int
			}{{"bygg", 6, 300}, {"avfall", 3, 240}} {
				n := times * (g.calls*f + int(c/15)%3*5) / 10 // not quite the same each quarter-hour
				err := w.Write([]string{fmt.Sprintf("%sT%s:00", d, c), g.id, strconv.Itoa(n), strconv.Itoa(n), "0", strconv.Itoa(g.aht)})
				if err != nil {
					return err
				}
			}
		}
	}
	w.Flush()
	return w.Error()
}

// append FILE FROM adds what one file has to the end of another.
func appendTo(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.WriteString(ts.ReadFile(args[1]))
	ts.Check(errors.Join(err, f.Close()))
}

// copydir FROM TO copies a folder.
func copydir(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

// waitfile FILE waits until a file has content, for at most two minutes.
func waitfile(ts *testscript.TestScript, _ bool, args []string) {
	for range 12_000 {
		if info, err := os.Stat(ts.MkAbs(args[0])); err == nil && info.Size() > 1 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not appear", args[0])
}

// newer STORE makes a store look as if a newer program had written it.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.ExecContext(context.Background(), `PRAGMA user_version = 999`)
	ts.Check(errors.Join(err, db.Close()))
}
