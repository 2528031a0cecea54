package db

import "strings"

// TaskFilter narrows a list of tasks: Project 0 and "" are all. State is "open" or a kind
// as clients read it, "doing" with what is in review. Text is looked for in titles, in
// any case and with or without accents.
type TaskFilter struct {
	Project     ID
	Mine, Late  bool
	State, Text string
	Today       Date
}

const listedTasks = 300

// FindTasks are tasks of the viewer's open projects, of one company or of all (0): soonest
// due first, what is done last. more is how many others there are.
func (g *Glass) FindTasks(company ID, f TaskFilter) (tasks []ClientTask, more int, err error) {
	list, err := all(g, clientTaskFields, `SELECT t.id, t.project_id, t.milestone_id, t.title, t.description, t.acceptance, t.priority, t.kind, t.label, t.starts_on, t.due_on, t.done_at, t.mine
		FROM client_task t JOIN client_project p ON p.id = t.project_id
		WHERE (?1 IS NULL OR p.company_id = ?1) AND (?2 IS NULL OR t.project_id = ?2) AND (?2 IS NOT NULL OR p.archived = 0) AND (NOT ?3 OR t.mine)
		  AND (NOT ?4 OR t.kind <> 'done' AND t.due_on < ?5)
		  AND (?6 = '' OR ?6 = 'open' AND t.kind <> 'done' OR ?6 = 'doing' AND t.kind IN ('doing', 'review') OR ?6 = t.kind)
		ORDER BY t.kind = 'done', CASE WHEN t.kind = 'done' THEN t.done_at END DESC, t.due_on IS NULL, t.due_on, t.title, t.id`,
		company, f.Project, f.Mine, f.Late, f.Today, f.State)
	if err != nil {
		return nil, 0, err
	}
	wanted := foldLine(strings.TrimSpace(f.Text))
	for _, task := range list {
		switch {
		case wanted != "" && !strings.Contains(foldLine(task.Title), wanted):
		case len(tasks) == listedTasks:
			more++
		default:
			tasks = append(tasks, task)
		}
	}
	return tasks, more, g.dress(tasks, ofProject, f.Project)
}

// Given are the open tasks that were given to the viewer, soonest due first: in projects
// of one company, or in all (0).
func (g *Glass) Given(company ID) ([]ClientTask, error) {
	return all(g, clientTaskFields, `SELECT t.id, t.project_id, t.milestone_id, t.title, t.description, t.acceptance, t.priority, t.kind, t.label, t.starts_on, t.due_on, t.done_at, t.mine
		FROM client_task t JOIN client_project p ON p.id = t.project_id AND p.archived = 0
		WHERE t.mine AND t.kind <> 'done' AND (?1 IS NULL OR p.company_id = ?1) ORDER BY t.due_on IS NULL, t.due_on, t.title, t.id`, company)
}

// LogFilter narrows a project's log. Of is "" for all, or one of LogKinds; From and To are
// the first and the last moment, zero for none; Before is the event after which to go on.
type LogFilter struct {
	Of       string
	From, To Time
	Before   ID
}

// LogKinds are what a log can be narrowed to.
var LogKinds = []string{"tasks", "dates", "replies", "decisions", "updates"}

// LogPage are at most limit events of a project's log, newest first; more says that there
// are older ones.
func (g *Glass) LogPage(project ID, f LogFilter, limit int) (events []ClientEvent, more bool, err error) {
	events, err = all(g, clientEventFields, "SELECT "+clientEventColumns+` FROM client_event WHERE project_id = ?1
		AND CASE ?2 WHEN '' THEN 1 WHEN 'tasks' THEN substr(kind, 1, 5) = 'task.' AND kind <> 'task.due' WHEN 'dates' THEN kind IN ('task.due', 'milestone.added', 'milestone.moved', 'milestone.reached', 'project.moved')
			WHEN 'replies' THEN kind = 'reply' WHEN 'decisions' THEN substr(kind, 1, 9) = 'decision.' OR substr(kind, 1, 12) = 'deliverable.' WHEN 'updates' THEN kind = 'update.posted' ELSE 0 END
		AND (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR at < ?4)
		AND (?5 IS NULL OR (at, id) < (SELECT b.at, b.id FROM client_event b WHERE b.id = ?5 AND b.project_id = ?1))
		ORDER BY at DESC, id DESC LIMIT ?6`, project, f.Of, f.From, f.To, f.Before, limit+1)
	if len(events) > limit {
		return events[:limit], true, err
	}
	return events, false, err
}
