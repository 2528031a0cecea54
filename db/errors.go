package db

import (
	"errors"
	"fmt"
)

// ErrNotFound is the one answer to what does not exist and to what is not
// yours: nobody can tell the two apart.
var ErrNotFound = errors.New("not found")

// ErrGone is answered by a login, link or PIN that can no longer be used.
var ErrGone = errors.New("no longer valid")

// Invalid says what is wrong with one field of a form. Key names a sentence of
// the catalogue, Args are its name and value pairs.
type Invalid struct {
	Field string
	Key   string
	Args  []any
}

func (e *Invalid) Error() string { return fmt.Sprintf("%s: %s %v", e.Field, e.Key, e.Args) }

func invalid(field, key string, args ...any) error { return &Invalid{field, key, args} }

// Conflict says that a text changed since the form was opened. Nothing was
// stored; Theirs holds the stored values by field, Version the stored version.
type Conflict struct {
	Version int64
	Theirs  map[string]string
}

func (e *Conflict) Error() string { return "changed by somebody else in the meantime" }

// ErrPreview refuses a write of somebody who looks through a client.
var ErrPreview = errors.New("answering is switched off while you look through a client")

// ErrDenied refuses what a person of the team sees but may not do.
var ErrDenied = errors.New("your role does not allow this")

// ErrSent answers who wants to take back what clients read already.
var ErrSent = errors.New("this has gone out already")

// Over answers who would answer a question that cannot be answered any more, or not
// as it was: State is its state now, Edition what is asked now. State Asked with
// another edition than the one on screen means that it changed; with the same one,
// that it is not their turn, or that they answered already.
type Over struct {
	State   string
	Edition int
	Had     int // the edition on screen, 0 where it does not matter
	Signed  bool
	Differs bool // what is Shown beside it is not as it was on screen
}

func (e *Over) Error() string { return "the question is not open as it was: " + e.State }

// ErrReplaced answers for a file whose bytes in the data folder are not those that
// were stored: they are never given out.
var ErrReplaced = errors.New("the stored file is not what it was")
