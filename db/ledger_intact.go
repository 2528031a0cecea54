package db

// Intact says whether a record is what its hash was made of.
func (s Signoff) Intact() bool { return linked(s.Prev, s.Record) == s.Hash }
