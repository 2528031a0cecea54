package handlers

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
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
	if k.random.IntN(3) == 0 {
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

// mine says that a held reply can be taken back by somebody.
func (k *talk) mine(who string, u *utterance) bool {
	return k.sees(who, u.thread) && (u.author == who || who != "member") && !u.released && !u.ended && !u.gone && !u.note
}

func (k *talk) undo(who string, u *utterance, keep bool) bool {
	if keep {
		_, err := k.store.MakeNote(k.actor(who), u.id)
		if !k.came(who+" makes a note", err, k.mine(who, u) && !k.closed) {
			return false
		}
		note := &utterance{version: 1, thread: u.thread, author: u.author, note: true, mark: u.mark, files: u.files, read: map[string]bool{}}
		fmt.Sscan(k.pairs("SELECT id, body FROM note WHERE body LIKE '" + u.mark + " %'")[0][0], (*int64)(&note.id))
		u.gone, u.files = true, nil
		k.said = append(k.said, note)
		k.tell(note, "")
		return true
	}
	_, err := k.store.TakeBack(k.actor(who), u.id)
	if !k.came(who+" takes back", err, k.mine(who, u)) {
		return false
	}
	of := [3]string{u.author, u.thread, db.Reply}
	k.drafts[of] = append(k.drafts[of], u.files...)
	u.gone, u.files = true, nil
	return true
}

func (k *talk) sendNow(u *utterance) bool {
	if !isTeam(u.author) {
		return false
	}
	_, err := k.store.SendNow(k.actor(u.author), u.id)
	if !k.came(u.author+" sends now", err, k.mine(u.author, u)) {
		return false
	}
	k.letOut(u)
	return true
}

func (k *talk) edits(u *utterance) bool {
	if u.gone || !isTeam(u.author) && !k.active[u.author] {
		return false
	}
	mark, may := k.next("Q"), !u.ended && k.may(u.author, u.thread, u.note)
	words := mark + " in other words"
	var done bool
	switch {
	case !isTeam(u.author):
		done = k.answered(u.author+" edits", k.as(u.author).post("/portal/replies/"+u.id.String()+"/edit", "body", words, "version", fmt.Sprint(u.version)), may)
	case u.note:
		_, err := k.store.EditNote(k.actor(u.author), u.id, words, u.version)
		done = k.came(u.author+" edits a note", err, may)
	default:
		_, err := k.store.EditReply(k.actor(u.author), u.id, words, u.version)
		done = k.came(u.author+" edits a reply", err, may)
	}
	if done {
		u.mark = mark
		u.version++
	}
	return done
}

func (k *talk) deletes(u *utterance, who string) bool {
	if u.gone || !isTeam(who) && (!k.active[who] || u.note) {
		return false
	}
	own := u.author == who
	var done bool
	switch {
	case !isTeam(who):
		done = k.answered(who+" deletes", k.as(who).post("/portal/replies/"+u.id.String()+"/delete"), own && k.may(who, u.thread, false))
	case u.note:
		_, err := k.store.DeleteNote(k.actor(who), u.id)
		done = k.came(who+" deletes a note", err, k.sees(who, u.thread) && (own || who != "member"))
	default:
		_, err := k.store.DeleteReply(k.actor(who), u.id)
		done = k.came(who+" deletes a reply", err, k.sees(who, u.thread) && (own || who != "member"))
	}
	if done {
		k.untell(u)
		u.ended = true // its files are asked for all the same
	}
	return done
}

// reads is a client who has a conversation on screen down to its end.
func (k *talk) reads(who, thread string) bool {
	var last *utterance
	for _, u := range k.said {
		if u.thread == thread && u.released && !u.note && !u.gone && (last == nil || u.at.After(last.at)) {
			last = u
		}
	}
	if last == nil || !k.active[who] {
		return false
	}
	if !k.answered(who+" has seen", k.as(who).post("/portal/threads/"+k.ids[thread].String()+"/seen", "reply", last.id.String()), k.sees(who, thread)) {
		return false
	}
	for _, u := range k.said {
		if u.thread == thread && u.released && !u.note && u.author != who && !u.at.After(last.at) && (u.at.Before(last.at) || u.id <= last.id) {
			u.read[who] = true
		}
	}
	return true
}

// rules changes who may read and write.
func (k *talk) rules(client string) (did string, done bool) {
	owner, task, n, who := k.actor("owner"), talkThreads[k.random.IntN(2)], k.random.IntN(8), []string{client, "member"}[k.random.IntN(2)]
	if k.random.IntN(3) > 0 { // mostly something becomes as it was before
		n, task, client, who = k.undone(n, task, client, who)
	}
	id := k.ids[task]
	switch n {
	case 0, 1:
		if k.private[task] {
			if done = k.came("show", k.store.ShowTasks(owner, k.project, []db.ID{id}), !k.closed); done {
				k.private[task] = false
			}
			return "shown", done
		}
		if done = k.came("hide", k.store.HideTasks(owner, k.project, []db.ID{id}), !k.closed); done {
			k.private[task] = true
		}
		return "private", done
	case 2:
		if done = k.came("archive", k.store.ArchiveTask(owner, id, !k.archived[task]), !k.closed); done {
			k.archived[task] = !k.archived[task]
		}
		return "archive", done
	case 3:
		if k.closed || k.random.IntN(3) == 0 {
			k.ok(k.store.ArchiveProject(owner, k.project, !k.closed))
			k.closed = !k.closed
			return "close", true
		}
		return "close", false
	case 4, 5:
		if k.on[who] {
			k.ok(k.store.RemoveMember(owner, k.project, k.people[who].ID))
		} else {
			_, err := k.store.AddMember(owner, k.project, k.people[who].Email, "", map[bool]string{true: "member", false: "client"}[who == "member"])
			k.ok(err)
		}
		k.on[who] = !k.on[who]
		return "member", true
	case 6:
		k.ok(k.store.SetContactActive(owner, k.parts["company"], k.people[client].ID, !k.active[client]))
		k.active[client] = !k.active[client]
		if k.active[client] {
			delete(k.tokens, client) // they sign in anew
		} else {
			maps.DeleteFunc(k.mails, func(of [3]string, _ *mailing) bool { return of[0] == client }) // their mail ends and does not come back
		}
		return "contact", true
	}
	var silent []string
	for _, noun := range db.ReplyNouns {
		if k.silent[noun] = k.random.IntN(2) == 0; k.silent[noun] {
			silent = append(silent, noun)
		}
	}
	slices.Sort(silent)
	k.ok(k.store.EditRole(owner, k.role, db.RoleForm{Name: "press", Rights: []string{"projects", "comment", "upload"}, Silent: silent, Version: k.roleVersion}))
	k.roleVersion++
	return "silent", true
}

// undone is a change of the rules that makes good one before, where there is one.
func (k *talk) undone(n int, task, client, who string) (int, string, string, string) {
	for _, one := range talkThreads[:2] {
		switch {
		case k.closed:
			return 3, task, client, who
		case k.private[one]:
			return 0, one, client, who
		case k.archived[one]:
			return 2, one, client, who
		}
	}
	for _, one := range []string{"eleni", "press", "viewer", "member"} {
		switch {
		case !k.on[one]:
			return 4, task, client, one
		case !isTeam(one) && !k.active[one]:
			return 6, task, one, who
		}
	}
	return n, task, client, who
}
