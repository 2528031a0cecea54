// Package handlers talks to the outside: it puts the web server together from
// its parts.
package handlers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"vitrine/db"
	"vitrine/handlers/jobs"
	"vitrine/handlers/live"
	"vitrine/handlers/mail"
	"vitrine/handlers/pay"
	"vitrine/handlers/portal"
	"vitrine/handlers/team"
	"vitrine/handlers/web"
	"vitrine/views"
)

// Config is how a server runs.
type Config struct {
	Addr           string   // to listen on, such as ":8080"
	BaseURL        string   // how people reach it; mail links are made of it
	Hosts          []string // further domains
	TrustedProxies []string // whose forwarded addresses are believed: none by default
	ViewsFolder    string   // templates from a folder, read anew each time, for development
	Sender         mail.Sender
	Payments       pay.Provider // nil where nobody can pay online
	Log            *slog.Logger
	Version        string // of the program, for the quick reference
}

// Server is the web server around a store.
type Server struct {
	App    *fiber.App
	Hub    *live.Hub
	Routes []Route
	web    *web.App
	worker *jobs.Worker
	config Config
}

// Sizes and times that a request may take.
const (
	bodyLimit    = 1 << 20
	importLimit  = 66 << 20
	pictureLimit = portraitBytes + 64<<10 // with the form around it
	readTimeout  = 20 * time.Second
	importTime   = 5 * time.Minute
	writeTimeout = 30 * time.Second
	idleTimeout  = 60 * time.Second
	perAddress   = 4096
	headerBytes  = 16 << 10
	drainTime    = 10 * time.Second
)

// receivesFiles are the addresses whose bodies may take longer; how much they may
// send, and whether, is decided where they are received.
var receivesFiles = regexp.MustCompile(`^((/portal)?/threads/[0-9A-Za-z]+/files(/note|/reply)?|/(decisions|deliverables)/[0-9A-Za-z]+/files)$`)

// NewServer puts a server together; it does not listen yet.
func NewServer(store *db.Store, config Config) (*Server, error) {
	base, err := url.Parse(config.BaseURL)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") || (base.Path != "" && base.Path != "/") {
		return nil, fmt.Errorf("the base URL %q is not an address such as https://portal.example.com", config.BaseURL)
	}
	if err := views.Load(config.ViewsFolder); err != nil {
		return nil, err
	}
	if config.Log == nil {
		config.Log = slog.Default()
	}
	app := web.NewApp(store, base.Scheme+"://"+base.Host, config.Log)
	app.Version, app.Payments = config.Version, config.Payments
	if app.Proxies, err = web.ParseProxies(config.TrustedProxies); err != nil {
		return nil, fmt.Errorf("a trusted proxy is not an address or network: %w", err)
	}
	guard := newGuards(app, base, config.Hosts)
	client, work := &portal.Portal{App: app}, &team.Team{App: app}
	app.Hub = live.NewHub(source{app, work, client}, live.Options{Now: store.Now, Logger: config.Log,
		Origin: func(origin string) bool { return guard.origins[origin] }})
	app.Ghosts = work.Ghosts
	store.Watch(app.Hub.Wake)
	if config.Sender == nil {
		config.Sender = &mail.Terminal{Out: io.Discard}
	}
	s := &Server{Hub: app.Hub, web: app, config: config, worker: &jobs.Worker{Draw: app.DrawInvoice, Store: store, Sender: config.Sender, BaseURL: app.BaseURL, Watching: func(person, thread db.ID) bool { return app.Hub.Watches(person, thread, team.TalkPages...) }}}
	s.App = fiber.New(fiber.Config{
		Immutable: true, DisableStartupMessage: true, ErrorHandler: app.Problem, BodyLimit: bodyLimit, ReadBufferSize: headerBytes,
		StreamRequestBody: true, DisablePreParseMultipartForm: true, // read by web.WholeBody, but for files
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		EnableTrustedProxyCheck: true, // and none is trusted: see web.App.Peer
		EnableIPValidation:      true, GETOnly: false, StrictRouting: false, CaseSensitive: true, UnescapePath: false,
	})
	if len(app.Proxies) == 0 { // behind a proxy everybody has its address
		s.App.Server().MaxConnsPerIP = perAddress
	}
	s.App.Server().NoDefaultServerHeader = true
	s.App.Server().HeaderReceived = s.received
	live.Prepare(s.App)
	s.Routes = register(s.App, guard, client, work, config.Sender.Shown(), web.WholeBody(s.bodyLimit))
	return s, nil
}

// bodyLimit is how many bytes of a body are read, of a request that brings no file.
func (s *Server) bodyLimit(header *fasthttp.RequestHeader) int {
	return max(bodyLimit, s.allowance(header).MaxRequestBodySize)
}

// received is asked before the body is read. One that says that it is too long is
// not waited for.
func (s *Server) received(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
	allowed := s.allowance(header)
	streams := header.IsPost() && receivesFiles.MatchString(string(header.RequestURI()))
	web.RefuseLong(header, !streams && header.ContentLength() > max(bodyLimit, allowed.MaxRequestBodySize))
	return allowed
}

// receivesPicture are the forms that take one picture.
var receivesPicture = []string{"/account/avatar", "/portal/account/avatar", "/settings/brand/logo", "/settings/brand/logo-dark"}

// allowance lets people of the team send a large file to the import, and whoever
// is signed in a picture, or files, as slowly as they come; everything else stays small.
func (s *Server) allowance(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path := string(header.RequestURI())
	files, picture := receivesFiles.MatchString(path), slices.Contains(receivesPicture, path)
	if !header.IsPost() || path != "/import" && path != "/import/time" && !picture && !files {
		return fasthttp.RequestConfig{}
	}
	actor, err := s.web.Login(string(header.Cookie(SessionCookie(s.web.Secure))))
	switch {
	case err != nil:
		return fasthttp.RequestConfig{}
	case files:
		return fasthttp.RequestConfig{ReadTimeout: web.UploadPatience} // more is given while it flows
	case picture:
		return fasthttp.RequestConfig{MaxRequestBodySize: pictureLimit}
	case actor.Side != db.Team:
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: importLimit, ReadTimeout: importTime}
}

// Serve listens until the context ends, then lets running requests finish, tells
// open pages to come back, and returns.
func (s *Server) Serve(ctx context.Context) error {
	listener, err := net.Listen("tcp", s.config.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", s.config.Addr, err)
	}
	return s.ServeOn(ctx, listener)
}

// ServeOn is Serve on a listener of the caller's.
func (s *Server) ServeOn(ctx context.Context, listener net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- s.App.Listener(listener) }()
	work, rest := context.WithCancel(context.Background())
	worked := make(chan struct{})
	go func() { defer close(worked); s.worker.Run(work) }()
	defer func() { rest(); <-worked }()
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-minute.C:
			s.Hub.Tick()
		case <-ctx.Done():
			stop, cancel := context.WithTimeout(context.Background(), drainTime)
			defer cancel()
			err := s.App.ShutdownWithContext(stop)
			return errors.Join(err, s.Hub.Close(stop))
		}
	}
}
