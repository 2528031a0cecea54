package handlers

import (
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// A passkey is used in two steps: the browser asks what to sign, and answers.

// beginSignIn asks for any passkey of this site. Nobody is named: the answer says whose it is.
func (p passkeys) beginSignIn(c *fiber.Ctx) error {
	if p.web == nil {
		return db.ErrNotFound
	}
	options, session, err := p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return err
	}
	return p.begin(c, db.Actor{}, db.CeremonySignIn, options, session, web.ReadForm(c, "next").Value("next"))
}

func (p passkeys) signIn(c *fiber.Ctx) error {
	kept, err := p.taken(c, db.Actor{}, db.CeremonySignIn)
	var token, next string
	if err == nil {
		var holder keyholder
		var proved proof
		if holder, proved, err = p.whose(c, kept.Session); err == nil {
			token, next, err = p.Store.SignInPasskey(holder.ID, proved.key, proved.after, kept.Next, c.Get(fiber.HeaderUserAgent))
		}
	}
	if p.refused(c, "sign-in", err) {
		return p.door.emailPage(c, fiber.StatusUnprocessableEntity, web.FormOf(map[string]string{"next": db.OwnPath(kept.Next, "")}), p.Words(c).T("passkey.refused"))
	}
	if err != nil {
		return err
	}
	return p.door.enter(c, token, next, "passkey")
}

// proof is a passkey that was just proved, and its credential as it is now.
type proof struct {
	key   db.Passkey
	after string
}

// whose finds out who answered with a passkey.
func (p passkeys) whose(c *fiber.Ctx, session webauthn.SessionData) (keyholder, proof, error) {
	answer, err := readAnswer(c)
	if err != nil {
		return keyholder{}, proof{}, err
	}
	find := func(_, handle []byte) (webauthn.User, error) {
		id, err := db.ParseID(string(handle))
		if err != nil {
			return nil, err
		}
		person, err := p.Store.Keyholder(id)
		if err != nil {
			return nil, err
		}
		return p.keyholder(person)
	}
	user, credential, err := p.web.ValidatePasskeyLogin(find, session, answer)
	if err != nil {
		return keyholder{}, proof{}, err
	}
	holder := user.(keyholder)
	proved, err := holder.proved(credential)
	return holder, proved, err
}

func readAnswer(c *fiber.Ctx) (*protocol.ParsedCredentialAssertionData, error) {
	return protocol.ParseCredentialRequestResponseBytes([]byte(web.ReadForm(c, "credential").Value("credential")))
}

// proved finds the stored passkey of an answer. A counter that did not rise tells
// of a copy (WebAuthn, section 7.2, step 22): that one is refused.
func (k keyholder) proved(credential *webauthn.Credential) (proof, error) {
	if credential.Authenticator.CloneWarning {
		return proof{}, protocol.ErrVerification.WithDetails("the counter did not rise")
	}
	after, err := json.Marshal(credential)
	if err != nil {
		return proof{}, err
	}
	for _, key := range k.keys {
		if string(key.CredentialID) == string(credential.ID) {
			return proof{key, string(after)}, nil
		}
	}
	return proof{}, fmt.Errorf("the passkey is not among the person's: %w", db.ErrGone)
}

// confirmPage asks an owner or admin for a passkey before the rest of the pages
// opens; who has none is led to add one.
func (p passkeys) confirmPage(c *fiber.Ctx) error {
	next := db.OwnPath(c.Query("next"), "/projects")
	if !p.Actor(c).MustConfirm {
		return web.SeeOther(c, next)
	}
	return p.askConfirm(c, fiber.StatusOK, next, "")
}

func (p passkeys) askConfirm(c *fiber.Ctx, status int, next, refused string) error {
	keys, err := p.Store.Passkeys(p.Actor(c))
	if err != nil {
		return err
	}
	return p.Send(c, status, "door/confirm", p.Page(c, p.Words(c).T("passkey.confirm-title"), "",
		map[string]any{"Next": next, "Has": len(keys) > 0, "Host": p.host, "Refused": refused}))
}

func (p passkeys) beginConfirm(c *fiber.Ctx) error {
	holder, err := p.keyholder(p.Actor(c).Person)
	if err != nil {
		return err
	}
	if p.web == nil || len(holder.keys) == 0 {
		return db.ErrNotFound
	}
	options, session, err := p.web.BeginLogin(holder, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return err
	}
	return p.begin(c, p.Actor(c), db.CeremonyConfirm, options, session, web.ReadForm(c, "next").Value("next"))
}

// confirm raises the session: this browser's owner is here.
func (p passkeys) confirm(c *fiber.Ctx) error {
	actor := p.Actor(c)
	kept, err := p.taken(c, actor, db.CeremonyConfirm)
	next := db.OwnPath(kept.Next, "/projects")
	token := ""
	if err == nil {
		token, err = p.confirmed(c, actor, kept.Session)
	}
	if p.refused(c, "confirm", err) {
		return p.askConfirm(c, fiber.StatusUnprocessableEntity, next, p.Words(c).T("passkey.refused"))
	}
	if err != nil {
		return err
	}
	keepSession(c, p.App, token)
	p.Log.Info("confirmed with a passkey", "person", actor.ID, "from", p.Peer(c))
	return web.SeeOther(c, next)
}

func (p passkeys) confirmed(c *fiber.Ctx, actor db.Actor, session webauthn.SessionData) (token string, err error) {
	answer, err := readAnswer(c)
	if err != nil {
		return "", err
	}
	holder, err := p.keyholder(actor.Person)
	if err != nil {
		return "", err
	}
	credential, err := p.web.ValidateLogin(holder, session, answer)
	if err != nil {
		return "", err
	}
	proved, err := holder.proved(credential)
	if err != nil {
		return "", err
	}
	return p.Store.ConfirmPasskey(actor, proved.key, proved.after)
}
