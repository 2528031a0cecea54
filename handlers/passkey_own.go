package handlers

import (
	"encoding/json"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// beginRegister asks for a new passkey. It has to be one that the browser finds
// without an address (discoverable), and that knows its owner by finger, face or
// code (user verification).
func (p passkeys) beginRegister(c *fiber.Ctx) error {
	holder, err := p.keyholder(p.Actor(c).Person)
	if err != nil {
		return err
	}
	if p.web == nil {
		return db.ErrNotFound
	}
	options, session, err := p.web.BeginRegistration(holder,
		webauthn.WithRegistrationRelyingPartyName(views.Line(p.Workspace().Name)),
		webauthn.WithExclusions(webauthn.Credentials(holder.credentials).CredentialDescriptors()),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired}),
		webauthn.WithConveyancePreference(protocol.PreferNoAttestation))
	if err != nil {
		return err
	}
	return p.begin(c, p.Actor(c), db.CeremonyRegister, options, session, "")
}

// register keeps the new passkey and gives the session its new token.
func (p passkeys) register(c *fiber.Ctx) error {
	actor := p.Actor(c)
	kept, err := p.taken(c, actor, db.CeremonyRegister)
	token := ""
	if err == nil {
		token, err = p.added(c, actor, kept.Session)
	}
	if p.refused(c, "register", err) {
		return p.securityPage(c, fiber.StatusUnprocessableEntity, web.Form{}, p.Words(c).T("passkey.not-added"))
	}
	if err != nil {
		return p.wayRefused(c, web.Form{}, err)
	}
	keepSession(c, p.App, token)
	return web.SeeOther(c, p.home(c)+"/security")
}

func (p passkeys) added(c *fiber.Ctx, actor db.Actor, session webauthn.SessionData) (token string, err error) {
	form := web.ReadForm(c, "name", "credential")
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(form.Value("credential")))
	if err != nil {
		return "", err
	}
	holder, err := p.keyholder(actor.Person)
	if err != nil {
		return "", err
	}
	credential, err := p.web.CreateCredential(holder, session, answer)
	if err != nil {
		return "", err
	}
	credential.Attestation = webauthn.CredentialAttestation{} // none was asked for
	text, err := json.Marshal(credential)
	if err != nil {
		return "", err
	}
	return p.Store.AddPasskey(actor, db.Passkey{CredentialID: credential.ID, Credential: string(text), Name: form.Value("name")})
}

func (p passkeys) rename(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := p.Store.RenamePasskey(p.Actor(c), id, web.ReadForm(c, "name").Value("name")); err != nil {
		return p.wayRefused(c, web.Form{}, err)
	}
	return web.SeeOther(c, p.home(c)+"/security")
}

func (p passkeys) remove(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := p.Store.RemovePasskey(p.Actor(c), id); err != nil {
		return p.wayRefused(c, web.Form{}, err)
	}
	return web.SeeOther(c, p.home(c)+"/security")
}
