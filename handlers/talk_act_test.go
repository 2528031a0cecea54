package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"vitrine/db"
)

// act does one thing that people do, in the product and in the model, and fails when
// the two differ on whether it may be done.
func (k *talk) act() (did string, done bool) {
	k.pass(time.Duration(500+k.random.IntN(2500)) * time.Millisecond)
	thread, one := talkThreads[k.random.IntN(4)], k.any()
	team, client := talkTeam[k.random.IntN(3)], []string{"eleni", "press", "eleni", "press", "viewer"}[k.random.IntN(5)]
	switch n := k.random.IntN(40); {
	case n < 8:
		return "reply", k.says(team, thread, false)
	case n < 11:
		return "note", k.says(team, thread, true)
	case n < 15:
		return "answer", k.says(client, thread, false)
	case n < 17:
		return "undo", k.undo(team, k.held(), false)
	case n < 18:
		return "make a note", k.undo(team, k.held(), true)
	case n < 20:
		return "send now", k.sendNow(k.held())
	case n < 24:
		return "edit", k.edits(one)
	case n < 27:
		return "delete", k.deletes(one, []string{team, client}[k.random.IntN(2)])
	case n < 29:
		for of := range k.mails { // mostly what they would be told of
			if !isTeam(of[0]) && of[0] != "quiet" && of[0] != "dora" {
				client, thread = of[0], of[1]
			}
		}
		return "seen", k.reads(client, thread)
	case n < 31:
		k.hold = []time.Duration{0, 30 * time.Second, 30 * time.Second}[k.random.IntN(3)]
		k.holds(int(k.hold / time.Second))
		return "hold", true
	case n < 32:
		k.pass(20 * time.Second)
		return "wait", true
	}
	return k.rules(client)
}

// any is something that was said, mostly of late.
func (k *talk) any() *utterance {
	for range 20 {
		if len(k.said) == 0 {
			break
		}
		from := max(0, len(k.said)-12)
		if one := k.said[from+k.random.IntN(len(k.said)-from)]; !one.gone {
			return one
		}
	}
	return &utterance{id: 1, author: "owner", thread: "gallery", ended: true, gone: true}
}

// held is a reply that may still be taken back, where there is one.
func (k *talk) held() *utterance {
	for range 5 {
		if one := k.any(); !one.note && !one.released && !one.ended {
			return one
		}
	}
	return k.any()
}

// came checks that the product did what the model expects.
func (k *talk) came(what string, err error, want bool) bool {
	k.t.Helper()
	if err != nil && !refusal(err) || (err == nil) != want {
		k.t.Errorf("%s: %v, the model says %v", what, err, want)
	}
	return err == nil
}

// answered is came for what was sent to a page.
func (k *talk) answered(what string, got answer, want bool) bool {
	k.t.Helper()
	done := got.status == http.StatusSeeOther || got.status == http.StatusOK || got.status == http.StatusNoContent
	if done != want || got.status >= 500 || got.status == http.StatusUnauthorized {
		k.t.Errorf("%s: %d, the model says %v", what, got.status, want)
	}
	return done
}

// says is a reply, a note or a client's answer, perhaps with a file, a quote and a mention.
func (k *talk) says(who, thread string, note bool) bool {
	kind := map[bool]string{true: db.Note, false: db.Reply}[note]
	if !isTeam(who) && !k.active[who] {
		return false // no session
	}
	may, id, of := k.may(who, thread, note), k.ids[thread], [3]string{who, thread, kind}
	if k.random.IntN(3) == 0 || note && k.random.IntN(2) == 0 {
		k.attaches(who, thread, kind, may)
	}
	if k.random.IntN(4) == 0 {
		k.quotes(who, thread, kind, may)
	}
	u := &utterance{version: 1, thread: thread, author: who, note: note, mark: k.next("Q"), read: map[string]bool{}}
	words, mentioned := u.mark+" [**here**](https://example.com)", ""
	switch k.random.IntN(4) {
	case 0:
		words += " @Eleni Papadopoulou"
	case 1:
		if note {
			if words += " @Nikos CNRY-surname CNRY-inner"; k.on["member"] {
				mentioned = "member"
			}
		}
	}
	var done bool
	switch {
	case !isTeam(who):
		at := map[string]string{"milestone": "milestones", "project": "projects"}[thread]
		if at == "" {
			at = "tasks"
		}
		done = k.answered(who+" on "+thread, k.as(who).post("/portal/"+at+"/"+id.String()+"/replies", "body", words), may)
	case note:
		_, err := k.store.AddNote(k.actor(who), id, words)
		done = k.came(who+" notes on "+thread, err, may)
	default:
		_, err := k.store.AddReply(k.actor(who), id, words)
		done = k.came(who+" replies on "+thread, err, may)
	}
	if !done {
		return false
	}
	found := k.pairs("SELECT id, body FROM " + kind + " WHERE body LIKE '" + u.mark + " %'")
	fmt.Sscan(found[0][0], (*int64)(&u.id))
	u.files = k.drafts[of]
	delete(k.drafts, of)
	k.said = append(k.said, u)
	switch {
	case note:
		u.released = false
		k.tell(u, mentioned)
	case isTeam(who) && k.hold > 0:
		u.until = k.now().Add(k.hold)
	default:
		k.letOut(u)
	}
	return true
}

// attaches hangs a file on what somebody is about to say.
func (k *talk) attaches(who, thread, kind string, may bool) {
	key, id, of := strings.TrimPrefix(k.next("F"), "F"), k.ids[thread], [3]string{who, thread, kind}
	name, content := "F"+key+".txt", "C"+key
	if isTeam(who) {
		_, err := k.store.AddFile(k.actor(who), id, kind, name, strings.NewReader(content), 1<<20)
		if !k.came(who+" attaches to a "+kind, err, may) {
			return
		}
	} else {
		got := k.as(who).attach("/portal/threads/"+id.String()+"/files", sent{name, "", []byte(content)})
		if !k.answered(who+" attaches", got, may) {
			return
		}
	}
	file := hung{key: key}
	fmt.Sscan(k.pairs("SELECT id, name FROM file WHERE name = '" + name + "'")[0][0], (*int64)(&file.id))
	k.drafts[of] = append(k.drafts[of], file)
}

// quotes has what somebody is about to say quote a reply that went out.
func (k *talk) quotes(who, thread, kind string, may bool) {
	for _, u := range k.said {
		if u.thread != thread || u.note || !u.released || u.ended || k.random.IntN(3) > 0 {
			continue
		}
		if isTeam(who) {
			k.came(who+" quotes", k.store.SaveDraft(k.actor(who), k.ids[thread], kind, db.DraftForm{Quote: &u.id}), may)
		} else {
			k.answered(who+" quotes", k.as(who).post("/portal/threads/"+k.ids[thread].String()+"/draft", "quote", u.id.String()), may)
		}
		return
	}
}
