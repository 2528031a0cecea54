package db

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Shown is what is on screen with a question and is no part of its edition: others may
// change it while the question is open, and it is sealed with the answer.
type Shown struct {
	Version                  string // the hash of the version that is to be approved
	Deliverable, Description string // of which it is one
	Milestone                string
	Files                    []ClientFile // in the order of their names
}

// Hash names it; "" is nothing at all.
func (s Shown) Hash() string {
	if s.Version == "" && s.Milestone == "" && len(s.Files) == 0 {
		return ""
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %q\n", s.Version, s.Deliverable, s.Description, s.Milestone)
	for _, file := range s.Files {
		fmt.Fprintf(sum, "%q %s %v\n", file.Name, file.SHA256, file.Required)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Shown is what stands beside the question for those who answer it.
func (d ClientDecision) Shown() Shown { return Shown{Milestone: d.Milestone, Files: d.Files} }

// Shown is what stands beside one of its versions.
func (d ClientDeliverable) Shown(version ClientVersion) Shown {
	return Shown{Version: version.SHA256, Deliverable: d.Name, Description: d.Description}
}

// shown is the same, as it is at this moment.
func (tx *Tx) shown(d decisionOf) (Shown, error) {
	is, err := one(tx, func(s *Shown) []any { return []any{&s.Version, &s.Deliverable, &s.Description, &s.Milestone} },
		`SELECT coalesce(n.sha256, ''), coalesce(x.name, ''), coalesce(x.description, ''), coalesce(m.name, '') FROM decision d LEFT JOIN milestone m ON m.id = d.milestone_id
		LEFT JOIN deliverable_version n ON n.id = d.version_id LEFT JOIN deliverable x ON x.id = n.deliverable_id WHERE d.id = ?`, d.ID)
	if err != nil {
		return is, err
	}
	is.Files, err = all(tx, func(f *ClientFile) []any { return []any{&f.Name, &f.SHA256, &f.Required} },
		"SELECT name, sha256, required FROM file WHERE decision_id = ? AND sha256 IS NOT NULL ORDER BY name, sha256, id", d.ID)
	return is, err
}
