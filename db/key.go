package db

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// The key of the data folder lies beside the database, not in it: a copy of the
// database alone opens no PIN and no link.
func dataKey(dir string, create bool) ([]byte, error) {
	path := filepath.Join(dir, "secret.key")
	key, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && create {
		key = randomBytes(32)
		err = writeWhole(path, key)
	}
	if err == nil && len(key) != 32 {
		err = errors.New("secret.key in the data folder is damaged")
	}
	return key, err
}

// writeWhole makes a file that is there with all its bytes or not at all, also
// after a power cut.
func writeWhole(path string, content []byte) error {
	draft := path + ".new"
	if err := os.WriteFile(draft, content, 0o600); err != nil {
		return err
	}
	if err := flush(draft); err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return err
	}
	return flushFolder(filepath.Dir(path))
}

func randomBytes(count int) []byte {
	random := make([]byte, count)
	if _, err := rand.Read(random); err != nil {
		panic("no randomness: " + err.Error())
	}
	return random
}

// newToken draws a 256-bit secret for a cookie or a link.
func newToken() string { return base64.RawURLEncoding.EncodeToString(randomBytes(32)) }

// hashToken is what is stored of a token. A token has 256 bits, so a plain hash
// is enough: there is nothing to guess.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// keyed hashes something short, such as a PIN, so that the database alone does
// not allow to try all of them.
func (s *Store) keyed(parts ...string) []byte {
	mac := hmac.New(sha256.New, s.key)
	for _, part := range parts {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return mac.Sum(nil)
}

func (s *Store) sealer() cipher.AEAD {
	key := s.keyed("outbox")
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	sealer, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return sealer
}

// seal encrypts what waits in the outbox; unseal opens it.
func (s *Store) seal(text string) []byte {
	sealer := s.sealer()
	nonce := randomBytes(sealer.NonceSize())
	return sealer.Seal(nonce, nonce, []byte(text), nil)
}

func (s *Store) unseal(sealed []byte) (string, error) {
	sealer := s.sealer()
	if len(sealed) < sealer.NonceSize() {
		return "", errors.New("sealed text is damaged")
	}
	text, err := sealer.Open(nil, sealed[:sealer.NonceSize()], sealed[sealer.NonceSize():], nil)
	return string(text), err
}
