package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/db"
)

// holder is a workspace and in it Maria, a client who holds every way in that
// there is, in a role of her own.
type holder struct {
	*world
	maria, elsewhere, through *someone // two of her browsers, and the leader who looks through her
	asking, mailed, guest     *someone // browsers that began to sign in
	role                      db.ID
	project                   string
	sockets                   map[string]*watched
	harvested, api, pin       string
	link, printed, invitation string
	guestPIN                  string
	over                      atomic.Bool
}

const mariasAddress = "maria@papadopoulos.example"

func newHolder(t *testing.T) *holder {
	w := newWorld(t)
	h := &holder{world: w, project: "/portal/projects/" + w.project.String(), sockets: map[string]*watched{}}
	h.role = w.withRole("maria", "projects", "comment", "upload")
	h.hold(w.as("leader").post(w.contact(w.people["maria"].ID.String())+"/invite", "letter", "Welcome."))
	h.invitation = "/join/" + w.mailOf(mariasAddress, db.MailInvitation).Link
	h.maria, h.elsewhere = w.as("maria"), w.as("")
	h.elsewhere.cookies["session"] = h.maria.cookies["session"]
	w.tokens["maria"] = ""
	h.maria = w.as("maria")
	made := h.maria.post("/portal/account/tokens", "name", "A program")
	if h.api = madeToken.FindString(made.body); h.api == "" {
		t.Fatal("no token: ", made.status)
	}
	h.signsIn()
	h.through = w.as("leader").through("maria")
	h.harvested = strings.ReplaceAll(socketAddress.FindStringSubmatch(h.maria.get(h.project).body)[1], "&amp;", "&")
	h.watches("project", h.maria, h.project)
	h.watches("home", h.maria, "/portal")
	h.watches("preview", h.through, h.project)
	return h
}

// signsIn has Maria begun to sign in three times: with a PIN in hand, with a link
// in hand, and with a mail that still waits; beside her somebody registers.
func (h *holder) signsIn() {
	var err error
	h.printed, err = h.store.SignInLink(mariasAddress)
	h.ok(err)
	h.asking, h.mailed, h.guest = h.as(""), h.as(""), h.as("")
	h.hold(h.asking.post("/sign-in", "email", mariasAddress))
	h.pin = h.mailOf(mariasAddress, db.MailSignIn).PIN
	h.hold(h.mailed.post("/sign-in", "email", mariasAddress))
	h.link = h.mailOf(mariasAddress, db.MailSignIn).Link
	h.ok(h.store.SetFeature(h.actor("owner"), db.ForWorkspace, 0, "registration", "on"))
	h.hold(h.guest.post("/sign-in", "email", "rea@nowhere.example"))
	h.guestPIN = h.mailOf("rea@nowhere.example", db.MailRegister).PIN
}

func (h *holder) hold(done answer) {
	h.t.Helper()
	if done.status != http.StatusSeeOther {
		h.t.Fatal(done.status, done.body)
	}
}

// in says whether a browser is signed in by an answer.
func (s *someone) in(got answer) string {
	if s.cookies["session"] != "" && got.status == http.StatusSeeOther {
		return "in"
	}
	return fmt.Sprint(got.status)
}

// waysInOrder begins with the mail that waits, which using a PIN would take back.
var waysInOrder = []string{"project", "home", "preview", "queued", "page", "task", "fragment", "write", "again", "looking", "avatar", "help", "api", "invitation", "pin", "mailed", "printed", "elsewhere", "registering"}

