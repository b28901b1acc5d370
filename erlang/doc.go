// Package erlang has the queueing models of contact centres.
package erlang
