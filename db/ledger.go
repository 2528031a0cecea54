package db

import (
	"crypto/sha256"
	"encoding/hex"
)

// Outcomes of an answer.
const (
	Approve = "approve" // yes: to an approval, a milestone or a change request
	Choose  = "choose"  // one of the options
	Free    = "free"    // in words of their own
	Changes = "changes" // not like this
	Decline = "decline"
)

// Signoff is a sealed record of an answer. Person is the name under which the reader
// knows who answered. Record is canonical JSON, to be read with ReadRecord; Hash is
// made of it and of Prev, the hash before it in the project.
type Signoff struct {
	ID, ProjectID, DecisionID ID
	Edition                   int
	PersonID                  ID
	Person                    string
	Outcome                   string
	OptionID                  ID
	Comment                   string
	LateDays                  int
	At                        Time
	Record, Prev, Hash        string
}

const signoffColumns = "s.id, s.project_id, s.decision_id, s.edition, s.person_id, s.outcome, s.option_id, s.comment, s.late_days, s.at, s.record, s.prev, s.hash"

func signoffFields(s *Signoff) []any {
	return []any{&s.ID, &s.ProjectID, &s.DecisionID, &s.Edition, &s.PersonID, &s.Outcome, &s.OptionID, &s.Comment, &s.LateDays, &s.At, &s.Record, &s.Prev, &s.Hash, &s.Person}
}

// Signoff is one record, for the team.
func (v *Viewer) Signoff(id ID) (Signoff, error) {
	return one(v.source, signoffFields, "SELECT "+signoffColumns+`, coalesce((SELECT p.name FROM person p WHERE p.id = s.person_id), '')
		FROM visible_signoff_team v JOIN signoff s ON s.id = v.signoff_id WHERE v.viewer_id = ? AND s.id = ?`, v.ID, id)
}

// Signoffs are the records of a decision, oldest first.
func (v *Viewer) Signoffs(decision ID) ([]Signoff, error) {
	return all(v.source, signoffFields, "SELECT "+signoffColumns+`, coalesce((SELECT p.name FROM person p WHERE p.id = s.person_id), '')
		FROM visible_signoff_team v JOIN signoff s ON s.id = v.signoff_id WHERE v.viewer_id = ? AND s.decision_id = ? ORDER BY s.seq`, v.ID, decision)
}

// Signoff is one record, for a client who sees what it is about.
func (g *Glass) Signoff(id ID) (Signoff, error) {
	return one(g, signoffFields, "SELECT "+signoffColumns+", coalesce(s.person, '') FROM client_signoff s WHERE s.id = ?", id)
}

// Signoffs are the records of a decision, oldest first.
func (g *Glass) Signoffs(decision ID) ([]Signoff, error) {
	return all(g, signoffFields, "SELECT "+signoffColumns+", coalesce(s.person, '') FROM client_signoff s WHERE s.decision_id = ? ORDER BY s.at, s.id", decision)
}

// linked is the hash of something that follows something else.
func linked(before, text string) string {
	sum := sha256.Sum256([]byte(before + "\n" + text))
	return hex.EncodeToString(sum[:])
}

// append seals a record into the ledger.
func (tx *Tx) append(r Record, decision ID) error {
	text, err := r.canonical()
	if err != nil {
		return err
	}
	type ends struct{ hash, chain string }
	before, err := one(tx, func(e *ends) []any { return []any{&e.hash, &e.chain} },
		"SELECT coalesce((SELECT hash FROM signoff WHERE project_id = ? ORDER BY seq DESC LIMIT 1), ''), coalesce((SELECT chain FROM signoff ORDER BY seq DESC LIMIT 1), '')", r.Project.ID)
	if err != nil {
		return err
	}
	hash := linked(before.hash, text)
	return tx.run(`INSERT INTO signoff (id, project_id, decision_id, edition, person_id, outcome, option_id, comment, late_days, at, record, prev, hash, chain) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		r.ID, r.Project.ID, decision, r.Decision.Edition, r.Person.ID, r.Answer.Outcome, r.Answer.Option, r.Answer.Comment, r.Answer.LateDays, r.At, text, before.hash, hash, linked(before.chain, hash))
}
