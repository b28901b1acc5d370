// Package calculator answers the questions that are put to an Erlang
// calculator: how many agents a number of calls needs, and what a number of
// agents does with them. It reads cases as people write them, on a command
// line or in a file, asks package erlang, and gives rows of numbers.
package calculator
