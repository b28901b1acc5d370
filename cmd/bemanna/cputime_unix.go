//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime gives the processor time that this process has used, on all cores.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
