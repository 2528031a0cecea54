package db

// SetJoinsAll says whether a company's contacts join all its projects; owner and
// admins only. Switched on, its active contacts are put on the projects that they
// are not on yet; switched off, nobody is taken off.
func (s *Store) SetJoinsAll(actor Actor, company ID, on bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayEditCompany(actor, company); err != nil {
			return err
		}
		if err := tx.must("UPDATE company SET joins_all = ? WHERE id = ?", on, company); err != nil {
			return err
		}
		kind := map[bool]string{true: "company.joins-all", false: "company.joins-some"}[on]
		if err := tx.auditCompany(actor.ID, kind, company, 0, 0, ""); err != nil {
			return err
		}
		return tx.joinAll(actor.ID, company, 0, 0)
	})
}

// contactJoins puts a contact, who was added or accepted an invitation, on all
// projects of a company that is set to that: whom a client invited on those that
// this client (host, 0 for the team) is on. Whoever is taken off one later stays off.
func (tx *Tx) contactJoins(company, person, host ID) error {
	return tx.joinSome(0, company, 0, person, host)
}

// projectJoins puts the contacts on one project, which is new or came to the company.
func (tx *Tx) projectJoins(actor, company, project ID) error {
	if company == 0 {
		return nil
	}
	return tx.joinAll(actor, company, project, 0)
}

// joinAll puts the active contacts of a company on its projects, if it is set to
// that; project and person narrow it to one, 0 does not. A second time it changes
// nothing.
func (tx *Tx) joinAll(actor, company, project, person ID) error {
	return tx.joinSome(actor, company, project, person, 0)
}

// joinSome is joinAll for the projects that another client (host) is on, 0 for all.
func (tx *Tx) joinSome(actor, company, project, person, host ID) error {
	type joining struct {
		project, person ID
		name            string
	}
	missing, err := all(tx, func(j *joining) []any { return []any{&j.project, &j.person, &j.name} },
		`SELECT pr.id, p.id, p.name FROM company co JOIN project pr ON pr.company_id = co.id AND pr.template = 0 JOIN contact c ON c.company_id = co.id AND c.active = 1
		JOIN person p ON p.id = c.person_id AND p.side = 'client'
		WHERE co.id = ?1 AND co.joins_all = 1 AND (?2 IS NULL OR pr.id = ?2) AND (?3 IS NULL OR p.id = ?3)
		AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.project_id = pr.id AND m.person_id = p.id)
		AND (?4 IS NULL OR EXISTS (SELECT 1 FROM membership h WHERE h.project_id = pr.id AND h.person_id = ?4 AND h.role = 'client'))`, company, project, person, host)
	if err != nil || len(missing) == 0 {
		return err
	}
	which, id := projectsOf, company
	if project != 0 {
		which, id = "SELECT id FROM project WHERE id = ?", project
	}
	before, err := tx.shownWhere(which, id)
	if err != nil {
		return err
	}
	for _, j := range missing {
		if err := tx.run("INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?,?,'client',?)", j.project, j.person, tx.now); err != nil {
			return err
		}
		if err := tx.record(happened{project: j.project, actor: actor, kind: EventMemberAdded, internal: j.name}); err != nil {
			return err
		}
		if err := tx.auditCompany(actor, "member.added", company, j.person, j.project, Client); err != nil {
			return err
		}
	}
	return tx.touchShown(before)
}
