package main

import (
	"fmt"
	"os"

	"github.com/mattn/go-isatty"
)

// progress gives a function that shows how far a long task has come, on one
// line of stderr; it shows nothing where nobody watches.
func (e *env) progress(task string) func(done, total int) {
	f, ok := e.stderr.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return nil
	}
	return func(done, total int) {
		fmt.Fprintf(e.stderr, "\r%s %d/%d", task, done, total)
		if done == total {
			fmt.Fprint(e.stderr, "\r\033[K")
		}
	}
}
