package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"vitrine/db"
	"vitrine/views"
)

type verifyCommand struct {
	Bundle string   `help:"Check one record that was saved from a certificate; no data folder is needed." type:"path" placeholder:"FILE"`
	Files  []string `arg:"" optional:"" help:"With --bundle: files that have to be among those that the record names." type:"path"`
}

// Run checks every sign-off of the data folder, or one that was saved.
func (c *verifyCommand) Run(sh *shell) error {
	if c.Bundle != "" {
		return c.bundle(sh)
	}
	if len(c.Files) > 0 {
		return mistyped("files are compared with a saved record: name it with --bundle")
	}
	if err := sh.there(); err != nil {
		return err
	}
	held, broken, err := db.VerifyLedger(sh.dir)
	if err != nil {
		return err
	}
	if broken != nil {
		return errors.New(brokenLink(*broken))
	}
	noun := "sign-offs"
	if held.Count == 1 {
		noun = "sign-off"
	}
	fmt.Fprintf(sh.out, "%d %s, all links hold.\n", held.Count, noun)
	return nil
}

// brokenLink says in one sentence which link does not hold, and why.
func brokenLink(b db.Broken) string {
	if b.Seq == 0 {
		return "the ledger " + b.What
	}
	var about []string
	if b.ID != 0 {
		about = append(about, b.ID.String())
	}
	if project := views.Line(b.Project.Name); project != "" {
		about = append(about, "project “"+project+"”")
	} else if b.Project.ID != 0 {
		about = append(about, "project "+b.Project.ID.String())
	}
	if !b.At.IsZero() {
		about = append(about, b.At.Format("2006-01-02 15:04:05")+" UTC")
	}
	which := fmt.Sprintf("sign-off %d", b.Seq)
	if len(about) > 0 {
		which += " (" + strings.Join(about, ", ") + ")"
	}
	return which + " " + shown(b.What)
}

func (c *verifyCommand) bundle(sh *shell) error {
	raw, err := readSmall(c.Bundle, db.MaxBundle)
	if err != nil {
		return err
	}
	record, err := db.VerifyBundle(raw)
	if err != nil {
		return err
	}
	for _, path := range c.Files {
		if err := among(record.Files, path); err != nil {
			return err
		}
	}
	var sealed db.Bundle
	if err := json.Unmarshal(raw, &sealed); err != nil {
		return err
	}
	certificate := views.NewCertificate(english(), db.Signoff{ID: record.ID, Record: sealed.Record, Prev: sealed.Prev, Hash: sealed.Hash})
	io.WriteString(sh.out, shown(certificateText(certificate)))
	if len(c.Files) > 0 {
		fmt.Fprintln(sh.out, "The files named here are among those of the record.")
	}
	fmt.Fprintf(sh.out, "The record holds. It is the one that was sealed if its certificate or the workspace shows this hash too:\n%s\n", sealed.Hash)
	return nil
}

// readSmall reads a file of at most limit bytes, and one more of a larger one.
func readSmall(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit+1))
}

// among looks for the bytes of a file, whatever its name.
func among(files []db.RecordFile, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if hash := hex.EncodeToString(sum.Sum(nil)); !slices.ContainsFunc(files, func(f db.RecordFile) bool { return f.SHA256 == hash }) {
		return fmt.Errorf("%s is not among the files of this record: its SHA-256 is %s", path, hash)
	}
	return nil
}
