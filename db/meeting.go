package db

import (
	"strconv"
	"strings"
	"time"
)

// Meeting is one that the team keeps: with a company, or about one project.
type Meeting struct {
	ID, CompanyID, ProjectID ID
	Title                    string
	StartsAt                 Time
	Minutes                  int
	URL, Place               string
	With                     string // the company's name, or the project's
	Version                  int64  // 0 for clients
	May                      bool   // may be changed and deleted by who looks
}

// Ends is when it is over.
func (m Meeting) Ends() Time { return At(m.StartsAt.Add(time.Duration(m.Minutes) * time.Minute)) }

const (
	meetingColumns = "m.id, m.company_id, m.project_id, m.title, m.starts_at, m.minutes, m.url, m.place"
	longestMeeting = 24 * time.Hour
	meetingsAtOnce = 200
)

func meetingFields(m *Meeting) []any {
	return []any{&m.ID, &m.CompanyID, &m.ProjectID, &m.Title, &m.StartsAt, &m.Minutes, &m.URL, &m.Place, &m.With}
}

const clientMeetings = "SELECT " + meetingColumns + ", coalesce(p.name, '') FROM client_meeting m LEFT JOIN client_project p ON p.id = m.project_id"

// Meetings are those that are not over at a moment, the next one first: with one company
// and about its projects, or (0) all of the viewer's.
func (g *Glass) Meetings(company ID, now time.Time, limit int) ([]Meeting, error) {
	list, err := all(g, meetingFields, clientMeetings+` WHERE m.starts_at > ?1 AND (?2 IS NULL OR m.company_id = ?2 OR p.company_id = ?2) ORDER BY m.starts_at, m.id LIMIT ?3`,
		At(now.Add(-longestMeeting)), company, meetingsAtOnce)
	upcoming := list[:0]
	for _, m := range list {
		if m.Ends().After(now) && len(upcoming) < limit {
			upcoming = append(upcoming, m)
		}
	}
	return upcoming, err
}

// Meeting is one of the viewer's.
func (g *Glass) Meeting(id ID) (Meeting, error) {
	return one(g, meetingFields, clientMeetings+" WHERE m.id = ?", id)
}

const teamMeetings = "SELECT " + meetingColumns + `, coalesce(p.name, c.name, ''), m.version,
	CASE WHEN m.project_id IS NULL THEN EXISTS (SELECT 1 FROM person a WHERE a.id = v.viewer_id AND a.role IN ('owner', 'admin'))
	ELSE EXISTS (SELECT 1 FROM may_work w WHERE w.viewer_id = v.viewer_id AND w.project_id = m.project_id) END
	FROM visible_meeting_team v JOIN meeting m ON m.id = v.meeting_id LEFT JOIN project p ON p.id = m.project_id LEFT JOIN company c ON c.id = m.company_id`

func teamMeetingFields(m *Meeting) []any { return append(meetingFields(m), &m.Version, &m.May) }

// Meetings are those that are not long over at a moment, the next one first.
func (v *Viewer) Meetings(now time.Time) ([]Meeting, error) {
	return all(v.source, teamMeetingFields, teamMeetings+" WHERE v.viewer_id = ? AND m.starts_at > ? ORDER BY m.starts_at, m.id LIMIT ?", v.ID, At(now.Add(-longestMeeting)), meetingsAtOnce)
}

// Meeting is one of them.
func (v *Viewer) Meeting(id ID) (Meeting, error) {
	return one(v.source, teamMeetingFields, teamMeetings+" WHERE v.viewer_id = ? AND m.id = ?", v.ID, id)
}

// MeetingForm is a meeting as it is filled in. With is the id of a project or of a
// company; Day and Clock are in the writer's own time zone.
type MeetingForm struct {
	With, Title, Day, Clock, Minutes, URL, Place string
	Version                                      int64
}

