package cli

import (
	"errors"
	"fmt"

	"vitrine/db"
)

type tokenCommand struct {
	Email string `arg:"" help:"Whose token."`
	Name  string `help:"What it is for, such as backup script." default:"from the command line" placeholder:"NAME"`
}

// Run prints a new token alone on the last line, so that a script can take it.
func (c *tokenCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	token, err := store.AddTokenFromShell(c.Email, c.Name)
	if errors.Is(err, db.ErrNotFound) {
		return fmt.Errorf("nobody who may sign in has the address %s", c.Email)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(sh.out, token)
	return nil
}
