package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"bemanna/internal/board"
	"bemanna/internal/centre"
	"bemanna/internal/store"
)

func linkCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "link", Usage: "a link by which somebody sees the own day without a password",
		Description: `Prints a new link for a person; the one that the person had no longer holds. Give
it to that person alone: whoever has it sees the day. The store keeps only a hash
of it, so that it cannot be shown again.

   bemanna serve link --person a017 --url https://plan.example.se
   bemanna serve link --person a017 --revoke`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "person", Usage: "`ID` of the person in the centre file"},
			&cli.StringFlag{Name: "url", Value: "http://127.0.0.1:8480", Usage: "`ADDRESS` at which people reach the board"},
			&cli.BoolFlag{Name: "revoke", Usage: "take the link away"},
		},
		Action: e.atDesk(runLink),
	}
}

func runLink(c *cli.Context, k *desk) error {
	person := c.String("person")
	if c.Bool("revoke") { // also of somebody who has left the centre
		return revoke(c, k, person)
	}
	if !slices.ContainsFunc(k.centre.People, func(p centre.Person) bool { return p.ID == person }) {
		return usageError{fmt.Errorf("--person %q: want the id of a person of the centre file", person)}
	}
	token, hash := board.NewToken()
	replaced, err := k.store.SaveLink(c.Context, person, hash, "bemanna serve link", k.clock())
	if err != nil {
		return err
	}
	if replaced {
		k.say("the link that %s had before no longer holds", person)
	}
	_, err = fmt.Fprintf(k.stdout, "%s/p/%s\n", strings.TrimRight(c.String("url"), "/"), token)
	return err
}

func revoke(c *cli.Context, k *desk, person string) error {
	err := k.store.RevokeLink(c.Context, person, "bemanna serve link", k.clock())
	if errors.Is(err, store.ErrNoLink) {
		return usageError{fmt.Errorf("--person %q: has no link", person)}
	}
	if err == nil {
		k.say("the link of %s no longer holds", person)
	}
	return err
}
