package handlers

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

func (w *world) contactPage(prefix, person, page string) string {
	return "/companies/" + w.parts[prefix+"company"].String() + "/contacts/" + w.people[person].ID.String() + "/" + page
}

var checkLines = regexp.MustCompile(`(?s)<li id="([a-z]+)" class="(good|look|yours)">(.*?)\n  </li>`)

// lines are the answers of a page by name: state, then what stands there.
func lines(body string) map[string][2]string {
	found := map[string][2]string{}
	for _, line := range checkLines.FindAllStringSubmatch(body, -1) {
		found[line[1]] = [2]string{line[2], line[3]}
	}
	return found
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000000Z") }

const invitation = "INSERT INTO invitation (id, token_hash, address, language, person_id, company_id, role_id, created_at, expires_at, opened_at, ended_at) VALUES (9, x'CAFE', ?, 'en', ?, ?, ?, ?, ?, ?, ?)"

// invite writes an invitation that was sent so many days ago to somebody who has not joined.
func (w *world) invite(person, address string, role int, days int, opened, ended any) {
	sent := w.store.Now().AddDate(0, 0, -days)
	w.behind("UPDATE person SET joined_at = NULL WHERE id = ?", w.people[person].ID)
	w.behind(invitation, address, w.people[person].ID, w.parts["company"], role, stamp(sent), stamp(sent.Add(db.InvitationLife)), opened, ended)
}

// TestTroubles makes each trouble and finds its line with its cure.
func TestTroubles(t *testing.T) {
	t.Parallel()
	const eleni = "eleni@papadopoulos.example"
	now := stamp(time.Now())
	for what, c := range map[string]struct {
		who  string
		make func(w *world)
		line string
		says []string
	}{
		"no address": {"eleni", func(w *world) { w.behind("UPDATE person SET email = NULL WHERE id = ?", w.people["eleni"].ID) }, "account", []string{"no email address"}},
		"account switched off": {"eleni", func(w *world) { w.behind("UPDATE person SET active = 0 WHERE id = ?", w.people["eleni"].ID) }, "account",
			[]string{"switched off", `href="/people/`}},
		"company inactive": {"eleni", func(w *world) { w.behind("UPDATE company SET status = 'inactive' WHERE id = ?", w.parts["company"]) }, "company",
			[]string{"is not active", `href="/companies/`}},
		"deactivated": {"eleni", func(w *world) { w.behind("UPDATE contact SET active = 0 WHERE person_id = ?", w.people["eleni"].ID) }, "contact",
			[]string{"deactivated", `/active"`, `name="active" value="1"`}},
		"never invited": {"eleni", func(w *world) { w.behind("UPDATE person SET joined_at = NULL") }, "invited", []string{"Nobody has invited", `/invite"`, `/check"`}},
		"invited":       {"eleni", func(w *world) { w.invite("eleni", eleni, 1, 2, nil, nil) }, "invited", []string{"not opened yet", `/invite"`}},
		"opened":        {"eleni", func(w *world) { w.invite("eleni", eleni, 1, 2, now, nil) }, "invited", []string{"did not finish", `/invite"`}},
		"expired":       {"eleni", func(w *world) { w.invite("eleni", eleni, 1, 8, nil, nil) }, "invited", []string{"ran out", `/invite"`}},
		"taken back":    {"eleni", func(w *world) { w.invite("eleni", eleni, 1, 2, nil, now) }, "invited", []string{"taken back", `/invite"`}},
		"other address": {"eleni", func(w *world) { w.invite("eleni", "elleni@papadopoulos.example", 1, 2, nil, nil) }, "invited", []string{"elleni@", `/invite"`}},
		"other role":    {"eleni", func(w *world) { w.invite("eleni", eleni, 2, 2, nil, nil) }, "invited", []string{"another role", `/invite"`}},
		"failed mail": {"eleni", func(w *world) {
			w.behind("INSERT INTO outbox (kind, person_id, message_id, created_at, next_at, failed_at, error) VALUES ('sign-in', ?, 'x', ?, ?, ?, '550 no such <user>')", w.people["eleni"].ID, now, now, now)
		}, "mailed", []string{"could not be delivered", "550 no such &lt;user&gt;", `href="/outbox"`}},
		"expired mail to the address": {"eleni", func(w *world) {
			w.behind("INSERT INTO outbox (kind, address, message_id, created_at, next_at, failed_at, expires_at) VALUES ('invitation', ?, 'x', ?, ?, ?, ?)", eleni, now, now, now, now)
		}, "mailed", []string{"too late"}},
		"wrong PINs":      {"eleni", func(w *world) { w.guess(eleni, 3) }, "signins", []string{"3 wrong PINs", "1 sign-in email"}},
		"many wrong PINs": {"eleni", func(w *world) { w.guess(eleni, 20) }, "signins", []string{"carries a link"}},
		"blind role":      {"finance", func(*world) {}, "role", []string{"no project at all", `href="/settings/roles/`}},
		"silent role":     {"viewer", func(*world) {}, "comments", []string{"may read and not reply"}},
		"silent on milestones": {"eleni", func(w *world) { w.silence("eleni", "milestone") }, "comments",
			[]string{"on 1 of 1 projects, but as", "not on: milestones", `href="/settings/roles/`}},
		"silent everywhere": {"eleni", func(w *world) { w.silence("eleni", db.ReplyNouns...) }, "comments",
			[]string{"may not reply on: ", "That is everything"}},
		"not on a project": {"eleni", func(w *world) { w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["eleni"].ID)) }, "linked",
			[]string{"on no project", `/projects"`, `name="on" value="1"`}},
		"archived project": {"eleni", func(w *world) { w.ok(w.store.ArchiveProject(w.actor("owner"), w.project, true)) }, "comments", []string{"archived"}},
		"nothing shown":    {"eleni", func(w *world) { w.behind("UPDATE task SET private = 1") }, "linked", []string{"nothing is shown", `/publish"`}},
		"feature off":      {"eleni", func(w *world) { w.behind("UPDATE feature SET is_on = 0 WHERE name = 'files'") }, "features", []string{"files: switched off", `/features"`}},
		"feature off on a project": {"eleni", func(w *world) {
			w.behind("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('project', ?, 'requests', 0)", w.project)
		}, "features", []string{"Website Redesign: a switch takes 1 right", `/features"`}},
		"sees nothing": {"finance", func(*world) {}, "sees", []string{"Nothing"}},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t)
			w.t = t
			c.make(w)
			page := w.as("owner").get(w.contactPage("", c.who, "trouble"))
			line := lines(page.body)[c.line]
			if page.status != http.StatusOK || line[0] != "look" {
				t.Fatalf("%d: %q\n%s", page.status, line, page.body)
			}
			for _, says := range c.says {
				if !strings.Contains(line[1], says) {
					t.Errorf("it does not say %q: %s", says, line[1])
				}
			}
			if c.line != "linked" && c.line != "sees" && strings.Contains(page.body, "⟦") {
				t.Error("a word is missing")
			}
		})
	}
}

