package db

import "time"

// How far somebody has come.
const (
	NotInvited        = "not-invited"
	InvitationSent    = "invited"
	InvitationOpened  = "opened"
	InvitationJoined  = "joined"
	InvitationExpired = "expired"
	InvitationChanged = "changed" // role, address or a project is not what was invited any more
	InvitationEnded   = "ended"
)

// InvitationState is the newest invitation of somebody, and whether they have
// joined, be it without any. Times that did not happen are zero.
type InvitationState struct {
	Joined, Invited, Opened, Expires, Ended Time
	Changed                                 bool
}

// At says how far they have come and since when, at a moment.
func (i InvitationState) At(now time.Time) (state string, since Time) {
	switch {
	case !i.Joined.IsZero():
		return InvitationJoined, i.Joined
	case i.Invited.IsZero():
		return NotInvited, Time{}
	case !i.Ended.IsZero():
		return InvitationEnded, i.Ended
	case i.Changed:
		return InvitationChanged, i.Invited
	case !now.Before(i.Expires.Time):
		return InvitationExpired, i.Expires
	case !i.Opened.IsZero():
		return InvitationOpened, i.Opened
	}
	return InvitationSent, i.Invited
}

const stateColumns = "p.joined_at, i.created_at, i.opened_at, i.expires_at, i.ended_at, i.id IS NOT NULL AND NOT (" + invitationStands + ")"

func stateFields(i *InvitationState) []any {
	return []any{&i.Joined, &i.Invited, &i.Opened, &i.Expires, &i.Ended, &i.Changed}
}

const newestInvitation = " ORDER BY l.created_at DESC, l.ended_at IS NOT NULL, l.id LIMIT 1)"

type stateLine struct {
	person ID
	InvitationState
}

func stateLineFields(l *stateLine) []any {
	return append([]any{&l.person}, stateFields(&l.InvitationState)...)
}

// InvitationStates are how far the contacts of a company have come, by person.
func (v *Viewer) InvitationStates(company ID) (map[ID]InvitationState, error) {
	lines, err := all(v.source, stateLineFields, "SELECT p.id, "+stateColumns+` FROM visible_contact_team v JOIN person p ON p.id = v.person_id
		LEFT JOIN invitation i ON i.id = (SELECT l.id FROM invitation l WHERE l.person_id = p.id AND l.company_id = v.company_id`+newestInvitation+`
		WHERE v.viewer_id = ? AND v.company_id = ?`, v.ID, company)
	return byPerson(lines), err
}

// RosterStates are the same for the people of a project: clients at its company,
// the team as such.
func (v *Viewer) RosterStates(project ID) (map[ID]InvitationState, error) {
	lines, err := all(v.source, stateLineFields, "SELECT p.id, "+stateColumns+` FROM visible_project_team v JOIN project pr ON pr.id = v.project_id
		JOIN membership m ON m.project_id = pr.id JOIN person p ON p.id = m.person_id
		LEFT JOIN invitation i ON i.id = (SELECT l.id FROM invitation l WHERE l.person_id = p.id AND l.company_id IS CASE WHEN m.role = 'client' THEN pr.company_id END`+newestInvitation+`
		WHERE v.viewer_id = ? AND v.project_id = ?`, v.ID, project)
	return byPerson(lines), err
}

func byPerson(lines []stateLine) map[ID]InvitationState {
	states := make(map[ID]InvitationState, len(lines))
	for _, l := range lines {
		states[l.person] = l.InvitationState
	}
	return states
}

// Invitee is a contact whom the viewer may invite.
type Invitee struct {
	Person
	CompanyID               ID
	Company, Role, RoleName string // Role is the role's key, "" for one of the workspace's own
	Open                    bool   // may sign in at this company
	Projects                []string
	InvitationState
}

// Invitee is one contact, with the projects of theirs that the viewer sees.
// ErrDenied when the viewer sees the contact and may not invite.
func (v *Viewer) Invitee(company, person ID) (Invitee, error) {
	may := false
	found, err := one(v.source, func(i *Invitee) []any {
		return append(append(personFields(&i.Person), &i.CompanyID, &i.Company, &i.Role, &i.RoleName, &i.Open, &may), stateFields(&i.InvitationState)...)
	}, "SELECT "+personColumns+`, co.id, co.name, coalesce(cr.key, ''), cr.name, c.active = 1 AND co.status = 'active' AND p.active = 1,
			EXISTS (SELECT 1 FROM may_invite m WHERE m.viewer_id = ?1 AND m.company_id = ?2 AND m.person_id = ?3), `+stateColumns+`
		FROM visible_contact_team v JOIN person p ON p.id = v.person_id JOIN company co ON co.id = v.company_id
		JOIN contact c ON c.company_id = co.id AND c.person_id = p.id JOIN client_role cr ON cr.id = c.role_id
		LEFT JOIN invitation i ON i.id = (SELECT l.id FROM invitation l WHERE l.person_id = p.id AND l.company_id = v.company_id`+newestInvitation+`
		WHERE v.viewer_id = ?1 AND v.company_id = ?2 AND v.person_id = ?3`, v.ID, company, person)
	if err == nil && !may {
		err = ErrDenied
	}
	if err != nil {
		return Invitee{}, err
	}
	found.Projects, err = all(v.source, itself[string], `SELECT pr.name FROM visible_project_team v JOIN project pr ON pr.id = v.project_id AND pr.company_id = ?
		JOIN membership m ON m.project_id = pr.id AND m.person_id = ? AND m.role = 'client' WHERE v.viewer_id = ? ORDER BY pr.name COLLATE NOCASE, pr.id`, company, person, v.ID)
	return found, err
}
