package handlers

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/handlers/mail"
	hostile "vitrine/handlers/mail/sink"
)

// changing is a world whose mails wait while people talk and rights change.
type changing struct {
	*world
	random *rand.Rand
	now    time.Time
	said   int
	sent   []db.ID // replies that clients have
}

var saidMark = regexp.MustCompile(`SAID-\d+-`)

// act does one of the things that happen between what is said and its mail. What the
// actor may not do any more changes nothing.
func (c *changing) act() {
	c.now = c.now.Add(time.Duration(1+c.random.IntN(40)) * time.Second)
	w, owner := c.world, c.actor("owner")
	threads := []db.ID{c.tasks["gallery"], c.tasks["search"], c.tasks["shipping"], c.tasks["private"], c.tasks["foreign"], c.project, c.parts[":milestone"]}
	thread, task := threads[c.random.IntN(len(threads))], threads[c.random.IntN(3)]
	clients := []string{"eleni", "viewer", "finance", "boss"}
	client := w.people[clients[c.random.IntN(len(clients))]]
	team := []string{"owner", "leader", "member", "elsewhere"}
	who := append(slices.Clone(team), "eleni", "finance", "boss", "outsider")[c.random.IntN(8)]
	c.said++
	words := fmt.Sprintf("SAID-%d- <script>alert(1)</script> **bold** @{%s}", c.said, w.people["elsewhere"].ID)
	var err error
	switch c.random.IntN(16) {
	case 0, 1, 2, 3:
		var id db.ID
		if id, err = w.store.AddReply(c.actor(who), thread, words); err == nil {
			c.sent = append(c.sent, id)
		}
	case 4, 5:
		_, err = w.store.AddNote(c.actor(team[c.random.IntN(4)]), thread, "CNRY-inner "+words)
	case 6:
		w.holds(60)
		var id db.ID
		if id, err = w.store.AddReply(c.actor("member"), thread, "CNRY-taken-back "+words); err == nil {
			_, err = w.store.TakeBack(c.actor("member"), id)
		}
		w.holds(0)
	case 7:
		w.holds(60)
		_, err = w.store.AddReply(c.actor("leader"), thread, "CNRY-still-held "+words)
		w.holds(0)
	case 8:
		err = w.store.HideTasks(owner, w.project, []db.ID{task})
	case 9:
		err = w.store.ShowTasks(owner, w.project, []db.ID{task})
	case 10:
		err = w.store.RemoveMember(owner, w.project, client.ID)
	case 11:
		_, err = w.store.AddMember(owner, w.project, client.Email, "", "client")
	case 12:
		err = w.store.SetContactActive(owner, w.parts["company"], client.ID, c.random.IntN(2) == 0)
	case 13:
		if len(c.sent) > 0 {
			_, err = w.store.DeleteReply(owner, c.sent[c.random.IntN(len(c.sent))])
		}
	case 14:
		status := []string{"active", "archived"}[c.random.IntN(2)]
		err = w.store.SetCompanyStatus(owner, w.parts["company"], status)
	case 15:
		if c.random.IntN(2) == 0 {
			err = w.store.RemoveMember(owner, w.project, w.people["member"].ID)
		} else {
			_, err = w.store.AddMember(owner, w.project, w.people["member"].Email, "", "member")
		}
	}
	var invalid *db.Invalid
	if err != nil && !errors.Is(err, db.ErrNotFound) && !errors.Is(err, db.ErrDenied) && !errors.As(err, &invalid) {
		w.t.Fatal(err)
	}
}

// mayRead are the marks of everything that somebody may read at this moment.
func (w *world) mayRead(person db.Person) map[string]bool {
	marks := map[string]bool{}
	note := func(body string) {
		for _, mark := range saidMark.FindAllString(body, -1) {
			marks[mark] = true
		}
	}
	threads := append(slices.Collect(maps.Values(w.tasks)), w.project, w.other, w.parts[":milestone"])
	for _, thread := range threads {
		if person.Side == db.Client {
			w.ok(w.store.Glass(person.ID, func(g *db.Glass) error {
				replies, err := g.Conversation(thread)
				for _, reply := range replies {
					note(reply.Body)
				}
				return err
			}))
			continue
		}
		w.ok(w.store.View(person, func(v *db.Viewer) error {
			said, err := v.Conversation(thread)
			for _, one := range said {
				if !one.Held {
					note(one.Body)
				}
			}
			return err
		}))
	}
	return marks
}

