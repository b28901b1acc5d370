// Package plan is the spine of the program: a file for each use case, from
// history to forecast, need and plan. It turns what one engine gives into what
// the next one takes, and does no I/O of its own: what it wants of a store it
// says in small interfaces.
package plan
