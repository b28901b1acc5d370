package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

const description = `bemanna turns the history of calls of a contact centre into a forecast, the
forecast into the number of people needed in each interval, and that need into
a daily plan for each table and its lead.

Start with an invented centre, or with your own telephony export:

   bemanna demo demo
   bemanna --centre demo import demo/history/*
   bemanna --centre demo plan

   bemanna init --history calls.csv --dir centre
   bemanna --centre centre require

Dates are written 2026-11-24, lengths of time 15m or 300s, targets 85/60s (85 %
within 60 s). Data go to stdout, words to stderr.

Exit codes: 0 done; 1 failed; 2 wrong command line; 3 done, but a target or
rule is missed or the data are stale; 4 the centre file or an input file is
wrong; 10 no store; 11 the store is locked; 130 interrupted.`

// The categories of commands in the help, in their order.
const (
	catStart   = "To begin with"
	catPlan    = "Every day"
	catAhead   = "Weeks ahead"
	catJudge   = "How good it is"
	catOperate = "Operation"
)

func newApp(e *env) *cli.App {
	app := &cli.App{
		Name: "bemanna", Usage: "plan the day of a contact centre", Version: version,
		Description: description, Writer: e.stdout, ErrWriter: e.stderr,
		Suggest: true, EnableBashCompletion: true, HideHelpCommand: true,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "centre", Value: ".", Usage: "`PATH` of a centre.yaml or of its folder", EnvVars: []string{"BEMANNA_CENTRE"}},
			&cli.StringFlag{Name: "lang", Usage: "`LANGUAGE` of what people read: sv or en (default: the centre's)", EnvVars: []string{"BEMANNA_LANG"}},
			&cli.BoolFlag{Name: "json", Usage: "write JSON"},
			&cli.StringFlag{Name: "now", Usage: "take `TIME` as the present, e.g. 2026-11-24T07:00:00+01:00", EnvVars: []string{"BEMANNA_NOW"}, Hidden: true},
		},
		Commands: []*cli.Command{
			demoCommand(e), initCommand(e), importCommand(e),
			forecastCommand(e), requireCommand(e), planCommand(e), checkinCommand(e), simulateCommand(e),
			rosterCommand(e), tempsCommand(e), slotsCommand(e), rotaCommand(e),
			closeCommand(e), rulesCommand(e),
			backtestCommand(e), replayCommand(e), whyCommand(e), erlangCommand(e),
			runCommand(e), daemonCommand(e), serveCommand(e), publishCommand(e), storeCommand(e),
		},
		OnUsageError:             usage,
		ExitErrHandler:           func(*cli.Context, error) {}, // main decides
		InvalidFlagAccessHandler: func(_ *cli.Context, name string) { panic("undeclared flag " + name) },
	}
	app.Before = func(c *cli.Context) error { return e.setup(c) }
	app.Action = func(c *cli.Context) error {
		if c.Args().Present() {
			return unknown(c, app.Commands)
		}
		return cli.ShowAppHelp(c)
	}
	app.CustomAppHelpTemplate = programHelp(app, []string{catStart, catPlan, catAhead, catJudge, catOperate})
	prepare(e, app.Name, app.Commands)
	return app
}

// prepare makes every command of a program, or of a command, answer faults of the
// command line alike, and gives it its help.
func prepare(e *env, parent string, commands []*cli.Command) {
	for _, c := range commands {
		path := parent + " " + c.Name
		c.CustomHelpTemplate = commandHelp(path, c)
		c.OnUsageError = usage
		c.Before = e.form
		c.HideHelpCommand = true
		if len(c.Subcommands) == 0 {
			continue
		}
		prepare(e, path, c.Subcommands)
		if c.Action != nil {
			continue
		}
		c.Action = func(ctx *cli.Context) error {
			if ctx.Args().Present() {
				return unknown(ctx, c.Subcommands)
			}
			var names []string
			for _, s := range c.Subcommands {
				names = append(names, s.Name)
			}
			return usageError{fmt.Errorf("%s: name one of %s", c.Name, strings.Join(names, ", "))}
		}
	}
}
