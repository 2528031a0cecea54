package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vitrine/db"
	"vitrine/handlers/mail/sink"
)

var now = time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)

func signIn(language string) db.Mail {
	return db.Mail{ID: 1, Kind: db.MailSignIn, To: db.Person{Email: "eleni@kyma.example", Name: "Eleni", Language: language, TimeZone: "Europe/Athens"},
		MessageID: "abc", CreatedAt: db.At(now), ExpiresAt: db.At(now.Add(db.ChallengeLife)), PIN: "482913", Link: "TOKEN"}
}

func compose(t *testing.T, m db.Mail, workspace string) Message {
	t.Helper()
	message, err := Compose(m, nil, db.Workspace{Name: workspace}, "https://portal.example/", now)
	if err != nil {
		t.Fatal(err)
	}
	return message
}

func toSink(t *testing.T, server *sink.Sink) *SMTP {
	t.Helper()
	sender, err := NewSMTP(Server{Host: server.Host, Port: server.Port, TLS: NoTLS, From: "portal@ormos.example"})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

// bodies decodes the parts of a message by their type.
func bodies(t *testing.T, raw string) map[string]string {
	t.Helper()
	message, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, values, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts, found := multipart.NewReader(message.Body, values["boundary"]), map[string]string{}
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		found[kind] = string(text)
	}
}

func TestMessageOnTheWire(t *testing.T) {
	server := sink.New(t)
	sender := toSink(t, server)
	if sender.Shown() {
		t.Error("a sent mail counts as shown")
	}
	for _, language := range []string{"en", "el"} {
		if err := sender.Send(context.Background(), compose(t, signIn(language), "Ormos Studio")); err != nil {
			t.Fatal(err)
		}
	}
	for _, got := range server.Received() {
		header := got.Header(t)
		if got.From != "portal@ormos.example" || len(got.To) != 1 || got.To[0] != "eleni@kyma.example" {
			t.Error("envelope", got.From, got.To)
		}
		for name, want := range map[string]string{"To": "<eleni@kyma.example>", "From": `"Ormos Studio" <portal@ormos.example>`, "Message-Id": "<abc@ormos.example>",
			"Date": "Wed, 20 May 2026 09:00:00 +0000", "Auto-Submitted": "auto-generated", "Cc": "", "Bcc": "", "User-Agent": "", "X-Mailer": ""} {
			if header.Get(name) != want {
				t.Errorf("%s: %q, want %q", name, header.Get(name), want)
			}
		}
		if strings.Contains(header.Get("Subject"), "482913") {
			t.Error("the PIN stands in the subject")
		}
		parts := bodies(t, got.Raw)
		for _, kind := range []string{"text/plain", "text/html"} {
			if !strings.Contains(parts[kind], "482913") || !strings.Contains(parts[kind], "https://portal.example/sign-in/link/TOKEN") || !strings.Contains(parts[kind], "10") {
				t.Errorf("%s: %s", kind, parts[kind])
			}
		}
	}
	if en, el := bodies(t, server.Received()[0].Raw)["text/plain"], bodies(t, server.Received()[1].Raw)["text/plain"]; !strings.Contains(en, "Type this PIN") || !strings.Contains(el, "Γράψτε") {
		t.Error("not in the reader's language:", en, el)
	}
}

func TestLinkOnlyMail(t *testing.T) {
	m := signIn("en")
	m.PIN = ""
	message := compose(t, m, "Ormos Studio")
	if !strings.Contains(message.Text, "/sign-in/link/TOKEN") || strings.Contains(message.Text, "Type this PIN") || strings.Contains(message.HTML, `class="code"`) {
		t.Error(message.Subject, message.Text)
	}
}

func TestMailWithoutContentIsFinal(t *testing.T) {
	unreadable := signIn("en") // sealed with another key
	unreadable.PIN, unreadable.Link = "", ""
	unknown := signIn("en")
	unknown.Kind = "of a later version"
	for _, m := range []db.Mail{unreadable, unknown} {
		if _, err := Compose(m, nil, db.Workspace{}, "", now); !errors.Is(err, ErrFinal) {
			t.Error(err)
		}
	}
}

