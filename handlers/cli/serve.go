package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os/signal"
	"syscall"

	"vitrine/db"
	"vitrine/handlers"
)

type serveCommand struct {
	Addr           string      `help:"Address to listen on; :8080 unless said otherwise." default:":8080" env:"VITRINE_ADDR" placeholder:"HOST:PORT"`
	BaseURL        string      `name:"base-url" help:"How people reach the server, such as https://portal.example.com; links in mails begin with it. Default: http://localhost and the port." env:"VITRINE_BASE_URL" placeholder:"URL"`
	Hosts          []string    `name:"host" help:"Further domains that lead here." env:"VITRINE_HOSTS" placeholder:"DOMAIN"`
	TrustedProxies []string    `name:"trusted-proxy" help:"Proxies whose word for the visitor's address is believed." env:"VITRINE_TRUSTED_PROXIES" placeholder:"ADDRESS"`
	SMTP           smtpFlags   `embed:"" prefix:"smtp-"`
	Stripe         stripeFlags `embed:"" prefix:"stripe-"`
	Demo           bool        `help:"Fill an empty workspace with the demo, and print sign-in links for it." env:"VITRINE_DEMO"`
	Views          string      `help:"Read templates from this folder on every request, while working on them." env:"VITRINE_VIEWS" type:"path" placeholder:"DIR"`
	LogFormat      string      `name:"log-format" help:"text or json." enum:"text,json" default:"text" env:"VITRINE_LOG_FORMAT" placeholder:"FORMAT"`
}

// Run serves until it is told to stop; then it lets running requests finish.
func (c *serveCommand) Run(sh *shell) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if c.BaseURL != "" {
		if _, err := checkBase(c.BaseURL); err != nil {
			return err
		}
	}
	store, err := db.Open(sh.dir, db.Options{Serve: true})
	if err != nil {
		return err
	}
	return errors.Join(c.serve(ctx, sh, store), store.Close())
}

func (c *serveCommand) serve(ctx context.Context, sh *shell, store *db.Store) error {
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", c.Addr, cause(err))
	}
	defer listener.Close()
	base := baseOf(listener.Addr())
	if c.BaseURL != "" {
		base, _ = checkBase(c.BaseURL)
	}
	sender, err := c.SMTP.sender(sh.out)
	if err != nil {
		return err
	}
	payments, err := c.Stripe.provider()
	if err != nil {
		return err
	}
	log := c.log(sh)
	slog.SetDefault(log)
	server, err := handlers.NewServer(store, handlers.Config{Addr: c.Addr, BaseURL: base, Hosts: c.Hosts, TrustedProxies: c.TrustedProxies,
		ViewsFolder: c.Views, Sender: sender, Payments: payments, Log: log, Version: sh.version})
	if err != nil {
		return err
	}
	if err := store.Served(base); err != nil {
		return err
	}
	if err := c.greet(sh, store, base); err != nil {
		return err
	}
	return server.ServeOn(ctx, listener)
}

// greet prints where the workspace is and the ways into it.
func (c *serveCommand) greet(sh *shell, store *db.Store, base string) error {
	if c.Demo {
		if err := fillDemo(store); errors.Is(err, errNotEmpty) {
			fmt.Fprintln(sh.out, "The workspace is not empty: the demo was left out.")
		} else if err != nil {
			return err
		}
	}
	fmt.Fprintf(sh.out, "Vitrine serves %s at %s\n", sh.dir, base)
	if c.Demo {
		if is, err := isDemo(store); err != nil {
			return err
		} else if is {
			return printDemoLinks(sh.out, store, base)
		}
	}
	token, err := store.SetupLink()
	if err == nil && token != "" {
		fmt.Fprintf(sh.out, "\nNobody owns this workspace yet. Set it up here (works once, within 7 days):\n  %s/setup/%s\n", base, token)
	}
	return err
}

func (c *serveCommand) log(sh *shell) *slog.Logger {
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(sh.err, nil))
	}
	return slog.New(slog.NewTextHandler(sh.err, nil))
}

// cause is what the system says, without the words that the program says itself.
func cause(err error) error {
	var operation *net.OpError
	if errors.As(err, &operation) {
		return operation.Err
	}
	return err
}
