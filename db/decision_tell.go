package db

// asked tells those who have to answer, and sees to reminders.
func (tx *Tx) asked(ID) error { return tx.touchAuthority() }

// proposed tells the team what a client proposed.
func (tx *Tx) proposed(ID) error { return nil }

// answered tells the team of an answer.
func (tx *Tx) answered(ID) error { return nil }
