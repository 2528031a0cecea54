package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vitrine/db"
	hostile "vitrine/handlers/mail/sink"
)

// Whatever is typed as an address, in whichever form: it is refused beside the
// field, or what is stored is one plain address; the mails that follow have one
// recipient each, one that is stored, and no header that others have not.
func TestHostileAddressesInEveryForm(t *testing.T) {
	w := newWorld(t)
	server, send := w.posts()
	w.add("new", "new@papadopoulos.example", "New Client", db.Client, "")
	w.join(w.project, "new", "client")
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", map[bool]string{true: "on", false: "off"}[true]))
	company, version := w.parts["company"].String(), 1
	leader, owner, boss := w.as("leader"), w.as("owner"), w.as("boss")
	forms := map[string]func(email string) answer{
		"member": func(email string) answer {
			return leader.post("/projects/"+w.project.String()+"/members", "email", email, "name", "N", "role", "client", "invite", "1")
		},
		"contact": func(email string) answer {
			return owner.post("/companies/"+company+"/contacts", "email", email, "name", "N")
		},
		"person": func(email string) answer {
			return owner.post("/people", "email", email, "name", "N", "role", "member", "language", "en", "invite", "1")
		},
		"colleague": func(email string) answer {
			return boss.post("/portal/company/invite", "company", company, "email", email, "role", roleViewer.String())
		},
		"edited": func(email string) answer {
			got := owner.post(w.contact(w.people["new"].ID.String()), "email", email, "name", "New Client", "version", fmt.Sprint(version))
			if got.status == http.StatusSeeOther {
				version++
			}
			return got
		},
		"sign-in": func(email string) answer { return w.as("").post("/sign-in", "email", email) },
		"password": func(email string) answer {
			return w.as("").post("/sign-in/password", "email", email, "password", "boats carry no lemons")
		},
	}
	for name, ask := range forms {
		taken := 0
		for _, typed := range hostile.HostileAddresses(strings.ReplaceAll(name, "-", "")+"@known.example", "thief@evil.example") {
			got := ask(typed)
			plain, err := db.NormalEmail(typed)
			switch {
			case got.status == http.StatusSeeOther && onePlain.MatchString(strings.ToLower(strings.TrimSpace(typed))):
				taken++
			case got.status == http.StatusTooManyRequests && (name == "sign-in" || name == "password"):
			case got.status != http.StatusUnprocessableEntity || got.header.Get("Set-Cookie") != "":
				t.Errorf("%s: %q answers %d", name, typed, got.status)
			case err != nil && strings.Count(got.body, "does not look like an email") != 1:
				t.Errorf("%s: %q is not refused in one sentence", name, typed)
			case err == nil && name == "person" && strings.Contains(got.body, "does not look like an email"):
				t.Errorf("%s: %q is refused as no address", name, plain)
			}
		}
		t.Log(name, "took", taken)
	}
	send()
	w.noExtraRecipient(server)
}

// onePlain is one address as no list, name, comment, route or line could be; it
// does not ask the rule that is tried here.
var onePlain = regexp.MustCompile(`^[^\s\pC@"(),:;<>\[\]\\＠﹫-][^\s\pC@"(),:;<>\[\]\\＠﹫]*@[a-z0-9-]+(\.[a-z0-9-]+)+$`)

// noExtraRecipient looks at all mails that went out.
func (w *world) noExtraRecipient(server *hostile.Sink) {
	w.t.Helper()
	all, known := server.Received(), map[string]bool{}
	for _, got := range all {
		if len(got.To) != 1 {
			w.t.Fatal("sent to ", got.To)
		}
		plain := got.To[0]
		if !onePlain.MatchString(plain) || w.rows("SELECT (SELECT count(*) FROM person WHERE email = ?1) + (SELECT count(*) FROM outbox WHERE address = ?1) + (SELECT count(*) FROM invitation WHERE address = ?1)", plain) == 0 {
			w.t.Errorf("sent to %q", got.To)
		}
		for name, values := range got.Header(w.t) {
			known[name] = true
			if len(values) != 1 || strings.Contains(strings.Join(values, ""), "evil.example,") {
				w.t.Errorf("header %s: %q", name, values)
			}
		}
	}
	for name := range known {
		if !strings.Contains(" From To Subject Date Message-Id Mime-Version Content-Type User-Agent X-Mailer Auto-Submitted X-Auto-Response-Suppress List-Unsubscribe List-Unsubscribe-Post References In-Reply-To ", " "+name+" ") {
			w.t.Errorf("a mail carries the header %s", name)
		}
	}
	w.t.Log(len(all), "mails")
}
