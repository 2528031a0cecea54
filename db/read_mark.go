package db

// Read says who had a reply on screen, and when first.
type Read struct {
	ReplyID ID
	Name    string
	At      Time
}

func readFields(r *Read) []any { return []any{&r.ReplyID, &r.Name, &r.At} }

// MarkRead notes that somebody of the client had a thread on screen down to a
// reply: all of it by others that they see up to there. Looking through somebody
// counts for nobody. Only the team's pages tell of it, and of its own replies alone:
// nothing else is drawn anew.
func (s *Store) MarkRead(actor Actor, thread, newest ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		of, err := value[ID](tx, `SELECT r.project_id FROM visible_reply_client v JOIN reply r ON r.id = v.reply_id
			WHERE v.viewer_id = ? AND v.reply_id = ? AND r.thread_id = ?`, actor.ID, newest, thread)
		if err != nil {
			return err
		}
		if err := tx.run(`INSERT OR IGNORE INTO reply_read (reply_id, person_id, at)
			SELECT r.id, v.viewer_id, ?1 FROM visible_reply_client v JOIN reply r ON r.id = v.reply_id
			WHERE v.viewer_id = ?2 AND r.thread_id = ?3 AND r.author_id <> ?2 AND r.deleted_at IS NULL
				AND (r.released_at, r.id) <= (SELECT n.released_at, n.id FROM reply n WHERE n.id = ?4)`, tx.now, actor.ID, thread, newest); err != nil {
			return err
		}
		told, err := value[bool](tx, `SELECT EXISTS (SELECT 1 FROM reply r JOIN person a ON a.id = r.author_id AND a.side = 'team'
			JOIN reply_read m ON m.reply_id = r.id AND m.person_id = ?1 AND m.at = ?2 WHERE r.thread_id = ?3)`, actor.ID, tx.now, thread)
		if err != nil {
			return err
		}
		if told {
			return tx.touch(of, false)
		}
		tx.hush()
		return nil
	})
}

const readColumns = "m.reply_id, p.name, m.at"

// reads adds to replies of the team who has read them, with one query for a thread.
func (v *Viewer) reads(thread ID, said []Comment) error {
	list, err := all(v.source, readFields, "SELECT "+readColumns+` FROM visible_thread_team v JOIN reply r ON r.thread_id = v.thread_id
		JOIN person a ON a.id = r.author_id AND a.side = 'team' JOIN reply_read m ON m.reply_id = r.id JOIN person p ON p.id = m.person_id
		WHERE v.viewer_id = ? AND v.thread_id = ? ORDER BY m.at, p.id`, v.ID, thread)
	by := map[ID][]Read{}
	for _, read := range list {
		by[read.ReplyID] = append(by[read.ReplyID], read)
	}
	for i := range said {
		if !said[i].Note {
			said[i].ReadBy = by[said[i].ID]
		}
	}
	return err
}
