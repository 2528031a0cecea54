package handlers

import (
	"regexp"
	"strconv"

	"vitrine/db"
)

// seedDeliverables hands over a deliverable in two versions, of which eleni has sent
// the first back and is asked to approve the second. A third is being prepared, another
// deliverable was never delivered, and a third one is of another company: canaries.
func (w *world) seedDeliverables() {
	w.parts["deliverable"] = w.deliverable(w.project, "Product page design", "How a piece is **shown**.", w.tasks["gallery"], w.tasks["private"])
	w.parts["version file 1"] = w.versionFile("deliverable", "page.txt", "One photo at a time.\nSizes in a list.\n")
	w.deliver("deliverable", "eleni", db.DeliverForm{Note: "One photo at a time.", DueOn: "2026-12-01"})
	w.ok(w.answersVersion("eleni", db.Changes, "Larger photos, please."))
	w.parts["version file 2"] = w.versionFile("deliverable", "page.txt", "Photos side by side.\nSizes in a list.\n")
	w.versionPicture("deliverable", "page.png")
	w.deliver("deliverable", "eleni", db.DeliverForm{Note: "Photos side by side.", MustOpen: true})
	w.parts["file version"] = w.parts["version file 2"]
	w.parts["file prepared"] = w.versionFile("deliverable", "CNRY-prepared-file.txt", "CNRY-prepared content")

	w.parts["draft deliverable"] = w.deliverable(w.project, "CNRY-undelivered", "CNRY-undelivered description")
	w.versionFile("draft deliverable", "CNRY-undelivered-file.txt", "CNRY-undelivered content")

	w.parts["foreign deliverable"] = w.deliverable(w.other, "CNRY-foreign-deliverable", "CNRY-foreign-deliverable")
	w.parts["file foreign version"] = w.versionFile("foreign deliverable", "CNRY-foreign-version.txt", "CNRY-foreign-version")
	w.deliver("foreign deliverable", "outsider", db.DeliverForm{Note: "CNRY-foreign-version"})
	w.versionFile("foreign deliverable", "CNRY-foreign-prepared.txt", "CNRY-foreign-prepared")
}

func (w *world) deliverable(project db.ID, name, text string, tasks ...db.ID) db.ID {
	form := db.DeliverableForm{Name: name, Description: text}
	for _, task := range tasks {
		form.Tasks = append(form.Tasks, task.String())
	}
	id, err := w.store.AddDeliverable(w.actor("owner"), project, form)
	w.ok(err)
	return id
}

// versionFile hangs a text on what is being prepared of a deliverable.
func (w *world) versionFile(part, name, content string) db.ID {
	w.t.Helper()
	ids, err := w.store.AddVersionFiles(w.actor("owner"), w.parts[part], []*db.Received{w.sent(name, content)})
	w.ok(err)
	return ids[0]
}

func (w *world) versionPicture(part, name string) {
	_, err := w.store.AddVersionFiles(w.actor("owner"), w.parts[part], []*db.Received{w.picture(name)})
	w.ok(err)
}

func (w *world) deliver(part, decider string, form db.DeliverForm) {
	w.t.Helper()
	form.Deciders, form.Mode = []string{w.people[decider].ID.String()}, db.AnyOne
	_, err := w.store.Deliver(w.actor("owner"), w.parts[part], form)
	w.ok(err)
}

// delivered is the deliverable as the team reads it, and its version by number: 0 is
// the newest.
func (w *world) delivered(part string, number int) (d db.Deliverable, version db.DeliverableVersion) {
	w.t.Helper()
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) (err error) { d, err = v.Deliverable(w.parts[part]); return err }))
	for _, one := range d.Versions {
		if one.Number == number || number == 0 && one.Newest {
			version = one
		}
	}
	return d, version
}

// answersVersion answers the newest version of the deliverable, signed in as somebody is.
func (w *world) answersVersion(name, outcome, comment string) error {
	actor, err := w.store.Login(w.as(name).cookies["session"])
	w.ok(err)
	d, version := w.delivered("deliverable", 0)
	_, err = w.store.Answer(actor, version.DecisionID, db.AnswerForm{Edition: 1, Shown: shownOf(d, version), Outcome: outcome, Comment: comment})
	return err
}

func shownOf(d db.Deliverable, version db.DeliverableVersion) string {
	return db.Shown{Version: version.SHA256, Deliverable: d.Name, Description: d.Description}.Hash()
}

// versionAnswer is the form with which a version is answered.
func (w *world) versionAnswer(part string, number int, outcome, comment string) []string {
	d, version := w.delivered(part, number)
	return []string{"version", strconv.Itoa(version.Number), "shown", shownOf(d, version), "outcome", outcome, "comment", comment}
}

var seenFiles = regexp.MustCompile(`name="seen" value="([^"]+)" form="deliver"`)

// delivering is the form with which the team delivers what the page shows now.
func (w *world) delivering(id db.ID, decider, note string) []string {
	page := w.as("owner").get("/deliverables/" + id.String())
	seen := seenFiles.FindStringSubmatch(page.body)
	if seen == nil {
		return []string{"note", note}
	}
	return []string{"seen", seen[1], "note", note, "mode", "any", "deciders", w.people[decider].ID.String()}
}
