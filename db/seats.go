package db

// What the live hub asks: who may stay, and what has changed.

// Seat is a page that a viewer looks at, as far as rights go: a project, or all
// of the viewer's projects (0), of one company or of every one (0).
type Seat struct{ Viewer, Project, Company ID }

// Standing is where a viewer stands: everyone with the same Standing on the same
// page sees the same bytes.
type Standing struct {
	Side, Language, TimeZone string
	Company                  ID
	Replies                  string // the nouns in whose threads a client may reply
	Asks                     string // which decisions a client has to answer now, whether changes may be proposed, which tasks were given to them, and which budgets they see
	Bills                    string // on home pages: how many bills the viewer sees, and of how many something is owed; "" for none
	Projects                 []ID   // on home pages: all that the viewer sees, in order
}

type seatLine struct {
	viewer, project, company ID
	side, language, zone     string
	replies, asks            string
}

// Standings says where the viewers of seats stand, all in one snapshot. A seat
// that is missing has ended.
func (s *Store) Standings(viewers []ID) (map[Seat]Standing, error) {
	standings := map[Seat]Standing{}
	err := s.read(func(r source) error {
		list, err := jsonIDs(viewers)
		if err != nil {
			return err
		}
		if err := standAtCompanies(r, standings, list); err != nil {
			return err
		}
		lines, err := all(r, func(l *seatLine) []any {
			return []any{&l.viewer, &l.project, &l.side, &l.language, &l.zone, &l.company, &l.replies, &l.asks}
		}, `SELECT p.id, v.project_id, p.side, p.language, p.time_zone, pr.company_id,
			coalesce((SELECT group_concat(m.noun, ' ' ORDER BY m.noun) FROM may_reply_on_client m WHERE m.viewer_id = p.id AND m.project_id = pr.id), ''),
			coalesce((SELECT group_concat(a.decision_id, ' ' ORDER BY a.decision_id) FROM may_decide_client a JOIN decision d ON d.id = a.decision_id WHERE a.viewer_id = p.id AND d.project_id = pr.id), '') || iif(EXISTS (SELECT 1 FROM may_propose_client r WHERE r.viewer_id = p.id AND r.project_id = pr.id), '+', '')
				|| iif(p.side = 'client', '/', '') || coalesce((SELECT group_concat(f.task_id, ' ' ORDER BY f.task_id) FROM may_finish_client f JOIN task t ON t.id = f.task_id AND t.done_at IS NULL WHERE f.viewer_id = p.id AND t.project_id = pr.id), '')
				|| iif(p.side = 'client', '/', '') || coalesce((SELECT group_concat(x.budget_id, ' ' ORDER BY x.budget_id) FROM visible_budget_client x JOIN budget b ON b.id = x.budget_id WHERE x.viewer_id = p.id AND b.project_id = pr.id), '')
			FROM json_each(?) j JOIN may_sign_in i ON i.person_id = j.value JOIN person p ON p.id = i.person_id LEFT JOIN visible_project v ON v.viewer_id = p.id LEFT JOIN project pr ON pr.id = v.project_id
			ORDER BY p.id, v.project_id`, list)
		for _, line := range lines {
			base := Standing{Side: line.side, Language: line.language, TimeZone: line.zone}
			home := standings[Seat{line.viewer, 0, 0}]
			base.Projects, base.Asks = home.Projects, home.Asks
			if line.project != 0 {
				base.Projects = append(base.Projects, line.project)
				if line.side == Client {
					base.Asks += "|" + line.asks
				}
				standings[Seat{line.viewer, line.project, 0}] = Standing{line.side, line.language, line.zone, line.company, line.replies, line.asks, "", nil}
				seat := Seat{line.viewer, 0, line.company}
				if there, ok := standings[seat]; ok {
					there.Projects, there.Asks = append(there.Projects, line.project), there.Asks+"|"+line.asks
					standings[seat] = there
				}
			}
			standings[Seat{line.viewer, 0, 0}] = base
		}
		if err != nil {
			return err
		}
		return standByBills(r, standings, list)
	})
	return standings, err
}

