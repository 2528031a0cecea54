package cli

import (
	"errors"
	"fmt"
	"io"

	"vitrine/db"
)

// Who the demo signs in: its leader and its client.
const (
	demoLeader = "katerina@ormos.example"
	demoClient = "eleni@papadopoulos.example"
)

var errNotEmpty = errors.New("the workspace is not empty; the demo only fills an empty one")

type demoCommand struct {
	BaseURL string `name:"base-url" help:"What the links begin with. Default: where the workspace was served last." env:"VITRINE_BASE_URL" placeholder:"URL"`
}

// Run fills the workspace, unless the demo is there already, and prints the links.
func (c *demoCommand) Run(sh *shell) error {
	store, err := sh.openOrCreate()
	if err != nil {
		return err
	}
	defer store.Close()
	base, err := linkBase(store, c.BaseURL)
	if err != nil {
		return err
	}
	if err := fillDemo(store); err != nil {
		return err
	}
	return printDemoLinks(sh.out, store, base)
}

// fillDemo makes the demo in an empty workspace. One that holds the demo already
// is left as it is; any other is errNotEmpty.
func fillDemo(store *db.Store) error {
	empty, err := store.Empty()
	if err != nil {
		return err
	}
	if empty {
		return newDemo(store).fill()
	}
	if is, err := isDemo(store); err != nil || is {
		return err
	}
	return errNotEmpty
}

// isDemo says whether the workspace is the demo's.
func isDemo(store *db.Store) (bool, error) {
	for _, email := range []string{demoLeader, demoClient} {
		switch _, err := store.PersonByEmail(email); {
		case errors.Is(err, db.ErrNotFound):
			return false, nil
		case err != nil:
			return false, err
		}
	}
	return true, nil
}

func printDemoLinks(out io.Writer, store *db.Store, base string) error {
	for _, who := range []struct{ what, email string }{{"the team, as Katerina Doukas", demoLeader}, {"the client, as Eleni Papadopoulou", demoClient}} {
		link, err := signInURL(store, base, who.email)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\nSign in to %s (works once, within 15 minutes):\n  %s\n", who.what, link)
	}
	fmt.Fprintln(out, "\nOpen them in two browsers, or one of them in a private window, and move a card.")
	return nil
}