// 500 things happen while mails wait. What then leaves says to nobody what they may
// not read at that moment, goes to one recipient each, and tells nothing twice.
func TestMailUnderChange(t *testing.T) {
	w := newWorld(t)
	w.stop()
	w.stop = func() {} // until it is served again
	c := &changing{world: w, random: rand.New(rand.NewPCG(4, 2026)), now: time.Now()}
	w.store.SetClock(func() time.Time { return c.now })
	c.beside("DELETE FROM outbox")
	for range 500 {
		c.act()
	}
	w.ok(w.store.SetCompanyStatus(w.actor("owner"), w.parts["company"], "active"))
	c.beside("DELETE FROM job WHERE kind = 'release'") // what is held stays so
	c.beside("UPDATE reply SET held_until = '2099-01-01T00:00:00.000000Z' WHERE released_at IS NULL")
	waiting := w.rows("SELECT count(*) FROM outbox WHERE kind IN ('replies', 'notes')")
	readable := map[string]map[string]bool{}
	for _, person := range w.people {
		readable[person.Email] = w.mayRead(person)
	}
	wanted := c.gathered(readable)
	c.now = c.now.Add(6 * time.Minute)
	server := hostile.New(t)
	sender, err := mail.NewSMTP(mail.Server{Host: server.Host, Port: server.Port, TLS: mail.NoTLS, From: "portal@studio.example"})
	w.ok(err)
	w.sender = sender
	w.serve("127.0.0.1:0")
	for n := 0; w.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL") > 0; n++ {
		if n > 1000 {
			t.Fatal("mails still wait: ", w.pairs("SELECT kind, error FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL LIMIT 3"))
		}
		time.Sleep(20 * time.Millisecond)
	}
	told := map[string]int{}
	for _, got := range server.Received() {
		if len(got.To) != 1 || !strings.Contains(got.Header(t).Get("To"), got.To[0]) || got.Header(t).Get("Cc")+got.Header(t).Get("Bcc") != "" {
			t.Fatal("recipients", got.To, got.Header(t))
		}
		to := got.To[0]
		text := everyPart(t, got.Raw)
		_, decoded, _ := strings.Cut(text, got.Raw)
		marks := saidMark.FindAllString(decoded, -1)
		slices.Sort(marks)
		for _, mark := range slices.Compact(marks) {
			told[to+" "+mark]++
			if !readable[to][mark] {
				t.Errorf("%s is told %s, which they may not read", to, mark)
			}
		}
		if strings.Contains(text, "<script>alert") && strings.Contains(text, "<p><script") || strings.Contains(text, w.people["elsewhere"].ID.String()) {
			t.Errorf("markup or an id in %s", text)
		}
	}
	for what, times := range told {
		if times != 1 || !wanted[what] {
			t.Errorf("%s is told %d times", what, times)
		}
	}
	for what := range wanted {
		if told[what] == 0 {
			t.Errorf("%s is not told", what)
		}
	}
	w.mailsOfClients(server)
	empty := w.rows("SELECT count(*) FROM outbox WHERE error IN ('nothing', 'inactive') AND kind IN ('replies', 'notes')")
	t.Logf("%d mails waited, %d left with %d things told, %d had nothing to say any more", waiting, len(server.Received()), len(told), empty)
	lines, err := w.store.Outbox(w.actor("owner"), false)
	w.ok(err)
	for _, line := range lines {
		if line.Error != "" {
			t.Errorf("to %s: %s", line.To.Email, line.Error)
		}
	}
	if len(told) < 50 || empty < 1 {
		t.Error("too little happened")
	}
}

// gathered is what the waiting mails hold for people who may read it now.
func (c *changing) gathered(readable map[string]map[string]bool) map[string]bool {
	wanted := map[string]bool{}
	for _, row := range c.pairs(`SELECT p.email, t.body FROM outbox o JOIN person p ON p.id = o.person_id JOIN
		(SELECT l.outbox_id, r.body FROM outbox_reply l JOIN reply r ON r.id = l.reply_id UNION ALL SELECT l.outbox_id, n.body FROM outbox_note l JOIN note n ON n.id = l.note_id) t ON t.outbox_id = o.id`) {
		email, body := row[0], row[1]
		for _, mark := range saidMark.FindAllString(body, -1) {
			if readable[email][mark] {
				wanted[email+" "+mark] = true
			}
		}
	}
	return wanted
}
