package jobs

import (
	"context"
	"strings"
	"testing"

	"vitrine/db"
	"vitrine/handlers/mail"
)

// kept is a sender that keeps what it is given.
type kept struct{ mails []mail.Message }

func (k *kept) Send(_ context.Context, message mail.Message) error {
	k.mails = append(k.mails, message)
	return nil
}
func (k *kept) Shown() bool { return false }

// Somebody who has been here is told of a further project, with a link, in their
// language; not when it is not theirs any more at the time of sending.
func TestNewsOfAProject(t *testing.T) {
	sender := &kept{}
	o := newOffice(t, sender)
	owner, err := o.Store.PersonByEmail(eleni)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(err)
	by := db.Actor{Person: owner}
	client, err := o.Store.AddPerson(db.NewPerson{Email: "petra@kyma.example", Name: "Petra", Side: db.Client, Language: "el"})
	ok(err)
	link, err := o.Store.SignInLink(client.Email)
	ok(err)
	_, _, err = o.Store.UseSignInLink(link, "")
	ok(err)
	open := func(name string) db.ID {
		t.Helper()
		project, err := o.Store.AddProject(by, db.ProjectForm{Name: name, Company: "Kyma"}, [3]string{"A", "B", "C"})
		ok(err)
		_, err = o.Store.AddMember(by, project, client.Email, "", "client")
		ok(err)
		return project
	}
	site := open("Site\r\nBcc: thief@evil.example")
	o.send()
	if len(sender.mails) != 1 {
		t.Fatal(len(sender.mails), "mails")
	}
	sent := sender.mails[0]
	for _, wanted := range []string{"https://portal.example/portal/projects/" + site.String(), "https://portal.example/portal/account/notifications", "Άνοιγμα: Site"} {
		if !strings.Contains(sent.Text, wanted) {
			t.Errorf("the mail lacks %q:\n%s", wanted, sent.Text)
		}
	}
	if sent.To != client.Email || strings.ContainsAny(sent.Subject, "\r\n") || strings.Contains(sent.Text, eleni) || strings.Contains(sent.Text, "\nBcc") {
		t.Errorf("sent to %s: %q\n%s", sent.To, sent.Subject, sent.Text)
	}
	ok(o.Store.RemoveMember(by, open("Secret"), client.ID))
	o.send()
	if len(sender.mails) != 1 {
		t.Error("told of a project that is not theirs any more: ", sender.mails[1].Subject)
	}
	login, err := o.Store.SignInLink(client.Email)
	ok(err)
	token, _, err := o.Store.UseSignInLink(login, "")
	ok(err)
	petra, err := o.Store.Login(token)
	ok(err)
	ok(o.Store.SetNotifications(petra, nil))
	open("Third")
	o.send()
	if len(sender.mails) != 1 {
		t.Error("told of what was switched off")
	}
}
