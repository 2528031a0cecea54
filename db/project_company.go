package db

// companyByName finds a company or makes it; "" is none. Whoever is on a project
// reads its company, so a member names only companies that they see: of another
// one they learn that the name is taken and nothing else. The shell (0) names any.
func (tx *Tx) companyByName(actor ID, name string) (ID, error) {
	if name == "" {
		return 0, nil
	}
	id, err := companyNamed(tx, name)
	if err == ErrNotFound {
		id = NewID()
		return id, tx.run("INSERT INTO company (id, name, created_at) VALUES (?,?,?)", id, name, tx.now)
	}
	if err != nil || actor == 0 {
		return id, err
	}
	sees, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM visible_company_team WHERE viewer_id = ? AND company_id = ?)", actor, id)
	if err == nil && !sees {
		err = invalid("company", "project.company-not-yours")
	}
	return id, err
}

// noForeignWords refuses to give a project to a company (0: to none) while it tells
// by name of clients who are no contacts of that company: they keep their words, and
// what they were asked.
func (tx *Tx) noForeignWords(field string, project, company ID) error {
	foreign, err := value[bool](tx, `SELECT ?2 IS NOT NULL AND EXISTS (SELECT 1 FROM person p WHERE p.side = 'client'
		AND p.id IN (SELECT author_id FROM reply WHERE project_id = ?1 UNION SELECT actor_id FROM event WHERE project_id = ?1 AND audience = 'client'
			UNION SELECT x.person_id FROM decision d JOIN decider x ON x.decision_id = d.id WHERE d.project_id = ?1 AND d.shown_at IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.company_id = ?2 AND c.person_id = p.id))`, project, company)
	if err == nil && foreign {
		err = invalid(field, "project.company-has-words")
	}
	return err
}

// Companies are the names that the actor may give a project to, besides new ones.
func (s *Store) Companies(actor Actor) ([]string, error) {
	var names []string
	if actor.Side != Team {
		return nil, ErrNotFound
	}
	err := s.read(func(r source) (err error) {
		names, err = all(r, itself[string], "SELECT co.name FROM visible_company_team v JOIN company co ON co.id = v.company_id AND co.status = 'active' WHERE v.viewer_id = ? ORDER BY co.name COLLATE NOCASE", actor.ID)
		return err
	})
	return names, err
}
