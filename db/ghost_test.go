package db

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Ghosts of a project are exactly what the team's person sees and the client does not:
// nothing that both see, and nothing that only others of the team see.
func TestGhostsAreTheRest(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	found, why := 0, map[string]bool{}
	for _, who := range teamNames {
		person := w.actor(who).Person
		person.Side, person.Active = Team, true
		for _, client := range clientNames {
			for _, name := range []string{"site", "brand", "old", "beta", "inhouse", "closed"} {
				project, ghosts, rest := w.id(name), map[string][]ID{}, map[string][]ID{}
				w.must(w.read(func(r source) error {
					v := &Viewer{person, r}
					tasks, err := v.Tasks(project)
					w.must(err)
					for _, task := range tasks {
						rest["task"] = append(rest["task"], task.ID)
					}
					decisions, err := v.Decisions(project)
					w.must(err)
					for _, d := range decisions {
						if d.Kind != KindApproval {
							rest["decision"] = append(rest["decision"], d.ID)
						}
					}
					handed, err := v.Deliverables(project)
					w.must(err)
					for _, d := range handed {
						rest["deliverable"] = append(rest["deliverable"], d.ID)
					}
					for noun, ask := range map[string]func(ID, ID) ([]Ghost, error){"task": v.GhostTasks, "decision": v.GhostDecisions, "deliverable": v.GhostDeliverables} {
						list, err := ask(project, w.id(client))
						w.must(err)
						for _, g := range list {
							ghosts[noun], why[g.Why] = append(ghosts[noun], g.ID), true
						}
					}
					return nil
				}))
				seen := w.seenBy(w.id(client), project)
				for _, noun := range []string{"task", "decision", "deliverable"} {
					rest[noun] = slices.DeleteFunc(rest[noun], func(id ID) bool { return slices.Contains(seen, id) })
					slices.Sort(rest[noun])
					slices.Sort(ghosts[noun])
					found += len(ghosts[noun])
					if !slices.Equal(rest[noun], ghosts[noun]) {
						t.Errorf("%s through %s on %s: ghosts of %ss are %v, not %v", who, client, name, noun, ghosts[noun], rest[noun])
					}
				}
			}
		}
	}
	if found < 50 || !why[GhostPrivate] || !why[GhostDraft] || !why[GhostOff] || !why[GhostRight] {
		t.Error("the world has too little to hide: ", found, why)
	}
}

// seenBy is what a client's glass holds of a project.
func (w *world) seenBy(client, project ID) (seen []ID) {
	w.must(w.Glass(client, func(g *Glass) error {
		for _, query := range []string{"SELECT id FROM client_task WHERE project_id = ?", "SELECT id FROM client_decision WHERE project_id = ?", "SELECT id FROM client_deliverable WHERE project_id = ?"} {
			ids, err := all(g, itself[ID], query, project)
			w.must(err)
			seen = append(seen, ids...)
		}
		return nil
	}))
	return seen
}

// What mails to a client say is read by whoever may look through them, and by nobody
// else; what opens the door, or tells of their account, by nobody.
func TestMailsToAClient(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	may := expected(t, whoMatrix)["may_preview"]
	company := w.rows("SELECT company_id FROM contact WHERE person_id = ?", w.id("eleni"))
	w.must(w.write(func(tx *Tx) error {
		for _, kind := range []string{MailSignIn, MailSecurity, MailNewDevice, MailReplies} {
			if err := tx.post(kind, w.id("eleni"), w.id("home"), secret{PIN: "123456", Link: "secret"}, PreviewLife); err != nil {
				return err
			}
		}
		return nil
	}))
	number, err := strconv.ParseInt(company[0], 10, 64)
	w.must(err)
	for _, who := range slices.Concat(teamNames, clientNames) {
		actor := w.actor(who)
		if in, err := w.Login(w.session(who)); err == nil {
			actor = in
		}
		list, err := w.MailsTo(actor, w.id("eleni"), 50)
		_, letter := w.UsualLetter(actor, ID(number), w.id("eleni"))
		if !slices.Contains(strings.Fields(may[who]), "eleni") {
			if err != ErrNotFound || letter != ErrNotFound {
				t.Errorf("%s reads mails to eleni: %v %v", who, err, letter)
			}
			continue
		}
		if err != nil || letter != nil || len(list) == 0 {
			t.Fatal(who, err, letter, len(list))
		}
		for _, line := range list {
			if line.Kind == MailSignIn || line.Kind == MailSecurity || line.Kind == MailNewDevice || line.PIN+line.Link+line.About != "" {
				t.Errorf("%s reads a mail of kind %s", who, line.Kind)
			}
			if m, err := w.MailTo(actor, w.id("eleni"), line.ID); err != nil || m.PIN+m.Link+m.About != "" {
				t.Error(line.Kind, err)
			}
			if _, err := w.MailTo(actor, w.id("nikos"), line.ID); err != ErrNotFound {
				t.Error("a mail to eleni is read as one to nikos: ", err)
			}
		}
	}
}
