package handlers

import (
	"maps"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"vitrine/db"
)

// passwords are how many come at the same time: the race detector makes every hash
// take some ten times as long.
var passwords = map[bool]int{false: 100, true: 10}[raced]

// A hundred right answers at the same time: what is used up gives one session, one
// contact and one membership; a password gives each its own.
func TestRacesOverTheWeb(t *testing.T) {
	const email = "stavros@papadopoulos.example"
	for _, race := range []struct {
		name     string
		begin    func(w *world) (browser *someone, path string, form []string)
		sessions int
	}{
		{"PIN", func(w *world) (*someone, string, []string) {
			s := w.as("")
			s.post("/sign-in", "email", w.people["eleni"].Email)
			return s, "/sign-in/pin", []string{"pin", w.mailTo(w.people["eleni"].Email).PIN}
		}, 1},
		{"mailed link", func(w *world) (*someone, string, []string) {
			w.as("").post("/sign-in", "email", w.people["eleni"].Email)
			return w.as(""), "/sign-in/link/" + w.mailTo(w.people["eleni"].Email).Link, nil
		}, 1},
		{"printed link", func(w *world) (*someone, string, []string) {
			link, err := w.store.SignInLink(w.people["eleni"].Email)
			w.ok(err)
			return w.as(""), "/in/" + link, nil
		}, 1},
		{"PIN of an invitation", func(w *world) (*someone, string, []string) {
			_, path := w.guest(email)
			s := w.as("")
			s.post(path)
			return s, "/sign-in/pin", []string{"pin", w.mailOf(email, db.MailSignIn).PIN}
		}, 1},
		{"PIN of an invitation by a colleague", func(w *world) (*someone, string, []string) {
			w.as("boss").post("/portal/company/invite", "company", w.parts["company"].String(), "email", email, "role", roleViewer.String())
			s := w.as("")
			s.post("/join/" + w.mailOf(email, db.MailInvitation).Link)
			return s, "/sign-in/pin", []string{"pin", w.mailOf(email, db.MailSignIn).PIN}
		}, 1},
		{"PIN of a registration", func(w *world) (*someone, string, []string) {
			w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", "on"))
			s := w.as("")
			s.post("/sign-in", "email", email)
			return s, "/sign-in/pin", []string{"pin", w.mailOf(email, db.MailRegister).PIN}
		}, 1},
		{"password", func(w *world) (*someone, string, []string) {
			w.as("eleni").post("/portal/account/password", "password", goodPassword)
			return w.as(""), "/sign-in/password", []string{"email", w.people["eleni"].Email, "password", goodPassword}
		}, passwords},
	} {
		t.Run(race.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			browser, path, form := race.begin(w)
			before := w.rows("SELECT count(*) FROM session")
			count := 100
			if race.name == "password" {
				count = passwords
			}
			in, broken := w.atOnce(browser, path, form, count)
			if begun := w.rows("SELECT count(*) FROM session") - before; in != race.sessions || begun != race.sessions || broken != "" {
				t.Errorf("%d got in, %d sessions, an answer of %s", in, begun, broken)
			}
			if !strings.Contains(race.name, "of a") {
				return
			}
			want := map[bool]int{true: 1, false: 0}
			for query, rows := range map[string]int{"person p WHERE p.email = ?": 1,
				"contact c JOIN person p ON p.id = c.person_id WHERE p.email = ?":                                                                                             want[strings.Contains(race.name, "invitation")],
				"membership m JOIN person p ON p.id = m.person_id WHERE p.email = ?":                                                                                          want[race.name == "PIN of an invitation"],
				"invitation i WHERE i.accepted_at IS NOT NULL AND i.address = ?":                                                                                              want[strings.Contains(race.name, "invitation")],
				"outbox o JOIN person p ON p.id = o.subject_id WHERE o.kind = 'client-joined' AND p.email = ? AND o.person_id = (SELECT id FROM person WHERE role = 'owner')": 1,
			} {
				if got := w.rows("SELECT count(*) FROM "+query, email); got != rows {
					t.Errorf("%d rows instead of %d: %s", got, rows, query)
				}
			}
		})
	}
}

// atOnce sends the same form count times at the same time, from copies of one
// browser, and counts who is signed in; broken is a status that no refusal has.
func (w *world) atOnce(browser *someone, path string, form []string, count int) (in int, broken string) {
	var entered atomic.Int32
	var strange atomic.Value
	var wait sync.WaitGroup
	for range count {
		one := &someone{w: w, client: browser.client, cookies: maps.Clone(browser.cookies)}
		wait.Go(func() {
			got := one.post(path, form...)
			if got.status == http.StatusSeeOther && len(one.cookies["session"]) == 43 {
				entered.Add(1)
			} else if got.status >= 500 || got.status == http.StatusOK {
				strange.Store(http.StatusText(got.status))
			}
		})
	}
	wait.Wait()
	broken, _ = strange.Load().(string)
	return int(entered.Load()), broken
}
