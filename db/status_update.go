package db

import "time"

// StatusUpdate is a short post about a project, with what its figures said when it was
// posted, as clients see them. Shown to the team and to clients alike; Name "" of an
// author stands for "the team". EarlyOn and LateOn are the forecast's range, "" for none.
type StatusUpdate struct {
	ID, ProjectID, AuthorID   ID
	Author, Body              string
	At, EditedAt              Time
	Total, Done, Begun, Waits int
	EarlyOn, LateOn, EndsOn   Date
	NextName                  string // the next milestone
	NextDueOn                 Date
	Version                   int64 // 0 for clients
	May                       bool  // may be changed and deleted by who looks
}

const (
	maxUpdate          = 5000
	updateColumns      = "u.id, u.project_id, u.body, u.at, u.edited_at, u.total, u.done, u.doing, u.waits, u.early_on, u.late_on, u.ends_on, u.next_name, u.next_due_on"
	updatesAtOnce      = 200
	updateForClientsOf = "SELECT t.id, t.milestone_id, c.kind, t.done_at FROM task t JOIN board_column c ON c.id = t.column_id WHERE t.project_id = ?1 AND t.private = 0 AND t.archived_at IS NULL"
)

func updateFields(u *StatusUpdate) []any {
	return []any{&u.ID, &u.ProjectID, &u.Body, &u.At, &u.EditedAt, &u.Total, &u.Done, &u.Begun, &u.Waits, &u.EarlyOn, &u.LateOn, &u.EndsOn, &u.NextName, &u.NextDueOn, &u.AuthorID, &u.Author}
}

// Updates are a project's posts, newest first, at most limit.
func (g *Glass) Updates(project ID, limit int) ([]StatusUpdate, error) {
	return all(g, updateFields, "SELECT "+updateColumns+", u.author_id, coalesce(u.author, '') FROM client_status_update u WHERE u.project_id = ? ORDER BY u.at DESC, u.id DESC LIMIT ?", project, limit)
}

const teamUpdates = "SELECT " + updateColumns + `, u.author_id, coalesce(p.name, ''), u.version,
	EXISTS (SELECT 1 FROM may_work w WHERE w.viewer_id = v.viewer_id AND w.project_id = u.project_id)
	AND (u.author_id = v.viewer_id OR EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = u.project_id))
	FROM visible_status_update_team v JOIN status_update u ON u.id = v.status_update_id LEFT JOIN person p ON p.id = u.author_id`

func teamUpdateFields(u *StatusUpdate) []any { return append(updateFields(u), &u.Version, &u.May) }

// Updates are a project's posts, newest first.
func (v *Viewer) Updates(project ID) ([]StatusUpdate, error) {
	return all(v.source, teamUpdateFields, teamUpdates+" WHERE v.viewer_id = ? AND u.project_id = ? ORDER BY u.at DESC, u.id DESC LIMIT ?", v.ID, project, updatesAtOnce)
}

// Update is one of them.
func (v *Viewer) Update(id ID) (StatusUpdate, error) {
	return one(v.source, teamUpdateFields, teamUpdates+" WHERE v.viewer_id = ? AND u.id = ?", v.ID, id)
}

