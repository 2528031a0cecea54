package db

// seedDeliverables hands things over: on site one in two versions with a third on its
// way, and one of which nothing was delivered; one on brand, one on the archived project.
func (w *world) seedDeliverables() {
	mark, site := w.actor("mark"), w.id("site")
	w.keep("guide")(w.AddDeliverable(mark, site, DeliverableForm{Name: "guide", Description: "How it looks", Milestone: w.id("launch").String(), Tasks: []string{w.id("home").String(), w.id("secret").String()}}))
	w.version("mark", "guide", "guide 1")
	w.deliver("mark", "guide", "guide 1", DeliverForm{Note: "The first one", Deciders: []string{w.id("eleni").String()}})
	w.version("lea", "guide", "guide 2")
	w.deliver("lea", "guide", "guide 2", DeliverForm{Note: "With colours", DueOn: "2026-06-05", Mode: "order", MustOpen: true, Deciders: []string{w.id("nikos").String(), w.id("eleni").String()}})
	w.version("mark", "guide", "guide 3")
	w.sql("UPDATE deliverable_version SET note = 'not yet' WHERE id = ?", w.id("guide 3"))
	w.must(w.OpenFile(w.actor("eleni"), w.id("file on guide 2")))
	w.keep("sitemap")(w.AddDeliverable(mark, site, DeliverableForm{Name: "sitemap", Description: "Nobody has seen it", Tasks: []string{w.id("home").String()}}))
	w.version("mark", "sitemap", "sitemap 1")

	w.keep("labels")(w.AddDeliverable(w.actor("tess"), w.id("brand"), DeliverableForm{Name: "labels", Tasks: []string{w.id("poster").String()}}))
	w.deliver("tess", "labels", "labels 1", DeliverForm{Note: "All of them", Deciders: []string{w.id("bea").String()}})

	w.keep("scroll")(NewID(), nil)
	w.sql("INSERT INTO deliverable (id, project_id, name, created_at) VALUES (?, ?, 'scroll', ?)", w.id("scroll"), w.id("old"), At(w.Now()))
}

// version prepares a version with a file; who has no bytes on the disk.
func (w *world) version(who, deliverable, name string) {
	w.t.Helper()
	w.keep(name)(w.PrepareVersion(w.actor(who), w.id(deliverable)))
	w.keep("file on "+name)(NewID(), nil)
	w.sql("INSERT INTO file (id, project_id, version_id, name, media_type, size, sha256, created_at) SELECT ?, d.project_id, ?, ?, 'image/png', 1, ?, ? FROM deliverable d WHERE d.id = ?",
		w.id("file on "+name), w.id(name), "file on "+name, "sha of "+name, At(w.Now()), w.id(deliverable))
}

// deliver hands a version over and keeps it and its approval.
func (w *world) deliver(who, deliverable, name string, form DeliverForm) {
	w.t.Helper()
	w.keep(name)(w.Deliver(w.actor(who), w.id(deliverable), form))
	w.must(w.read(func(r source) (err error) {
		w.ids["approval of "+name], err = value[ID](r, "SELECT id FROM decision WHERE version_id = ?", w.id(name))
		return err
	}))
}
