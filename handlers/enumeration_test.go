package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vitrine/db"
)

var invited = regexp.MustCompile(`invited=[0-9A-Za-z]{11}|[0-9A-Za-z]{11}$`)

// No form tells whether somebody has an address: for somebody of ours, nobody, those
// who were put out, the team and the clients of others the status, the body, the
// headers with the shape of the cookies, and the rows that are written are the same.
func TestNoFormTellsWhoIsKnown(t *testing.T) {
	for _, on := range []bool{false, true} {
		t.Run(fmt.Sprint("registration ", on), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", map[bool]string{true: "on", false: "off"}[on]))
			w.add("gone", "gone@rival.example", "Gone", "client", "")
			w.behind("UPDATE person SET active = 0 WHERE id IN (?, ?)", w.people["gone"].ID, w.people["viewer"].ID)
			w.behind("UPDATE contact SET active = 0 WHERE person_id = ?", w.people["finance"].ID)
			boss := w.as("boss")
			w.tally()
			for form, ask := range map[string]func(s *someone, email string) answer{
				"/sign-in": func(s *someone, email string) answer { return s.post("/sign-in", "email", email, "next", "/portal") },
				"/sign-in/again": func(s *someone, email string) answer {
					s.post("/sign-in", "email", email)
					w.tallied()
					return s.post("/sign-in/again")
				},
				"/sign-in/pin": func(s *someone, email string) answer {
					s.post("/sign-in", "email", email)
					w.tallied()
					return s.post("/sign-in/pin", "pin", "000000")
				},
				"/sign-in/password": func(s *someone, email string) answer {
					return s.post("/sign-in/password", "email", email, "password", "boats carry no lemons")
				},
				"/portal/company/invite": func(_ *someone, email string) answer {
					return boss.post("/portal/company/invite", "company", w.parts["company"].String(), "email", email, "role", roleViewer.String())
				},
			} {
				want := ""
				for _, who := range []string{"nobody", "eleni", "viewer", "finance", "gone", "leader", "owner", "outsider", "stranger"} {
					email := w.people[who].Email
					if who == "nobody" {
						email = "nobody@nowhere.example"
					}
					if strings.HasSuffix(email, "papadopoulos.example") && form == "/portal/company/invite" {
						continue // colleagues, whom one sees anyway
					}
					w.tallied()
					got := ask(w.as(""), email)
					if got.status >= http.StatusInternalServerError || got.status == http.StatusTooManyRequests {
						t.Fatalf("%s for %s answers %d", form, who, got.status)
					}
					wrote := w.tallied()
					got.header.Set("Location", invited.ReplaceAllString(got.header.Get("Location"), "ID"))
					if length, err := strconv.Atoi(got.header.Get("Content-Length")); err == nil { // the page says the address again
						got.header.Set("Content-Length", fmt.Sprint(length-len(email)*strings.Count(got.body, email)))
					}
					is := shape(got, email) + "\n" + wrote
					if want == "" {
						want = is
					}
					if is != want {
						t.Errorf("%s tells of %s:\n%s\n%s", form, who, is, want)
					}
				}
				t.Log(form, want[strings.LastIndex(want, "\n")+1:])
			}
		})
	}
}
