package db

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// Imports remember of each field what it was like at the source, so that the
// next import of the same file tells three cases apart: changed there, changed
// here, changed in both places.

// fingerprint is a short hash of one field's value.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// prints are the fingerprints of a thing's fields, in a fixed order.
type prints []string

func (p prints) String() string { return strings.Join(p, " ") }

// origins are what earlier imports of a project remembered, by noun and source.
type origins map[[2]string]string

func (tx *Tx) origins(project ID) (origins, error) {
	type line struct{ noun, source, print string }
	lines, err := all(tx, func(l *line) []any { return []any{&l.noun, &l.source, &l.print} },
		"SELECT noun, source, print FROM origin WHERE project_id = ?", project)
	known := make(origins, len(lines))
	for _, l := range lines {
		known[[2]string{l.noun, l.source}] = l.print
	}
	return known, err
}

// of are the remembered fingerprints of a thing; nil when it is new.
func (o origins) of(noun, source string) prints {
	if remembered, ok := o[[2]string{noun, source}]; ok {
		return strings.Split(remembered, " ")
	}
	return nil
}

// remember stores what a thing is like at its source now.
func (tx *Tx) remember(known origins, project ID, noun, source string, now prints) error {
	key := [2]string{noun, source}
	if known[key] == now.String() {
		return nil
	}
	known[key] = now.String()
	return tx.run("INSERT INTO origin (project_id, noun, source, print) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET print = excluded.print",
		project, noun, source, now.String())
}

// changed says whether a field is not at the source what it was at the last
// import. A thing that was never imported has changed.
func (p prints) changed(before prints, field int) bool {
	return field >= len(before) || before[field] != p[field]
}
