package team

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

func (w *world) columns() []db.Column {
	var columns []db.Column
	w.look("owner", func(v *db.Viewer) (err error) { columns, err = v.Columns(w.project); return err })
	return columns
}

func TestColumns(t *testing.T) {
	w := newWorld(t)
	settings := "/projects/" + w.project.String() + "/settings"
	at, saved := "/projects/"+w.project.String()+"/columns", settings+"?said=saved#columns"
	w.post("member", at, "name", "With the client", "kind", "review", "client_label", "Waiting for you").leads(saved)
	columns := w.columns()
	if len(columns) != 4 || columns[3].Name != "With the client" || columns[3].Kind != db.Review || columns[3].ClientLabel != "Waiting for you" {
		t.Fatalf("%+v", columns)
	}
	review := at + "/" + columns[3].ID.String()
	w.post("member", review+"/move", "to", "left").leads(saved)
	w.post("member", review, "name", "Review", "kind", "review", "client_label", "").leads(saved)
	if now := w.columns(); now[2].Name != "Review" || now[2].ClientLabel != "" || now[3].Kind != db.Done {
		t.Errorf("%+v", now)
	}
	w.post("member", review+"/move", "to", "right").leads(saved)
	if now := w.columns(); now[3].Name != "Review" {
		t.Errorf("%+v", now)
	}
	page := w.post("member", review, "name", " ", "kind", "review").is(http.StatusUnprocessableEntity)
	if !page.has("c-"+columns[3].ID.String()+"-name-error") || !page.has("columns") {
		t.Error("the refused form does not say what is wrong")
	}
	w.post("member", at, "name", strings.Repeat("x", 101), "kind", "todo").is(http.StatusUnprocessableEntity).id("c-new-name-error")
	w.post("member", review, "name", "x", "kind", "purple").is(http.StatusUnprocessableEntity)
	w.post("member", review+"/move", "to", "up").is(http.StatusUnprocessableEntity)
	w.post("leader", "/projects/"+w.project.String()+"/columns/"+db.NewID().String(), "name", "x", "kind", "todo").is(http.StatusNotFound)

	doing := columns[1].ID
	w.post("member", at+"/"+doing.String()+"/delete", "to", doing.String()).is(http.StatusUnprocessableEntity)
	w.post("member", at+"/"+doing.String()+"/delete", "to", columns[3].ID.String()).leads(saved)
	if task := w.stored("gallery"); task.ColumnID != columns[3].ID {
		t.Error("the tasks of a deleted column did not go where they should")
	}
	if len(w.columns()) != 3 {
		t.Error("the column is still there")
	}
}

// TestSwappedParents: a column, milestone or label of another project is not found
// under this one, even for who may work on both.
func TestSwappedParents(t *testing.T) {
	w := newWorld(t)
	column := w.columns()[0].ID.String()
	w.post("owner", "/projects/"+w.other.String()+"/columns/"+column, "name", "x", "kind", "todo").is(http.StatusNotFound)
	w.post("owner", "/projects/"+w.other.String()+"/columns/"+column+"/delete", "to", column).is(http.StatusNotFound)
	w.look("leader", func(v *db.Viewer) error {
		milestones, err := v.Milestones(w.project)
		column = milestones[0].ID.String()
		return err
	})
	w.post("owner", "/projects/"+w.other.String()+"/milestones/"+column+"/delete").is(http.StatusNotFound)
	w.post("owner", "/projects/"+w.other.String()+"/hide", "task", w.tasks["gallery"].String()).is(http.StatusNotFound)
	w.get("owner", "/projects/"+w.other.String()+"/publish?task="+w.tasks["scope"].String()).is(http.StatusNotFound)
	w.post("owner", "/projects/"+w.other.String()+"/members/"+w.people["eleni"].ID.String()+"/remove").is(http.StatusNotFound)
}

func TestEditProject(t *testing.T) {
	w := newWorld(t)
	settings := "/projects/" + w.project.String() + "/settings"
	page := w.get("leader", settings).is(http.StatusOK)
	form := page.form(settings)
	if value(form, "internal") != "They pay late." || len(find(form, "div", "class", "private")) != 1 {
		t.Error("the internal description is not marked")
	}
	fields := func(changed ...string) []string {
		pairs := []string{"version", value(form, "version"), "company", "Papadopoulos Ceramics", "status", "paused", "team_shown", "team", "new_tasks", "private", "starts_on", "2026-03-02"}
		return append(pairs, changed...)
	}
	w.post("leader", settings, fields("name", "Shop", "internal", "They pay.")...).leads(settings + "?said=saved")
	late := w.post("leader", settings, fields("name", "Store", "internal", "They never pay.")...).is(http.StatusConflict)
	if text := late.text(); !strings.Contains(text, "They pay.") || !strings.Contains(text, "They never pay.") || value(late.form(settings), "version") == value(form, "version") {
		t.Error("not both texts are shown, or the form is still too old")
	}
	w.post("leader", settings, append([]string{"version", "2"}, fields("name", " ")[2:]...)...).is(http.StatusUnprocessableEntity).id("name-error")
	var project db.Project
	w.look("leader", func(v *db.Viewer) (err error) { project, err = v.Project(w.project); return err })
	if project.Name != "Shop" || project.Internal != "They pay." || project.Status != "paused" || project.TeamShown != "team" || !project.NewTasksPrivate {
		t.Errorf("%+v", project)
	}
	w.post("member", settings, fields("name", "Mine")...).is(http.StatusForbidden)
	if w.get("member", settings).is(http.StatusOK).has("name") {
		t.Error("a member is offered the form of leaders")
	}
}

