package db

import "time"

// PreviewLife is how long one look through a client lasts.
const PreviewLife = 60 * time.Minute

// Preview is a look through a client (View as).
type Preview struct {
	ID        ID
	Viewer    Person
	Company   string
	Check     ID   // the company at which the actor may invite the viewer, 0 for none
	Ghosts    bool // what the viewer does not see is outlined
	ExpiresAt Time
}

// Eyes is a client through whom somebody may look. Companies are those of the
// client that the actor sees too, joined by commas, "" for none.
type Eyes struct {
	Person
	Companies string
}

// Previewable lists the clients through whom the actor may look, by company and
// name: a leader those of the projects led, an admin all. project narrows it to one
// project, 0 does not.
func (s *Store) Previewable(actor Actor, project ID) ([]Eyes, error) {
	var list []Eyes
	err := s.read(func(r source) (err error) {
		list, err = all(r, func(e *Eyes) []any { return append(personFields(&e.Person), &e.Companies) }, "SELECT "+personColumns+`,
			coalesce((SELECT group_concat(name, ', ') FROM (SELECT co.name FROM contact c JOIN company co ON co.id = c.company_id AND co.status = 'active'
				JOIN visible_company_team seen ON seen.viewer_id = ?1 AND seen.company_id = co.id
				WHERE c.person_id = p.id AND c.active = 1 ORDER BY co.name COLLATE NOCASE, co.id)), '') AS companies
			FROM may_preview v JOIN person p ON p.id = v.person_id
			WHERE v.viewer_id = ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM visible_project_client c WHERE c.viewer_id = p.id AND c.project_id = ?2))
			ORDER BY companies = '', companies COLLATE NOCASE, p.name, p.id`, actor.ID, project)
		return err
	})
	return list, err
}

// StartPreview begins a look through a client and ends the session's earlier one: they do not nest.
func (s *Store) StartPreview(actor Actor, viewer ID) (token string, err error) {
	err = s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if err := tx.endPreviews(actor); err != nil {
			return err
		}
		token = newToken()
		if err := tx.must(`INSERT INTO preview (id, token_hash, session_id, actor_id, viewer_id, created_at, expires_at)
			SELECT ?, ?, ?, v.viewer_id, v.person_id, ?, ? FROM may_preview v WHERE v.viewer_id = ? AND v.person_id = ?`,
			NewID(), hashToken(token), actor.Session, tx.now, At(tx.now.Add(PreviewLife)), actor.ID, viewer); err != nil {
			return err
		}
		if err := tx.audit(actor.ID, "preview.started", viewer, 0, ""); err != nil {
			return err
		}
		return tx.touchAuthority() // pages of the earlier one may not stay
	})
	return token, err
}

// StopPreview ends the session's look through a client.
func (s *Store) StopPreview(actor Actor) error {
	return s.write(func(tx *Tx) error {
		if err := tx.endPreviews(actor); err != nil {
			return err
		}
		return tx.touchAuthority()
	})
}

func (tx *Tx) endPreviews(actor Actor) error {
	open, err := all(tx, itself[ID], "SELECT viewer_id FROM preview WHERE session_id = ? AND ended_at IS NULL", actor.Session)
	if err != nil {
		return err
	}
	for _, viewer := range open {
		if err := tx.audit(actor.ID, "preview.ended", viewer, 0, ""); err != nil {
			return err
		}
	}
	return tx.run("UPDATE preview SET ended_at = ? WHERE session_id = ? AND ended_at IS NULL", tx.now, actor.Session)
}

// Preview reads the look that a token stands for, anew on each request: it holds
// only for the session that began it, while it lasts and while the actor may look.
func (s *Store) Preview(actor Actor, token string) (Preview, error) {
	var found Preview
	err := s.read(func(r source) (err error) {
		found, err = one(r, func(v *Preview) []any {
			return append([]any{&v.ID, &v.ExpiresAt, &v.Company, &v.Check, &v.Ghosts}, personFields(&v.Viewer)...)
		},
			`SELECT w.id, w.expires_at, coalesce((SELECT co.name FROM contact c JOIN company co ON co.id = c.company_id AND co.status = 'active'
				WHERE c.person_id = p.id AND c.active = 1 ORDER BY co.name LIMIT 1), ''),
			(SELECT i.company_id FROM may_invite i JOIN company co ON co.id = i.company_id AND co.status = 'active'
				WHERE i.viewer_id = w.actor_id AND i.person_id = w.viewer_id ORDER BY co.name LIMIT 1), w.ghosts, `+personColumns+`
			FROM preview w JOIN may_preview m ON m.viewer_id = w.actor_id AND m.person_id = w.viewer_id JOIN person p ON p.id = w.viewer_id
			WHERE w.token_hash = ? AND w.session_id = ? AND w.actor_id = ? AND w.ended_at IS NULL AND w.expires_at > ?`,
			hashToken(token), actor.Session, actor.ID, At(s.Now()))
		return err
	})
	return found, err
}

// LooksThrough is the client through whom the session looks now, 0 for nobody.
func (s *Store) LooksThrough(actor Actor) (ID, error) {
	var viewer ID
	err := s.read(func(r source) (err error) {
		viewer, err = value[ID](r, `SELECT coalesce((SELECT w.viewer_id FROM preview w JOIN may_preview m ON m.viewer_id = w.actor_id AND m.person_id = w.viewer_id
			WHERE w.session_id = ? AND w.actor_id = ? AND w.ended_at IS NULL AND w.expires_at > ?), 0)`, actor.Session, actor.ID, At(s.Now()))
		return err
	})
	return viewer, err
}

// SetGhosts outlines in the session's look through a client what that client does
// not see, or does not. Without such a look it does nothing.
func (s *Store) SetGhosts(actor Actor, on bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		return tx.run("UPDATE preview SET ghosts = ? WHERE session_id = ? AND actor_id = ? AND ended_at IS NULL AND expires_at > ?", on, actor.Session, actor.ID, tx.now)
	})
}
