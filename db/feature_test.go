package db

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// rightsOf is what somebody may do at a project and at its company, by what the
// write statements join.
func (w *world) rightsOf(who, project, company string) string {
	return strings.Join(w.rows("SELECT right FROM may_client WHERE viewer_id = ? AND project_id = ? ORDER BY right", w.id(who), w.id(project)), " ") + " | " +
		strings.Join(w.rows("SELECT right FROM may_company_client WHERE viewer_id = ? AND company_id = ? ORDER BY right", w.id(who), w.id(company)), " ")
}

const allRights = "billing budgets comment company decide request upload"

// allBut leaves rights out.
func allBut(rights ...string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(allRights), func(r string) bool { return slices.Contains(rights, r) }), " ")
}

// Which rights need which feature. decide goes when both of its features are off.
var rightsNeed = map[string]string{"billing": "billing", "budgets": "budgets", "requests": "request", "files": "upload", "colleagues": "company",
	"decisions": "", "deliverables": "", "help": "", "registration": ""}

// Every feature at every scope: its right is gone where it is off and nowhere else,
// the glass names it no more, and a narrower switch decides.
func TestFeatureSwitchesRights(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	places := map[string]ID{ForWorkspace: 0, ForCompany: w.id("Acme"), ForProject: w.id("site")}
	if got := w.rightsOf("nikos", "site", "Acme"); got != allRights+" | "+allRights {
		t.Fatal(got)
	}
	for _, scope := range slices.Sorted(maps.Keys(places)) {
		back := map[bool]string{true: "on", false: "inherit"}[scope == ForWorkspace]
		for name, right := range rightsNeed {
			what := name + " off for the " + scope
			if !slices.Contains(featureScopes[scope], name) {
				if got := refusedBy(w.SetFeature(adam, scope, places[scope], name, "off")); got != "name feature.unknown" {
					t.Errorf("%s: %q", what, got)
				}
				continue
			}
			w.must(w.SetFeature(adam, scope, places[scope], name, "off"))
			project, company, elsewhere := allBut(right), allBut(right), allRights
			if scope == ForProject {
				company = allRights
			}
			if scope == ForWorkspace {
				elsewhere = allBut(right)
			}
			if got := w.rightsOf("nikos", "site", "Acme"); got != project+" | "+company {
				t.Errorf("%s: nikos may %s", what, got)
			}
			w.sql("UPDATE contact SET role_id = 2 WHERE person_id = ? AND company_id = ?", w.id("otto"), w.id("Beta"))
			if got := w.rightsOf("otto", "beta", "Beta"); got != elsewhere+" | "+elsewhere {
				t.Errorf("%s: otto may %s", what, got)
			}
			w.must(w.Glass(w.id("nikos"), func(g *Glass) error {
				every, err := g.Features()
				if err != nil {
					return err
				}
				here, err := g.ProjectFeatures(w.id("site"))
				if slices.Contains(here, name) || slices.Contains(every, name) != (scope == ForProject) {
					t.Errorf("%s: the glass says %v, on the project %v", what, every, here)
				}
				return err
			}))
			if scope == ForCompany && slices.Contains(featureScopes[ForProject], name) { // the narrower one decides
				w.must(w.SetFeature(adam, ForProject, w.id("site"), name, "on"))
				if got := w.rightsOf("nikos", "site", "Acme"); got != allRights+" | "+company {
					t.Errorf("%s, on for the project: %s", what, got)
				}
				w.must(w.SetFeature(adam, ForProject, w.id("site"), name, "inherit"))
			}
			w.must(w.SetFeature(adam, scope, places[scope], name, back)) // registration stays on: no right needs it
			if got := w.rightsOf("nikos", "site", "Acme"); got != allRights+" | "+allRights {
				t.Errorf("%s and back: %s", what, got)
			}
		}
		w.must(w.SetFeature(adam, scope, places[scope], "decisions", "off"))
		w.must(w.SetFeature(adam, scope, places[scope], "deliverables", "off"))
		if got := w.rightsOf("nikos", "site", "Acme"); !strings.HasPrefix(got, allBut("decide")+" |") {
			t.Errorf("without decisions and deliverables for the %s: %s", scope, got)
		}
		w.must(w.SetFeature(adam, scope, places[scope], "decisions", back))
		w.must(w.SetFeature(adam, scope, places[scope], "deliverables", back))
	}
}

func TestFeatureRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam, before := w.actor("adam"), w.digest()
	for who, want := range map[string]error{"lea": ErrDenied, "mark": ErrDenied, "dora": ErrNotFound, "eleni": ErrNotFound, "nikos": ErrNotFound} {
		by := w.actor(who)
		by.Role = Owner
		_, read := w.Features(by, ForProject, w.id("site"))
		if set := w.SetFeature(by, ForProject, w.id("site"), "files", "off"); read != want || set != want {
			t.Errorf("%s: %v %v", who, read, set)
		}
	}
	for _, c := range []struct {
		scope string
		id    ID
	}{{ForCompany, NewID()}, {ForCompany, 0}, {ForCompany, w.id("site")}, {ForProject, NewID()}, {ForProject, w.id("Acme")}, {ForProject, 0}, {ForWorkspace, w.id("site")}, {"", 0}, {"person", w.id("eleni")}} {
		_, read := w.Features(adam, c.scope, c.id)
		if set := w.SetFeature(adam, c.scope, c.id, "files", "off"); read != ErrNotFound || set != ErrNotFound {
			t.Errorf("%v: %v %v", c, read, set)
		}
	}
	for _, c := range [][3]string{{ForWorkspace, "files", "inherit"}, {ForWorkspace, "files", ""}, {ForProject, "files", "ON"}} {
		if got := refusedBy(w.SetFeature(adam, c[0], map[bool]ID{true: w.id("site")}[c[0] == ForProject], c[1], c[2])); got != "state choice.unknown" {
			t.Error(c, got)
		}
	}
	for _, name := range []string{"", "Files", "everything", strings.Repeat("a", 1000)} {
		if got := refusedBy(w.SetFeature(adam, ForWorkspace, 0, name, "off")); got != "name feature.unknown" {
			t.Error(name, got)
		}
	}
	w.unchanged(before, "a refused switch")

	w.must(w.SetFeature(adam, ForCompany, w.id("Acme"), "files", "off"))
	w.must(w.SetFeature(adam, ForProject, w.id("site"), "billing", "on"))
	found, err := w.Features(adam, ForProject, w.id("site"))
	w.must(err)
	var said []string
	for _, f := range found.Switches {
		said = append(said, fmt.Sprintf("%s %v %s/%s %v", f.Name, f.On, f.Set, f.From, f.Inherited))
	}
	if got := strings.Join(said, ", "); got != "decisions true /workspace true, deliverables true /workspace true, billing true on/project true, budgets true /workspace true, requests true /workspace true, files false /company false" ||
		found.Name != "Site" || found.CompanyName != "Acme" {
		t.Error(got, found)
	}
}

// A switch wakes the projects where it changes something, and no other.
func TestFeatureWakesWhomItConcerns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	watch := []string{"site", "brand", "old", "beta", "inhouse"}
	woken := func(change func() error) string {
		t.Helper()
		before := map[string][2]int64{}
		settings := w.space()
		for _, p := range watch {
			before[p] = w.versions(p)
		}
		w.must(change())
		var list []string
		for _, p := range watch {
			if now := w.versions(p); now[1] != before[p][1] {
				list = append(list, p)
			}
		}
		if w.space() != settings {
			list = append(list, "settings")
		}
		return strings.Join(list, " ")
	}
	set := func(scope, at, state string) func() error {
		return func() error { return w.SetFeature(adam, scope, w.ids[at], "files", state) }
	}
	for _, c := range []struct{ scope, at, state, want string }{
		{ForProject, "site", "on", ""},
		{ForProject, "site", "off", "site"},
		{ForCompany, "Acme", "off", "brand old"},
		{ForProject, "site", "inherit", ""},
		{ForCompany, "Acme", "inherit", "site brand old"},
		{ForWorkspace, "", "off", "site brand old beta inhouse settings"},
		{ForCompany, "Beta", "on", "beta"},
		{ForWorkspace, "", "on", "site brand old inhouse settings"},
	} {
		_, authority, err := w.Versions(nil)
		w.must(err)
		if got := woken(set(c.scope, c.at, c.state)); got != c.want {
			t.Errorf("%v woke %q", c, got)
		}
		if _, now, err := w.Versions(nil); err != nil || now == authority {
			t.Errorf("%v: open pages are not asked again (%v)", c, err)
		}
	}
}

// space is the version of the settings.
func (w *world) space() string {
	w.t.Helper()
	space, err := w.Workspace()
	w.must(err)
	return space.Version
}
