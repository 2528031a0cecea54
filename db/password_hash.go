package db

import (
	"sync"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
)

// hashing does all work with passwords of this process.
var hashing turnstile

// turnstile lets one through after the other. Hashing a password takes 19 MiB:
// so memory stays bounded whoever knocks. And what was tried is counted before
// the next one is compared, so no limit is overrun by tries at the same time.
type turnstile struct {
	one     sync.Mutex
	waiting atomic.Int32
	runs    atomic.Int64 // of Argon2, for tests: what takes the same work counts the same
}

// turnstileQueue is how many may wait; at some 25 ms each the last one for
// several seconds.
const turnstileQueue = 256

func (t *turnstile) pass(work func() error) error {
	defer t.waiting.Add(-1)
	if t.waiting.Add(1) > turnstileQueue {
		return ErrBusy
	}
	t.one.Lock()
	defer t.one.Unlock()
	return work()
}

func (t *turnstile) hash(password string) (string, error) {
	t.runs.Add(1)
	return argon2id.CreateHash(password, &passwordCost)
}

// matches is false for a hash that cannot be read, too.
func (t *turnstile) matches(password, hash string) bool {
	t.runs.Add(1)
	right, err := argon2id.ComparePasswordAndHash(password, hash)
	return err == nil && right
}
