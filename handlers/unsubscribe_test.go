package handlers

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// A mail program ends mails with one press: it posts without a login, an Origin or a
// page of ours. Looking changes nothing, and no answer tells whether a token holds.
func TestOneClickUnsubscribe(t *testing.T) {
	w := newWorld(t)
	token := w.store.UnsubscribeToken(w.people["eleni"].ID, db.MailReplies)
	path, off := "/unsubscribe/"+token, func() int { return w.rows("SELECT count(*) FROM notification WHERE mail = 0") }
	shape := func(got answer, token string) string { return strings.ReplaceAll(got.body, token, "TOKEN") }
	wrong := strings.Repeat("x", len(token))
	if mine, other := w.as("").get(path), w.as("").get("/unsubscribe/"+wrong); mine.status != http.StatusOK || shape(mine, token) != shape(other, wrong) || off() != 0 {
		t.Error("looking:", mine.status, off())
	}
	press := func(path string, headers ...string) answer {
		return w.as("").send(http.MethodPost, path, strings.NewReader("List-Unsubscribe=One-Click"), append(headers, "Content-Type", "application/x-www-form-urlencoded")...)
	}
	if other := press("/unsubscribe/" + wrong); other.status != http.StatusOK || off() != 0 {
		t.Error("a token that is none:", other.status, off())
	} else if mine := press(path, "Origin", "https://mail.example", "Sec-Fetch-Site", "cross-site"); shape(mine, token) != shape(other, wrong) || off() != 1 {
		t.Error("pressing:", mine.status, off())
	}
	if w.rows("SELECT count(*) FROM notification WHERE mail = 0 AND kind = 'replies' AND person_id = ?", w.people["eleni"].ID) != 1 {
		t.Error("something else ended")
	}
	for _, beside := range []string{path + "/x", "/unsubscribe", "/theme", "/sign-out", "//unsubscribe/" + token} {
		if got := press(beside); got.status != http.StatusForbidden && got.status != http.StatusNotFound && got.status != http.StatusMisdirectedRequest {
			t.Errorf("%s passes as well: %d", beside, got.status)
		}
	}
	if page := w.as("eleni").get("/portal/account/notifications").body; !strings.Contains(page, `value="replies"><`) {
		t.Error("the account does not show it")
	}
}

// Admins read why mails were given up and have them tried again.
func TestDeadMailIsShown(t *testing.T) {
	w := newWorld(t)
	_, err := w.store.AddReply(w.actor("leader"), w.tasks["gallery"], "The photos are in their places.")
	w.ok(err)
	w.behind("UPDATE outbox SET failed_at = created_at, error = '550 no such user' WHERE kind = 'replies' AND person_id = (SELECT id FROM person WHERE name LIKE 'Eleni%')")
	owner := w.as("owner")
	page := owner.get("/outbox").body
	_, rest, _ := strings.Cut(page, `action="/outbox/`)
	id, _, _ := strings.Cut(rest, "/")
	if !strings.Contains(page, "550 no such user") || id == "" {
		t.Fatal(page)
	}
	if got := w.as("leader").post("/outbox/" + id + "/retry"); got.status != http.StatusNotFound {
		t.Error("a leader:", got.status)
	}
	if got := owner.post("/outbox/" + id + "/retry"); got.status != http.StatusSeeOther {
		t.Error(got.status, got.body)
	}
	if got := owner.post("/outbox/" + id + "/retry"); got.status != http.StatusNotFound {
		t.Error("what is tried already:", got.status)
	}
}
