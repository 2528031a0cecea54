package db

import (
	"slices"
	"strings"
	"testing"
)

// Who may sign in: the team, clients without a company, and active contacts of an active one.
func TestWhoMaySignIn(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	var names []string
	for _, row := range w.rows("SELECT m.person_id FROM may_sign_in m") {
		names = append(names, w.names()[row])
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "adam bea duo eleni fake finn fred lea manu mark nikos nora odd olivia otto sly stan tess vic" {
		t.Error("may sign in:", got)
	}
}

// A feature is on where the narrowest scope that says something says so, and
// takes its rights with it when it is off.
func TestFeatures(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	on := func(view, scope, thing, name string) bool {
		return len(w.rows("SELECT 1 FROM feature_"+view+"_client WHERE "+scope+" = ? AND name = ?", w.id(thing), name)) == 1
	}
	set := func(scope string, id ID, name string, state int) {
		w.sql("INSERT INTO feature (scope, scope_id, name, is_on) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET is_on = excluded.is_on", scope, int64(id), name, state)
	}
	may := func(right string) bool {
		return len(w.rows("SELECT 1 FROM may_client WHERE viewer_id = ? AND project_id = ? AND right = ?", w.id("nikos"), w.id("site"), right)) == 1
	}
	for feature, right := range map[string]string{"billing": "billing", "budgets": "budgets", "requests": "request", "files": "upload", "colleagues": "company"} {
		if !on("company", "company_id", "Acme", feature) || !on("project", "project_id", "site", feature) || !may(right) {
			t.Fatal(feature, "is off")
		}
		set("workspace", 0, feature, 0)
		if on("company", "company_id", "Acme", feature) || on("project", "project_id", "site", feature) || may(right) {
			t.Error(feature, "stays on when the workspace switches it off")
		}
		set("company", w.id("Acme"), feature, 1)
		if !on("company", "company_id", "Acme", feature) || on("company", "company_id", "Beta", feature) || !on("project", "project_id", "site", feature) || !may(right) {
			t.Error(feature, "does not follow the company")
		}
		set("project", w.id("site"), feature, 0)
		if on("project", "project_id", "site", feature) || !on("project", "project_id", "brand", feature) || may(right) {
			t.Error(feature, "does not follow the project")
		}
	}
	set("workspace", 0, "decisions", 0)
	if !may("decide") {
		t.Error("decide ends although deliverables are on")
	}
	set("workspace", 0, "deliverables", 0)
	if may("decide") || !may("comment") {
		t.Error("decide without decisions and deliverables")
	}
}
