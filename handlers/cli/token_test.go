package cli

import (
	"strings"
	"testing"
)

func TestToken(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina", "--role", "owner")
	first, second := d.ok("token", "K@ormos.example").last(), d.ok("token", "k@ormos.example", "--name", "backup").last()
	if len(first) < 40 || first == second || strings.ContainsAny(first, " \t") {
		t.Errorf("the tokens are %q and %q", first, second)
	}
	d.refused(1, "nobody who may sign in", "token", "no@ormos.example")
	d.refused(1, "does not look like an email", "token", "k@ormos.example\nBcc: x@y.example")
	d.refused(2, "vitrine: ", "token")
}
