package handlers

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"
)

// authenticator is a device with one passkey, which also answers what no honest
// one would (Web Authentication Level 3, section 6).
type authenticator struct {
	w      *world
	key    *ecdsa.PrivateKey
	id     []byte
	handle string
	count  uint32
	origin string
	site   string
	flags  byte // 1 somebody was there, 4 it was its owner, 0x40 with a new key
}

func (w *world) authenticator() *authenticator {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	w.ok(err)
	return &authenticator{w: w, key: key, id: []byte(rand.Text()), origin: strings.Replace(w.base, "127.0.0.1", "localhost", 1), site: "localhost", flags: 5}
}

func b64(bytes []byte) string { return base64.RawURLEncoding.EncodeToString(bytes) }

// challenge is what a begun ceremony asks to sign.
func (a *authenticator) challenge(begun answer) string {
	a.w.t.Helper()
	var asked struct {
		PublicKey struct {
			Challenge string `json:"challenge"`
			User      struct {
				ID string `json:"id"`
			} `json:"user"`
		} `json:"publicKey"`
	}
	if begun.status != 200 {
		a.w.t.Fatal(begun.status, begun.body)
	}
	a.w.ok(json.Unmarshal([]byte(begun.body), &asked))
	if handle, err := base64.RawURLEncoding.DecodeString(asked.PublicKey.User.ID); err == nil && len(handle) > 0 {
		a.handle = string(handle)
	}
	return asked.PublicKey.Challenge
}

func (a *authenticator) clientData(kind, challenge string) []byte {
	text, err := json.Marshal(map[string]any{"type": "webauthn." + kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	a.w.ok(err)
	return text
}

func (a *authenticator) data(more byte) []byte {
	site := sha256.Sum256([]byte(a.site))
	return binary.BigEndian.AppendUint32(append(site[:], a.flags|more), a.count)
}

func (a *authenticator) answer(response map[string]string) string {
	text, err := json.Marshal(map[string]any{"id": b64(a.id), "rawId": b64(a.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response})
	a.w.ok(err)
	return string(text)
}

// create answers a registration with the public key, unattested.
func (a *authenticator) create(begun answer) string {
	challenge := a.challenge(begun)
	data := append(a.data(0x40), make([]byte, 16)...) // no model
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = append(data, a.id...)
	point, err := a.key.PublicKey.Bytes() // 4, x, y
	a.w.ok(err)
	data = append(data, 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32) // COSE: EC2, ES256, P-256
	data = append(data, point[1:33]...)
	data = append(data, 0x22, 0x58, 32)
	data = append(data, point[33:]...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	return a.answer(map[string]string{"clientDataJSON": b64(a.clientData("create", challenge)), "attestationObject": b64(append(object, data...))})
}

// get answers a sign-in with a signature.
func (a *authenticator) get(begun answer) string {
	a.count++
	client, data := a.clientData("get", a.challenge(begun)), a.data(0)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(data, hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, sum[:])
	a.w.ok(err)
	return a.answer(map[string]string{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64([]byte(a.handle))})
}

// adds keeps the passkey for somebody who is signed in.
func (a *authenticator) adds(s *someone, at string) answer {
	a.w.t.Helper()
	return s.post(at+"/passkeys", "name", "Phone", "credential", a.create(s.post(at+"/passkeys/begin")))
}

// signsIn asks with the passkey at the door.
func (a *authenticator) signsIn(s *someone, next string) answer {
	a.w.t.Helper()
	return s.post("/sign-in/passkey", "credential", a.get(s.post("/sign-in/passkey/begin", "next", next)))
}