// The only free text in a sign-in mail is the workspace's name.
func TestHostileNamesStayText(t *testing.T) {
	server := sink.New(t)
	sender := toSink(t, server)
	names := []string{
		"A\r\nBcc: thief@evil.example", "A\nBcc: thief@evil.example", "A\rBcc: thief@evil.example", "A\r\n\r\n<script>alert(1)</script>",
		"A\u2028Bcc: thief@evil.example", "A\u0085Bcc: x@evil.example", "A\x00Bcc: x@evil.example", "A\x0bBcc: x@evil.example",
		`A" <thief@evil.example>, "B`, `A <thief@evil.example>`, "A, thief@evil.example", `\"; thief@evil.example`, "=?utf-8?q?A=0D=0ABcc:_x@evil.example?=",
		"\u202eelpmaxe.live@feiht", "\u2066A\u2069", "{{.}}", "${7*7}", "{{.PIN}}", "<img src=x onerror=alert(1)>", "<a href='https://evil.example'>A</a>",
		strings.Repeat("Ώ", 500), "Αρχείο\r\n Bcc: thief@evil.example", "A\r\n.\r\nMAIL FROM:<x@evil.example>", "", "\r\n", "\xff\xfe",
	}
	for i, name := range names {
		if err := sender.Send(context.Background(), compose(t, signIn("el"), name)); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	plain := map[string]bool{}
	if err := sender.Send(context.Background(), compose(t, signIn("el"), "Ormos")); err != nil {
		t.Fatal(err)
	}
	all := server.Received()
	for name := range all[len(all)-1].Header(t) {
		plain[name] = true
	}
	if len(all) != len(names)+1 {
		t.Fatalf("%d messages", len(all))
	}
	for i, got := range all[:len(names)] {
		header := got.Header(t)
		for name, values := range header {
			if !plain[name] || len(values) != 1 {
				t.Errorf("name %d made the header %s: %q", i, name, values)
			}
		}
		from, err := header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Address != "portal@ormos.example" {
			t.Errorf("name %d made the sender %v, %v", i, from, err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
		if err != nil || strings.ContainsAny(subject, "\r\n\x00\u202e\u2066\u2028") {
			t.Errorf("name %d made the subject %q, %v", i, subject, err)
		}
		if len(got.To) != 1 || got.To[0] != "eleni@kyma.example" {
			t.Errorf("name %d sends to %v", i, got.To)
		}
		page := bodies(t, got.Raw)["text/html"]
		for _, tag := range []string{"<script", "<img", "<a href='https://evil", "evil.example\""} {
			if strings.Contains(page, tag) {
				t.Errorf("name %d made a tag: %s", i, tag)
			}
		}
		if strings.Count(page, "<a ") != 1 {
			t.Errorf("name %d: %d links", i, strings.Count(page, "<a "))
		}
	}
}

func TestRefusedRecipientIsFinal(t *testing.T) {
	server := sink.New(t)
	sender := toSink(t, server)
	for code, final := range map[int]bool{550: true, 450: false} {
		server.Refuse = func(string) error { return &smtp.SMTPError{Code: code, Message: "no"} }
		err := sender.Send(context.Background(), compose(t, signIn("en"), "Ormos"))
		if err == nil || errors.Is(err, ErrFinal) != final {
			t.Errorf("%d: %v", code, err)
		}
	}
	server.Refuse = nil
	server.After = func() error { return &smtp.SMTPError{Code: 451, Message: "later"} }
	if err := sender.Send(context.Background(), compose(t, signIn("en"), "Ormos")); err == nil || errors.Is(err, ErrFinal) {
		t.Error(err)
	}
}

func TestMisconfiguredServer(t *testing.T) {
	for _, server := range []Server{{Host: "h", From: ""}, {Host: "h", From: "portal"}, {Host: "h", From: "a@b.example", TLS: "maybe"}, {From: "a@b.example"}} {
		if _, err := NewSMTP(server); err == nil {
			t.Errorf("%+v is accepted", server)
		}
	}
	server := sink.New(t) // offers no STARTTLS
	sender, err := NewSMTP(Server{Host: server.Host, Port: server.Port, From: "portal@ormos.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(context.Background(), compose(t, signIn("en"), "Ormos")); err == nil || len(server.Received()) != 0 {
		t.Error("a PIN was sent in the clear", err)
	}
}

func TestTerminalShows(t *testing.T) {
	var out bytes.Buffer
	terminal := &Terminal{Out: &out}
	if !terminal.Shown() {
		t.Error("not shown")
	}
	if err := terminal.Send(context.Background(), compose(t, signIn("en"), "Ormos")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"eleni@kyma.example", "482913", "https://portal.example/sign-in/link/TOKEN"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in %s", want, out.String())
		}
	}
	terminal.Out = broken{}
	if err := terminal.Send(context.Background(), compose(t, signIn("en"), "Ormos")); err == nil {
		t.Error("a broken terminal counts as shown")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, fmt.Errorf("closed") }
