package team

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"vitrine/db"
	"vitrine/handlers/web"
)

// listed are the titles of the rows, in order.
func listed(a answer) []string {
	var titles []string
	for _, row := range find(a.page, "tr", "id", "*") {
		if strings.HasPrefix(attr(row, "id"), "task-") {
			titles = append(titles, textOf(find(row, "a", "href", "*")[0]))
		}
	}
	return titles
}

func TestFilters(t *testing.T) {
	w := newWorld(t)
	list := "/projects/" + w.project.String() + "/list"
	doing := ""
	var label db.ID
	w.look("leader", func(v *db.Viewer) error {
		columns, err := v.Columns(w.project)
		doing = columns[1].ID.String()
		labels, _ := v.ProjectLabels(w.project)
		label = labels[0].ID
		return err
	})
	for query, want := range map[string][]string{
		"?text=PRICE":              {"Shipping rules and prices", "Ask the host for a yearly price", "Check scope of wholesale price tiers"},
		"?text=shops":              {"Check scope of wholesale price tiers"}, // its title for the client
		"?column=" + doing:         {"Product page: gallery and sizes", "Check scope of wholesale price tiers"},
		"?column=x":                nil,
		"?seen=private":            {"Ask the host for a yearly price", "Check scope of wholesale price tiers"},
		"?seen=private&text=host":  {"Ask the host for a yearly price"},
		"?due=late":                {"Check scope of wholesale price tiers"},
		"?due=week":                {"Product page: gallery and sizes"},
		"?label=" + label.String(): {"Product page: gallery and sizes", "Check scope of wholesale price tiers"},
		"?person=" + w.people["eleni"].ID.String() + "&seen=shown": {"Product page: gallery and sizes"},
		"?person=nobody&column=" + doing:                           nil,
		"?priority=high&sort=title":                                {"Check scope of wholesale price tiers", "Product page: gallery and sizes"},
		"?page=2":                                                  nil,
	} {
		page := w.get("leader", list+query).is(http.StatusOK)
		if got := listed(page); !slices.Equal(got, want) {
			t.Errorf("%s finds %q", query, got)
		}
		if page.has("region-list") || !page.has("found") {
			t.Errorf("%s: a push would replace the filtered list", query)
		}
	}
	all := w.get("leader", list).is(http.StatusOK)
	if len(listed(all)) != 6 || !all.has("region-list") {
		t.Errorf("the list has %q", listed(all))
	}
	if sorted := listed(w.get("leader", list+"?sort=due")); sorted[0] != "Check scope of wholesale price tiers" || sorted[1] != "Product page: gallery and sizes" {
		t.Errorf("by date: %q", sorted)
	}
	for _, query := range []string{"?text=%ff%fe", "?page=-3&text=" + strings.Repeat("x", 900), "?page=99999999999999999999"} {
		w.get("leader", list+query).is(http.StatusOK)
	}
}

func TestFold(t *testing.T) {
	if web.Fold("Λόγος ΦΩΣ é") != web.Fold("λογοσ φωσ E") {
		t.Errorf("%q is not %q", web.Fold("Λόγος ΦΩΣ é"), web.Fold("λογοσ φωσ E"))
	}
}

// TestBulk: the ticked tasks go to the preview, or are made private at once.
func TestBulk(t *testing.T) {
	w := newWorld(t)
	project := "/projects/" + w.project.String()
	page := w.get("leader", project+"/list")
	form := page.id("bulk")
	if attr(form, "action") != project+"/publish" || attr(form, "method") != "get" {
		t.Error("ticked tasks are shown to the client without a look at them")
	}
	for _, box := range find(page.page, "input", "name", "task") {
		if attr(box, "form") != "bulk" || attr(box, "type") != "checkbox" {
			t.Error("a row's box belongs to no form")
		}
	}
	if len(find(page.page, "input", "name", "task")) != 6 {
		t.Error("not every row can be ticked")
	}
	hide := find(form, "button", "formaction", project+"/hide")[0]
	if attr(hide, "formmethod") != "post" {
		t.Error("making private is no post")
	}
	w.post("leader", project+"/hide", "task", w.tasks["gallery"].String(), "task", w.tasks["shipping"].String(), "back", "list").leads(project + "/list?said=hidden")
	if !w.stored("gallery").Private || !w.stored("shipping").Private || w.stored("launch").Private {
		t.Error("not exactly the ticked tasks are private")
	}
	w.post("leader", project+"/hide").is(http.StatusUnprocessableEntity)
	w.post("leader", project+"/hide", "task", w.tasks["launch"].String(), "task", w.tasks["foreign"].String()).is(http.StatusNotFound)
	if w.stored("launch").Private {
		t.Error("a refused form was taken by half")
	}
}
