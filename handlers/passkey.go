package handlers

import (
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// passkeys asks browsers to prove a passkey, and is what people see of what they
// sign in with. Passkeys belong to the base URL's host; pages under further
// domains have none.
type passkeys struct {
	account
	door door
	host string             // whose passkeys they are, "" where there can be none
	web  *webauthn.WebAuthn // nil where there can be none
}

// newPasskeys are for the host of the base URL.
func newPasskeys(app *web.App) passkeys {
	keys := passkeys{account: account{app}, door: door{app}, host: passkeyHost(app.BaseURL)}
	if keys.host == "" {
		app.Log.Info("no passkeys: the base URL has no domain")
		return keys
	}
	base, _ := url.Parse(app.BaseURL) // it has a host
	origin := base.Scheme + "://" + keys.host
	if port := base.Port(); port != "" {
		origin += ":" + port
	}
	var err error
	keys.web, err = webauthn.New(&webauthn.Config{RPID: keys.host, RPDisplayName: keys.host, RPOrigins: []string{origin},
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore})
	if err != nil {
		app.Log.Error("no passkeys", "error", err)
		keys.host, keys.web = "", nil
	}
	return keys
}

// passkeyHost is whose passkeys a site uses: its domain; on this machine
// "localhost" by whatever name; "" for an address of a network, which is no domain
// (Web Authentication Level 3, section 4: RP ID).
func passkeyHost(baseURL string) string {
	base, err := url.Parse(baseURL)
	if err != nil {
		return ""
	}
	host := strings.ToLower(base.Hostname())
	if address := net.ParseIP(host); address != nil && address.IsLoopback() {
		return "localhost"
	}
	if protocol.ValidateRPID(host) != nil {
		return ""
	}
	return host
}

// keyholder is a person as the library wants to know them.
type keyholder struct {
	db.Person
	keys        []db.Passkey
	credentials []webauthn.Credential
}

func (k keyholder) WebAuthnID() []byte                         { return []byte(k.ID.String()) }
func (k keyholder) WebAuthnName() string                       { return k.Email }
func (k keyholder) WebAuthnDisplayName() string                { return k.Name }
func (k keyholder) WebAuthnCredentials() []webauthn.Credential { return k.credentials }

func (p passkeys) keyholder(person db.Person) (keyholder, error) {
	keys, err := p.Store.Passkeys(db.Actor{Person: person})
	holder := keyholder{Person: person, keys: keys, credentials: make([]webauthn.Credential, len(keys))}
	for i, key := range keys {
		err = errors.Join(err, json.Unmarshal([]byte(key.Credential), &holder.credentials[i]))
	}
	return holder, err
}

// begun is what is kept of a ceremony until the browser answers.
type begun struct {
	Session webauthn.SessionData
	Next    string
}

// begin keeps a ceremony and sends the browser what it is to sign.
func (p passkeys) begin(c *fiber.Ctx, actor db.Actor, kind string, options any, session *webauthn.SessionData, next string) error {
	kept, err := json.Marshal(begun{*session, next})
	if err != nil {
		return err
	}
	cookie, err := p.Store.BeginCeremony(actor, kind, network(p.Peer(c)), string(kept))
	if err != nil {
		return p.sayWhy(c, err)
	}
	keepCookie(c, p.App, ceremonyCookie(p.Secure), cookie, int(db.CeremonyLife.Seconds()))
	return c.JSON(options)
}

func ceremonyCookie(secure bool) string {
	if secure {
		return "__Host-ceremony"
	}
	return "ceremony"
}

// taken is the ceremony that this browser began; it is over now, whatever the answer is.
func (p passkeys) taken(c *fiber.Ctx, actor db.Actor, kind string) (begun, error) {
	var kept begun
	if p.web == nil {
		return kept, db.ErrGone
	}
	data, err := p.Store.TakeCeremony(actor, kind, c.Cookies(ceremonyCookie(p.Secure)))
	if err == nil {
		err = json.Unmarshal([]byte(data), &kept)
	}
	return kept, err
}

// sayWhy answers the script with a sentence.
func (p passkeys) sayWhy(c *fiber.Ctx, err error) error {
	words, status, sentence := p.Words(c), fiber.StatusUnprocessableEntity, ""
	mistakes, ok := web.MistakesOf(words, err)
	switch {
	case ok:
		for _, sentence = range mistakes { // it has one
		}
	case errors.Is(err, db.ErrOften):
		status, sentence = fiber.StatusTooManyRequests, words.T("passkey.often")
	case errors.Is(err, db.ErrUnconfirmed):
		status, sentence = fiber.StatusForbidden, words.T("ways.unconfirmed")
	default:
		return err
	}
	return c.Status(status).JSON(fiber.Map{"problem": sentence})
}

// refused says why a passkey's answer is not taken: one sentence for all reasons.
// The log knows more.
func (p passkeys) refused(c *fiber.Ctx, kind string, err error) bool {
	var answer *protocol.Error
	if !errors.As(err, &answer) && !errors.Is(err, db.ErrGone) {
		return false
	}
	p.Log.Warn("passkey refused", "for", kind, "from", p.Peer(c), "reason", err)
	return true
}