func TestLabels(t *testing.T) {
	w := newWorld(t)
	at, saved := "/projects/"+w.project.String()+"/labels", "/projects/"+w.project.String()+"/settings?said=saved#labels"
	labels := func() (list []db.Label) {
		w.look("owner", func(v *db.Viewer) (err error) { list, err = v.ProjectLabels(w.project); return err })
		return list
	}
	w.post("member", at, "name", "Aubergine", "color", "purple").leads(saved)
	first := labels()[0]
	if first.Name != "Aubergine" || first.ClientVisible {
		t.Errorf("%+v", first)
	}
	w.post("member", at+"/"+first.ID.String(), "name", "Aubergines", "color", "purple", "clients", "yes").leads(saved)
	if now := labels()[0]; now.Name != "Aubergines" || !now.ClientVisible {
		t.Errorf("%+v", now)
	}
	w.post("member", at, "name", "x", "color", "#fff").is(http.StatusUnprocessableEntity)
	w.post("member", at+"/"+first.ID.String(), "name", "", "color", "red").is(http.StatusUnprocessableEntity).id("l-" + first.ID.String() + "-name-error")
	w.post("member", at+"/"+first.ID.String()+"/delete").leads(saved)
	w.post("member", at+"/"+first.ID.String()+"/delete").is(http.StatusNotFound)
	w.post("owner", "/projects/"+w.other.String()+"/labels/"+labels()[0].ID.String(), "name", "x", "color", "red").is(http.StatusNotFound)
}

func TestMilestones(t *testing.T) {
	w := newWorld(t)
	at, saved := "/projects/"+w.project.String()+"/milestones", "/projects/"+w.project.String()+"/settings?said=saved#milestones"
	milestones := func() (list []db.Milestone) {
		w.look("owner", func(v *db.Viewer) (err error) { list, err = v.Milestones(w.project); return err })
		return list
	}
	w.post("member", at, "name", "Launch", "due_on", "2026-07-01").leads(saved)
	launch := milestones()[1]
	w.post("member", at+"/"+launch.ID.String(), "name", "Launch day", "due_on", "2026-07-02", "reached_on", "2026-07-03", "version", "1").leads(saved)
	if now := milestones()[1]; now.Name != "Launch day" || now.ReachedOn != "2026-07-03" {
		t.Errorf("%+v", now)
	}
	w.post("member", at+"/"+launch.ID.String(), "name", "Too late", "version", "1").is(http.StatusConflict)
	w.post("member", at+"/"+launch.ID.String(), "name", "Launch", "starts_on", "2026-08-01", "due_on", "2026-07-01", "version", "2").is(http.StatusUnprocessableEntity).id("m-" + launch.ID.String() + "-due-error")
	w.post("member", at, "name", "", "due_on", "2026-07-01").is(http.StatusUnprocessableEntity).id("m-new-name-error")
	w.post("member", at+"/"+launch.ID.String()+"/delete").leads(saved)
	if len(milestones()) != 1 {
		t.Error("the milestone is still there")
	}
}

func TestAddProject(t *testing.T) {
	w := newWorld(t)
	made := w.post("member", "/projects", "name", "Νέο κατάστημα", "company", "Papadopoulos Ceramics", "new_tasks", "private", "description", "Ένα νέο κατάστημα.")
	if made.is(http.StatusSeeOther); !strings.HasPrefix(made.header.Get("Location"), "/projects/") {
		t.Fatal("leads to", made.header.Get("Location"))
	}
	board := w.get("member", made.header.Get("Location")).is(http.StatusOK)
	if text := board.text(); !strings.Contains(text, "Προς υλοποίηση") || !strings.Contains(text, "Σε εξέλιξη") {
		t.Error("the columns are not named in their maker's language:", text)
	}
	if button := find(board.page, "button", "name", "shown")[0]; attr(button, "value") != "private" {
		t.Error("new tasks are not private")
	}
	page := w.post("member", "/projects", "name", " ", "description", "kept").is(http.StatusUnprocessableEntity)
	if !page.has("name-error") || value(page.form("/projects"), "description") != "kept" {
		t.Error("the refused form has lost something")
	}
	w.post("member", "/projects", "name", "x", "starts_on", "2026-02-30").is(http.StatusUnprocessableEntity).id("starts_on-error")
	list := w.get("leader", "/projects").is(http.StatusOK)
	if !list.has("project-"+w.project.String()) || list.has("project-"+w.other.String()) {
		t.Error("not exactly their projects are listed")
	}
}
