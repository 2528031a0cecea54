package cli

import "fmt"

type signinLinkCommand struct {
	Email   string `arg:"" help:"Whom to sign in."`
	BaseURL string `name:"base-url" help:"What the link begins with. Default: where the workspace was served last." env:"VITRINE_BASE_URL" placeholder:"URL"`
}

// Run prints the link alone on the last line, so that a script can take it.
func (c *signinLinkCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	base, err := linkBase(store, c.BaseURL)
	if err != nil {
		return err
	}
	link, err := signInURL(store, base, c.Email)
	if err != nil {
		return err
	}
	fmt.Fprintln(sh.out, link)
	return nil
}
