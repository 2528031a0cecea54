// Package sink is a mail server for tests: it keeps what it is sent.
package sink

import (
	"errors"
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Received is one message as it came over the wire.
type Received struct {
	From string
	To   []string
	Raw  string
}

// Sink listens on a port of this machine.
type Sink struct {
	Host string
	Port int

	// Refuse, when set, answers RCPT TO; After answers when the message was read.
	Refuse func(to string) error
	After  func() error

	guard    sync.Mutex
	received []Received
}

// New starts a sink that ends with the test.
func New(t testing.TB) *Sink {
	t.Helper()
	s := &Sink{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().(*net.TCPAddr)
	s.Host, s.Port = address.IP.String(), address.Port
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{sink: s}, nil }))
	server.Domain = "localhost"
	server.EnableSMTPUTF8 = true
	server.MaxLineLength = 5000
	server.ErrorLog = quiet{}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return s
}

// Received is everything so far.
func (s *Sink) Received() []Received {
	s.guard.Lock()
	defer s.guard.Unlock()
	return append([]Received(nil), s.received...)
}

// Header parses the message's header.
func (r Received) Header(t testing.TB) mail.Header {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(r.Raw))
	if err != nil {
		t.Fatal(err)
	}
	return message.Header
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

type session struct {
	sink *Sink
	Received
}

var errNone = errors.New("no recipient")

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.From = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.sink.Refuse != nil {
		if err := s.sink.Refuse(to); err != nil {
			return err
		}
	}
	s.To = append(s.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if len(s.To) == 0 {
		return errNone
	}
	s.Raw = string(raw)
	s.sink.guard.Lock()
	s.sink.received = append(s.sink.received, s.Received)
	s.sink.guard.Unlock()
	if s.sink.After != nil {
		return s.sink.After()
	}
	return nil
}

func (s *session) Reset()        { s.Received = Received{} }
func (s *session) Logout() error { return nil }
