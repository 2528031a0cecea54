// Package jobs does what happens later: it sends the outbox and runs job rows.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"vitrine/db"
	"vitrine/handlers/mail"
)

// Mail is looked for by the clock and not at once when it is asked for. So
// nobody who watches the answers of the sign-in page can tell from the work that
// follows whether an address is known.
const (
	mailTick = time.Second
	jobTick  = time.Second
	senders  = 4
	// No step lasts longer than its lease; this is shorter than both.
	stepLimit = 45 * time.Second
)

// Worker sends mail and runs jobs. Further kinds of jobs are added to Kinds
// before Run. Watching says who of the team has a conversation on screen: they need
// no mail about it.
type Worker struct {
	Store    *db.Store
	Sender   mail.Sender
	BaseURL  string
	Watching func(person, thread db.ID) bool
	Draw     db.DrawInvoice // makes the files of an invoice that is sent by itself
	Kinds    map[string]func(context.Context, db.Job) error
}

// Run works until the context ends and returns when nothing is being done any
// more. The store must be closed afterwards, not before.
func (w *Worker) Run(ctx context.Context) {
	wake := make(chan struct{}, 1)
	w.Store.Watch(func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	})
	if err := w.Store.Schedule(db.JobPrune, w.nextNight()); err != nil {
		slog.Error("the nightly job could not be set", "error", err)
	}
	if err := w.Store.Schedule(db.JobGiven, w.Store.Now().Add(time.Minute)); err != nil {
		slog.Error("the hourly job could not be set", "error", err)
	}
	if err := w.Store.ReleaseOverdue(); err != nil {
		slog.Error("held replies could not go out", "error", err)
	}
	if err := w.Store.SettleWaiting(); err != nil {
		slog.Error("what waits could not be promised", "error", err)
	}
	var running sync.WaitGroup
	running.Go(func() { each(ctx, mailTick, nil, w.sendDue) })
	running.Go(func() { each(ctx, jobTick, wake, w.runDue) })
	running.Wait()
}

// each repeats a step, on every tick and when woken.
func each(ctx context.Context, pause time.Duration, wake <-chan struct{}, step func(context.Context) error) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := safely(func() error { return step(ctx) }); err != nil && ctx.Err() == nil {
			slog.Error("background work failed", "error", err)
		}
		select {
		case <-tick.C:
		case <-wake:
		case <-ctx.Done():
		}
	}
}

// safely turns a panic into an error: one bad job must not end the program.
func safely(step func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			slog.Error("panic in background work", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return step()
}

// sendDue sends until nothing is due, a few at a time: a slow mail server holds
// up the mails beside one message, not all.
func (w *Worker) sendDue(ctx context.Context) error {
	for ctx.Err() == nil {
		due, err := w.Store.ClaimMail(senders)
		if err != nil || len(due) == 0 {
			return err
		}
		var sending sync.WaitGroup
		for _, m := range due {
			sending.Go(func() { w.sendOne(ctx, m) })
		}
		sending.Wait()
	}
	return nil
}

func (w *Worker) sendOne(ctx context.Context, m db.Mail) {
	ctx, cancel := context.WithTimeout(ctx, stepLimit)
	defer cancel()
	err := safely(func() error {
		workspace, err := w.Store.Workspace()
		if err != nil {
			return err
		}
		if w.onScreen(m) {
			return mail.ErrNothing
		}
		message, err := mail.Compose(m, w.Store, workspace, w.BaseURL, w.Store.Now())
		if err == nil && len(message.Told) > 0 {
			m.LeftAt, err = w.Store.MailLeaves(m, message.Told)
		}
		if err != nil {
			return err
		}
		return w.Sender.Send(ctx, message)
	})
	switch {
	case err == nil:
		err = w.Store.MailSent(m, w.Sender.Shown())
	case errors.Is(err, mail.ErrNothing):
		err = w.Store.MailEmpty(m)
	default:
		if errors.Is(err, mail.ErrUnsure) {
			m.LeftAt = db.Time{}
		}
		slog.Warn("mail not sent", "mail", m.ID, "person", m.To.ID, "try", m.Tries)
		err = w.Store.MailFailed(m, err, errors.Is(err, mail.ErrFinal))
	}
	if err != nil {
		slog.Error("the outbox could not be marked", "mail", m.ID, "error", err)
	}
}

// onScreen says that the recipient of a mail about a conversation, somebody of the
// team, has it open. What clients have read is known by reply.
func (w *Worker) onScreen(m db.Mail) bool {
	talk := m.Kind == db.MailReplies || m.Kind == db.MailNotes
	return talk && w.Watching != nil && m.To.Side == db.Team && w.Watching(m.To.ID, m.Subject)
}

// runDue runs jobs until none is due.
func (w *Worker) runDue(ctx context.Context) error {
	if err := w.Store.DropBlobs(); err != nil {
		slog.Error("files that nobody has any more could not be erased", "error", err)
	}
	for ctx.Err() == nil {
		job, err := w.Store.ClaimJob()
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := w.runOne(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

func (w *Worker) runOne(ctx context.Context, job db.Job) error {
	ctx, cancel := context.WithTimeout(ctx, stepLimit)
	defer cancel()
	failed := safely(func() error {
		switch job.Kind {
		case db.JobPrune:
			return w.Store.Prune()
		case db.JobRelease:
			return w.Store.ReleaseDue(job.Subject)
		case db.JobLate:
			return w.Store.LateDue(job.Subject)
		case db.JobWake:
			return w.Store.WakeDue(job.Subject)
		case db.JobRemind:
			return w.Store.RemindDue(job.Subject)
		case db.JobExpire:
			return w.Store.ExpireDue(job.Subject)
		case db.JobGiven:
			return w.Store.GivenDue()
		case db.JobDun:
			return w.Store.DunDue(job.Subject)
		case db.JobRepeat:
			return w.Store.RepeatDue(job.Subject, w.Draw)
		}
		run, ok := w.Kinds[job.Kind]
		if !ok {
			return fmt.Errorf("nobody runs jobs of kind %q", job.Kind)
		}
		return run(ctx, job)
	})
	if failed != nil {
		slog.Error("job failed", "job", job.ID, "kind", job.Kind, "try", job.Tries, "error", failed)
		return w.Store.JobFailed(job, failed)
	}
	err := w.Store.JobDone(job)
	switch {
	case err != nil:
		return err
	case job.Kind == db.JobPrune:
		return w.Store.Schedule(db.JobPrune, w.nextNight())
	case job.Kind == db.JobGiven:
		return w.Store.Schedule(db.JobGiven, w.Store.Now().Add(time.Hour))
	}
	return nil
}

// nextNight is three o'clock of the workspace's next night.
func (w *Worker) nextNight() time.Time {
	zone := time.UTC
	if workspace, err := w.Store.Workspace(); err == nil {
		if named, err := time.LoadLocation(workspace.TimeZone); err == nil {
			zone = named
		}
	}
	now := w.Store.Now().In(zone)
	night := time.Date(now.Year(), now.Month(), now.Day(), 3, 0, 0, 0, zone)
	if !night.After(now) {
		night = night.AddDate(0, 0, 1)
	}
	return night
}
