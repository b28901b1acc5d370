// Package daemon runs jobs by cron, through clock changes, stops and suspends.
package daemon
