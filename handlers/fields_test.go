package handlers

import (
	"html"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Every text field about people, whatever is typed into it: 422 and nothing is
// written, or it is kept in normal form without controls and shown as text.
func TestTextFieldsAboutPeople(t *testing.T) {
	w := newWorld(t)
	company := "/companies/" + w.parts["company"].String()
	for _, field := range []struct {
		who, path, name, column string
		form                    []string
	}{
		{"owner", "/companies", "name", "company.name", nil},
		{"owner", "/companies", "notes", "company.internal_notes", []string{"name", "Unique"}},
		{"owner", "/companies", "vat_number", "company.vat_number", []string{"name", "Unique"}},
		{"owner", company + "/contacts", "name", "person.name", []string{"email", "unique@known.example"}},
		{"owner", company + "/contacts", "phone", "person.phone", []string{"name", "N", "email", "unique@known.example"}},
		{"owner", "/people", "name", "person.name", []string{"email", "unique@known.example", "role", "member", "language", "en"}},
		{"owner", "/settings/roles", "name", "client_role.name", []string{"right", "projects"}},
		{"leader", "/projects/" + w.project.String() + "/members", "name", "person.name", []string{"email", "unique@known.example", "role", "client"}},
		{"boss", "/portal/company/invite", "name", "invitation.name", []string{"company", w.parts["company"].String(), "email", "unique@known.example", "role", roleViewer.String()}},
		{"eleni", "/portal/account/profile", "name", "person.name", []string{"language", "en", "time_zone", "UTC"}},
		{"eleni", "/portal/account/tokens", "name", "api_token.name", nil},
		{"member", "/account/profile", "title", "person.title", []string{"name", "Nikos", "language", "en", "time_zone", "UTC"}},
	} {
		for i, typed := range []string{strings.Repeat("ω", 1000), strings.Repeat("x", 70_000), "\u202eevil\u2066 " + string(rune('a'+len(field.path)%26)), "e\u0301le\u0301ni " + field.name, "a\x00b\x1b[31m\x7f" + field.name,
			"Name\r\nBcc: thief@evil.example", `<script>alert(1)</script>"'` + field.name, "\xff\xfe broken"} {
			form := append([]string{field.name, typed}, field.form...)
			for n := range form {
				form[n] = strings.NewReplacer("unique@", strings.ToLower(strings.ReplaceAll(field.column, ".", "")+string(rune('a'+i))+field.who)+"@", "Unique", "Unique "+field.name+string(rune('a'+i))).Replace(form[n])
			}
			before, rows := w.store.Generation(), w.rows("SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM company) + (SELECT count(*) FROM contact) + (SELECT count(*) FROM audit)")
			got := w.as(field.who).post(field.path, form...)
			if strings.Contains(got.body, "<script>alert(1)") || strings.Contains(got.header.Get("Location"), "\n") || got.header.Get("Bcc") != "" {
				t.Errorf("%s %s shows %q as it is", field.path, field.name, typed)
			}
			if got.status == http.StatusUnprocessableEntity {
				if w.store.Generation() != before || w.rows("SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM company) + (SELECT count(*) FROM contact) + (SELECT count(*) FROM audit)") != rows {
					t.Errorf("%s refuses %.20q in %s and writes", field.path, typed, field.name)
				}
				continue
			}
			if got.status != http.StatusSeeOther && got.status != http.StatusOK || len(typed) > map[bool]int{true: 60_000, false: 900}[field.name == "notes"] {
				t.Errorf("%s answers %d to %.20q in %s", field.path, got.status, typed, field.name)
			}
		}
		table, column, _ := strings.Cut(field.column, ".")
		for _, kept := range w.texts("SELECT " + column + " FROM " + table) {
			if !norm.NFC.IsNormalString(kept) || strings.ContainsFunc(kept, func(r rune) bool {
				return unicode.IsControl(r) && r != '\n' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
			}) {
				t.Errorf("%s keeps %q", field.column, kept)
			}
		}
	}
	for _, page := range []string{"/companies", "/people", "/settings/roles", company, "/projects/" + w.project.String() + "/members"} {
		if shown := w.as("owner").get(page); strings.Contains(shown.body, "<script>alert") || !strings.Contains(html.UnescapeString(shown.body), "alert(1)") {
			t.Errorf("%s answers %d and does not show it as text", page, shown.status)
		}
	}
}
