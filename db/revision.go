package db

// Saying is a reply or a note with what its own pages need beside it.
type Saying struct {
	Comment
	ThreadID, ProjectID ID
	CreatedAt           Time
	May                 bool // something like it may be said there now
	Open                bool // the project is not archived
	Leads               bool // the viewer leads its project
}

func sayingFields(s *Saying) []any {
	return append(commentFields(&s.Comment), &s.ThreadID, &s.ProjectID, &s.CreatedAt, &s.May, &s.Open, &s.Leads)
}

const (
	sayingReply = `, r.thread_id, r.project_id, r.created_at,
		EXISTS (SELECT 1 FROM may_reply_team m WHERE m.viewer_id = v.viewer_id AND m.thread_id = r.thread_id),
		EXISTS (SELECT 1 FROM may_note o WHERE o.viewer_id = v.viewer_id AND o.thread_id = r.thread_id),
		EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = r.project_id)`
	sayingNote = `, n.thread_id, n.project_id, n.created_at,
		EXISTS (SELECT 1 FROM may_note m WHERE m.viewer_id = v.viewer_id AND m.thread_id = n.thread_id),
		EXISTS (SELECT 1 FROM may_note o WHERE o.viewer_id = v.viewer_id AND o.thread_id = n.thread_id),
		EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = n.project_id)`
)

// Reply is one of a thread that the viewer sees.
func (v *Viewer) Reply(id ID) (Saying, error) {
	said, err := one(v.source, sayingFields, "SELECT "+replyColumns+sayingReply+replyJoins+" WHERE v.viewer_id = ? AND v.reply_id = ?", v.ID, id)
	if err != nil {
		return said, err
	}
	said.Body, err = v.typed(said.ThreadID, said.Body)
	return said, err
}

// Note is one of a thread that the viewer sees.
func (v *Viewer) Note(id ID) (Saying, error) {
	said, err := one(v.source, sayingFields, "SELECT "+noteColumns+sayingNote+noteJoins+" WHERE v.viewer_id = ? AND v.note_id = ?", v.ID, id)
	if err != nil {
		return said, err
	}
	said.Body, err = v.typed(said.ThreadID, said.Body)
	return said, err
}

// Revision is what a reply or a note once said, who put that into words, and when.
type Revision struct {
	Body, By string
	At       Time
}

func revisionFields(r *Revision) []any { return []any{&r.Body, &r.By, &r.At} }

// ReplyRevisions are what a reply said, oldest first, up to what it says now.
func (v *Viewer) ReplyRevisions(id ID) ([]Revision, error) {
	said, err := v.Reply(id)
	if err != nil {
		return nil, err
	}
	old, err := all(v.source, revisionFields, `SELECT x.body, coalesce(p.name, ''), x.at FROM visible_reply_team v JOIN revision x ON x.reply_id = v.reply_id
		LEFT JOIN person p ON p.id = x.person_id WHERE v.viewer_id = ? AND v.reply_id = ? ORDER BY x.id`, v.ID, id)
	if err != nil {
		return nil, err
	}
	return v.versions(said, old)
}

// NoteRevisions is ReplyRevisions for a note.
func (v *Viewer) NoteRevisions(id ID) ([]Revision, error) {
	said, err := v.Note(id)
	if err != nil {
		return nil, err
	}
	old, err := all(v.source, revisionFields, `SELECT x.body, coalesce(p.name, ''), x.at FROM note n JOIN visible_thread_team v ON v.thread_id = n.thread_id
		JOIN revision x ON x.note_id = n.id LEFT JOIN person p ON p.id = x.person_id WHERE v.viewer_id = ? AND n.id = ? ORDER BY x.id`, v.ID, id)
	if err != nil {
		return nil, err
	}
	return v.versions(said, old)
}

// versions turns stored revisions round: a row holds the text that was replaced, and
// who replaced it when, which is who wrote the next one.
func (v *Viewer) versions(said Saying, old []Revision) ([]Revision, error) {
	people, err := v.Mentionables(said.ThreadID, Reply)
	names, list := namesByID(people), []Revision{{By: said.Author, At: said.CreatedAt}}
	for i, revision := range old {
		list[i].Body = typedMentions(revision.Body, names)
		list = append(list, Revision{By: revision.By, At: revision.At})
	}
	list[len(list)-1].Body = said.Body
	return list, err
}
