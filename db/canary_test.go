package db

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	canary      = "CNRY-"
	canaryMoney = "770077" // in numbers
)

// plantCanaries puts a token into every value that clients may not see: whole
// columns, by their fate, and the rows that are hidden from all clients. Texts of
// a project that its clients may see carry OWN-<project>, what belongs to one
// person SELF-<name>. It says how many kinds of tokens it planted.
func (w *world) plantCanaries() (columns int) {
	plant := func(table, column, token, where string) error {
		return w.write(func(tx *Tx) error {
			return tx.run("UPDATE " + table + " SET " + column + " = " + token + " WHERE " + where)
		})
	}
	for _, trigger := range []string{"signoff_stays", "edition_stays", "invoice_stays", "invoice_line_stays", "invoice_party_stays", "invoice_file_stays"} { // they would refuse what is planted here
		w.sql("DROP TRIGGER " + trigger)
	}
	for name, fate := range fates(w.t.(*testing.T)) {
		table, column, _ := strings.Cut(name, ".")
		kind := w.rows("SELECT type || pk FROM pragma_table_info('"+table+"') WHERE name = ?", column)[0]
		token := "'" + canary + name + "-' || hex(randomblob(4))"
		switch {
		case fate != "never" && fate != "rule":
			continue
		case kind == "INTEGER0" && !strings.HasSuffix(column, "_id"):
			token = canaryMoney + " + abs(random() % 99)"
		case kind == "BLOB0":
			token = "CAST(" + token + " AS BLOB)"
		case kind != "TEXT0":
			continue
		}
		if fate == "rule" && table != "task" { // it would change who sees what
			continue
		}
		if column == "archived_at" || column == "private" || strings.HasSuffix(column, "_by") {
			continue
		}
		if err := plant(table, column, token, "1"); err == nil {
			columns++
		} else if !strings.Contains(err.Error(), "CHECK") {
			w.t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []struct{ table, columns, where string }{
		{"task", "title client_title description acceptance starts_on due_on", "private = 1 OR archived_at IS NOT NULL"},
		{"checklist_item", "heading text", "task_id IN (SELECT id FROM task WHERE private = 1 OR archived_at IS NOT NULL)"},
		{"reply", "body released_at edited_at deleted_at", "thread_id IN (SELECT id FROM task WHERE private = 1 OR archived_at IS NOT NULL)"},
		{"reply", "body", "deleted_at IS NOT NULL OR released_at IS NULL"},
		{"draft", "body", "kind = 'note' OR person_id IN (SELECT id FROM person WHERE side = 'team')"},
		{"file", "name media_type", "coalesce(task_id, note_id) IS NOT NULL OR reply_id IN (SELECT id FROM reply WHERE deleted_at IS NOT NULL OR released_at IS NULL) OR draft_id IN (SELECT id FROM draft WHERE person_id IN (SELECT id FROM person WHERE side = 'team')) OR version_id IN (SELECT id FROM deliverable_version WHERE delivered_at IS NULL) OR decision_id IN (SELECT id FROM decision WHERE shown_at IS NULL)"},
		{"decision", "reason ended_at", "shown_at IS NULL"},
		{"deliverable_version", "note sha256", "delivered_at IS NULL"},
		{"deliverable", "name description", "NOT EXISTS (SELECT 1 FROM deliverable_version n WHERE n.deliverable_id = deliverable.id AND n.delivered_at IS NOT NULL)"},
		{"edition", "question context if_silent due_on currency", "asked_at IS NULL"},
		{"change_task", "title", "decision_id IN (SELECT id FROM decision WHERE shown_at IS NULL)"},
		{"decision_option", "title text", "decision_id IN (SELECT id FROM decision WHERE shown_at IS NULL)"},
		{"invoice", "note terms pay exempt purchase_order account iban bic issued_on due_on served_from served_to void_reason", "state = 'draft'"},
		{"invoice_line", "text detail", "invoice_id IN (SELECT id FROM invoice WHERE state = 'draft')"},
		{"invoice_party", "name contact address country vat code email", "invoice_id IN (SELECT id FROM invoice WHERE state = 'draft')"},
		{"invoice", "note terms", "id IN (SELECT x.invoice_id FROM invoice_project x JOIN feature f ON f.scope = 'project' AND f.scope_id = x.project_id AND f.name = 'billing' AND f.is_on = 0)"},
		{"payment", "reference paid_on", "state NOT IN ('processing', 'received')"},
		{"label", "name color", "client_visible = 0"},
		{"event", "kind column_label column_kind old_date new_date at", "audience = 'team' OR task_id IN (SELECT id FROM task WHERE private = 1 OR archived_at IS NOT NULL)"},
		{"project", "name description starts_on ends_on", "company_id IS NULL OR company_id IN (SELECT id FROM company WHERE status <> 'active')"},
		{"company", "name", "status <> 'active'"},
		{"setting", "value", "key NOT IN ('workspace.name', 'workspace.address', 'workspace.brand', 'settings.version', 'epoch', 'urgent.text', 'upload.limit', 'bill.consent', 'bill.consent.en', 'bill.consent.el')"},
		{"invitation", "address name", "accepted_at IS NOT NULL OR ended_at IS NOT NULL"},
		{"person", "name title", "side = 'team' AND id NOT IN (SELECT person_id FROM membership WHERE role <> 'client')"},
	} {
		for _, column := range strings.Fields(c.columns) {
			w.must(plant(c.table, column, "'"+canary+"hidden-"+c.table+"-"+column+"-' || hex(randomblob(4))", c.where))
			columns++
		}
	}
	for price, cost := range map[string]string{"price": "cost", "days": "days"} {
		w.must(plant("edition", price, canaryMoney, "asked_at IS NULL"))
		w.must(plant("decision_option", cost, canaryMoney, "decision_id IN (SELECT id FROM decision WHERE shown_at IS NULL)"))
		columns += 2
	}
	w.must(plant("person", "title", "'"+canary+"title-' || hex(randomblob(4))", "1")) // no project of this world shows titles
	for _, project := range projectNames {
		id := fmt.Sprint(int64(w.id(project)))
		own := "'OWN-" + project + "-' || "
		w.must(plant("project", "name", own+"name", "id = "+id+" AND name NOT LIKE 'CNRY%'"))
		w.must(plant("task", "title", own+"title", "project_id = "+id+" AND title NOT LIKE 'CNRY%'"))
		w.must(plant("reply", "body", own+"body", "project_id = "+id+" AND body NOT LIKE 'CNRY%'"))
		w.must(plant("milestone", "name", own+"name", "project_id = "+id))
		asked := "decision_id IN (SELECT d.id FROM decision d WHERE d.shown_at IS NOT NULL AND d.project_id = " + id + ")"
		w.must(plant("edition", "question", own+"question", asked))
		w.must(plant("decision_option", "title", own+"title", asked))
		w.must(plant("signoff", "record", own+"record", "project_id = "+id))
		w.must(plant("deliverable", "name", own+"name", "project_id = "+id+" AND name NOT LIKE 'CNRY%'"))
		w.must(plant("deliverable_version", "note", own+"note", "note NOT LIKE 'CNRY%' AND deliverable_id IN (SELECT id FROM deliverable WHERE project_id = "+id+")"))
	}
	for _, project := range projectNames {
		w.must(plant("edition", "context", "'OWN-"+project+"-context'", "asked_at IS NOT NULL AND decision_id IN (SELECT id FROM decision WHERE project_id = "+fmt.Sprint(int64(w.id(project)))+") AND NOT EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = edition.decision_id)"))
	}
	w.must(plant("person", "email", "'SELF-' || name", "1"))
	return columns
}

var ownProject = regexp.MustCompile(`OWN-(\w+)-`)

func TestNoCanaryOnAnyGlass(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.previewsAndMails()
	planted := w.plantCanaries()
	if planted < 100 {
		t.Error("only so many kinds of canaries:", planted)
	}
	checked := 0
	for _, who := range slices.Concat(clientNames, teamNames, []string{"nobody"}) {
		seen := map[string]bool{}
		look := w.look(w.ids[who])
		for _, line := range strings.Split(look, "\n") {
			checked++
			if strings.Contains(line, canary) || strings.Contains(line, canaryMoney) {
				t.Errorf("%s sees %s", who, strings.TrimSpace(line))
			}
			if strings.Contains(line, "SELF-") && !strings.Contains(line, `"Email": "SELF-`) {
				t.Errorf("%s sees an address: %s", who, line)
			}
			if own := ownProject.FindStringSubmatch(line); own != nil {
				seen[own[1]] = true
			}
		}
		if strings.Count(look, "SELF-") > 1 {
			t.Errorf("%s sees addresses of others", who)
		}
		want := expected(t, whoMatrix)["visible_project_client"][who]
		for project := range seen {
			if !slices.Contains(strings.Fields(want), project) {
				t.Errorf("%s sees something of %s", who, project)
			}
		}
		if len(seen) != len(strings.Fields(want)) {
			t.Errorf("%s sees %v of %q", who, seen, want)
		}
	}
	if checked < 2000 {
		t.Error("only so many lines:", checked)
	}
}

// previewsAndMails fills the tables around access, so that they have canaries too.
func (w *world) previewsAndMails() {
	lea := w.signIn("lea")
	_, err := w.StartPreview(lea, w.id("eleni"))
	w.must(err)
	_, err = w.BeginSignIn("eleni@acme.test", "192.0.2.0/24", "", "", "")
	w.must(err)
	_, err = w.SignInLink("vic@acme.test")
	w.must(err)
	w.must(w.Schedule(JobPrune, w.Now()))
}

// signIn makes somebody's session and says who they are by it.
func (w *world) signIn(name string) Actor {
	w.t.Helper()
	actor, err := w.Login(w.session(name))
	w.must(err)
	return actor
}

// session makes a session and tells its token.
func (w *world) session(name string) (token string) {
	w.t.Helper()
	w.must(w.write(func(tx *Tx) (err error) { token, err = tx.startSession(w.id(name), "a browser", ""); return err }))
	return token
}
