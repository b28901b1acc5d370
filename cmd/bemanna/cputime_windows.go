package main

import (
	"syscall"
	"time"
)

// cpuTime gives the processor time that this process has used, on all cores.
func cpuTime() time.Duration {
	self, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	var created, ended, kernel, user syscall.Filetime
	if syscall.GetProcessTimes(self, &created, &ended, &kernel, &user) != nil {
		return 0
	}
	hundredNanoseconds := func(t syscall.Filetime) int64 { return int64(t.HighDateTime)<<32 | int64(t.LowDateTime) }
	return time.Duration(100 * (hundredNanoseconds(kernel) + hundredNanoseconds(user)))
}
