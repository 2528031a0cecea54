// Package cli is the command line: one command per file. Every command works on
// a data folder and, but for serve, beside a running server.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"vitrine/db"
)

// How a command ends.
const (
	done   = 0
	failed = 1
	misuse = 2
)

// commands is the whole command line; kong reads its help from here.
type commands struct {
	Data string `help:"The data folder; ./vitrine-data unless said otherwise." default:"./vitrine-data" env:"VITRINE_DATA" type:"path" placeholder:"DIR"`

	Serve      serveCommand      `cmd:"" help:"Serve the workspace. Creates the data folder and what it needs; the first start prints a link to set up the owner."`
	Demo       demoCommand       `cmd:"" help:"Fill an empty workspace with the demo and print sign-in links."`
	SigninLink signinLinkCommand `cmd:"" name:"signin-link" help:"Print a link that signs somebody in, once, within 15 minutes."`
	Token      tokenCommand      `cmd:"" help:"Print a new API token of somebody."`
	Import     importCommand     `cmd:"" help:"Import a board that another tool exported."`
	Project    projectCommand    `cmd:"" help:"Add and list projects and their members; print a roster."`
	Person     personCommand     `cmd:"" help:"Add, list, promote and put out people of the team."`
	Company    companyCommand    `cmd:"" help:"Add and list client companies, and put them aside."`
	Contact    contactCommand    `cmd:"" help:"Add and list the contacts of a company, and what they may."`
	Backup     backupCommand     `cmd:"" help:"Write a copy of the whole workspace, while the server runs."`
	Verify     verifyCommand     `cmd:"" help:"Check that no sign-off was changed, left out or put in; or one that was saved."`
	Doctor     doctorCommand     `cmd:"" help:"Check the data folder."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
}

// shell is what a command has to work with.
type shell struct {
	in       io.Reader
	out, err io.Writer
	dir      string
	version  string
}

// usage is an error of whoever typed the command.
type usage struct{ error }

func mistyped(format string, args ...any) error { return usage{fmt.Errorf(format, args...)} }

// exit carries the status out of kong, which ends the program by itself after --help.
type exit int

// Run runs the command in args and answers the status to exit with: 0 when it
// succeeded, 1 when it failed and 2 when it was not understood; then one sentence
// stands on the error output.
func Run(args []string, in io.Reader, out, errors io.Writer, version string) (status int) {
	defer func() {
		if code, ended := recover().(exit); ended {
			status = int(code)
		}
	}()
	sh := &shell{in: in, out: out, err: errors, version: version}
	var asked commands
	parser, err := kong.New(&asked, kong.Name("vitrine"), kong.Writers(out, errors), kong.Exit(func(code int) { panic(exit(code)) }),
		kong.Description("Vitrine: a client portal for a small team, in one file."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		return sh.fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		return sh.fail(usage{err})
	}
	sh.dir = asked.Data
	return sh.fail(command.Run(sh))
}

// fail says in one sentence what went wrong.
func (sh *shell) fail(err error) int {
	if err == nil {
		return done
	}
	var mine usage
	if errors.As(err, &mine) {
		fmt.Fprintf(sh.err, "vitrine: %s (see vitrine --help)\n", sentence(err))
		return misuse
	}
	fmt.Fprintln(sh.err, "vitrine: "+sentence(err))
	return failed
}

// open opens the data folder, which must be there: a mistyped name must not
// become an empty workspace.
func (sh *shell) open() (*db.Store, error) {
	if err := sh.there(); err != nil {
		return nil, err
	}
	return sh.openOrCreate()
}

func (sh *shell) there() error {
	if _, err := os.Stat(sh.dir); err != nil {
		return fmt.Errorf("there is no data folder %s; name yours with --data", sh.dir)
	}
	return nil
}

// openOrCreate is for commands that begin a workspace.
func (sh *shell) openOrCreate() (*db.Store, error) {
	return db.Open(sh.dir, db.Options{Glasses: 1})
}
