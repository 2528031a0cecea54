package jobs

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vitrine/db"
	"vitrine/handlers/mail"
	"vitrine/handlers/mail/sink"
)

// talk is a project with clients to whom the owner has just replied.
func (o *office) talk(clients ...string) (project db.ID) {
	o.t.Helper()
	ok := func(err error) {
		if err != nil {
			o.t.Fatal(err)
		}
	}
	project, err := o.Store.AddProject(o.actor(), db.ProjectForm{Name: "Site", Company: "Kyma"}, [3]string{"A", "B", "C"})
	ok(err)
	for _, client := range clients {
		_, err = o.Store.AddMember(o.actor(), project, client, "", "client")
		ok(err)
		link, err := o.Store.SignInLink(client) // who has never been here is not written to
		ok(err)
		_, _, err = o.Store.UseSignInLink(link, "a browser")
		ok(err)
	}
	o.said(project)
	return project
}

func (o *office) said(project db.ID) {
	o.t.Helper()
	if _, err := o.Store.AddReply(o.actor(), project, "Hello\r\nBcc: thief@evil.example"); err != nil {
		o.t.Fatal(err)
	}
	o.pass(time.Minute)
	if err := o.runDue(context.Background()); err != nil {
		o.t.Fatal(err)
	}
	o.pass(6 * time.Minute)
}

// Who dies between sending and marking sends once more, under the same Message-ID.
func TestReplyMailIsDoubledUnderOneName(t *testing.T) {
	server := sink.New(t)
	o := newOffice(t, toSink(t, server))
	o.talk("a@kyma.example")
	due, err := o.Store.ClaimMail(10)
	if err != nil || len(due) != 1 {
		t.Fatal(due, err)
	}
	message, err := mail.Compose(due[0], o.Store, db.Workspace{}, o.BaseURL, o.Store.Now())
	if err != nil || o.Sender.Send(context.Background(), message) != nil {
		t.Fatal(err)
	}
	o.pass(2 * time.Minute) // and here it died
	o.send()
	o.pass(time.Hour)
	o.send()
	got := server.Received()
	if len(got) != 2 || got[0].Header(t).Get("Message-Id") != got[1].Header(t).Get("Message-Id") {
		t.Error(len(got), "mails")
	}
}

// A refused address is given up at once; the others get theirs. A server that is away
// for more than a day loses nothing.
func TestReplyMailThroughTrouble(t *testing.T) {
	server := sink.New(t)
	o := newOffice(t, toSink(t, server))
	var down atomic.Bool
	down.Store(true)
	server.Refuse = func(to string) error {
		switch {
		case down.Load():
			return &smtp.SMTPError{Code: 421, Message: "away"}
		case strings.HasPrefix(to, "refused"):
			return &smtp.SMTPError{Code: 550, Message: "no such user"}
		}
		return nil
	}
	o.talk("a@kyma.example", "refused@kyma.example", "b@kyma.example")
	for range 26 {
		o.send()
		o.pass(time.Hour)
	}
	down.Store(false)
	o.pass(2 * time.Hour)
	o.send()
	o.send()
	to := map[string]int{}
	for _, got := range server.Received() {
		to[got.To[0]]++
	}
	if fmt.Sprint(to) != "map[a@kyma.example:1 b@kyma.example:1]" {
		t.Error(to)
	}
	dead, err := o.Store.DeadMail(o.actor())
	if err != nil || len(dead) != 1 || !strings.Contains(dead[0].Error, "no such user") || !dead[0].Retry {
		t.Errorf("%+v %v", dead, err)
	}
}

// The headers of a mail about a conversation: of one thread together, ended by one press.
func TestReplyMailHeaders(t *testing.T) {
	server := sink.New(t)
	o := newOffice(t, toSink(t, server))
	project := o.talk("a@kyma.example", "b@kyma.example")
	o.send()
	o.said(project)
	o.send()
	threads, ids := map[string]map[string]bool{}, map[string]bool{}
	for _, got := range server.Received() {
		h := got.Header(t)
		if threads[got.To[0]] == nil {
			threads[got.To[0]] = map[string]bool{}
		}
		threads[got.To[0]][h.Get("References")] = true
		ids[h.Get("Message-Id")] = true
		link := strings.Trim(h.Get("List-Unsubscribe"), "<>")
		if h.Get("In-Reply-To") != h.Get("References") || h.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(link, o.BaseURL+"/unsubscribe/") || h.Get("Bcc") != "" {
			t.Error(h)
		}
		if strings.Contains(got.Raw, "\nBcc:") && !strings.Contains(got.Raw, "\n\nBcc:") && h.Get("Bcc") != "" || strings.Contains(fmt.Sprint(h), project.String()) {
			t.Error(got.Raw)
		}
	}
	if len(ids) != 4 || len(threads["a@kyma.example"]) != 1 || len(threads["b@kyma.example"]) != 1 || fmt.Sprint(threads["a@kyma.example"]) == fmt.Sprint(threads["b@kyma.example"]) {
		t.Error(ids, threads)
	}
}

// Somebody of the team who has the conversation open needs no mail; a client's read
// marks are the store's.
func TestNoReplyMailToWhoHasItOpen(t *testing.T) {
	sender := &kept{}
	o := newOffice(t, sender)
	project := o.talk("a@kyma.example")
	o.send()
	client, err := o.Store.PersonByEmail("a@kyma.example")
	if err != nil {
		t.Fatal(err)
	}
	o.Watching = func(person, thread db.ID) bool { return thread == project }
	if _, err := o.Store.AddReply(db.Actor{Person: client}, project, "An answer"); err != nil {
		t.Fatal(err)
	}
	o.pass(6 * time.Minute)
	before := len(sender.mails)
	o.send()
	if len(sender.mails) != before {
		t.Error("told of what is on screen: ", sender.mails[before].To)
	}
	if dead, err := o.Store.DeadMail(o.actor()); err != nil || len(dead) != 0 {
		t.Error("that counts as a failure", dead, err)
	}
}
