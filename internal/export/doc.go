// Package export writes forecasts, needs and plans for people and programs:
// one file for each format.
package export
