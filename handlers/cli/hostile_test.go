package cli

import (
	"bytes"
	"strings"
	"testing"

	"vitrine/db"
	"vitrine/handlers/mail/sink"
)

// Whatever is typed as an address on the command line: one sentence, or one plain
// address is stored. The commands run in this process, so that NUL can be typed.
func TestHostileAddressesOnTheCommandLine(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina", "--role", "owner")
	d.ok("project", "add", "Garden", "--company", "Kyma")
	turn := 0 // each command opens the folder anew: so each takes a ninth of the addresses
	for name, args := range map[string][]string{"person add": {"person", "add", "@", "--name", "N"}, "contact add": {"contact", "add", "Kyma", "@", "--name", "N"},
		"project add-member": {"project", "add-member", "Garden", "@", "--role", "client", "--name", "N"}} {
		turn++
		for i, typed := range sink.HostileAddresses(strings.ReplaceAll(name, " ", ".")+"@known.example", "thief@evil.example") {
			if i%9 != turn || strings.HasPrefix(typed, "-") || typed == "" {
				continue // kong takes it for a flag, and says so
			}
			filled := append([]string{"--data", d.dir}, args...)
			for i := range filled {
				if filled[i] == "@" {
					filled[i] = typed
				}
			}
			var out, errors bytes.Buffer
			code := Run(filled, strings.NewReader(""), &out, &errors, "test")
			_, err := db.NormalEmail(typed)
			if said := errors.String(); err != nil && (code != 1 || !strings.Contains(said, "does not look like an email") || strings.Count(said, "\n") != 1) {
				t.Errorf("%s %q ended with %d: %q", name, typed, code, said)
			} else if err == nil && code != 0 && !strings.Contains(said, "works for the team") && !strings.Contains(said, "used by somebody else") {
				t.Errorf("%s %q ended with %d: %q", name, typed, code, said)
			}
		}
	}
}
