package db

import "encoding/json"

// Bundle is a record with what is needed to check it without the database.
func (s Signoff) Bundle() ([]byte, error) {
	return json.Marshal(map[string]string{"format": "vitrine-bundle-1", "record": s.Record, "prev": s.Prev, "hash": s.Hash})
}
