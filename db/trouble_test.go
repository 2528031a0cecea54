package db

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

// Who may ask why a contact cannot get in: whoever may invite them. Others of the
// team who see the contact are told so; for everybody else there is nothing.
func TestWhoMayAskOfTrouble(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	acme, beta := w.id("Acme"), w.id("Beta")
	asked := map[string]map[string]error{
		"olivia": {"eleni": nil, "ingo": nil, "otto": nil},
		"adam":   {"eleni": nil, "ingo": nil, "otto": nil},
		"lea":    {"eleni": nil, "ingo": nil, "nora": ErrNotFound, "bea": ErrNotFound, "otto": ErrNotFound},
		"mark":   {"eleni": ErrDenied, "otto": ErrNotFound},
		"tess":   {"bea": nil, "otto": nil, "eleni": ErrNotFound},
		"dora":   {"eleni": ErrNotFound},
		"nikos":  {"eleni": ErrNotFound, "nikos": ErrNotFound},
		"eleni":  {"eleni": ErrNotFound},
		"stan":   {"eleni": ErrNotFound},
	}
	for who, contacts := range asked {
		for contact, want := range contacts {
			company := acme
			if contact == "otto" {
				company = beta
			}
			if _, err := w.Trouble(w.actor(who), company, w.id(contact)); !errors.Is(err, want) {
				t.Errorf("%s asks about %s: %v", who, contact, err)
			}
			if _, err := w.PreInvite(w.actor(who), company, w.id(contact)); !errors.Is(err, want) {
				t.Errorf("%s checks %s: %v", who, contact, err)
			}
		}
	}
	for _, wrong := range [][2]ID{{beta, w.id("eleni")}, {acme, w.id("otto")}, {acme, w.id("mark")}, {0, w.id("eleni")}, {acme, 0}} {
		if _, err := w.Trouble(w.actor("olivia"), wrong[0], wrong[1]); err != ErrNotFound {
			t.Error("nobody's contact: ", err)
		}
	}
	preview := w.signIn("lea")
	preview.Preview = 1
	if _, err := w.Trouble(preview, acme, w.id("eleni")); err != ErrNotFound {
		t.Error("within a preview: ", err)
	}
}

// What is told holds no PIN and no link, and a leader learns of no project that
// they are not on.
func TestTroubleTellsNoSecret(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	_, err := w.BeginSignIn("eleni@acme.test", "192.0.2.0/24", "", "", "")
	w.must(err)
	told, err := w.PreInvite(w.actor("lea"), w.id("Acme"), w.id("eleni"))
	w.must(err)
	if len(told.Mails) != 1 || told.Mails[0].PIN != "" || told.Mails[0].Link != "" {
		t.Error("the mail carries what it must not: ", told.Mails)
	}
	text, err := json.Marshal(told)
	w.must(err)
	if strings.Contains(string(text), "Brand") || strings.Contains(string(text), w.id("brand").String()) {
		t.Error("lea learns of a project that she is not on")
	}
	var names []string
	for _, project := range told.Projects {
		names = append(names, w.name(project.ID))
	}
	if want := []string{"site", "old"}; !slices.Equal(names, want) {
		t.Error(names)
	}
	if len(told.Hidden.Tasks) != 2 || len(told.Hidden.Notes) != 8 || len(told.Hidden.Labels) != 1 {
		t.Error(told.Hidden)
	}
}