// silence keeps the role of a contact from replying on nouns.
func (w *world) silence(who string, nouns ...string) {
	for _, noun := range nouns {
		w.behind("INSERT INTO client_role_silent (role_id, noun) SELECT role_id, ? FROM contact WHERE person_id = ?", noun, w.people[who].ID)
	}
}

// guess writes down wrong PINs for an address.
func (w *world) guess(address string, tries int) {
	now := w.store.Now()
	w.behind("INSERT INTO challenge (id, cookie_hash, address, network, known, link_hash, tries, created_at, expires_at) VALUES (7, x'01', ?, 'n', 0, x'02', ?, ?, ?)",
		address, tries, stamp(now), stamp(now.Add(time.Minute)))
}

// TestNoTrouble: a contact who lacks nothing has no line to look at, and what they
// see is counted through their own glass. Nothing secret stands on the page.
func TestNoTrouble(t *testing.T) {
	w := newWorld(t)
	_, err := w.store.BeginSignIn("eleni@papadopoulos.example", "n", "", "", "")
	w.ok(err)
	for _, who := range []string{"owner", "leader"} {
		page := w.as(who).get(w.contactPage("", "eleni", "trouble"))
		for name, line := range lines(page.body) {
			if line[0] == "look" {
				t.Errorf("%s for %s: %s", name, who, line[1])
			}
		}
		found := lines(page.body)
		if len(found) != 12 || !strings.Contains(found["sees"][1], "1 project, 4 tasks and 4 replies") || !strings.Contains(found["address"][1], "eleni@papadopoulos.example") {
			t.Errorf("%d lines: %v", len(found), found["sees"])
		}
		if regexp.MustCompile(`\b\d{6}\b|/in/|/sign-in/link/`).MatchString(page.body) {
			t.Error("a PIN or link is told")
		}
		if got := strings.Contains(page.body, "/settings/roles/"); got != (who == "owner") {
			t.Errorf("%s is led to the settings: %v", who, got)
		}
	}
}

