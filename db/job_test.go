package db

import (
	"errors"
	"testing"
	"time"
)

func TestJobIsLeasedAndRepeats(t *testing.T) {
	d := newDoor(t)
	if _, err := d.ClaimJob(); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	for range 3 {
		if err := d.Schedule(JobPrune, d.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if waiting := d.count("SELECT count(*) FROM job"); waiting != 1 {
		t.Fatal("scheduled", waiting)
	}
	d.pass(time.Hour)
	first, err := d.ClaimJob()
	if err != nil || first.Kind != JobPrune {
		t.Fatal(first, err)
	}
	if _, err := d.ClaimJob(); !errors.Is(err, ErrNotFound) {
		t.Error("claimed twice")
	}
	d.pass(jobLease)
	again, err := d.ClaimJob()
	if err != nil || again.ID != first.ID || again.Tries != 2 {
		t.Error(again, err)
	}
	if err := d.JobFailed(again, errors.New("no")); err != nil {
		t.Fatal(err)
	}
	d.pass(pauseAfter(2))
	if again, err = d.ClaimJob(); err != nil || again.Tries != 3 {
		t.Fatal(again, err)
	}
	if err := d.JobDone(again); err != nil {
		t.Fatal(err)
	}
	d.pass(24 * time.Hour)
	if _, err := d.ClaimJob(); !errors.Is(err, ErrNotFound) {
		t.Error("done and due")
	}
	if err := d.Schedule(JobPrune, d.Now()); err != nil {
		t.Fatal(err)
	}
	for try := 1; try <= jobTries; try++ {
		job, err := d.ClaimJob()
		if err != nil || job.Tries != try {
			t.Fatal(job, err)
		}
		if err := d.JobFailed(job, errors.New("no")); err != nil {
			t.Fatal(err)
		}
		d.pass(longestRetry)
	}
	if _, err := d.ClaimJob(); !errors.Is(err, ErrNotFound) {
		t.Error("never given up")
	}
}

func TestPruneKeepsWhatCounts(t *testing.T) {
	d := newDoor(t)
	known, mail := d.begin(doorEmail, "")
	if _, _, err := d.TryPIN(known, mail.PIN, ""); err != nil {
		t.Fatal(err)
	}
	d.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO challenge (id, cookie_hash, link_hash, address, network, known, created_at, expires_at) SELECT i, CAST('c' || i AS BLOB), CAST('l' || i AS BLOB), 'x', '', 0, ?, ? FROM n",
		At(d.Now()), At(d.Now()))
	if _, err := d.SignInLink(doorEmail); err != nil {
		t.Fatal(err)
	}
	left := func() (challenges, others int) {
		if err := d.Prune(); err != nil {
			t.Fatal(err)
		}
		return d.count("SELECT count(*) FROM challenge"), d.count("SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM way_in) + (SELECT count(*) FROM outbox)")
	}
	if challenges, others := left(); challenges != 2501 || others != 3 {
		t.Error("at once:", challenges, others)
	}
	d.pass(guessWindow)
	if challenges, others := left(); challenges != 2501 || others != 3 {
		t.Error("while guesses count:", challenges, others)
	}
	d.pass(time.Hour)
	if challenges, others := left(); challenges != 1 || others != 3 {
		t.Error("a day later:", challenges, others)
	}
	d.pass(60 * 24 * time.Hour)
	if challenges, others := left(); challenges != 0 || others != 0 {
		t.Error("two months later:", challenges, others)
	}
}
