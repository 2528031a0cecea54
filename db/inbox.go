package db

import "regexp"

// Waiting is a thread in the team's inbox. Clients are those who wait, by name;
// Words is the last that they said. Mine says that the viewer leads the project,
// works on the task, or has said something there or was mentioned. AsideUntil is
// until when the viewer has put it aside for themselves.
type Waiting struct {
	Thread
	Project, Company       string
	Private                bool // the client does not see the task any more
	Clients, Words, HeldBy string
	Mine                   bool
	AsideUntil             Time
}

// The words of clients in a thread h that wait: those since it lies with the team.
const waitingWords = " FROM reply r JOIN person c ON c.id = r.author_id AND c.side = 'client' WHERE r.thread_id = h.id AND r.released_at >= h.since AND r.deleted_at IS NULL"

// isMine says of a thread h that the viewer v has to do with it.
const isMine = `(EXISTS (SELECT 1 FROM membership l WHERE l.project_id = h.project_id AND l.person_id = v.viewer_id AND l.role = 'leader')
	OR EXISTS (SELECT 1 FROM task_assignee a WHERE a.task_id = h.task_id AND a.person_id = v.viewer_id)
	OR EXISTS (SELECT 1 FROM reply r WHERE r.thread_id = h.id AND r.deleted_at IS NULL
		AND (r.author_id = v.viewer_id OR EXISTS (SELECT 1 FROM mention x WHERE x.reply_id = r.id AND x.person_id = v.viewer_id)))
	OR EXISTS (SELECT 1 FROM note n WHERE n.thread_id = h.id AND n.deleted_at IS NULL
		AND (n.author_id = v.viewer_id OR EXISTS (SELECT 1 FROM mention x WHERE x.note_id = n.id AND x.person_id = v.viewer_id))))`

// waits says of a thread h that it stands in the inbox: what was put aside for good does not.
const waits = " AND h.lies_with = 'team' AND p.archived_at IS NULL AND t.archived_at IS NULL"

// Inbox are the threads that lie with the team in the viewer's projects, the
// oldest promise first.
func (v *Viewer) Inbox() ([]Waiting, error) {
	list, err := all(v.source, func(w *Waiting) []any {
		return append(threadFields(&w.Thread), &w.Project, &w.Company, &w.Private, &w.Clients, &w.Words, &w.HeldBy, &w.Mine, &w.AsideUntil)
	}, "SELECT "+threadColumns+`, p.name, coalesce(co.name, ''), coalesce(t.private, 0),
		coalesce((SELECT group_concat(w.name, ', ') FROM (SELECT DISTINCT c.name`+waitingWords+` ORDER BY c.name) w), ''),
		coalesce((SELECT substr(r.body, 1, 600)`+waitingWords+` ORDER BY r.released_at DESC, r.id LIMIT 1), ''), `+heldBy+`, `+isMine+`,
		(SELECT z.until FROM snooze z WHERE z.thread_id = h.id AND z.person_id = v.viewer_id)`+threadJoins+`
		LEFT JOIN company co ON co.id = p.company_id
		WHERE v.viewer_id = ?`+waits+" ORDER BY h.due_at IS NULL, h.due_at, h.since, h.id", v.ID)
	for i := range list {
		list[i].Words = cutMention.ReplaceAllString(list[i].Words, "")
	}
	return list, err
}

// cutMention is the beginning of a mention at the end of words that were cut there.
var cutMention = regexp.MustCompile(`@(\{[0-9A-Za-z]{0,11})?$`)

// WaitsForMe is how many of them are the viewer's and not put aside, with the changes
// that clients proposed.
func (v *Viewer) WaitsForMe() (int, error) {
	proposed, err := v.proposedToMe()
	if err != nil {
		return 0, err
	}
	threads, err := value[int](v.source, "SELECT count(*)"+threadJoins+" WHERE v.viewer_id = ?"+waits+` AND `+isMine+`
		AND NOT EXISTS (SELECT 1 FROM snooze z WHERE z.thread_id = h.id AND z.person_id = v.viewer_id)`, v.ID)
	return threads + proposed, err
}

// WaitingByProject is how many threads wait in each project that has some.
func (v *Viewer) WaitingByProject() (map[ID]int, error) {
	type line struct {
		project ID
		count   int
	}
	lines, err := all(v.source, func(l *line) []any { return []any{&l.project, &l.count} },
		"SELECT h.project_id, count(*)"+threadJoins+" WHERE v.viewer_id = ?"+waits+" GROUP BY h.project_id", v.ID)
	counts := make(map[ID]int, len(lines))
	for _, l := range lines {
		counts[l.project] = l.count
	}
	return counts, err
}

// Heard is something that a client said, with where and who.
type Heard struct {
	Thread
	Project, Company, Client, Words string
	Reply                           ID
	At                              Time
	HandledBy                       string // who said that the thread needs no answer, "" for nobody
}

// Heard is what clients said in the viewer's projects, newest first, at most limit.
func (v *Viewer) Heard(limit int) ([]Heard, error) {
	list, err := all(v.source, func(l *Heard) []any {
		return append(threadFields(&l.Thread), &l.Project, &l.Company, &l.Client, &l.Words, &l.Reply, &l.At, &l.HandledBy)
	}, "SELECT "+threadColumns+`, p.name, coalesce(co.name, ''), c.name, substr(r.body, 1, 600), r.id, r.released_at,
			CASE WHEN h.lies_with = '' THEN coalesce((SELECT d.name FROM person d WHERE d.id = h.handled_by), '') ELSE '' END`+threadJoins+`
		JOIN reply r ON r.thread_id = h.id AND r.released_at IS NOT NULL AND r.deleted_at IS NULL
		JOIN person c ON c.id = r.author_id AND c.side = 'client' LEFT JOIN company co ON co.id = p.company_id
		WHERE v.viewer_id = ? ORDER BY r.released_at DESC, r.id LIMIT ?`, v.ID, limit)
	for i := range list {
		list[i].Words = cutMention.ReplaceAllString(list[i].Words, "")
	}
	return list, err
}

// TeamVersions are the counters of the viewer's projects, in the order of their ids.
func (v *Viewer) TeamVersions() (projects []ID, versions []int64, err error) {
	type line struct {
		project ID
		version int64
	}
	lines, err := all(v.source, func(l *line) []any { return []any{&l.project, &l.version} },
		"SELECT p.id, p.team_version FROM visible_project_team v JOIN project p ON p.id = v.project_id WHERE v.viewer_id = ? ORDER BY p.id", v.ID)
	for _, l := range lines {
		projects, versions = append(projects, l.project), append(versions, l.version)
	}
	return projects, versions, err
}
