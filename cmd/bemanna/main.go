// Command bemanna plans the day of a contact centre: history of calls to
// forecast, forecast to people needed, need to a plan for every table.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // one file runs anywhere

	"bemanna/internal/centre"
	"bemanna/internal/ingest"
	"bemanna/internal/lock"
	"bemanna/internal/store"
)

// version is set by the linker.
var version = "dev"

// The exit codes that others build on; they are in the help as well.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitMissed      = 3
	exitInput       = 4
	exitNoStore     = 10
	exitLocked      = 11
	exitInterrupted = 130
)

// inputError marks a fault of a file that was given to us.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

// errMissed says that all was done, but a target is missed or the data are
// stale; the page has said so already.
var errMissed = errors.New("target missed or data stale")

func main() {
	os.Exit(run(os.Args, os.Stdout, os.Stderr))
}

// run is the program: it gives the exit code.
func run(args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(stderr, "bemanna %s: this is a fault of the program, please report it: %v\n%s", version, r, debug.Stack())
			code = exitFailed
		}
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	app := newApp(&env{stdout: stdout, stderr: stderr, clock: time.Now})
	err := app.RunContext(ctx, permute(app, args))
	code = exitCode(err)
	switch {
	case code == exitInterrupted:
		fmt.Fprintln(stderr, "bemanna: interrupted")
	case err != nil && !errors.Is(err, errMissed):
		fmt.Fprintf(stderr, "bemanna: %v\n", err)
	}
	return code
}

// exitCode is the one place where errors become exit codes.
func exitCode(err error) int {
	var usage usageError
	var input inputError
	var faults centre.Faults
	var column *ingest.ColumnError
	var cut *ingest.CutError
	var held *lock.HeldError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, errMissed):
		return exitMissed
	case errors.As(err, &faults), errors.As(err, &column), errors.As(err, &cut), errors.As(err, &input):
		return exitInput
	case errors.Is(err, store.ErrNoStore):
		return exitNoStore
	case errors.As(err, &held), errors.Is(err, store.ErrLocked):
		return exitLocked
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	default:
		return exitFailed
	}
}
