package handlers

import (
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/handlers/mail"
	hostile "vitrine/handlers/mail/sink"
)

// everyPart is the whole of a message as its reader's program has it: all headers
// and all parts, decoded, with the raw bytes.
func everyPart(t *testing.T, raw string) string {
	t.Helper()
	message, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	text := []string{raw}
	for name, values := range message.Header {
		for _, value := range values {
			decoded, err := new(mime.WordDecoder).DecodeHeader(value)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, name+": "+decoded)
		}
	}
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts, n := multipart.NewReader(message.Body, params["boundary"]), 0; ; n++ {
		part, err := parts.NextRawPart()
		if err == io.EOF && n == 2 {
			return strings.Join(text, "\n")
		}
		if err != nil {
			t.Fatal(err)
		}
		body := io.Reader(part)
		switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
		case "quoted-printable":
			body = quotedprintable.NewReader(part)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, part)
		}
		content, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, string(content))
	}
}

// held sends nothing until it is opened: what a mail carries can be read until then.
type held struct {
	mail.Sender
	open chan struct{}
}

func (h held) Send(ctx context.Context, message mail.Message) error {
	select {
	case <-h.open:
		return h.Sender.Send(ctx, message)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Whatever the team sends to clients carries nothing of the team's that the
// project does not show: no surname, address, phone, title or internal word.
func TestMailsToClientsCarryNoCanary(t *testing.T) {
	for _, language := range []string{"en", "el"} {
		w := newWorld(t)
		w.add("new", "new@papadopoulos.example", "New Client", db.Client, "")
		for _, name := range []string{"new", "eleni"} {
			w.ok(w.store.SetProfile(w.actor(name), db.Profile{Name: "N", Language: language, TimeZone: "Europe/Athens"}))
		}
		server := hostile.New(t)
		sender, err := mail.NewSMTP(mail.Server{Host: server.Host, Port: server.Port, TLS: mail.NoTLS, From: "portal@studio.example"})
		w.ok(err)
		w.behind("UPDATE outbox SET sent_at = created_at, sealed = NULL WHERE sent_at IS NULL") // what the world began with
		w.stop()
		gate := held{sender, make(chan struct{})}
		w.sender = gate
		w.serve("127.0.0.1:0")
		_, path := w.guest("new@papadopoulos.example")
		w.as("").post(path)
		w.as("owner").post(w.contact(w.people["eleni"].ID.String())+"/introduce", "letter", "<script>alert(1)</script>\n\n{{.}} </p>\n\nΤέλος")
		w.as("leader").post(w.contact(w.people["eleni"].ID.String()) + "/introduce")
		w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", "on"))
		w.as("").send("POST", "/sign-in", strings.NewReader("email=rea%40nowhere.example"), "Content-Type", "application/x-www-form-urlencoded", "Origin", w.base, "Accept-Language", language)
		close(gate.open)
		for waits := 1; waits > 0; time.Sleep(50 * time.Millisecond) {
			waits = w.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND (person_id IS NOT NULL OR address <> '')")
		}
		for kind, want := range map[string]int{db.MailInvitation: 1, db.MailSignIn: 1, db.MailIntroduction: 2, db.MailRegister: 1} {
			if sent := w.rows("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL AND kind = ? AND address NOT LIKE 'cnry%'", kind); sent != want {
				t.Errorf("%d mails of the kind %s went out", sent, kind)
			}
		}
		all := ""
		for _, got := range server.Received() {
			text := everyPart(t, got.Raw)
			all += text
			if strings.Contains(strings.ToUpper(text), "CNRY") || strings.Contains(text, `"text"><script`) || strings.Contains(text, "⟦") || len(got.To) != 1 {
				t.Errorf("to %v: %s", got.To, text)
			}
			for _, person := range w.people {
				if person.Side == db.Team && strings.Contains(text, person.Email) {
					t.Errorf("the address of %s stands in a mail", person.Name)
				}
			}
		}
		for _, part := range []string{w.base + "/join/", "Website Redesign", "Katerina", w.base + "/portal/help", "&lt;script&gt;", map[string]string{"en": "7 days", "el": "7 ημέρες"}[language]} {
			if !strings.Contains(all, part) {
				t.Errorf("%s: no %s in the mails", language, part)
			}
		}
	}
}
