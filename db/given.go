package db

import "time"

// JobGiven looks every hour which clients are to be told of tasks that are theirs.
const JobGiven = "given"

// Mails about a task that was given to a client; its subject is the task. MailFinished tells the team that
// the client did it, About says who.
const (
	MailGiven    = "given"
	MailGivenDue = "given-due"
	MailFinished = "finished"
)

func init() {
	notifiedBy[MailGiven], notifiedBy[MailGivenDue], notifiedBy[MailFinished] = MailDecisions, MailDecisions, MailAnswers
}

// hearsGiven are the clients who have an open task, as they see it now, and hear of it by mail.
const hearsGiven = `FROM may_finish_client f JOIN task t ON t.id = f.task_id AND t.done_at IS NULL JOIN board_column c ON c.id = t.column_id AND c.kind <> 'done'
	JOIN may_sign_in i ON i.person_id = f.viewer_id JOIN person p ON p.id = f.viewer_id AND p.joined_at IS NOT NULL
	LEFT JOIN given_told g ON g.task_id = f.task_id AND g.person_id = f.viewer_id WHERE ` + wantsDecisions + ` AND `

// GivenDue tells clients of tasks that became theirs, and reminds them: on the last open day before it is
// due, or that day, and once after. It does so while the office is open, of one task at most once
// a day.
func (s *Store) GivenDue() error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		talk, err := tx.talk()
		if err != nil {
			return err
		}
		now := tx.now.In(talk.Office.Zone)
		from, to, open := talk.Office.hours(time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, talk.Office.Zone))
		if !open || now.Before(from) || !now.Before(to) {
			return nil
		}
		today, next := Date(now.Format(time.DateOnly)), Date(now.Format(time.DateOnly))
		if at, ok := talk.Office.openMorning(time.Date(now.Year(), now.Month(), now.Day()+1, 12, 0, 0, 0, talk.Office.Zone), 1, officeShut); ok {
			next = Date(at.Format(time.DateOnly))
		}
		begins := talk.Office.dayBegins(tx.now.Time)
		if err := tx.tellGiven(MailGivenDue, "g.at < ?1 AND t.due_on >= ?2 AND t.due_on <= ?3 AND g.before_due IS NOT t.due_on", "before_due", begins, today, next); err != nil {
			return err
		}
		if err := tx.tellGiven(MailGivenDue, "g.at < ?1 AND t.due_on < ?2 AND ?3 <> '' AND g.after_due IS NOT t.due_on", "after_due", begins, today, next); err != nil {
			return err
		}
		return tx.tellGiven(MailGiven, "g.at IS NULL AND ?1 <> '' AND ?2 <> '' AND ?3 <> ''", "", begins, today, next)
	})
}

// tellGiven writes a mail for each whom a condition picks, and keeps that they were told.
func (tx *Tx) tellGiven(kind, which, mark string, args ...any) error {
	type pair struct {
		person, task ID
		due          Date
	}
	pairs, err := all(tx, func(p *pair) []any { return []any{&p.person, &p.task, &p.due} }, "SELECT f.viewer_id, f.task_id, t.due_on "+hearsGiven+which+" ORDER BY f.viewer_id, t.due_on, f.task_id LIMIT 500", args...)
	if err != nil {
		return err
	}
	for _, p := range pairs { // each is a mail of its own
		if err := tx.post(kind, p.person, p.task, secret{}, newsLife); err != nil {
			return err
		}
		if err := tx.run("INSERT INTO given_told (task_id, person_id, at) VALUES (?,?,?) ON CONFLICT DO UPDATE SET at = excluded.at", p.task, p.person, tx.now); err != nil {
			return err
		}
		if mark == "" {
			continue
		}
		if err := tx.run("UPDATE given_told SET "+mark+" = ? WHERE task_id = ? AND person_id = ?", p.due, p.task, p.person); err != nil {
			return err
		}
	}
	return nil
}

// tellFinished tells those who lead a project that a client did a task.
func (tx *Tx) tellFinished(who string, task, project ID) error {
	people, err := all(tx, itself[ID], `SELECT p.id FROM membership l JOIN may_sign_in m ON m.person_id = l.person_id JOIN person p ON p.id = l.person_id AND p.side = 'team'
		WHERE l.project_id = ? AND l.role = 'leader' AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.kind = 'answers' AND n.mail = 0)`, project)
	if err != nil {
		return err
	}
	for _, person := range people { // the few who lead it
		if err := tx.post(MailFinished, person, task, secret{About: who}, newsLife); err != nil {
			return err
		}
	}
	return nil
}

// GivenNews is a task of which a mail tells, as its recipient may read it.
type GivenNews struct {
	Title, Project string
	ProjectID      ID
	Due            Date
}

// GivenTask reads it with the recipient's eyes. ErrNotFound says that nothing is left to say: it is not
// theirs any more, or is done; for the team, that it is not done after all.
func (s *Store) GivenTask(m Mail) (g GivenNews, err error) {
	if err := s.stillTold(m); err != nil {
		return g, err
	}
	if m.To.Side == Team {
		err = s.ViewOf(m.To.ID, func(v *Viewer) error {
			task, err := v.Task(m.Subject)
			if err != nil {
				return err
			}
			project, err := v.Project(task.ProjectID)
			if g = (GivenNews{task.Title, project.Name, project.ID, task.DueOn}); err == nil && task.DoneAt.IsZero() {
				err = ErrNotFound
			}
			return err
		})
		return g, err
	}
	err = s.Glass(m.To.ID, func(glass *Glass) error {
		task, err := glass.Task(m.Subject)
		if err != nil {
			return err
		}
		project, err := glass.Project(task.ProjectID)
		if g = (GivenNews{task.Title, project.Name, project.ID, task.DueOn}); err == nil && (!task.Mine || task.Kind == Done || project.Archived) {
			err = ErrNotFound
		}
		return err
	})
	return g, err
}
