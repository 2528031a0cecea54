package handlers

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/handlers/mail"
	hostile "vitrine/handlers/mail/sink"
)

// newTalk is a world in which nothing waits, whose mails go to a server of this machine.
func newTalk(t *testing.T, seed uint64) (*talk, *hostile.Sink) {
	w := newWorld(t)
	k := &talk{world: w, random: rand.New(rand.NewPCG(seed, 4)), private: map[string]bool{}, archived: map[string]bool{}, silent: map[string]bool{},
		on: map[string]bool{}, active: map[string]bool{}, drafts: map[[3]string][]hung{}, mails: map[[3]string]*mailing{}, watches: map[string]map[string]bool{}}
	k.role = w.withRole("press", "projects", "comment", "upload")
	k.roleVersion = 1
	for name, full := range map[string]string{"dora": "Dora Dorou", "quiet": "Quentin Quiet"} {
		w.add(name, name+"@papadopoulos.example", full, db.Client, "")
		w.join(w.project, name, "client")
	}
	w.as("press")
	w.as("dora").post("/portal/account/notifications") // none is wanted
	k.ids = map[string]db.ID{"gallery": w.tasks["gallery"], "shipping": w.tasks["shipping"], "milestone": w.parts[":milestone"], "project": w.project}
	for _, who := range append(talkTeam, talkClients...) {
		k.on[who], k.active[who] = true, true
	}
	w.stop()
	for _, of := range []string{"reply WHERE released_at IS NULL", "job WHERE kind = 'release'", "draft", "outbox"} {
		w.beside("DELETE FROM " + of)
	}
	k.clock.Store(time.Now().UnixNano())
	k.office = k.now()
	w.store.SetClock(k.now)
	server := hostile.New(t)
	sender, err := mail.NewSMTP(mail.Server{Host: server.Host, Port: server.Port, TLS: mail.NoTLS, From: "portal@studio.example"})
	w.ok(err)
	w.sender = sender
	w.serve("127.0.0.1:0")
	return k, server
}

// TestTalkAtRandom: whatever people say, take back, change and are allowed, after every
// step no output for a client holds a word that they may not read, their pages hold all
// those that they may, and mail tells each reader of each reply once, if they can still
// read it, want it and have not read it.
func TestTalkAtRandom(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	fmt.Sscan(os.Getenv("VITRINE_SEED"), &seed)
	t.Logf("seed %d", seed)
	k, server := newTalk(t, seed)
	ears := &listening{talk: k, wires: map[[2]string]*wire{}, heard: map[*wire]int{}}
	ears.listen()
	k.watches["member"] = map[string]bool{"gallery": true}
	k.wire("member", "/tasks/"+k.ids["gallery"].String())
	ears.settled()
	steps, begun := map[string]int{}, time.Now()
	step := 0
	for ; step < 150 && time.Since(begun) < 28*time.Second; step++ {
		before := k.allowed()
		did, done := k.act()
		if !k.on["member"] {
			k.watches = map[string]map[string]bool{}
		}
		steps[fmt.Sprint(did, map[bool]string{true: "", false: " (refused)"}[done])]++
		when := fmt.Sprintf("seed %d, step %d, %s", seed, step, did)
		ears.settled()
		ears.check(when, before)
		for range 2 {
			k.look(when, append(talkClients[:4:4], "outsider")[k.random.IntN(5)], 6)
		}
		ears.listen()
		if k.now().Sub(k.office) > 4*time.Minute || step%20 == 19 {
			k.post(when, server)
		}
		if t.Failed() {
			return
		}
	}
	k.pass(31 * time.Second)
	for range 2 {
		k.post("at the end", server)
	}
	for _, who := range append(talkClients[:4:4], "outsider") {
		k.look("at the end", who, 1000)
	}
	for _, u := range k.said {
		if u.ended && k.rows("SELECT count(*) FROM (SELECT body FROM reply UNION ALL SELECT body FROM note UNION ALL SELECT body FROM revision) WHERE body LIKE ?", u.mark+" %") > 0 {
			t.Errorf("%s was deleted and is still kept", u.mark)
		}
	}
	if waits := k.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL"); waits+len(k.mails) > 0 {
		t.Errorf("%d mails still wait, %d should", waits, len(k.mails))
	}
	t.Logf("%d steps, %d things said, %d mails with %d things told, %d frames, %v", step, len(k.said), len(server.Received()), k.total, ears.count, steps)
	if step >= 60 && (len(k.said) < 10 || k.total < 10 || ears.count < 20) {
		t.Error("too little happened")
	}
}

