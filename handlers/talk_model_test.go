package handlers

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"sync/atomic"
	"time"

	"vitrine/db"
)

// marks are words that stand for what was said (Q), the name (F) and the content (C) of
// a file, and an unsent draft (D).
var marks = regexp.MustCompile(`[QFCD]mk\d+x`)

// utterance is a reply or a note as the model knows it.
type utterance struct {
	id              db.ID
	version         int64
	thread, author  string
	note            bool
	mark            string
	files           []hung
	at, until       time.Time // released; to be released
	released, ended bool
	gone            bool // taken back: it never was
	read            map[string]bool
}

// hung is a file by its marks.
type hung struct {
	id  db.ID
	key string
}

// mailing is a mail that gathers what is said in a thread for somebody.
type mailing struct {
	due  time.Time
	says []*utterance
}

// talk is a world and what is true in it: who is where, what was said, and what waits to
// be told. Nothing of it is read from the product, but the ids of what it made.
type talk struct {
	*world
	random *rand.Rand
	clock  atomic.Int64
	office time.Time // when all mail was last on its way

	ids               map[string]db.ID // of threads
	private, archived map[string]bool  // tasks
	closed            bool             // the project is archived
	on, active        map[string]bool  // who is on the project; contacts who are let in
	silent            map[string]bool  // nouns on which the role of press may not reply
	hold              time.Duration
	role              db.ID
	roleVersion       int64

	said    []*utterance
	drafts  map[[3]string][]hung // files by person, thread and kind
	mails   map[[3]string]*mailing
	watches map[string]map[string]bool // threads that people of the team have on screen
	counted int
	total   int // what mails have told
}

var (
	talkThreads = []string{"gallery", "shipping", "milestone", "project"}
	talkTeam    = []string{"owner", "leader", "member"}
	talkClients = []string{"eleni", "viewer", "press", "dora", "quiet"}
)

func (k *talk) now() time.Time { return time.Unix(0, k.clock.Load()) }

func isTeam(who string) bool { return who == "owner" || who == "leader" || who == "member" }

func (k *talk) next(kind string) string {
	k.counted++
	return fmt.Sprintf("%smk%dx", kind, k.counted)
}

// sees is the first rule: who reads in a thread at all.
func (k *talk) sees(who, thread string) bool {
	if isTeam(who) {
		return k.on[who]
	}
	return k.on[who] && k.active[who] && !k.private[thread] && !k.archived[thread]
}

// may says who can say something there now.
func (k *talk) may(who, thread string, note bool) bool {
	if !k.sees(who, thread) || k.closed {
		return false
	}
	if isTeam(who) {
		return note || !k.private[thread] && !k.archived[thread]
	}
	noun := map[string]string{"gallery": "task", "shipping": "task"}[thread]
	if noun == "" {
		noun = thread
	}
	return !note && who != "viewer" && !(who == "press" && k.silent[noun])
}

// readable are the marks that a client may read now, of one thread or, for "", of all.
// What hangs on their own drafts is told apart: it may stand there.
func (k *talk) readable(who, in string) (all, own map[string]bool) {
	all, own = map[string]bool{}, map[string]bool{}
	for _, u := range k.said {
		if u.note || !u.released || u.ended || in != "" && u.thread != in || !k.sees(who, u.thread) {
			continue
		}
		all[u.mark] = true
		for _, file := range u.files {
			all["F"+file.key] = true
		}
	}
	for of, files := range k.drafts {
		for _, file := range files {
			if of[0] == who && k.sees(who, of[1]) {
				own["F"+file.key] = true
			}
		}
	}
	return all, own
}

// mayOpen says whose a file is.
func (k *talk) mayOpen(who string, id db.ID) bool {
	for _, u := range k.said {
		for _, file := range u.files {
			if file.id == id {
				return !u.note && u.released && !u.ended && k.sees(who, u.thread)
			}
		}
	}
	for of, files := range k.drafts {
		for _, file := range files {
			if file.id == id {
				return of[0] == who && k.sees(who, of[1])
			}
		}
	}
	return false
}

// letOut is what becomes of a held reply: it goes out, or is stopped where it may not.
func (k *talk) letOut(u *utterance) {
	u.until = time.Time{}
	if !k.may(u.author, u.thread, false) {
		return
	}
	u.released, u.at = true, k.now()
	k.tell(u, "")
}

// spoke says whether somebody of the team has taken part in a thread; before the first
// step that are those whom the world was seeded with.
func (k *talk) spoke(who, thread string) bool {
	for _, u := range k.said {
		if u.author == who && u.thread == thread && !u.ended && !u.gone && (u.note || u.released) {
			return true
		}
	}
	return thread == "gallery" && who != "owner" || thread == "project" && who == "leader"
}

// tell gathers for whom a mail is due.
func (k *talk) tell(u *utterance, mentioned string) {
	kind := map[bool]string{true: db.MailNotes, false: db.MailReplies}[u.note]
	for _, who := range append(append([]string{}, talkTeam...), talkClients...) {
		if who == u.author || !k.sees(who, u.thread) {
			continue
		}
		hears := who != "dora" && who != "quiet" // the one wants no mail, the other has never been here
		if isTeam(who) {
			hears = who != "member" || !u.note || who == mentioned || k.spoke(who, u.thread) // the others lead the project
		}
		if !hears || !isTeam(who) && u.note {
			continue
		}
		of := [3]string{who, u.thread, kind}
		if k.mails[of] == nil {
			k.mails[of] = &mailing{due: k.now().Add(5 * time.Minute)}
		}
		k.mails[of].says = append(k.mails[of].says, u)
	}
}

// untell forgets what was deleted before it was told.
func (k *talk) untell(u *utterance) {
	for of, mail := range k.mails {
		for i, one := range mail.says {
			if one == u {
				mail.says = append(mail.says[:i:i], mail.says[i+1:]...)
				break
			}
		}
		if len(mail.says) == 0 {
			delete(k.mails, of)
		}
	}
}

// settle takes the mails that are due, and says what they tell to whom.
func (k *talk) settle() map[string]bool {
	told := map[string]bool{}
	for of, mail := range k.mails {
		if mail.due.After(k.now()) {
			continue
		}
		delete(k.mails, of)
		for _, u := range mail.says {
			if !u.ended && k.sees(of[0], of[1]) && !u.read[of[0]] && !k.watches[of[0]][of[1]] {
				told[k.people[of[0]].Email+" "+u.mark] = true
			}
		}
	}
	return told
}
