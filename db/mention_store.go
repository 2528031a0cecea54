package db

// Mentionables are those whom the viewer may mention in what they write there, by
// name: who can see that very comment. A note is seen by the team on the project, a
// reply by the clients who read the thread as well.
func (v *Viewer) Mentionables(thread ID, kind string) ([]Mentionable, error) {
	return all(v.source, mentionableFields, `SELECT p.id, p.name FROM visible_thread_team v JOIN thread h ON h.id = v.thread_id JOIN membership m ON m.project_id = h.project_id
			JOIN visible_project_team o ON o.viewer_id = m.person_id AND o.project_id = m.project_id JOIN person p ON p.id = o.viewer_id WHERE v.viewer_id = ?1 AND v.thread_id = ?2
		UNION SELECT p.id, p.name FROM visible_thread_team v JOIN visible_thread_client c ON c.thread_id = v.thread_id JOIN person p ON p.id = c.viewer_id
			WHERE v.viewer_id = ?1 AND v.thread_id = ?2 AND ?3 = 'reply' ORDER BY 2, 1`, v.ID, thread, kind)
}

func mentionableFields(m *Mentionable) []any { return []any{&m.ID, &m.Name} }

// mentionables are the same for a write; a client's are those whom the project shows
// them one by one, by the names that it shows.
func (tx *Tx) mentionables(actor Actor, thread ID, kind string) ([]Mentionable, error) {
	side, err := value[string](tx, "SELECT side FROM person WHERE id = ?", actor.ID)
	if err != nil {
		return nil, err
	}
	if side == Team {
		return (&Viewer{actor.Person, tx}).Mentionables(thread, kind)
	}
	return all(tx, mentionableFields, `SELECT DISTINCT n.shown_id, n.name FROM visible_thread_client v JOIN thread h ON h.id = v.thread_id
		JOIN visible_person_client o ON o.viewer_id = v.viewer_id AND o.project_id = h.project_id
		JOIN shown_person_client n ON n.project_id = o.project_id AND n.person_id = o.person_id AND n.shown_id IS NOT NULL
		WHERE v.viewer_id = ? AND v.thread_id = ? ORDER BY n.name, n.shown_id`, actor.ID, thread)
}

// withMentions makes the names in a text those of people who can see it.
func (tx *Tx) withMentions(actor Actor, thread ID, kind, text string) (stored string, mentioned []ID, err error) {
	people, err := tx.mentionables(actor, thread, kind)
	if err != nil {
		return "", nil, err
	}
	stored, mentioned = storeMentions(text, people)
	return stored, mentioned, nil
}

// keepMentions notes whom a reply or a note mentions, instead of whomever it did before.
func (tx *Tx) keepMentions(kind string, id ID, mentioned []ID) error {
	column := map[string]string{Reply: "reply_id", Note: "note_id"}[kind]
	if err := tx.run("DELETE FROM mention WHERE "+column+" = ?", id); err != nil || len(mentioned) == 0 {
		return err
	}
	args, rows := []any{id}, ""
	for i, person := range mentioned {
		if i > 0 {
			rows += ", "
		}
		rows += "(?, ?)"
		args = append(args, NewID(), person)
	}
	return tx.run("WITH comment (id) AS (VALUES (?)), new (id, person) AS (VALUES "+rows+") INSERT INTO mention (id, "+column+", person_id) SELECT new.id, comment.id, new.person FROM comment, new", args...)
}

// MentionNames are the names of those who are mentioned in threads, by their ids.
func (v *Viewer) MentionNames(threads []ID) (map[ID]string, error) {
	within, err := jsonIDs(threads)
	if err != nil {
		return nil, err
	}
	list, err := all(v.source, mentionableFields, `WITH within (id) AS (SELECT value FROM json_each(?2))
		SELECT p.id, p.name FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id JOIN mention m ON m.reply_id = r.id JOIN person p ON p.id = m.person_id WHERE v.viewer_id = ?1 AND r.thread_id IN (SELECT id FROM within)
		UNION SELECT p.id, p.name FROM visible_note v JOIN note n ON n.id = v.note_id JOIN mention m ON m.note_id = n.id JOIN person p ON p.id = m.person_id WHERE v.viewer_id = ?1 AND n.thread_id IN (SELECT id FROM within)`, v.ID, within)
	return namesByID(list), err
}

// MentionNames are the names that the project shows of those who are mentioned in a
// thread, by their ids; "" is somebody of a team that is shown as one.
func (g *Glass) MentionNames(thread ID) (map[ID]string, error) {
	list, err := all(g, mentionableFields, "SELECT person_id, name FROM client_mention WHERE thread_id = ?", thread)
	return namesByID(list), err
}

func namesByID(list []Mentionable) map[ID]string {
	names := make(map[ID]string, len(list))
	for _, person := range list {
		names[person.ID] = person.Name
	}
	return names
}

// typed is a stored text as somebody of the team would type it. Few texts need their
// names read: those that were taken back, and those that are edited.
func (v *Viewer) typed(thread ID, stored string) (string, error) {
	if len(mentionsIn(stored)) == 0 {
		return stored, nil
	}
	people, err := v.Mentionables(thread, Reply)
	return typedMentions(stored, namesByID(people)), err
}
