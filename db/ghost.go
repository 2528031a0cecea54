package db

// Why a client does not see something that the team sees.
const (
	GhostPrivate  = "private"
	GhostImported = "imported" // it came with an import, and nobody has shown it yet
	GhostDraft    = "draft"    // nobody of the client was asked, or given it, yet
	GhostNote     = "note"
	GhostHeld     = "held"
	GhostStopped  = "stopped" // a reply that could not go out
	GhostOff      = "off"     // the feature is switched off there
	GhostRight    = "right"   // their role has no right to it
	GhostAbsent   = "absent"  // they are not on the project
)

// Ghost is what a client does not see and somebody of the team does. It is read with
// the eyes of the team alone, never through the glass.
type Ghost struct {
	ID       ID
	Why      string
	Text     string // its title, or its words
	Author   string
	At       Time // when it was written; of a held reply, when it goes out
	Number   int  // of a version, or how many
	ThreadID ID
}

func ghostFields(g *Ghost) []any {
	return []any{&g.ID, &g.Why, &g.Text, &g.Author, &g.At, &g.Number, &g.ThreadID}
}

// GhostTasks are the open tasks of a project that a client does not see, in board order.
func (v *Viewer) GhostTasks(project, client ID) ([]Ghost, error) {
	return all(v.source, ghostFields, `SELECT t.id, CASE WHEN t.private = 0 THEN 'right'
			WHEN t.source IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE e.task_id = t.id AND e.kind = '`+EventTaskHidden+`') THEN 'imported' ELSE 'private' END,
			t.title, '', NULL, 0, t.id
		FROM visible_task_team v JOIN task t ON t.id = v.task_id JOIN board_column c ON c.id = t.column_id
		WHERE v.viewer_id = ?1 AND t.project_id = ?2 AND t.archived_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM visible_task_client s WHERE s.viewer_id = ?3 AND s.task_id = t.id) ORDER BY c.position, c.id, t.position, t.id`, v.ID, project, client)
}

// GhostDecisions are the questions of a project that a client does not see; approvals
// belong to what is approved.
func (v *Viewer) GhostDecisions(project, client ID) ([]Ghost, error) {
	return all(v.source, ghostFields, `SELECT d.id, CASE WHEN d.shown_at IS NULL THEN 'draft' ELSE 'off' END, e.question, '', NULL, e.number, d.id
		FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id JOIN edition e ON e.decision_id = d.id AND e.number = d.edition
		WHERE v.viewer_id = ?1 AND d.project_id = ?2 AND d.kind <> 'approval'
		AND NOT EXISTS (SELECT 1 FROM visible_decision_client s WHERE s.viewer_id = ?3 AND s.decision_id = d.id) ORDER BY d.created_at DESC, d.id`, v.ID, project, client)
}

// GhostDeliverables are those of a project that a client does not see.
func (v *Viewer) GhostDeliverables(project, client ID) ([]Ghost, error) {
	return all(v.source, ghostFields, `SELECT d.id, CASE WHEN EXISTS (SELECT 1 FROM deliverable_version n WHERE n.deliverable_id = d.id AND n.delivered_at IS NOT NULL) THEN 'off' ELSE 'draft' END,
			d.name, '', NULL, 0, d.id
		FROM visible_deliverable_team v JOIN deliverable d ON d.id = v.deliverable_id
		WHERE v.viewer_id = ?1 AND d.project_id = ?2
		AND NOT EXISTS (SELECT 1 FROM visible_deliverable_client s WHERE s.viewer_id = ?3 AND s.deliverable_id = d.id) ORDER BY d.created_at, d.id`, v.ID, project, client)
}

// GhostVersions are the versions of a deliverable that were not handed over.
func (v *Viewer) GhostVersions(deliverable, client ID) ([]Ghost, error) {
	return all(v.source, ghostFields, `SELECT n.id, 'draft', n.note, '', NULL, n.number, n.deliverable_id
		FROM visible_deliverable_version_team v JOIN deliverable_version n ON n.id = v.version_id
		WHERE v.viewer_id = ?1 AND n.deliverable_id = ?2
		AND NOT EXISTS (SELECT 1 FROM visible_deliverable_version_client s WHERE s.viewer_id = ?3 AND s.version_id = n.id) ORDER BY n.number DESC`, v.ID, deliverable, client)
}