// allowed is what each client may read now.
func (k *talk) allowed() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, who := range append(talkClients, "outsider") {
		reads, own := k.readable(who, "")
		maps.Copy(reads, own)
		all[who] = reads
	}
	return all
}

// pages are those on which a client reads, with the thread that they need to see.
func (k *talk) pages() map[string]string {
	project := k.project.String()
	return map[string]string{"/portal": "", "/portal/projects/" + project: "project", "/portal/tasks/" + k.ids["gallery"].String(): "gallery", "/portal/tasks/" + k.ids["shipping"].String(): "shipping",
		"/portal/milestones/" + k.ids["milestone"].String(): "milestone", "/portal/projects/" + project + "/conversation": "project"}
}

// look compares everything that a client gets with what they may read.
func (k *talk) look(when, who string, files int) {
	someone := k.as(who)
	reads, own := k.readable(who, "")
	for page, thread := range k.pages() {
		got := someone.get(page)
		opens := k.active[who] && who != "outsider" && (thread == "" || k.sees(who, thread)) || who == "outsider" && page == "/portal"
		if (got.status == http.StatusOK) != opens || got.status >= 500 {
			k.t.Errorf("%s: %s opens %s: %d", when, who, page, got.status)
		}
		k.holdsOnly(when, who, page, got.body, reads, own)
		if who != "outsider" {
			if strings.Contains(got.body, "CNRY") {
				k.t.Errorf("%s: %s reads a canary on %s", when, who, page)
			}
		}
		if opens && thread != "" && page != "/portal/projects/"+k.project.String() {
			there, _ := k.readable(who, thread)
			for mark := range there {
				if !strings.Contains(got.body, mark) {
					k.t.Errorf("%s: %s does not read %s on %s", when, who, mark, page)
				}
			}
		}
	}
	var rows strings.Builder
	k.ok(k.store.Glass(k.people[who].ID, func(g *db.Glass) error {
		for _, thread := range k.ids {
			said, err := g.Conversation(thread)
			if err != nil {
				return err
			}
			fmt.Fprintf(&rows, "%+v", said)
		}
		return nil
	}))
	k.holdsOnly(when, who, "the glass", rows.String(), reads, own)
	k.opens(when, someone, who, files)
}

// holdsOnly fails for marks that somebody may not read.
func (k *talk) holdsOnly(when, who, where, text string, reads, own map[string]bool) {
	for _, mark := range marks.FindAllString(text, -1) {
		if !reads[mark] && !own[mark] {
			k.t.Errorf("%s: %s reads %s on %s", when, who, mark, where)
		}
	}
}

// opens asks for files by the addresses that they have or had.
func (k *talk) opens(when string, someone *someone, who string, most int) {
	ids := map[db.ID]string{}
	for _, u := range k.said {
		for _, file := range u.files {
			ids[file.id] = file.key
		}
	}
	for _, files := range k.drafts {
		for _, file := range files {
			ids[file.id] = file.key
		}
	}
	for id, key := range ids {
		if most--; most < 0 {
			return
		}
		got := someone.get("/portal/files/" + id.String())
		if may := k.mayOpen(who, id); (got.status == http.StatusOK) != may || got.status >= 500 || strings.Contains(got.body, "C"+key) != may {
			k.t.Errorf("%s: %s gets the file %s: %d, may %v", when, who, key, got.status, may)
		}
	}
}

// pass lets time pass: what is held until then goes out.
func (k *talk) pass(by time.Duration) {
	k.clock.Add(int64(by))
	k.ok(k.store.ReleaseOverdue())
	for _, u := range k.said {
		if !u.released && !u.ended && !u.gone && !u.until.IsZero() && !u.until.After(k.now()) {
			k.letOut(u)
		}
	}
}

// refusal says that an error is one that people are told.
func refusal(err error) bool {
	var invalid *db.Invalid
	var conflict *db.Conflict
	return errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrDenied) || errors.Is(err, db.ErrSent) || errors.As(err, &invalid) || errors.As(err, &conflict)
}
