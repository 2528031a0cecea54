package db

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gowebpki/jcs"
)

// BundleFormat names the shape of a bundle.
const BundleFormat = "vitrine-bundle-1"

// MaxBundle is how many bytes a bundle may have.
const MaxBundle = 1 << 20

// Bundle is a record with what is needed to check it without the database. Record is
// kept as text, because its hash is that of exactly these bytes: Hash is the SHA-256,
// in hexadecimal, of Prev, a line feed and Record.
type Bundle struct {
	Format string `json:"format"`
	Record string `json:"record"`
	Prev   string `json:"prev"`
	Hash   string `json:"hash"`
}

// Bundle writes a sign-off as a bundle. It holds nothing but what the client may read.
func (s Signoff) Bundle() ([]byte, error) {
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	err := to.Encode(Bundle{BundleFormat, s.Record, s.Prev, s.Hash})
	return text.Bytes(), err
}

// VerifyBundle reads a bundle and checks that its record is what its hash was made of.
// Who made the hash it cannot know: that takes a second copy of it, from a certificate
// or the workspace. The error is a sentence.
func VerifyBundle(raw []byte) (Record, error) {
	if len(raw) > MaxBundle {
		return Record{}, fmt.Errorf("a record has at most %d KB", MaxBundle>>10)
	}
	b, err := readBundle(raw)
	if err != nil {
		return Record{}, err
	}
	if linked(b.Prev, b.Record) != b.Hash {
		return Record{}, errors.New("the record does not match its hash: one of them was changed after it was sealed")
	}
	if b.Prev != "" && !isSum(b.Prev) {
		return Record{}, errors.New("the hash of the record before is no hash")
	}
	r, err := readSealed(b.Record)
	if err != nil {
		err = fmt.Errorf("the record %w", err)
	}
	return r, err
}

// readBundle refuses what two readers could read in two ways: unknown, missing and
// doubled names, and names in other letters.
func readBundle(raw []byte) (b Bundle, err error) {
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if strict.Decode(&b) != nil || b.Format == "" {
		return b, errors.New("this is not a record that Vitrine saved")
	}
	if b.Format != BundleFormat {
		return b, fmt.Errorf("the file has a format that this program does not know, %.40q", b.Format)
	}
	again, err := json.Marshal(b)
	if err == nil {
		again, err = jcs.Transform(again)
	}
	same, wrong := jcs.Transform(raw)
	if err == nil && (wrong != nil || !bytes.Equal(same, again)) {
		err = errors.New("this is not a record as Vitrine saves it")
	}
	return b, err
}