// PostUpdate posts about a project; its clients see it at once.
func (s *Store) PostUpdate(actor Actor, project ID, body string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		text, err := cleanUpdate(body)
		if err != nil {
			return err
		}
		u, err := tx.figures(project)
		if err != nil {
			return err
		}
		if err := tx.run(`INSERT INTO status_update (id, project_id, author_id, body, at, total, done, doing, waits, early_on, late_on, ends_on, next_name, next_due_on)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, id, project, actor.ID, text, tx.now, u.Total, u.Done, u.Begun, u.Waits, u.EarlyOn, u.LateOn, u.EndsOn, u.NextName, u.NextDueOn); err != nil {
			return err
		}
		return tx.record(happened{project: project, actor: actor.ID, kind: EventUpdate, clients: true})
	})
	return id, err
}

func cleanUpdate(body string) (string, error) {
	text, err := cleanText("body", body, maxUpdate)
	if err == nil && text == "" {
		err = invalid("body", "update.empty")
	}
	return text, err
}

// figures are those of a project at this moment, from what all of its clients see.
func (tx *Tx) figures(project ID) (u StatusUpdate, err error) {
	if u, err = one(tx, func(u *StatusUpdate) []any {
		return []any{&u.Total, &u.Done, &u.Begun, &u.Waits, &u.EndsOn, &u.NextName, &u.NextDueOn}
	}, `WITH seen AS (`+updateForClientsOf+`), next AS (SELECT name, due_on FROM milestone WHERE project_id = ?1 AND reached_on IS NULL ORDER BY due_on IS NULL, due_on, position LIMIT 1)
		SELECT count(*), coalesce(sum(kind = 'done'), 0), coalesce(sum(kind IN ('doing', 'review')), 0),
			(SELECT count(*) FROM decision d JOIN feature_project_client f ON f.project_id = d.project_id AND f.name = CASE d.kind WHEN 'approval' THEN 'deliverables' ELSE 'decisions' END
				WHERE d.project_id = ?1 AND d.state = 'asked' AND d.shown_at IS NOT NULL),
			(SELECT coalesce(p.ends_on, (SELECT max(due_on) FROM milestone m WHERE m.project_id = ?1)) FROM project p WHERE p.id = ?1),
			coalesce((SELECT name FROM next), ''), (SELECT due_on FROM next) FROM seen`, project); err != nil {
		return u, err
	}
	home, err := value[string](tx, "SELECT value FROM setting WHERE key = 'workspace.time_zone'")
	if err != nil {
		return u, err
	}
	zone := Person{TimeZone: home}.Location()
	times, err := all(tx, itself[Time], "SELECT done_at FROM ("+updateForClientsOf+") WHERE kind = 'done' AND done_at IS NOT NULL", project)
	days := make([]Date, len(times))
	for i, at := range times {
		days[i] = Date(at.UTC().In(zone).Format(time.DateOnly))
	}
	today := Date(tx.now.UTC().In(zone).Format(time.DateOnly))
	forecast := Foresee(today, weekly(today, days), u.Total-u.Done)
	u.EarlyOn, u.LateOn = forecast.Likely, forecast.Safe
	return u, err
}

// EditUpdate changes the words of a post; its figures stay. Its author may, and who
// leads the project.
func (s *Store) EditUpdate(actor Actor, id ID, body string, version int64) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.ownUpdate(actor, id)
		if err != nil {
			return err
		}
		if version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"body": old.Body}}
		}
		text, err := cleanUpdate(body)
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE status_update SET body = ?, edited_at = ?, version = version + 1 WHERE id = ?", text, tx.now, id); err != nil {
			return err
		}
		return tx.touch(old.ProjectID, true)
	})
}

// DeleteUpdate takes a post back everywhere.
func (s *Store) DeleteUpdate(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.ownUpdate(actor, id)
		if err != nil {
			return err
		}
		if err := tx.must("DELETE FROM status_update WHERE id = ?", id); err != nil {
			return err
		}
		return tx.touch(old.ProjectID, true)
	})
}

func (tx *Tx) ownUpdate(actor Actor, id ID) (StatusUpdate, error) {
	old, err := one(tx, func(u *StatusUpdate) []any { return []any{&u.ProjectID, &u.AuthorID, &u.Body, &u.Version} },
		"SELECT project_id, author_id, body, version FROM status_update WHERE id = ?", id)
	if err != nil {
		return old, err
	}
	if old.AuthorID == actor.ID {
		return old, tx.mayWork(actor, old.ProjectID)
	}
	return old, tx.mayLead(actor, old.ProjectID)
}
