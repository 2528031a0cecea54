package db

import "sort"

// What a conversation can belong to. It has the id of that thing.
const (
	OnTask        = "task"
	OnMilestone   = "milestone"
	OnProject     = "project"
	OnDecision    = "decision"
	OnDeliverable = "deliverable"
	OnBudget      = "budget"
)

// Thread is the conversation about one thing, as the team reads it. LiesWith says
// whose turn it is to speak (Team, Client, "" nobody's) and Since when; until DueAt
// the team has promised to answer, and LateAt is set once that has passed.
type Thread struct {
	ID, ProjectID, TaskID, MilestoneID ID
	DecisionID, DeliverableID          ID
	Noun, Title                        string
	LiesWith                           string
	Since, DueAt, LateAt               Time
	MayReply, MayNote                  bool
	Hold                               int // for how many seconds a reply is held
}

const threadColumns = `h.id, h.project_id, h.task_id, h.milestone_id, h.decision_id, h.deliverable_id, h.noun, coalesce(t.title, m.name, q.question, l.name, b.name, p.name), h.lies_with, h.since, h.due_at, h.late_at,
	EXISTS (SELECT 1 FROM may_reply_team r WHERE r.viewer_id = v.viewer_id AND r.thread_id = h.id), EXISTS (SELECT 1 FROM may_note n WHERE n.viewer_id = v.viewer_id AND n.thread_id = h.id),
	coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'talk.hold'), 30)`

const threadJoins = ` FROM visible_thread_team v JOIN thread h ON h.id = v.thread_id JOIN project p ON p.id = h.project_id
	LEFT JOIN task t ON t.id = h.task_id LEFT JOIN milestone m ON m.id = h.milestone_id
	LEFT JOIN decision d ON d.id = h.decision_id LEFT JOIN edition q ON q.decision_id = d.id AND q.number = d.edition LEFT JOIN deliverable l ON l.id = h.deliverable_id LEFT JOIN budget b ON b.id = h.budget_id`

func threadFields(t *Thread) []any {
	return []any{&t.ID, &t.ProjectID, &t.TaskID, &t.MilestoneID, &t.DecisionID, &t.DeliverableID, &t.Noun, &t.Title, &t.LiesWith, &t.Since, &t.DueAt, &t.LateAt, &t.MayReply, &t.MayNote, &t.Hold}
}

// Thread is the conversation about a task, a milestone or a project.
func (v *Viewer) Thread(id ID) (Thread, error) {
	return one(v.source, threadFields, "SELECT "+threadColumns+threadJoins+" WHERE v.viewer_id = ? AND v.thread_id = ?", v.ID, id)
}

// ThreadLine is a conversation in a list: how many replies it has.
type ThreadLine struct {
	Thread
	Replies int
}

// Threads are a project's own conversation and those of its milestones; tasks have
// theirs on their pages.
func (v *Viewer) Threads(project ID) ([]ThreadLine, error) {
	return all(v.source, func(l *ThreadLine) []any { return append(threadFields(&l.Thread), &l.Replies) },
		"SELECT "+threadColumns+", (SELECT count(*) FROM reply r WHERE r.thread_id = h.id AND r.deleted_at IS NULL)"+threadJoins+
			" WHERE v.viewer_id = ? AND h.project_id = ? AND h.noun IN ('project', 'milestone') ORDER BY h.noun = 'milestone', m.position, h.id", v.ID, project)
}

// Comment is a reply, which clients see, or a note, which they never do. A reply of
// the team is Held until it is released; Stopped says that it could not be, and
// StoppedFor why. At is when it was released, or written.
type Comment struct {
	ID, ThreadID  ID
	Note          bool
	Body          string
	AuthorID      ID
	Author, Side  string
	At, EditedAt  Time
	DeletedAt     Time
	DeletedBy     string
	Avatar        ID // of the author, 0 without one
	QuoteID       ID // what it quotes, 0 when that is nothing or gone
	QuoteNote     bool
	Quote         *Quoted // the same, with its words
	Held, Stopped bool
	HeldUntil     Time
	StoppedFor    string
	Version       int64
	ReadBy        []Read // of a reply of the team, who of the client had it on screen
	Files         []File
}