// TestTroubleTellsALeaderOfNoOtherProject: the page is narrowed to what the leader sees.
func TestTroubleTellsALeaderOfNoOtherProject(t *testing.T) {
	w := newWorld(t)
	id, err := w.store.AddProject(w.actor("owner"), db.ProjectForm{Name: "Quiet plan", Company: "Papadopoulos Ceramics"}, [3]string{"A", "B", "C"})
	w.ok(err)
	w.join(id, "eleni", "client")
	task := w.task("quiet", id, "Quiet task", db.Doing, "shown")
	_, err = w.store.AddNote(w.actor("owner"), task, "a note apart")
	w.ok(err)
	for _, page := range []string{"trouble", "check"} {
		leader, owner := w.as("leader").get(w.contactPage("", "eleni", page)), w.as("owner").get(w.contactPage("", "eleni", page))
		if !strings.Contains(owner.body, "Quiet plan") || strings.Contains(leader.body, "Quiet") || strings.Contains(leader.body, id.String()) {
			t.Errorf("%s tells the leader of it, or not the owner", page)
		}
	}
	found := lines(w.as("leader").get(w.contactPage("", "eleni", "trouble")).body)
	if !strings.Contains(found["sees"][1], "1 project, 4 tasks") || strings.Contains(found["sees"][1], "/preview/start") {
		t.Error("what the leader is told of: ", found["sees"])
	}
	if found = lines(w.as("leader").get(w.contactPage("", "eleni", "check")).body); !strings.Contains(found["notes"][1], "5 notes on") || !strings.Contains(found["look"][1], "An admin can look") {
		t.Error(found["notes"], found["look"])
	}
}

// TestCheckBeforeInviting: each line answers itself, and changes with what it asks about.
func TestCheckBeforeInviting(t *testing.T) {
	w := newWorld(t)
	path := w.contactPage("", "eleni", "check")
	says := func(name, state, part string) {
		t.Helper()
		line := lines(w.as("owner").get(path).body)[name]
		if line[0] != state || !strings.Contains(line[1], part) {
			t.Errorf("%s is %s: %s", name, line[0], line[1])
		}
	}
	page := w.as("leader").get(path)
	if len(lines(page.body)) != 8 || !strings.Contains(page.body, w.contactPage("", "eleni", "invite")) {
		t.Error(page.status, page.body)
	}
	says("projects", "good", "1 project, of Papadopoulos Ceramics")
	says("billing", "good", "sees no billing")
	says("notes", "good", "5 notes on their projects, 0 of them")
	says("tasks", "good", "2 private or archived tasks on their projects, 0 of them")
	says("labels", "good", "1 label of the team on their projects, 0 of it")
	says("names", "yours", "first names (Katerina, Ourania, Nikos)")
	says("role", "yours", "Client: project view: replies")
	says("look", "look", "Nobody has looked")
	w.as("leader").through("eleni")
	says("look", "good", "Katerina CNRY-surname looked")
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["eleni"].ID, "client-admin"))
	says("look", "look", "Something changed")
	says("billing", "good", "the billing of Papadopoulos Ceramics and of nobody else")
	w.as("owner").through("eleni")
	says("look", "good", "Ourania")
	_, err := w.store.AddReply(w.actor("eleni"), w.tasks["gallery"], "That is fine with us.")
	w.ok(err)
	says("look", "good", "Ourania")
	w.behind("UPDATE person SET title = '' WHERE id = ?", w.people["member"].ID)
	w.behind("UPDATE project SET team_shown = 'title'")
	says("names", "look", "1 person has no title")
	_, err = w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "They  haggle over every hour")
	w.ok(err)
	_, err = w.store.AddReply(w.actor("leader"), w.tasks["gallery"], "They haggle over every HOUR")
	w.ok(err)
	says("notes", "look", "1 of 6 notes stands word for word")
	w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["eleni"].ID))
	says("projects", "look", "no project of Papadopoulos Ceramics yet")
	w.behind("UPDATE contact SET active = 0 WHERE person_id = ?", w.people["eleni"].ID)
	says("look", "look", "may not sign in")
}
