package db

// seedPortal has what issues the clients' pages: homes, meetings, posts, visits, what
// needs what, sizes, and a template with a client and a leader in it, who must not see it.
func (w *world) seedPortal() {
	now := At(w.Now())
	for task, needs := range map[string]string{"home": "form", "form": "secret", "poster": "relic", "shelf": "home"} {
		w.sql("INSERT INTO task_need (task_id, needs_id) VALUES (?, ?)", w.id(task), w.id(needs))
	}
	for task, size := range map[string]string{"home": "L", "secret": "M", "poster": "S"} {
		w.sql("UPDATE task SET size = ? WHERE id = ?", size, w.id(task))
	}
	for name, company := range map[string]string{"home of all": "", "home of Acme": "Acme", "home of Acme before": "Acme", "home of Beta": "Beta"} {
		w.keep(name)(NewID(), nil)
		var owner any
		if company != "" {
			owner = w.id(company)
		}
		w.sql("INSERT INTO home (id, company_id, is_now, made_by, made_at) VALUES (?, ?, ?, ?, ?)", w.id(name), owner, name != "home of Acme before", w.id("adam"), now)
		w.sql("INSERT INTO home_text (home_id, language, welcome) VALUES (?1, 'en', ?2), (?1, 'el', ?2)", w.id(name), "welcome on "+name)
		w.sql("INSERT INTO home_card (home_id, position, kind, url) VALUES (?1, 1, 'projects', ''), (?1, 2, 'own', 'https://example.test/')", w.id(name))
		w.sql("INSERT INTO home_card_text (home_id, position, language, label, text) VALUES (?, 2, 'en', ?, 'text')", w.id(name), "card on "+name)
		w.sql("INSERT INTO home_widget (home_id, position, name) VALUES (?1, 1, 'news'), (?1, 2, 'meetings')", w.id(name))
		w.sql("INSERT INTO home_kind (home_id, kind) VALUES (?, 'doing')", w.id(name))
	}
	for name, on := range map[string][2]string{"meeting with Acme": {"Acme", ""}, "meeting on site": {"", "site"}, "meeting on brand": {"", "brand"}, "meeting with Beta": {"Beta", ""}, "meeting inhouse": {"", "inhouse"}} {
		w.keep(name)(NewID(), nil)
		var company, project any
		if on[0] != "" {
			company = w.id(on[0])
		} else {
			project = w.id(on[1])
		}
		w.sql("INSERT INTO meeting (id, company_id, project_id, title, starts_at, minutes, url, created_by, created_at) VALUES (?, ?, ?, ?, '2026-06-02T09:00:00.000000Z', 30, 'https://meet.test/x', ?, ?)",
			w.id(name), company, project, name, w.id("adam"), now)
	}
	for name, project := range map[string]string{"post on site": "site", "post on beta": "beta", "post inhouse": "inhouse", "post on closed": "closed"} {
		w.keep(name)(NewID(), nil)
		w.sql("INSERT INTO status_update (id, project_id, author_id, body, at, total, done, doing, waits) VALUES (?, ?, ?, ?, ?, 3, 1, 1, 0)", w.id(name), w.id(project), w.id("lea"), name, now)
	}
	for _, who := range []string{"eleni", "otto"} {
		w.sql("INSERT INTO visit (person_id, began_at, last_at, before_at) VALUES (?, ?2, ?2, '2026-05-01T08:00:00.000000Z')", w.id(who), now)
	}
	w.project("mould", "adam", ProjectForm{Name: "Mould", Company: "Acme", Description: "How we begin"})
	w.join("mould", "adam", "eleni@acme.test", "", "client")
	w.task("mould", "adam", "first step", Todo, "shown")
	w.sql("INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?, ?, 'leader', ?)", w.id("mould"), w.id("lea"), now)
	w.sql("UPDATE project SET template = 1 WHERE id = ?", w.id("mould"))
}
