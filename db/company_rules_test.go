package db

import (
	"slices"
	"testing"

	"vitrine/db/importers"
)

// Whoever is on a project reads its company: so a member names only companies
// that they see. Of any other they read the same sentence, whatever it is.
func TestMembersNameTheirOwnCompanies(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, inhouse := w.actor("lea"), w.id("inhouse")
	w.sql("INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?, ?, 'leader', '') ON CONFLICT DO UPDATE SET role = 'leader'", inhouse, lea.ID)
	before, secret := w.digest(), "project.company-not-yours"
	for _, name := range []string{"Beta", " beta ", "Closed", w.id("Beta").String()} {
		_, err := w.AddProject(lea, ProjectForm{Name: "Peek", Company: name}, threeColumns)
		if w.key(err) != secret {
			t.Errorf("a new project for %q: %v", name, err)
		}
		if err := w.EditProject(lea, inhouse, ProjectForm{Name: "Peek", Company: name, Version: 1}); w.key(err) != secret {
			t.Errorf("a project given to %q: %v", name, err)
		}
		for _, target := range []ImportTarget{{ProjectName: "Peek", Company: name}, {Project: inhouse, Company: name}} {
			if _, err := w.Import(lea, target, &importers.Plan{Source: "trello", Name: "Peek"}, ImportOptions{}); w.key(err) != secret {
				t.Errorf("an import for %q: %v", name, err)
			}
		}
	}
	w.unchanged(before, "naming companies of others")
	names, err := w.Companies(lea)
	w.must(err)
	if !slices.Equal(names, []string{"Acme"}) {
		t.Error("lea is offered", names)
	}
	for name, actor := range map[string]Actor{"ACME": lea, "Brand new": lea, "Beta": w.actor("adam")} {
		if _, err := w.AddProject(actor, ProjectForm{Name: "Fine", Company: name}, threeColumns); err != nil {
			t.Errorf("%s names %q: %v", actor.Name, name, err)
		}
	}
}

// A project without a company gets one of its own name for its first client: not
// a second one of a name that there is.
func TestNoSecondCompanyOfAName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lea := w.actor("lea")
	project := w.keep("peek")(w.AddProject(lea, ProjectForm{Name: "BETA"}, threeColumns))
	before := w.digest()
	if _, err := w.AddMember(lea, project, "fox@acme.test", "", Client); w.key(err) != "member.company-taken" {
		t.Error(err)
	}
	w.unchanged(before, "a second company of a name")
}
