package db

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
)

// link is a row of the ledger exactly as it is stored, types included: what should be
// text and is something else must not pass for it.
type link struct {
	seq    int64
	values [len(linkNames)]any
}

const linkColumns = "seq, id, project_id, decision_id, edition, person_id, outcome, option_id, comment, late_days, at, record, prev, hash, chain"

// linkNames are what the columns after seq are called in a sentence.
var linkNames = [...]string{"id", "project", "decision", "edition", "person", "outcome", "option", "comment", "number of late days", "time", "record", "hash before", "hash", "chain"}

// Where a value stands in a link.
const (
	atID      = 0
	atProject = 1
	atTime    = 9
	atRecord  = 10
	atPrev    = 11
	atHash    = 12
	atChain   = 13
)

func linkFields(l *link) []any {
	into := []any{&l.seq}
	for i := range l.values {
		into = append(into, &l.values[i])
	}
	return into
}

// text is a value that is text, or "".
func (l link) text(at int) string {
	text, _ := l.values[at].(string)
	return text
}

// broken names a link in which something is wrong, from what can still be read of it.
func (l link) broken(what string) *Broken {
	b := &Broken{Seq: l.seq, What: what}
	if id, ok := l.values[atID].(int64); ok {
		b.ID = ID(id)
	}
	if id, ok := l.values[atProject].(int64); ok {
		b.Project.ID = ID(id)
	}
	if r, err := ReadRecord(l.text(atRecord)); err == nil && r.Project.ID == b.Project.ID {
		b.Project.Name = r.Project.Name
	}
	if b.At.Scan(l.values[atTime]) != nil {
		b.At = Time{}
	}
	return b
}

// columns are what a record says, as its row stores it: the values before the record.
func (r Record) columns() []any {
	list := []any{r.ID, r.Project.ID, r.Decision.ID, r.Decision.Edition, r.Person.ID, r.Answer.Outcome, r.Answer.Option, r.Answer.Comment, r.Answer.LateDays, r.At}
	for i := range list {
		list[i], _ = driver.DefaultParameterConverter.ConvertValue(list[i]) // none of these can fail
	}
	return list
}

// readSealed reads a record as strictly as it was written: of a known format, with
// nothing left out and nothing added, in the one form that RFC 8785 allows. The error
// ends a sentence about the record.
func readSealed(text string) (Record, error) {
	var shape struct{ Format string }
	if json.Unmarshal([]byte(text), &shape) != nil {
		return Record{}, errors.New("cannot be read")
	}
	if shape.Format != RecordFormat {
		return Record{}, fmt.Errorf("has a format that this program does not know, %.40q", shape.Format)
	}
	var r Record
	strict := json.NewDecoder(bytes.NewReader([]byte(text)))
	strict.DisallowUnknownFields()
	if strict.Decode(&r) != nil {
		return Record{}, errors.New("holds what no record of its format holds")
	}
	if canonical, err := r.canonical(); err != nil || canonical != text {
		return Record{}, errors.New("is not in canonical form")
	}
	return r, nil
}
