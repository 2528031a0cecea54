package db

// Trouble is what there is to know of why a contact cannot get in, or does not see
// what they should. It holds no secret: neither PINs nor links.
type Trouble struct {
	Person
	CompanyID              ID
	Company, CompanyStatus string
	ContactActive          bool
	SignsIn                bool // they may sign in
	Previews               bool // the actor may look through them
	JoinedAt               Time
	RoleID                 ID
	RoleKey, RoleName      string
	Silent                 Rights // on which nouns their role may not reply
	Rights                 []RoleRight
	Invitation             *Invited // the newest of this company, nil for none
	Mails                  []OutboxLine
	SignIns                SignIns
	Projects               []LinkedProject
}

// RoleRight is a right of a contact's role. On says that a feature which it needs
// is on at the company.
type RoleRight struct {
	Name string
	On   bool
}

// Invited is how an invitation fared. Changed says that the address or the role is
// another one today.
type Invited struct {
	Address                                               string
	SentAt, OpenedAt, AcceptedAt, EndedAt, ExpiresAt, now Time
	Changed                                               bool
}

// Expired says that nobody took it up in time.
func (i Invited) Expired() bool {
	return i.AcceptedAt.IsZero() && i.EndedAt.IsZero() && !i.now.Before(i.ExpiresAt.Time)
}

// SignIns are a contact's ways in of late: LastAt is their newest session, WrongPINs
// and WrongPasswords are tries of the last day for their address, whoever made them.
type SignIns struct {
	LastAt                           Time
	Sessions                         int // open ones
	WrongPINs, WrongPasswords, Mails int
}

// LinkOnly says that so many wrong PINs were tried that mails carry a link alone.
func (s SignIns) LinkOnly() bool { return s.WrongPINs >= guessesToLink }

// LinkedProject is a project of the contact's company that the actor sees.
type LinkedProject struct {
	ID             ID
	Name           string
	Archived       bool
	On             bool // the contact is on it
	Sees           bool
	Replies        bool // the contact may reply to something on it
	Leads          bool // the actor may put people on it
	Shown, Private int  // tasks
	RightsOff      int  // rights that the company's features leave and the project's take
	TeamShown      string
}

const troubleMails = 5

// Trouble gathers it for whoever may invite the contact: few questions, in one
// snapshot. ErrDenied for others of the team who see the contact.
func (s *Store) Trouble(actor Actor, company, person ID) (Trouble, error) {
	var t Trouble
	err := s.read(func(r source) (err error) {
		t, err = s.trouble(r, actor, company, person)
		return err
	})
	return t, err
}

func (s *Store) trouble(r source, actor Actor, company, person ID) (Trouble, error) {
	if actor.Preview != 0 {
		return Trouble{}, ErrNotFound
	}
	if err := invites(r, actor, company, person); err != nil {
		return Trouble{}, err
	}
	t, err := s.contactState(r, actor, company, person)
	if err != nil {
		return t, err
	}
	if t.Rights, err = all(r, func(i *RoleRight) []any { return []any{&i.Name, &i.On} }, `SELECT r.right,
			NOT EXISTS (SELECT 1 FROM feature_right n WHERE n.right = r.right)
			OR EXISTS (SELECT 1 FROM feature_right n JOIN feature_company_client f ON f.name = n.feature WHERE n.right = r.right AND f.company_id = ?)
		FROM client_role_right r WHERE r.role_id = ? ORDER BY r.right`, company, t.RoleID); err != nil {
		return t, err
	}
	if t.Invitation, err = s.invited(r, t); err != nil {
		return t, err
	}
	rows, err := all(r, mailFields, mailColumns+` WHERE o.person_id = ?1 OR (o.person_id IS NULL AND o.address <> '' AND o.address = ?2)
		ORDER BY o.id DESC LIMIT ?3`, person, t.Email, troubleMails)
	if err != nil {
		return t, err
	}
	for _, row := range rows {
		row.sealed = nil // what it carried is nobody's here
		t.Mails = append(t.Mails, s.outboxLine(row))
	}
	t.Projects, err = linkedProjects(r, actor, company, person)
	return t, err
}