func commentFields(c *Comment) []any {
	return []any{&c.ID, &c.ThreadID, &c.Note, &c.Body, &c.AuthorID, &c.Author, &c.Side, &c.At, &c.EditedAt, &c.DeletedAt, &c.DeletedBy, &c.Avatar,
		&c.QuoteID, &c.QuoteNote, &c.Held, &c.Stopped, &c.HeldUntil, &c.StoppedFor, &c.Version}
}

const (
	replyColumns = `r.id, r.thread_id, 0, CASE WHEN r.deleted_at IS NULL THEN r.body ELSE '' END, p.id, p.name, p.side, coalesce(r.released_at, r.created_at), r.edited_at, r.deleted_at,
		coalesce((SELECT d.name FROM person d WHERE d.id = r.deleted_by), ''), (SELECT a.id FROM avatar a WHERE a.person_id = p.id),
		(SELECT q.id FROM reply q WHERE q.id = r.quote_id AND q.deleted_at IS NULL), 0, r.released_at IS NULL AND r.deleted_at IS NULL, r.stopped, r.held_until, r.stopped_for, r.version`
	noteColumns = `n.id, n.thread_id, 1, CASE WHEN n.deleted_at IS NULL THEN n.body ELSE '' END, p.id, p.name, p.side, n.created_at, n.edited_at, n.deleted_at,
		coalesce((SELECT d.name FROM person d WHERE d.id = n.deleted_by), ''), (SELECT a.id FROM avatar a WHERE a.person_id = p.id),
		coalesce((SELECT q.id FROM reply q WHERE q.id = n.quote_reply_id AND q.deleted_at IS NULL), (SELECT q.id FROM note q WHERE q.id = n.quote_note_id AND q.deleted_at IS NULL)),
		n.quote_note_id IS NOT NULL, 0, 0, NULL, '', n.version`
	replyJoins = " FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id JOIN person p ON p.id = r.author_id"
	noteJoins  = " FROM visible_note v JOIN note n ON n.id = v.note_id JOIN person p ON p.id = n.author_id"
)

// Conversation is everything said in a thread, replies and notes, oldest first. A
// deleted comment keeps its place without its words.
func (v *Viewer) Conversation(thread ID) ([]Comment, error) {
	replies, err := all(v.source, commentFields, "SELECT "+replyColumns+replyJoins+" WHERE v.viewer_id = ? AND r.thread_id = ?", v.ID, thread)
	if err != nil {
		return nil, err
	}
	notes, err := all(v.source, commentFields, "SELECT "+noteColumns+noteJoins+" WHERE v.viewer_id = ? AND n.thread_id = ?", v.ID, thread)
	if err != nil {
		return nil, err
	}
	said := append(replies, notes...)
	sort.SliceStable(said, func(i, j int) bool {
		if !said[i].At.Equal(said[j].At.Time) {
			return said[i].At.Before(said[j].At.Time)
		}
		return said[i].ID < said[j].ID
	})
	quoting(said)
	if err := v.reads(thread, said); err != nil {
		return nil, err
	}
	return said, v.withFiles(thread, said)
}

// Readers are the client people who see a thread, by name: to whom a reply goes.
func (v *Viewer) Readers(thread ID) ([]Person, error) {
	return all(v.source, personFields, "SELECT "+personColumns+` FROM visible_thread_team v JOIN visible_thread_client c ON c.thread_id = v.thread_id JOIN person p ON p.id = c.viewer_id
		WHERE v.viewer_id = ? AND v.thread_id = ? ORDER BY p.name, p.id`, v.ID, thread)
}

