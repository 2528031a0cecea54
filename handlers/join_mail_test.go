package handlers

import (
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/handlers/mail"
	hostile "vitrine/handlers/mail/sink"
)

// everyPart is the whole of a message as its reader's program has it: all headers
// and all parts, decoded, with the raw bytes.
func everyPart(t testing.TB, raw string) string {
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

// held sends mails when it is let, so that a test can read before what they carry.
type held struct {
	mail.Sender
	let chan struct{}
}

func (h held) Send(ctx context.Context, message mail.Message) error {
	select {
	case <-h.let:
		return h.Sender.Send(ctx, message)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// posts has the world's mails held, and answers what sends them all to a server.
func (w *world) posts() (server *hostile.Sink, send func()) {
	server = hostile.New(w.t)
	sender, err := mail.NewSMTP(mail.Server{Host: server.Host, Port: server.Port, TLS: mail.NoTLS, From: "portal@studio.example"})
	w.ok(err)
	let := make(chan struct{})
	w.stop()
	w.sender = held{sender, let}
	w.serve("127.0.0.1:0")
	return server, func() {
		w.t.Helper()
		later := time.Now().Add(6 * time.Minute) // what is said is gathered for a while
		w.store.SetClock(func() time.Time { return later })
		close(let)
		for range 1000 {
			if w.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL") == 0 {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		w.t.Fatal("mails still wait: ", w.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL"))
	}
}

// writesAll has the team and the program write every kind of mail that clients get.
func (w *world) writesAll(language string) {
	w.add("new", "new@papadopoulos.example", "New Client", db.Client, "")
	for _, name := range []string{"new", "eleni"} {
		w.ok(w.store.SetProfile(w.actor(name), db.Profile{Name: "N", Language: language, TimeZone: "Europe/Athens"}))
	}
	_, path := w.guest("new@papadopoulos.example")
	w.as("").post(path)
	eleni := w.contact(w.people["eleni"].ID.String())
	w.as("owner").post(eleni+"/introduce", "letter", "<script>alert(1)</script>\n\n{{.}} </p>\n\nΤέλος")
	w.as("leader").post(eleni + "/introduce")
	w.as("boss").post("/portal/company/invite", "company", w.parts["company"].String(), "email", "colleague@papadopoulos.example", "role", roleViewer.String())
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", "on"))
	w.as("").send("POST", "/sign-in", strings.NewReader("email=rea%40nowhere.example"), "Content-Type", "application/x-www-form-urlencoded", "Origin", w.base, "Accept-Language", language)
	// Of one's own safety, and of a project that is not their first.
	known, elsewhere := w.as(""), w.as("")
	known.signIn("eleni")
	elsewhere.signIn("eleni")
	known.post("/portal/account/password", "password", goodPassword)
	known.post("/portal/account/password/remove")
	second, err := w.store.AddProject(w.actor("owner"), db.ProjectForm{Name: "Spring Catalogue", Company: "Papadopoulos Ceramics", Internal: "CNRY-second-internal", TeamShown: "first"}, [3]string{"CNRY-a", "CNRY-b", "CNRY-c"})
	w.ok(err)
	w.as("owner").post("/projects/"+second.String()+"/members", "email", w.people["eleni"].Email, "role", "client")
	_, err = w.store.AddReply(w.actor("leader"), w.tasks["gallery"], "The photos are in their places.")
	w.ok(err)
	w.asksByMail()
	w.asksAll()
	w.billsByMail(language)
	w.givesByMail()
}

// asksByMail has Eleni asked and reminded, and what she proposed declined.
func (w *world) asksByMail() {
	leader, eleni := w.actor("leader"), w.actor("eleni")
	asked, err := w.store.AddDecision(leader, w.project, db.DecisionForm{Kind: db.KindQuestion, Question: "Which blue?", Context: "<script>alert(1)</script>", FreeAnswer: true, DueOn: "2099-01-01",
		Tasks: []string{w.tasks["gallery"].String(), w.tasks["private"].String()}, Deciders: []string{eleni.ID.String()}})
	w.ok(err)
	_, err = w.store.AddNote(leader, asked, "CNRY-note on a decision")
	w.ok(err)
	w.ok(w.store.AskDecision(leader, asked, 1))
	wished, err := w.store.ProposeChange(eleni, w.project, "A page more", "Please")
	w.ok(err)
	w.ok(w.store.WithdrawDecision(leader, wished, "Not in this project"))
	draft, err := w.store.AddDecision(leader, w.project, db.DecisionForm{Kind: db.KindQuestion, Question: "CNRY-draft question", Context: "CNRY-draft context", Deciders: []string{eleni.ID.String()}})
	w.ok(err)
	now := db.At(time.Now())
	for _, subject := range []db.ID{asked, draft} {
		w.behind("INSERT INTO outbox (kind, person_id, subject_id, message_id, created_at, next_at) VALUES ('reminder', ?, ?, hex(randomblob(16)), ?, ?)", eleni.ID, subject, now, now)
	}
	w.behind("UPDATE outbox SET next_at = ? WHERE kind = 'closed'", now)
}

// ofTheTeam are kinds of mail that only people of the team get.
var ofTheTeam = map[string]bool{db.MailClientJoined: true, db.MailColleagueInvited: true, db.MailNotes: true,
	db.MailAnswered: true, db.MailProposed: true, db.MailUnanswered: true, db.MailPaidOnline: true, db.MailFinished: true}

// Every kind of mail that clients get, in both languages, with all its parts and
// headers: nothing of the team's that the project does not show, no surname,
// address, phone, title or internal word. A kind that is not written here fails.
func TestMailsToClientsCarryNoCanary(t *testing.T) {
	words, err := os.ReadFile("../views/locale/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(words), "\n[outbox]\n")
	section, _, _ = strings.Cut(section, "\n[")
	kinds := regexp.MustCompile(`(?m)^kind-([a-z-]+) *=`).FindAllStringSubmatch(section, -1)
	if len(kinds) < 9 {
		t.Fatal("only the kinds ", kinds)
	}
	for _, language := range []string{"en", "el"} {
		w := newWorld(t)
		server, send := w.posts()
		w.writesAll(language)
		send()
		for _, kind := range kinds {
			if went := w.rows("SELECT count(*) FROM outbox o LEFT JOIN person p ON p.id = o.person_id WHERE o.kind = ? AND o.sent_at IS NOT NULL AND coalesce(p.side, 'client') = 'client'", kind[1]); went == 0 != ofTheTeam[kind[1]] {
				t.Errorf("%d mails of kind %s went to clients", went, kind[1])
			}
		}
		all := w.mailsOfClients(server)
		for _, part := range []string{w.base + "/join/", "Website Redesign", "Spring Catalogue", "Katerina", w.base + "/portal/help", "&lt;script&gt;", map[string]string{"en": "7 days", "el": "7 ημέρες"}[language]} {
			if !strings.Contains(all, part) {
				t.Errorf("%s: no %s in the mails", language, part)
			}
		}
	}
}

// mailsOfClients is all that clients received, once it was looked through.
func (w *world) mailsOfClients(server *hostile.Sink) (all string) {
	team := map[string]bool{}
	for _, person := range w.people {
		team[person.Email] = person.Side == db.Team
	}
	for _, got := range server.Received() {
		if len(got.To) == 1 && (team[got.To[0]] || strings.HasPrefix(got.To[0], "cnry-invited-by-")) {
			continue // the team's, and to addresses that carry the mark themselves
		}
		text := everyPart(w.t, got.Raw)
		all += text
		text = strings.ReplaceAll(text, got.To[0], "")
		for name, person := range w.people {
			if person.Email == got.To[0] {
				for _, own := range w.ownCanaries(name) {
					text = strings.ReplaceAll(text, own, "")
				}
			}
		}
		if strings.Contains(strings.ToUpper(text), "CNRY") || strings.Contains(text, `"text"><script`) || strings.Contains(text, "⟦") || len(got.To) != 1 {
			w.t.Errorf("to %v: %s", got.To, text)
		}
		for address, theirs := range team {
			if theirs && strings.Contains(text, address) {
				w.t.Errorf("%s stands in a mail", address)
			}
		}
	}
	return all
}
