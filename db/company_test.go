package db

import (
	"errors"
	"strings"
	"testing"
)

// sentence is the key of what refused a form, and its field.
func sentence(err error) string {
	var refused *Invalid
	if errors.As(err, &refused) {
		return refused.Field + " " + refused.Key
	}
	return ""
}

func TestCompanyForms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia := w.actor("olivia")
	for want, form := range map[string]CompanyForm{
		"name company.name-empty":           {Name: " \u202e\n"},
		"name text.long":                    {Name: strings.Repeat("ά", 1000)},
		"name company.name-taken":           {Name: "  aCME "},
		"vat_number company.vat-invalid":    {Name: "A", VATNumber: "EL 1\nBcc: x@evil.test"},
		"vat_number company.vat-invalid ":   {Name: "A", VATNumber: "letters only"},
		"vat_number company.vat-invalid  ":  {Name: "A", VATNumber: strings.Repeat("1", 21)},
		"currency company.currency-unknown": {Name: "A", Currency: "EURO"},
		"language language.unknown":         {Name: "A", Language: "de"},
		"address text.long":                 {Name: "A", Address: strings.Repeat("x", 501)},
		"notes text.broken":                 {Name: "A", Notes: "\xff"},
	} {
		if _, err := w.AddCompany(olivia, form); sentence(err) != strings.TrimRight(want, " ") {
			t.Errorf("%q: got %v", want, err)
		}
	}
	id, err := w.AddCompany(olivia, CompanyForm{Name: "Κεραμικά\r\nΥδρας\u202e", VATNumber: "el 123.456-789", Currency: "eur", Language: "el", Address: "Οδός 1\r\nΑθήνα"})
	w.must(err)
	if got := w.rows("SELECT name, vat_number, currency, address FROM company WHERE id = ?", id); got[0] != "Κεραμικά ΥδραςEL 123.456-789EURΟδός 1\nΑθήνα" {
		t.Errorf("stored as %q", got)
	}
	if _, err := w.AddCompany(olivia, CompanyForm{Name: "ΚΕΡΑΜΙΚΆ ΥΔΡΑΣ"}); sentence(err) != "name company.name-taken" {
		t.Error("the same name in capitals:", err)
	}
	for who, want := range map[string]error{"lea": ErrDenied, "stan": ErrNotFound, "dora": ErrNotFound, "nikos": ErrNotFound} {
		if _, err := w.AddCompany(w.actor(who), CompanyForm{Name: "X"}); !errors.Is(err, want) {
			t.Errorf("%s adds a company: %v", who, err)
		}
	}
}

// Two admins edit a company at once: the second one is told, and nothing is lost.
func TestCompanyConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme, form := w.id("Acme"), CompanyForm{Name: "Acme", Notes: "first", Version: 1}
	w.must(w.EditCompany(w.actor("olivia"), acme, form))
	form.Notes = "second"
	var conflict *Conflict
	if err := w.EditCompany(w.actor("adam"), acme, form); !errors.As(err, &conflict) || conflict.Theirs["notes"] != "first" || conflict.Version != 2 {
		t.Fatalf("%v %+v", err, conflict)
	}
	before := w.rows("SELECT id, client_version FROM project WHERE company_id = ? ORDER BY id", acme)
	form.Version = 2
	w.must(w.EditCompany(w.actor("adam"), acme, form))
	if after := w.rows("SELECT id, client_version FROM project WHERE company_id = ? ORDER BY id", acme); strings.Join(after, ",") != strings.Join(before, ",") {
		t.Error("notes woke the clients")
	}
	w.must(w.EditCompany(w.actor("adam"), acme, CompanyForm{Name: "Acme Works", Version: 3}))
	if after := w.rows("SELECT id, client_version FROM project WHERE company_id = ? ORDER BY id", acme); strings.Join(after, ",") == strings.Join(before, ",") {
		t.Error("the clients do not notice the new name")
	}
}

func (w *world) on(project, person string) bool {
	return len(w.rows("SELECT 1 FROM membership WHERE project_id = ? AND person_id = ?", w.id(project), w.id(person))) == 1
}

// Contacts join all projects: at once, as new contacts and on new projects; whoever
// was taken off one stays off.
func TestJoinsAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia, acme := w.actor("olivia"), w.id("Acme")
	w.must(w.SetJoinsAll(olivia, acme, true))
	if !w.on("brand", "vic") || !w.on("site", "bea") || !w.on("old", "nora") {
		t.Error("contacts have not joined")
	}
	if w.on("brand", "ingo") || w.on("brand", "fake") || w.on("beta", "vic") {
		t.Error("somebody joined who may not")
	}
	w.must(w.RemoveMember(olivia, w.id("brand"), w.id("vic")))
	added, err := w.AddContact(olivia, acme, ContactForm{Name: "New", Email: "new@acme.test"})
	w.must(err)
	w.ids["new"] = added.ID
	w.project("next", "olivia", ProjectForm{Name: "Next", Company: "acme"})
	if !w.on("site", "new") || !w.on("next", "vic") || !w.on("next", "new") || w.on("brand", "vic") {
		t.Error("new contact and new project:", w.on("site", "new"), w.on("next", "vic"), w.on("next", "new"), w.on("brand", "vic"))
	}
	w.must(w.EditProject(olivia, w.id("inhouse"), ProjectForm{Name: "Inhouse", Company: "Acme", Version: 1}))
	if !w.on("inhouse", "bea") {
		t.Error("a project moved to the company has none of its contacts")
	}
	w.must(w.SetJoinsAll(olivia, acme, false))
	w.project("last", "olivia", ProjectForm{Name: "Last", Company: "Acme"})
	if w.on("last", "vic") || !w.on("next", "vic") {
		t.Error("switched off")
	}
}

// A company that is put aside lets nobody in, and brings nothing back.
func TestCompanyPutAside(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia, acme := w.actor("olivia"), w.id("Acme")
	hers, duo := w.asked("eleni"), w.asked("duo") // duo belongs to another company too
	for _, status := range []string{CompanyInactive, CompanyActive} {
		w.must(w.SetCompanyStatus(olivia, acme, status))
		w.over(t, hers, status)
		if _, err := w.Login(duo.session); err != nil {
			t.Errorf("%s: duo is out: %v", status, err)
		}
	}
	if len(w.rows("SELECT 1 FROM visible_project WHERE viewer_id = ? AND project_id = ?", w.id("eleni"), w.id("site"))) != 1 {
		t.Error("an active company's contacts see their projects again")
	}
	if err := w.SetCompanyStatus(olivia, acme, "deleted"); sentence(err) != "status choice.unknown" {
		t.Error(err)
	}
}