// thread is what a write needs to know of a conversation.
type threadOf struct {
	ID, ProjectID, TaskID, MilestoneID ID
	DecisionID, DeliverableID          ID
	Noun                               string
}

func (tx *Tx) threadOf(id ID) (threadOf, error) {
	return one(tx, func(t *threadOf) []any {
		return []any{&t.ID, &t.ProjectID, &t.TaskID, &t.MilestoneID, &t.DecisionID, &t.DeliverableID, &t.Noun}
	},
		"SELECT id, project_id, task_id, milestone_id, decision_id, deliverable_id, noun FROM thread WHERE id = ?", id)
}

// said records that something was said, by its reply or note.
func (t threadOf) said(actor ID, kind string, clients bool) happened {
	h := happened{project: t.ProjectID, actor: actor, kind: kind, clients: clients, task: t.TaskID, milestone: t.MilestoneID, decision: t.DecisionID, deliverable: t.DeliverableID}
	if t.Noun == OnBudget {
		h.budget = t.ID
	}
	return h
}

// settle works out anew with whom a thread lies, after anything in it changed: with
// the side that has not spoken last, since the first word that waits, unless the
// team said that no answer is needed. What is held or deleted does not count. Who
// put the thread aside has it back once the client has spoken again.
func (tx *Tx) settle(thread ID) error {
	type turn struct {
		side                 string
		since, last, handled Time
	}
	now, err := one(tx, func(t *turn) []any { return []any{&t.side, &t.since, &t.last, &t.handled} },
		`WITH said AS (SELECT p.side, r.released_at AS at FROM reply r JOIN person p ON p.id = r.author_id WHERE r.thread_id = ?1 AND r.released_at IS NOT NULL AND r.deleted_at IS NULL),
			newest AS (SELECT side, at FROM said ORDER BY at DESC LIMIT 1)
		SELECT coalesce((SELECT side FROM newest), ''),
			(SELECT min(at) FROM said WHERE side = (SELECT side FROM newest) AND at > coalesce((SELECT max(at) FROM said WHERE side <> (SELECT side FROM newest)), '')),
			(SELECT at FROM newest), (SELECT handled_at FROM thread WHERE id = ?1)`, thread)
	if err != nil {
		return err
	}
	lies := map[string]string{Client: Team, Team: Client}[now.side]
	if lies == Team && !now.handled.IsZero() && !now.handled.Before(now.last.Time) {
		lies, now.since = "", Time{}
	}
	due := Time{}
	if lies == Team {
		if due, err = tx.promised(thread, now.since); err != nil {
			return err
		}
		if err = tx.run("DELETE FROM snooze WHERE thread_id = ? AND at < ?", thread, now.last); err != nil {
			return err
		}
	}
	changed, err := tx.exec(`UPDATE thread SET lies_with = ?2, since = ?3, due_at = ?4, late_at = iif(?4 <= ?5, ?4, NULL)
		WHERE id = ?1 AND (lies_with, since, due_at) IS NOT (?2, ?3, ?4)`, thread, lies, now.since, due, tx.now)
	if err != nil || changed == 0 {
		return err
	}
	if due.After(tx.now.Time) {
		if err := tx.enqueue(JobLate, thread, due); err != nil {
			return err
		}
	}
	return tx.touchThread(thread)
}

// promised is until when the team promises to answer what waits in a thread since then.
func (tx *Tx) promised(thread ID, since Time) (Time, error) {
	noun, err := value[string](tx, "SELECT noun FROM thread WHERE id = ?", thread)
	if err != nil {
		return Time{}, err
	}
	promise, err := tx.promises()
	if err != nil {
		return Time{}, err
	}
	return promise(noun, since), nil
}

// promises is the same for many: by what a thread belongs to, and since when it
// waits. Replies have one promise, on whatever they are.
func (tx *Tx) promises() (func(noun string, since Time) Time, error) {
	settings, err := tx.talk()
	return func(_ string, since Time) Time { return At(settings.Due(PromiseReply, since.Time)) }, err
}