// GhostWords are the notes of a conversation and the replies in it that have not gone
// out, oldest first.
func (v *Viewer) GhostWords(thread ID) ([]Ghost, error) {
	notes, err := all(v.source, ghostFields, `SELECT n.id, CASE WHEN n.source IS NULL THEN 'note' ELSE 'imported' END, n.body, p.name, n.created_at, 0, n.thread_id
		FROM visible_note v JOIN note n ON n.id = v.note_id JOIN person p ON p.id = n.author_id
		WHERE v.viewer_id = ? AND n.thread_id = ? AND n.deleted_at IS NULL ORDER BY n.created_at, n.id`, v.ID, thread)
	if err != nil {
		return nil, err
	}
	held, err := all(v.source, ghostFields, `SELECT r.id, CASE WHEN r.stopped = 0 THEN 'held' ELSE 'stopped' END, r.body, p.name, r.held_until, 0, r.thread_id
		FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id JOIN person p ON p.id = r.author_id
		WHERE v.viewer_id = ? AND r.thread_id = ? AND r.released_at IS NULL AND r.deleted_at IS NULL ORDER BY r.created_at, r.id`, v.ID, thread)
	return append(notes, held...), err
}

// GhostThreads are the conversations of a project and of its milestones in which there
// are notes, with how many.
func (v *Viewer) GhostThreads(project ID) ([]Ghost, error) {
	return all(v.source, ghostFields, `SELECT h.id, 'note', coalesce(m.name, ''), '', NULL, count(*), h.id
		FROM visible_thread_team v JOIN thread h ON h.id = v.thread_id JOIN note n ON n.thread_id = h.id AND n.deleted_at IS NULL LEFT JOIN milestone m ON m.id = h.milestone_id
		WHERE v.viewer_id = ? AND h.project_id = ? AND h.noun IN ('project', 'milestone') GROUP BY h.id ORDER BY h.noun = 'milestone', m.position, h.id`, v.ID, project)
}

// GhostEvents counts what happened in a project for the team alone.
func (v *Viewer) GhostEvents(project ID) (int, error) {
	return value[int](v.source, `SELECT count(*) FROM visible_project_team v JOIN event e ON e.project_id = v.project_id AND e.audience <> 'client' WHERE v.viewer_id = ? AND v.project_id = ?`, v.ID, project)
}

// GhostFeatures are the features with pages of their own that are off on a project.
func (v *Viewer) GhostFeatures(project ID) ([]string, error) {
	return all(v.source, itself[string], `SELECT w.name FROM visible_project_team v JOIN feature w ON w.scope = 'workspace' AND w.name IN ('decisions', 'deliverables')
		WHERE v.viewer_id = ? AND v.project_id = ? AND NOT EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = v.project_id AND f.name = w.name) ORDER BY w.name`, v.ID, project)
}

// GhostProjects are the projects of a client's companies that the client does not see.
func (v *Viewer) GhostProjects(client ID) ([]Ghost, error) {
	return all(v.source, ghostFields, `SELECT pr.id, CASE WHEN EXISTS (SELECT 1 FROM membership m WHERE m.project_id = pr.id AND m.person_id = ?2) THEN 'right' ELSE 'absent' END, pr.name, cr.name, NULL, 0, pr.id
		FROM visible_project_team v JOIN project pr ON pr.id = v.project_id AND pr.template = 0 AND pr.archived_at IS NULL
		JOIN contact c ON c.company_id = pr.company_id AND c.person_id = ?2 AND c.active = 1 JOIN client_role cr ON cr.id = c.role_id
		WHERE v.viewer_id = ?1 AND NOT EXISTS (SELECT 1 FROM visible_project_client s WHERE s.viewer_id = ?2 AND s.project_id = pr.id) ORDER BY pr.name COLLATE NOCASE, pr.id`, v.ID, client)
}
