package db

// ClientThread is a conversation as clients see it: whose turn it is and since
// when, and until when the team promises to answer.
type ClientThread struct {
	ID, ProjectID, TaskID, MilestoneID ID
	DecisionID, DeliverableID          ID
	Noun, LiesWith                     string
	Since, DueAt                       Time
	Late                               bool // the promise has passed
	MayReply, MayUpload                bool
}

// Thread is the conversation about a task, a milestone or a project.
func (g *Glass) Thread(id ID) (ClientThread, error) {
	return one(g, clientThreadFields, "SELECT "+clientThreadColumns+" FROM client_thread t WHERE t.id = ?", id)
}

const clientThreadColumns = "t.id, t.project_id, t.task_id, t.milestone_id, t.decision_id, t.deliverable_id, t.noun, t.lies_with, t.since, t.due_at, t.late, t.may_reply, t.may_upload"

func clientThreadFields(t *ClientThread) []any {
	return []any{&t.ID, &t.ProjectID, &t.TaskID, &t.MilestoneID, &t.DecisionID, &t.DeliverableID, &t.Noun, &t.LiesWith, &t.Since, &t.DueAt, &t.Late, &t.MayReply, &t.MayUpload}
}

// ClientThreadLine is a conversation in a list: what it is about, "" for the whole
// project, and how many replies it has.
type ClientThreadLine struct {
	ClientThread
	Title   string
	Replies int
}

// Threads are a project's own conversation and those of its milestones.
func (g *Glass) Threads(project ID) ([]ClientThreadLine, error) {
	return all(g, func(l *ClientThreadLine) []any {
		return append(clientThreadFields(&l.ClientThread), &l.Title, &l.Replies)
	}, "SELECT "+clientThreadColumns+`, coalesce(m.name, ''), (SELECT count(*) FROM client_reply r WHERE r.thread_id = t.id AND r.deleted_at IS NULL)
		FROM client_thread t LEFT JOIN client_milestone m ON m.id = t.milestone_id
		WHERE t.project_id = ? AND t.noun IN ('project', 'milestone') ORDER BY t.noun = 'milestone', m.position, t.id`, project)
}

// ClientReply is something said in a thread. Of a deleted one the words are gone.
type ClientReply struct {
	ID, ThreadID, AuthorID  ID
	Side, Author, Body      string
	At, EditedAt, DeletedAt Time
	DeletedBy               string
	Avatar, QuoteID         ID
	Quote                   *Quoted // what it quotes, nil when that is nothing or gone
	Version                 int64
	Files                   []ClientFile
}

// Conversation is what was said in a thread, oldest first.
func (g *Glass) Conversation(thread ID) ([]ClientReply, error) {
	said, err := all(g, clientReplyFields, "SELECT "+clientReplyColumns+" FROM client_reply WHERE thread_id = ? ORDER BY at, id", thread)
	if err != nil {
		return nil, err
	}
	clientQuoting(said)
	return said, g.withFiles(thread, said)
}

// Reply is one of them, with its words as they were typed.
func (g *Glass) Reply(id ID) (ClientReply, error) {
	said, err := one(g, clientReplyFields, "SELECT "+clientReplyColumns+" FROM client_reply WHERE id = ?", id)
	if err != nil || len(mentionsIn(said.Body)) == 0 {
		return said, err
	}
	names, err := g.MentionNames(said.ThreadID)
	said.Body = typedMentions(said.Body, names)
	return said, err
}

const clientReplyColumns = "id, thread_id, author_id, side, author, body, at, edited_at, deleted_at, coalesce(deleted_by, ''), avatar_id, quote_id, version"

func clientReplyFields(r *ClientReply) []any {
	return []any{&r.ID, &r.ThreadID, &r.AuthorID, &r.Side, &r.Author, &r.Body, &r.At, &r.EditedAt, &r.DeletedAt, &r.DeletedBy, &r.Avatar, &r.QuoteID, &r.Version}
}
