package db

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// filesHash is that of the files that are answered with a decision.
func (tx *Tx) filesHash(d decisionOf) (string, error) {
	if d.VersionID != 0 {
		return value[string](tx, "SELECT sha256 FROM deliverable_version WHERE id = ?", d.VersionID)
	}
	files, err := all(tx, func(f *ClientFile) []any { return []any{&f.Name, &f.SHA256, &f.Required} },
		"SELECT name, sha256, required FROM file WHERE decision_id = ? AND sha256 IS NOT NULL ORDER BY name, sha256, id", d.ID)
	return FilesHash(files), err
}

// FilesHash names the files of a question, in the order of their names, with which of
// them are to be opened first; "" is none.
func FilesHash(files []ClientFile) string {
	if len(files) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, file := range files {
		fmt.Fprintf(sum, "%q %s %v\n", file.Name, file.SHA256, file.Required)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// aboutHash is that of what a decision is about.
func (tx *Tx) aboutHash(d decisionOf) (string, error) {
	type about struct{ deliverable, text, milestone string }
	is, err := one(tx, func(a *about) []any { return []any{&a.deliverable, &a.text, &a.milestone} },
		`SELECT coalesce(x.name, ''), coalesce(x.description, ''), coalesce(m.name, '') FROM decision d LEFT JOIN milestone m ON m.id = d.milestone_id
		LEFT JOIN deliverable_version n ON n.id = d.version_id LEFT JOIN deliverable x ON x.id = n.deliverable_id WHERE d.id = ?`, d.ID)
	return AboutHash(is.deliverable, is.text, is.milestone), err
}

// AboutHash names what a decision is about and is no part of its edition: the texts of
// the deliverable, the name of the milestone. Their authors may change them while it is
// open, and they are sealed with it; "" is none.
func AboutHash(deliverable, text, milestone string) string {
	if deliverable == "" && milestone == "" {
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", deliverable, text, milestone))
	return hex.EncodeToString(sum[:])
}
