package db

// The two kinds of what people say, of drafts and of composers. A text never
// changes its kind by itself.
const (
	Reply = "reply"
	Note  = "note"
)

// Draft is what somebody has typed in a thread and not sent. Quote is what it
// quotes, 0 for nothing.
type Draft struct {
	ID, ThreadID ID
	Kind, Body   string
	Quote        ID
	QuoteNote    bool
}

func draftFields(d *Draft) []any {
	return []any{&d.ID, &d.ThreadID, &d.Kind, &d.Body, &d.Quote, &d.QuoteNote}
}

// Drafts are the viewer's own in a thread, by kind.
func (v *Viewer) Drafts(thread ID) (map[string]Draft, error) {
	list, err := all(v.source, draftFields, `SELECT d.id, d.thread_id, d.kind, d.body, coalesce(d.quote_reply_id, d.quote_note_id), d.quote_note_id IS NOT NULL
		FROM visible_draft_team v JOIN draft d ON d.id = v.draft_id WHERE v.viewer_id = ? AND d.thread_id = ?`, v.ID, thread)
	if err != nil {
		return nil, err
	}
	drafts := map[string]Draft{}
	for _, draft := range list {
		if draft.Body, err = v.typed(thread, draft.Body); err != nil {
			return nil, err
		}
		drafts[draft.Kind] = draft
	}
	return drafts, nil
}

// Draft is the viewer's own in a thread; without one it is empty.
func (g *Glass) Draft(thread ID) (Draft, error) {
	list, err := all(g, draftFields, "SELECT id, thread_id, 'reply', body, quote_id, 0 FROM client_draft WHERE thread_id = ?", thread)
	if err != nil || len(list) == 0 {
		return Draft{ThreadID: thread, Kind: Reply}, err
	}
	return list[0], nil
}

// sendDraft gives the files of a draft of one kind to the reply or note that was
// made of it, and ends the draft.
func (tx *Tx) sendDraft(person, thread ID, kind, made string, to ID) error {
	column := map[string]string{Reply: "reply_id", Note: "note_id"}[made]
	if err := tx.run("UPDATE file SET draft_id = NULL, "+column+" = ?1 WHERE draft_id = (SELECT id FROM draft WHERE person_id = ?2 AND thread_id = ?3 AND kind = ?4)", to, person, thread, kind); err != nil {
		return err
	}
	return tx.run("DELETE FROM draft WHERE person_id = ? AND thread_id = ? AND kind = ?", person, thread, kind)
}
