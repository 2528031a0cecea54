package db

import (
	"fmt"
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	eleni := w.actor("eleni")
	token, err := w.AddToken(eleni, "dashboard")
	w.must(err)
	if !strings.HasPrefix(token, "vtr_") || len(token) != 47 {
		t.Error("the token is ", token)
	}
	if stored := w.digest(); strings.Contains(stored, token) {
		t.Error("the token itself is stored")
	}
	is := func(want string) {
		t.Helper()
		actor, err := w.TokenActor(token)
		if got := actor.Name + fmt.Sprint(err); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	is("Eleni Client<nil>")
	for _, other := range []string{"", "vtr_", token[4:], token + "x", "vtr_" + newToken()} {
		if _, err := w.TokenActor(other); err != ErrNotFound {
			t.Errorf("%q: %v", other, err)
		}
	}
	for _, end := range []struct{ sql, back string }{
		{"UPDATE person SET active = 0 WHERE id = ?", "UPDATE person SET active = 1 WHERE id = ?"},
		{"UPDATE contact SET active = 0 WHERE person_id = ?", "UPDATE contact SET active = 1 WHERE person_id = ?"},
		{"UPDATE company SET status = 'inactive' WHERE id IN (SELECT company_id FROM contact WHERE person_id = ?)", "UPDATE company SET status = 'active' WHERE id IN (SELECT company_id FROM contact WHERE person_id = ?)"},
	} {
		w.sql(end.sql, eleni.ID)
		is("not found")
		w.sql(end.back, eleni.ID)
		is("Eleni Client<nil>")
	}
	list, err := w.Tokens(eleni)
	if err != nil || len(list) != 1 || list[0].Name != "dashboard" || list[0].UsedAt.IsZero() {
		t.Fatal(list, err)
	}
	if err := w.EndToken(w.actor("nikos"), list[0].ID); err != ErrNotFound {
		t.Error("somebody else ended it: ", err)
	}
	is("Eleni Client<nil>")
	w.must(w.EndToken(eleni, list[0].ID))
	is("not found")
	if err := w.EndToken(eleni, list[0].ID); err != ErrNotFound {
		t.Error(err)
	}
	for i := range maxTokens {
		w.must(just(w.AddToken(eleni, fmt.Sprint(i))))
	}
	if _, err := w.AddToken(eleni, "one more"); w.key(err) != "token.limit" {
		t.Error(err)
	}
	for address, want := range map[string]string{"dora@ormos.test": "not found", "nobody@acme.test": "not found", "lea@ormos.test": "<nil>"} {
		if _, err := w.AddTokenFromShell(address, "shell"); fmt.Sprint(err) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}
