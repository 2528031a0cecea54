package db

// SetAvatar gives the actor a picture, made anew by the caller from what was
// uploaded. Clients need the right "upload" at one of their companies: without
// it ErrNotFound. A new picture has a new id, and so a new address.
func (s *Store) SetAvatar(actor Actor, image []byte) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if err := tx.must(`INSERT INTO avatar (id, person_id, image, created_at)
			SELECT ?2, p.id, ?3, ?4 FROM person p WHERE p.id = ?1 AND p.active = 1
			AND (p.side = 'team' OR EXISTS (SELECT 1 FROM may_company_client m WHERE m.viewer_id = p.id AND m.right = 'upload'))
			ON CONFLICT (person_id) DO UPDATE SET id = excluded.id, image = excluded.image, created_at = excluded.created_at`,
			actor.ID, NewID(), image, tx.now); err != nil {
			return err
		}
		return tx.touchPictured(actor.ID)
	})
}

// RemoveAvatar takes it away; without one nothing happens.
func (s *Store) RemoveAvatar(actor Actor) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		removed, err := tx.exec("DELETE FROM avatar WHERE person_id = ?", actor.ID)
		if err != nil || removed == 0 {
			tx.hush()
			return err
		}
		return tx.touchPictured(actor.ID)
	})
}

// touchPictured raises the versions of the projects that show somebody: the
// clients' where these see the person as such and not as "the team".
func (tx *Tx) touchPictured(person ID) error {
	type place struct {
		project ID
		clients bool
	}
	places, err := all(tx, func(p *place) []any { return []any{&p.project, &p.clients} }, "SELECT n.project_id, n.shown_id IS NOT NULL AND "+toldClients+toldOf, person)
	if err != nil {
		return err
	}
	for _, p := range places {
		if err := tx.touch(p.project, p.clients); err != nil {
			return err
		}
	}
	return nil
}

// Avatar is a picture of a colleague, or of a contact whom the viewer may see.
func (v *Viewer) Avatar(id ID) ([]byte, error) {
	return value[[]byte](v.source, `SELECT a.image FROM avatar a JOIN person p ON p.id = a.person_id
		WHERE EXISTS (SELECT 1 FROM person me WHERE me.id = ?1 AND me.side = 'team' AND me.active = 1) AND a.id = ?2
		AND (p.side = 'team' OR EXISTS (SELECT 1 FROM visible_contact_team c WHERE c.viewer_id = ?1 AND c.person_id = p.id))`, v.ID, id)
}