// waysOut are the ways by which something could still come out.
var waysOut = map[string]func(h *holder) string{
	"project": func(h *holder) string { return h.sockets["project"].outcome },
	"home":    func(h *holder) string { return h.sockets["home"].outcome },
	"preview": func(h *holder) string { return h.sockets["preview"].outcome },
	"queued":  (*holder).queued,
	"page":    func(h *holder) string { return h.shown(h.maria.get(h.project)) },
	"task": func(h *holder) string {
		return h.shown(h.maria.get("/portal/tasks/" + h.tasks["gallery"].String()))
	},
	"fragment": func(h *holder) string { return h.shown(h.maria.get(h.project, "HX-Request", "true")) },
	"write": func(h *holder) string {
		return h.shown(h.maria.post("/portal/tasks/"+h.tasks["gallery"].String()+"/replies", "body", "Still here."))
	},
	"again": func(h *holder) string {
		socket, refused, err := h.maria.socket(h.harvested)
		if err == nil {
			socket.Close()
		}
		return fmt.Sprint(refused.StatusCode)
	},
	// The leader's look ends by showing whom else to look through.
	"looking": func(h *holder) string {
		page := h.through.get(h.project)
		if page.status == http.StatusOK && !strings.Contains(page.body, `class="preview"`) {
			return "asked"
		}
		return h.shown(page)
	},
	"avatar": func(h *holder) string {
		return h.shown(h.maria.get("/portal/avatars/" + h.parts["avatar"].String()))
	},
	"help": func(h *holder) string { return h.shown(h.maria.get("/portal/help")) },
	"api": func(h *holder) string {
		return fmt.Sprint(h.as("").get("/api/v1/me", "Authorization", "Bearer "+h.api).status)
	},
	"invitation": func(h *holder) string { return fmt.Sprint(h.as("").post(h.invitation).status) },
	"pin":        func(h *holder) string { return h.asking.in(h.asking.post("/sign-in/pin", "pin", h.pin)) },
	"mailed": func(h *holder) string {
		browser := h.as("")
		return browser.in(browser.post("/sign-in/link/" + h.link))
	},
	"printed": func(h *holder) string {
		browser := h.as("")
		return browser.in(browser.post("/in/" + h.printed))
	},
	"elsewhere":   func(h *holder) string { return h.shown(h.elsewhere.get("/portal")) },
	"registering": func(h *holder) string { return h.guest.in(h.guest.post("/sign-in/pin", "pin", h.guestPIN)) },
}

// shown is the status, or that somebody is led to the door; a refusal that still
// tells of the project is none.
func (h *holder) shown(got answer) string {
	if strings.HasPrefix(got.header.Get("Location"), "/sign-in") {
		return "sign-in"
	}
	if got.status != http.StatusOK && strings.Contains(got.body, "Website Redesign") {
		return fmt.Sprint(got.status, "-and-tells")
	}
	return fmt.Sprint(got.status)
}

// keepMail has the mails that a way in hangs on wait once more, until queued.
func (h *holder) keepMail() {
	h.t.Helper()
	for range 100 {
		h.behind("UPDATE outbox SET sent_at = NULL, tries = 0, next_at = '9999' WHERE next_at < '9999' AND sealed IS NOT NULL AND (sent_at IS NOT NULL OR tries = 0)")
		if h.rows("SELECT count(*) FROM outbox WHERE next_at < '9999' AND sealed IS NOT NULL") == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond) // one is just being sent
	}
	h.t.Fatal("the mail does not wait")
}

// queued are the mails to Maria that go out now, of those that a way in hangs on.
func (h *holder) queued() string {
	h.behind("UPDATE outbox SET next_at = '2026' WHERE next_at = '9999'")
	for range 300 { // the server sends beside us
		mails, err := h.store.ClaimMail(50)
		h.ok(err)
		for _, m := range mails {
			h.ok(h.store.MailSent(m, false))
		}
		if h.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND kind NOT IN ('replies', 'notes')") == 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	sent := func(kind string) int {
		return h.rows("SELECT count(*) FROM outbox WHERE kind = ? AND person_id = ? AND sent_at IS NOT NULL", kind, h.people["maria"].ID)
	}
	return fmt.Sprintf("%d+%d", sent(db.MailSignIn), sent(db.MailInvitation))
}
