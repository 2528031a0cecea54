package jobs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vitrine/db"
	"vitrine/handlers/mail"
	"vitrine/handlers/mail/sink"
)

type office struct {
	*Worker
	t     *testing.T
	clock atomic.Int64
}

const (
	network = "203.0.113.0/24"
	eleni   = "eleni@kyma.example"
)

func newOffice(t *testing.T, sender mail.Sender) *office {
	o := &office{t: t}
	o.clock.Store(time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC).UnixMicro())
	store, err := db.Open(t.TempDir(), db.Options{Clock: func() time.Time { return time.UnixMicro(o.clock.Load()) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	o.Worker = &Worker{Store: store, Sender: sender, BaseURL: "https://portal.example"}
	o.person(eleni)
	return o
}

func (o *office) person(email string) db.Person {
	o.t.Helper()
	person, err := o.Store.AddPerson(db.NewPerson{Email: email, Side: db.Team, Role: db.Owner})
	if err != nil {
		o.t.Fatal(err)
	}
	return person
}

func (o *office) ask(email string) {
	o.t.Helper()
	if _, err := o.Store.BeginSignIn(email, network, "", "", ""); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) pass(step time.Duration) { o.clock.Add(step.Microseconds()) }

func (o *office) send() {
	o.t.Helper()
	if err := o.sendDue(context.Background()); err != nil {
		o.t.Fatal(err)
	}
}

func toSink(t *testing.T, server *sink.Sink) mail.Sender {
	t.Helper()
	sender, err := mail.NewSMTP(mail.Server{Host: server.Host, Port: server.Port, TLS: mail.NoTLS, From: "portal@ormos.example"})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

// Whatever is typed: mail goes to addresses that somebody here has, one at a
// time, and never to the one that it tries to add.
func TestHostileAddressesReachNobodyElse(t *testing.T) {
	server := sink.New(t)
	o := newOffice(t, toSink(t, server))
	typed := sink.HostileAddresses(eleni, "thief@evil.example")
	if len(typed) < 80 {
		t.Fatal("only", len(typed))
	}
	begun, headers := 0, map[string]bool{}
	o.ask(eleni)
	o.send()
	for name := range server.Received()[0].Header(t) {
		headers[name] = true
	}
	for _, address := range typed {
		o.pass(time.Hour)
		if _, err := o.Store.BeginSignIn(address, network, "", "", ""); err == nil {
			begun++
		}
		o.send()
	}
	for _, got := range server.Received() {
		if len(got.To) != 1 || got.To[0] != eleni {
			t.Errorf("sent to %q", got.To)
		}
		for name, values := range got.Header(t) {
			if !headers[name] || len(values) != 1 {
				t.Errorf("header %s: %q", name, values)
			}
		}
	}
	t.Logf("%d of %d were taken for an address, %d mails", begun, len(typed), len(server.Received()))
}

func TestEachPersonGetsTheirOwnMail(t *testing.T) {
	server := sink.New(t)
	o := newOffice(t, toSink(t, server))
	for i := range 20 {
		email := fmt.Sprintf("p%d@kyma.example", i)
		o.person(email)
		o.ask(email)
	}
	o.ask("nobody@kyma.example")
	o.send()
	o.send()
	got := server.Received()
	if len(got) != 20 {
		t.Fatalf("%d mails", len(got))
	}
	seen := map[string]bool{}
	for _, m := range got {
		if len(m.To) != 1 || seen[m.To[0]] {
			t.Error(m.To)
		}
		seen[m.To[0]] = true
	}
}

// A server that fails now and then, and one that takes a message and then fails:
// the second is a doubled mail that its Message-ID gives away.
func TestFlappingServer(t *testing.T) {
	server := sink.New(t)
	o := newOffice(t, toSink(t, server))
	var guard sync.Mutex
	calls := map[string]int{}
	server.Refuse = func(to string) error {
		guard.Lock()
		defer guard.Unlock()
		calls[to]++
		if calls[to] <= 3 {
			return &smtp.SMTPError{Code: 421, Message: "flapping"}
		}
		return nil
	}
	var lost sync.Once
	server.After = func() (err error) {
		lost.Do(func() { err = &smtp.SMTPError{Code: 451, Message: "taken, and then this"} })
		return err
	}
	const people = 12
	for i := range people {
		email := fmt.Sprintf("p%d@kyma.example", i)
		o.person(email)
		o.ask(email)
	}
	for range 100 {
		o.send()
		o.pass(5 * time.Second)
	}
	ids := map[string]map[string]int{}
	for _, m := range server.Received() {
		if ids[m.To[0]] == nil {
			ids[m.To[0]] = map[string]int{}
		}
		ids[m.To[0]][m.Header(t).Get("Message-Id")]++
	}
	doubled := 0
	for to, messages := range ids {
		if len(messages) != 1 {
			t.Errorf("%s got different messages: %v", to, messages)
		}
		for _, times := range messages {
			doubled += times - 1
		}
	}
	if len(ids) != people || doubled > 1 {
		t.Errorf("%d of %d got their mail, %d twice", len(ids), people, doubled)
	}
}

func TestServerThatIsDownAndComesBack(t *testing.T) {
	server := sink.New(t)
	o := newOffice(t, toSink(t, server))
	broken, err := mail.NewSMTP(mail.Server{Host: server.Host, Port: 1, TLS: mail.NoTLS, From: "portal@ormos.example"})
	if err != nil {
		t.Fatal(err)
	}
	working := o.Sender
	o.Sender = broken
	o.ask(eleni)
	o.send()
	o.send() // not due yet: not tried in a tight loop
	actor := o.actor()
	lines, err := o.Store.Outbox(actor, false)
	if err != nil || lines[0].State != db.MailWaiting || lines[0].Tries != 1 || lines[0].Error == "" {
		t.Fatal(lines, err)
	}
	o.Sender = working
	o.pass(time.Minute)
	o.send()
	if len(server.Received()) != 1 {
		t.Error("not sent after the server came back")
	}
}

func (o *office) actor() db.Actor {
	o.t.Helper()
	person, err := o.Store.PersonByEmail(eleni)
	if err != nil {
		o.t.Fatal(err)
	}
	return db.Actor{Person: person}
}

type panicking struct{ mail.Terminal }

func (p *panicking) Send(context.Context, mail.Message) error { panic("bad sender") }

func TestPanicEndsOneJobOnly(t *testing.T) {
	o := newOffice(t, &panicking{})
	o.ask(eleni)
	o.send()
	lines, err := o.Store.Outbox(o.actor(), true)
	if err != nil || lines[0].State != db.MailWaiting || !strings.Contains(lines[0].Error, "panic") {
		t.Error(lines, err)
	}
	var ran []string
	o.Kinds = map[string]func(context.Context, db.Job) error{
		"bad":  func(context.Context, db.Job) error { panic("bad job") },
		"good": func(context.Context, db.Job) error { ran = append(ran, "good"); return nil },
		"sore": func(context.Context, db.Job) error { return errors.New("sore") },
	}
	for _, kind := range []string{"bad", "sore", "nobody's", "good", db.JobPrune} {
		if err := o.Store.Schedule(kind, o.Store.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.runDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(ran) != 1 {
		t.Error("the good job did not run")
	}
	o.pass(24 * time.Hour)
	again, err := o.Store.ClaimJob()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{again.Kind: true}
	for again, err = o.Store.ClaimJob(); err == nil; again, err = o.Store.ClaimJob() {
		kinds[again.Kind] = true
	}
	if kinds["good"] || !kinds["bad"] || !kinds["sore"] || !kinds["nobody's"] || !kinds[db.JobPrune] {
		t.Error("due a day later:", kinds)
	}
}

func TestNextNight(t *testing.T) {
	o := newOffice(t, &mail.Terminal{})
	night := o.nextNight()
	if pause := night.Sub(o.Store.Now()); pause <= 0 || pause > 24*time.Hour || night.Hour() != 3 {
		t.Error(night)
	}
}

// buffer is a terminal that can be read while something writes to it.
type buffer struct {
	guard sync.Mutex
	text  bytes.Buffer
}

func (b *buffer) Write(text []byte) (int, error) {
	b.guard.Lock()
	defer b.guard.Unlock()
	return b.text.Write(text)
}

func (b *buffer) String() string {
	b.guard.Lock()
	defer b.guard.Unlock()
	return b.text.String()
}

func TestRunSendsAndStops(t *testing.T) {
	var logged, shown buffer
	usual := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(usual)
	terminal := &mail.Terminal{Out: &shown}
	o := newOffice(t, terminal)
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() { o.Run(ctx); close(stopped) }()
	o.ask(eleni)
	var lines []db.OutboxLine
	for range 100 {
		lines, _ = o.Store.Outbox(o.actor(), true)
		if len(lines) == 1 && lines[0].State == db.MailDone {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	select {
	case <-stopped:
	case <-time.After(5 * time.Second):
		t.Fatal("does not stop")
	}
	if len(lines) != 1 || lines[0].State != db.MailDone || !strings.Contains(shown.String(), lines[0].PIN) || !strings.Contains(shown.String(), lines[0].Link) {
		t.Fatal(lines, shown.String())
	}
	for _, secret := range []string{lines[0].PIN, lines[0].Link} {
		if strings.Contains(logged.String(), secret) {
			t.Error("a secret stands in the log")
		}
		if err := filepath.WalkDir(o.Store.Dir(), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			bytes, err := os.ReadFile(path)
			if strings.Contains(string(bytes), secret) && len(secret) > 6 {
				t.Error("a secret stands in", path)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}
