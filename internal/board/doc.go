// Package board is the morning board: the day of a centre as pages that a
// browser shows. Pages are made on the server and work without scripts; all
// that they need is in the program.
//
// What a page shows is worked out by pure functions from a plan.Day into a view
// of plain text and numbers (dayview.go and its neighbours); the templates only
// lay it out. Reading, login and safety stand around them (source.go, login.go,
// secure.go).
package board
