package handlers

import (
	"fmt"
	"maps"
	"slices"

	"vitrine/db"
)

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