// standByBills adds to home pages what their cards say of bills.
func standByBills(r source, standings map[Seat]Standing, viewers string) error {
	type line struct {
		viewer, company ID
		all, owed       int
	}
	lines, err := all(r, func(l *line) []any { return []any{&l.viewer, &l.company, &l.all, &l.owed} }, `SELECT v.viewer_id, i.company_id, count(*), sum(`+invoiceOwed+`) FROM json_each(?) j JOIN visible_invoice_client v ON v.viewer_id = j.value JOIN invoice i ON i.id = v.invoice_id
		GROUP BY 1, 2`, viewers)
	whole := map[ID]BillCount{}
	for _, l := range lines {
		whole[l.viewer] = BillCount{whole[l.viewer].All + l.all, whole[l.viewer].Owed + l.owed}
		seat := Seat{l.viewer, 0, l.company}
		if there, ok := standings[seat]; ok {
			there.Bills = BillCount{l.all, l.owed}.String()
			standings[seat] = there
		}
	}
	for viewer, count := range whole {
		if there, ok := standings[Seat{viewer, 0, 0}]; ok {
			there.Bills = count.String()
			standings[Seat{viewer, 0, 0}] = there
		}
	}
	return err
}

// standAtCompanies seats viewers on the home pages of their companies, for now
// without projects.
func standAtCompanies(r source, standings map[Seat]Standing, viewers string) error {
	lines, err := all(r, func(l *seatLine) []any { return []any{&l.viewer, &l.company, &l.side, &l.language, &l.zone} },
		`SELECT p.id, v.company_id, p.side, p.language, p.time_zone FROM json_each(?) j JOIN person p ON p.id = j.value JOIN visible_company_client v ON v.viewer_id = p.id`, viewers)
	for _, line := range lines {
		standings[Seat{line.viewer, 0, line.company}] = Standing{Side: line.side, Language: line.language, TimeZone: line.zone, Company: line.company}
	}
	return err
}

// Versions are the counters of projects (team, client), and the counter of authority.
func (s *Store) Versions(projects []ID) (map[ID][2]int64, int64, error) {
	versions := make(map[ID][2]int64, len(projects))
	var authority int64
	err := s.read(func(r source) error {
		list, err := jsonIDs(projects)
		if err != nil {
			return err
		}
		type line struct {
			id           ID
			team, client int64
		}
		lines, err := all(r, func(l *line) []any { return []any{&l.id, &l.team, &l.client} },
			"SELECT p.id, p.team_version, p.client_version + p.budget_version FROM json_each(?) j JOIN project p ON p.id = j.value", list)
		if err != nil {
			return err
		}
		for _, l := range lines {
			versions[l.id] = [2]int64{l.team, l.client}
		}
		settings, err := value[int64](r, "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'settings.version'")
		if err != nil {
			return err
		}
		versions[0] = [2]int64{settings, settings} // the workspace itself
		authority, err = value[int64](r, "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'authority'")
		return err
	})
	return versions, authority, err
}

// Alive says which sessions and previews still hold; a session that has to be
// confirmed first opens no live page.
func (s *Store) Alive(sessions, previews []ID) (map[ID]bool, error) {
	alive := map[ID]bool{}
	now := s.Now()
	err := s.read(func(r source) error {
		list, err := jsonIDs(sessions)
		if err != nil {
			return err
		}
		ids, err := all(r, itself[ID], "SELECT s.id FROM json_each(?) j JOIN session s ON s.id = j.value JOIN may_sign_in m ON m.person_id = s.person_id JOIN person p ON p.id = s.person_id WHERE NOT "+unconfirmed+" AND "+liveSession,
			list, At(now.Add(-SessionIdle)), At(now.Add(-SessionLife)))
		if err != nil {
			return err
		}
		if list, err = jsonIDs(previews); err != nil {
			return err
		}
		looks, err := all(r, itself[ID], `SELECT w.id FROM json_each(?) j JOIN preview w ON w.id = j.value JOIN may_preview m ON m.viewer_id = w.actor_id AND m.person_id = w.viewer_id
			WHERE w.ended_at IS NULL AND w.expires_at > ?`, list, At(now))
		for _, id := range append(ids, looks...) {
			alive[id] = true
		}
		return err
	})
	return alive, err
}