// SetMeeting adds a meeting (id 0) or changes one. Whoever works on a project keeps its
// meetings, owner and admins those with a company.
func (s *Store) SetMeeting(actor Actor, id ID, form MeetingForm) (ID, error) {
	err := s.write(func(tx *Tx) error {
		var old Meeting
		if id != 0 {
			var err error
			if old, err = tx.ownMeeting(actor, id); err != nil {
				return err
			}
			if old.Version != form.Version {
				return &Conflict{Version: old.Version, Theirs: map[string]string{"title": old.Title}}
			}
		}
		m, err := tx.cleanMeeting(actor, form)
		if err != nil {
			return err
		}
		if id == 0 {
			id = NewID()
			err = tx.run("INSERT INTO meeting (id, company_id, project_id, title, starts_at, minutes, url, place, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
				id, m.CompanyID, m.ProjectID, m.Title, m.StartsAt, m.Minutes, m.URL, m.Place, actor.ID, tx.now)
		} else {
			err = tx.must("UPDATE meeting SET company_id = ?, project_id = ?, title = ?, starts_at = ?, minutes = ?, url = ?, place = ?, version = version + 1 WHERE id = ?",
				m.CompanyID, m.ProjectID, m.Title, m.StartsAt, m.Minutes, m.URL, m.Place, id)
		}
		if err != nil {
			return err
		}
		if err := tx.touchMeeting(old); err != nil {
			return err
		}
		return tx.touchMeeting(m)
	})
	return id, err
}

// DeleteMeeting takes one away.
func (s *Store) DeleteMeeting(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.ownMeeting(actor, id)
		if err != nil {
			return err
		}
		if err := tx.must("DELETE FROM meeting WHERE id = ?", id); err != nil {
			return err
		}
		return tx.touchMeeting(old)
	})
}

// touchMeeting raises the versions of the projects whose clients see a meeting.
func (tx *Tx) touchMeeting(m Meeting) error {
	return tx.run("UPDATE project SET team_version = team_version + 1, client_version = client_version + 1 WHERE id = ? OR company_id = ?", m.ProjectID, m.CompanyID)
}

func (tx *Tx) ownMeeting(actor Actor, id ID) (Meeting, error) {
	old, err := one(tx, func(m *Meeting) []any { return []any{&m.CompanyID, &m.ProjectID, &m.Title, &m.Version} },
		"SELECT company_id, project_id, title, version FROM meeting WHERE id = ?", id)
	if err != nil {
		return old, err
	}
	return old, tx.mayMeet(actor, old)
}

func (tx *Tx) mayMeet(actor Actor, m Meeting) error {
	if m.ProjectID != 0 {
		return tx.mayWork(actor, m.ProjectID)
	}
	return tx.mayEditCompany(actor, m.CompanyID)
}

func (tx *Tx) cleanMeeting(actor Actor, form MeetingForm) (m Meeting, err error) {
	with, err := ParseID(form.With)
	if err != nil {
		return m, invalid("with", "choice.unknown")
	}
	if m.ProjectID, err = value[ID](tx, "SELECT id FROM project WHERE id = ?", with); err == ErrNotFound {
		m.CompanyID, err = value[ID](tx, "SELECT id FROM company WHERE id = ?", with)
	}
	if err == nil {
		err = tx.mayMeet(actor, m)
	}
	if err == ErrNotFound || err == ErrDenied {
		return m, invalid("with", "choice.unknown")
	}
	if err != nil {
		return m, err
	}
	if m.Title, err = cleanLine("title", form.Title, 200); err != nil {
		return m, err
	}
	if m.Title == "" {
		return m, invalid("title", "meeting.title-empty")
	}
	if m.Place, err = cleanLine("place", form.Place, 200); err != nil {
		return m, err
	}
	if m.URL, err = cleanLine("url", form.URL, 500); err != nil {
		return m, err
	}
	if m.URL != "" && (!leadsSomewhere(m.URL) || strings.HasPrefix(m.URL, "/")) {
		return m, invalid("url", "meeting.url-invalid")
	}
	if m.Minutes, err = strconv.Atoi(form.Minutes); err != nil || m.Minutes < 1 || m.Minutes > 1440 {
		return m, invalid("minutes", "meeting.minutes-invalid")
	}
	if day, ok := ParseDate(form.Day); !ok || day == "" {
		return m, invalid("day", "date.invalid")
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", form.Day+" "+form.Clock, actor.Location())
	if err != nil {
		return m, invalid("clock", "meeting.clock-invalid")
	}
	m.StartsAt = At(at)
	return m, nil
}
