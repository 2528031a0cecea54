package mail

import (
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

func told(kind, about, language, side string) db.Mail {
	return db.Mail{ID: 1, Kind: kind, About: about, To: db.Person{Email: "eleni@kyma.example", Name: "Eleni", Side: side, Language: language, TimeZone: "Europe/Athens"},
		MessageID: "1", CreatedAt: db.At(time.Date(2026, 5, 20, 9, 15, 0, 0, time.UTC))}
}

func TestNewDeviceMail(t *testing.T) {
	got := compose(t, told(db.MailNewDevice, firefox, "en", db.Client), "Ormos Studio")
	for _, part := range []string{"Firefox on Linux", "20 May 2026", "12:15", "https://portal.example/portal/account/security", "sign out everywhere else"} {
		if !strings.Contains(got.Text, part) {
			t.Errorf("no %q in\n%s", part, got.Text)
		}
	}
	if got.Subject != "New sign-in to Ormos Studio" {
		t.Error(got.Subject)
	}
	for _, agent := range []string{"", "x\r\nBcc: thief@evil.example", "<script>alert(1)</script>"} {
		if got := compose(t, told(db.MailNewDevice, agent, "el", db.Team), "Ormos Studio"); !strings.Contains(got.Text, "Άγνωστη συσκευή") || strings.Contains(got.Text+got.HTML, "evil.example") ||
			strings.Contains(got.HTML, "script") || !strings.Contains(got.Text, "https://portal.example/account/security") {
			t.Error(agent, got.Text)
		}
	}
}

func TestSecurityMails(t *testing.T) {
	for about, subject := range map[string][2]string{
		"password-set": {"Password set: Ormos Studio", "Ορίστηκε κωδικός: Ormos Studio"}, "password-changed": {"Password changed: Ormos Studio", "Ο κωδικός άλλαξε: Ormos Studio"},
		"password-removed": {"Password removed: Ormos Studio", "Ο κωδικός καταργήθηκε: Ormos Studio"}, "passkey-added": {"Passkey added: Ormos Studio", "Προστέθηκε κλειδί πρόσβασης: Ormos Studio"},
		"passkey-removed": {"Passkey removed: Ormos Studio", "Αφαιρέθηκε κλειδί πρόσβασης: Ormos Studio"},
	} {
		for i, language := range []string{"en", "el"} {
			if got := compose(t, told(db.MailSecurity, about, language, db.Team), "Ormos Studio"); got.Subject != subject[i] || strings.Contains(got.Text, "⟦") {
				t.Error(got.Subject, got.Text)
			}
		}
	}
	if _, err := Compose(told(db.MailSecurity, "", "en", db.Team), nil, db.Workspace{}, "", now); !errors.Is(err, ErrFinal) {
		t.Error("a mail that says nothing:", err)
	}
}
