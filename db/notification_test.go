package db

import (
	"fmt"
	"strings"
	"testing"
)

// mails lists who is written to about a kind.
func (w *world) mails(kind string) string {
	return strings.Join(w.rows("SELECT p.name FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.kind = ? ORDER BY p.name", kind), ", ")
}

func TestWhoIsTold(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("DELETE FROM outbox")
	w.sql("UPDATE person SET joined_at = created_at WHERE name <> 'Nora Noproject'")
	lea := w.actor("lea")
	w.must(just(w.AddMember(lea, w.id("site"), "nora@acme.test", "", "client"))) // has not joined
	w.must(just(w.AddMember(lea, w.id("site"), "bea@acme.test", "", "client")))
	w.must(just(w.AddMember(lea, w.id("site"), "bea@acme.test", "", "client"))) // is on it already
	w.must(just(w.AddMember(lea, w.id("site"), "tess@ormos.test", "", "member")))
	w.must(just(w.AddMember(w.actor("adam"), w.id("site"), "adam@ormos.test", "", "member"))) // by himself
	if got := w.mails(MailProjectAdded); got != "Bea Brand, Tess Tor" {
		t.Errorf("told of the project: %s", got)
	}
	w.must(w.SetNotifications(w.actor("adam"), []string{MailProjectAdded}))
	w.must(just(w.InviteColleague(w.actor("nikos"), w.id("Acme"), ColleagueForm{Email: "new@acme.test", RoleID: 1})))
	w.must(w.write(func(tx *Tx) error { return tx.tellClientJoined(w.id("nora"), w.id("Acme")) }))
	for _, kind := range []string{MailColleagueInvited, MailClientJoined} {
		if got := w.mails(kind); got != "Lea Lind, Olivia Ormos, Tess Tor" {
			t.Errorf("%s: %s", kind, got)
		}
	}
	for who, want := range map[string]string{"eleni": "[{decisions true} {replies true} {project-added true}]", "mark": "[{replies true} {answers true} {notes true} {project-added true}]",
		"adam": "[{replies false} {answers false} {notes false} {project-added true} {client-joined false} {colleague-invited false} {bills false}]", "lea": "[{replies true} {answers true} {notes true} {project-added true} {client-joined true} {colleague-invited true} {bills true}]"} {
		kinds, err := w.Notifications(w.actor(who))
		if got := fmt.Sprint(kinds); got != want || err != nil {
			t.Errorf("%s: %s %v", who, got, err)
		}
	}
}

// What a mail says is read with its recipient's eyes when it is sent.
func TestNewsAreReadWhenSent(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	invited, err := w.InviteColleague(w.actor("nikos"), w.id("Acme"), ColleagueForm{Email: "new@acme.test", Name: "New", RoleID: 1})
	w.must(err)
	mail := func(kind, to, subject string) Mail {
		return Mail{Kind: kind, To: w.actor(to).Person, Subject: w.ids[subject]}
	}
	w.ids["invited"] = invited
	for _, c := range []struct {
		mail Mail
		want string
	}{
		{mail(MailProjectAdded, "eleni", "site"), "{Site   }"},
		{mail(MailProjectAdded, "finn", "site"), "not found"}, // by the role
		{mail(MailProjectAdded, "otto", "site"), "not found"},
		{mail(MailProjectAdded, "mark", "site"), "{Site   }"},
		{mail(MailProjectAdded, "tess", "site"), "not found"},
		{mail(MailClientJoined, "lea", "eleni"), "{ Eleni Client Acme }"},
		{mail(MailClientJoined, "tess", "otto"), "{ Otto Other Beta }"},
		{mail(MailClientJoined, "lea", "otto"), "not found"},
		{mail(MailClientJoined, "dora", "eleni"), "not found"},
		{mail(MailColleagueInvited, "lea", "invited"), "{ New <new@acme.test> Acme Nikos Admin}"},
		{mail(MailColleagueInvited, "eleni", "invited"), "not found"},
	} {
		news, err := w.News(c.mail)
		got := fmt.Sprint(news)
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s to %s: %s, not %s", c.mail.Kind, c.mail.To.Name, got, c.want)
		}
	}
	w.must(w.EndColleagueInvitation(w.actor("nikos"), invited))
	if _, err := w.News(mail(MailColleagueInvited, "lea", "invited")); err != ErrNotFound {
		t.Error("an ended invitation is still told of: ", err)
	}
}