func (s *Store) contactState(r source, actor Actor, company, person ID) (Trouble, error) {
	now := s.Now()
	return one(r, func(t *Trouble) []any {
		return append(personFields(&t.Person), &t.CompanyID, &t.Company, &t.CompanyStatus, &t.ContactActive, &t.JoinedAt, &t.RoleID, &t.RoleKey, &t.RoleName, &t.Silent,
			&t.SignsIn, &t.Previews, &t.SignIns.LastAt, &t.SignIns.Sessions, &t.SignIns.WrongPINs, &t.SignIns.WrongPasswords, &t.SignIns.Mails)
	}, "SELECT "+personColumns+`, co.id, co.name, co.status, c.active, p.joined_at, cr.id, coalesce(cr.key, ''), cr.name, `+roleSilent+`,
			EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = p.id),
			EXISTS (SELECT 1 FROM may_preview v WHERE v.viewer_id = ?1 AND v.person_id = ?3),
			(SELECT max(s.created_at) FROM session s WHERE s.person_id = p.id),
			(SELECT count(*) FROM session s WHERE s.person_id = p.id AND s.ended_at IS NULL AND s.last_used_at > ?4 AND s.created_at > ?5),
			(SELECT coalesce(sum(h.tries), 0) FROM challenge h WHERE h.address = p.email AND h.created_at > ?6),
			(SELECT count(*) FROM password_try w WHERE w.address = p.email AND w.at > ?6),
			(SELECT count(*) FROM challenge h WHERE h.address = p.email AND h.created_at > ?6)
		FROM contact c JOIN person p ON p.id = c.person_id JOIN company co ON co.id = c.company_id JOIN client_role cr ON cr.id = c.role_id
		WHERE c.company_id = ?2 AND c.person_id = ?3`,
		actor.ID, company, person, At(now.Add(-SessionIdle)), At(now.Add(-SessionLife)), At(now.Add(-guessWindow)))
}

func (s *Store) invited(r source, t Trouble) (*Invited, error) {
	list, err := all(r, func(i *Invited) []any {
		return []any{&i.Address, &i.SentAt, &i.OpenedAt, &i.AcceptedAt, &i.EndedAt, &i.ExpiresAt, &i.Changed}
	}, `SELECT address, created_at, opened_at, accepted_at, ended_at, expires_at, address <> ?2 OR role_id <> ?3 FROM invitation
		WHERE company_id = ?1 AND (person_id = ?4 OR address = ?2) ORDER BY created_at DESC, id DESC LIMIT 1`, t.CompanyID, t.Email, t.RoleID, t.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	list[0].now = At(s.Now())
	return &list[0], nil
}

func linkedProjects(r source, actor Actor, company, person ID) ([]LinkedProject, error) {
	return all(r, func(p *LinkedProject) []any {
		return []any{&p.ID, &p.Name, &p.Archived, &p.On, &p.Sees, &p.Replies, &p.Leads, &p.Shown, &p.Private, &p.RightsOff, &p.TeamShown}
	}, `SELECT pr.id, pr.name, pr.archived_at IS NOT NULL,
			EXISTS (SELECT 1 FROM membership m WHERE m.project_id = pr.id AND m.person_id = ?3 AND m.role = 'client'),
			EXISTS (SELECT 1 FROM visible_project_client s WHERE s.viewer_id = ?3 AND s.project_id = pr.id),
			EXISTS (SELECT 1 FROM may_reply_on_client r WHERE r.viewer_id = ?3 AND r.project_id = pr.id),
			EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = ?1 AND l.project_id = pr.id),
			(SELECT count(*) FROM task t WHERE t.project_id = pr.id AND t.archived_at IS NULL AND t.private = 0),
			(SELECT count(*) FROM task t WHERE t.project_id = pr.id AND t.archived_at IS NULL AND t.private = 1),
			(SELECT count(*) FROM contact c JOIN client_role_right r ON r.role_id = c.role_id WHERE c.company_id = ?2 AND c.person_id = ?3
				AND EXISTS (SELECT 1 FROM feature_right n JOIN feature_company_client f ON f.name = n.feature WHERE n.right = r.right AND f.company_id = ?2)
				AND NOT EXISTS (SELECT 1 FROM feature_right n JOIN feature_project_client f ON f.name = n.feature WHERE n.right = r.right AND f.project_id = pr.id)),
			pr.team_shown
		FROM visible_project_team v JOIN project pr ON pr.id = v.project_id
		WHERE v.viewer_id = ?1 AND pr.company_id = ?2 ORDER BY pr.archived_at IS NOT NULL, pr.name COLLATE NOCASE, pr.id`, actor.ID, company, person)
}
