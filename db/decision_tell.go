package db

import "time"

// What is told of decisions by mail. Clients hear of what they have to answer, the
// team of what was answered; everybody can switch that off.
const (
	MailDecisions = "decisions" // what clients switch off
	MailAnswers   = "answers"   // what the team switches off

	MailAsked      = "asked"    // its subject is the decision, as of all but the next
	MailAnswered   = "answered" // its subject is the sealed answer
	MailReminder   = "reminder"
	MailClosed     = "closed" // no answer is needed any more, or a proposal was declined
	MailProposed   = "proposed"
	MailUnanswered = "unanswered"
)

// notifiedBy are the notifications that mails about decisions belong to.
var notifiedBy = map[string]string{MailAsked: MailDecisions, MailReminder: MailDecisions, MailClosed: MailDecisions,
	MailAnswered: MailAnswers, MailProposed: MailAnswers, MailUnanswered: MailAnswers}

// Notification is the kind under which people switch such mails off.
func (m Mail) Notification() string {
	if kind, ok := notifiedBy[m.Kind]; ok {
		return kind
	}
	return m.Kind
}

// closedAfter is how long the mail about a question that was taken back waits: until
// the one that asked it has surely left, or never will.
const closedAfter = 2 * mailLease

// wantsDecisions says that a person p wants such mails at all.
const wantsDecisions = "NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.kind = 'decisions' AND n.mail = 0)"

// Those who are asked (?1) by mail: who has to answer now and has been here or was
// invited, because nobody is written to before the team says so.
const hearsDecision = `SELECT m.viewer_id AS person_id FROM may_decide_client m JOIN may_sign_in i ON i.person_id = m.viewer_id JOIN person p ON p.id = m.viewer_id
	WHERE m.decision_id = ?1 AND ` + wantsDecisions + `
	AND (p.joined_at IS NOT NULL OR EXISTS (SELECT 1 FROM invitation n WHERE n.person_id = p.id AND n.ended_at IS NULL))`

// Those of the team who hear what becomes of a decision (?1): who asked it, who leads
// the project, and whoever has spoken where it is talked about.
const hearsAnswer = `SELECT p.id AS person_id FROM decision d JOIN visible_decision_team v ON v.decision_id = d.id JOIN may_sign_in i ON i.person_id = v.viewer_id
	JOIN person p ON p.id = v.viewer_id JOIN (SELECT coalesce(o.deliverable_id, q.id) AS thread_id FROM decision q LEFT JOIN deliverable_version o ON o.id = q.version_id WHERE q.id = ?1) r
	WHERE d.id = ?1 AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.kind = 'answers' AND n.mail = 0)
	AND (EXISTS (SELECT 1 FROM edition e WHERE e.decision_id = d.id AND e.asked_by = p.id)
		OR EXISTS (SELECT 1 FROM membership l WHERE l.project_id = d.project_id AND l.person_id = p.id AND l.role = 'leader') OR ` + spoke + `)`

// hearsClosed are those who hear that a decision (?1) needs no answer any more: whose
// mail about it left, who could still answer, did not, and are not asked about the
// next version instead; or who proposed what the team declined.
func hearsClosed(left string) string {
	return `SELECT p.id AS person_id FROM decision d JOIN edition e ON e.decision_id = d.id AND e.number = d.edition
		JOIN visible_decision_client v ON v.decision_id = d.id JOIN may_sign_in i ON i.person_id = v.viewer_id JOIN person p ON p.id = v.viewer_id
		WHERE d.id = ?1 AND ` + wantsDecisions + ` AND (d.state = 'withdrawn' AND EXISTS (SELECT 1 FROM decider x JOIN may_client m ON m.viewer_id = x.person_id AND m.project_id = d.project_id AND m.right = 'decide'
				WHERE x.decision_id = d.id AND x.person_id = p.id)
			AND EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.subject_id = d.id AND o.kind IN ('asked', 'reminder') AND o.created_at >= e.asked_at AND o.` + left + `)
			AND NOT EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id AND s.edition = d.edition AND s.person_id = p.id)
			AND NOT EXISTS (SELECT 1 FROM deliverable_version a JOIN deliverable_version b ON b.deliverable_id = a.deliverable_id JOIN decision n ON n.version_id = b.id
				JOIN may_decide_client m ON m.decision_id = n.id AND m.viewer_id = p.id WHERE a.id = d.version_id)
		OR d.state = 'declined' AND d.created_by = p.id AND NOT EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id))`
}

// tellOf puts a mail into the outbox for everybody whom hears picks, by the decision
// (?1) and what is given beyond (from ?7 on). What it says is read when it is sent,
// with the recipient's eyes.
func (tx *Tx) tellOf(decision ID, kind string, subject ID, wait time.Duration, hears string, beyond ...any) error {
	args := append([]any{decision, kind, subject, tx.now, At(tx.now.Add(wait)), At(tx.now.Add(newsLife))}, beyond...)
	return tx.run(`INSERT INTO outbox (kind, person_id, subject_id, message_id, created_at, next_at, expires_at)
		SELECT ?2, h.person_id, ?3, lower(hex(randomblob(16))), ?4, ?5, ?6 FROM (`+hears+") h", args...)
}

// asked tells those who have to answer a decision now, once for each edition, and sees
// to reminders. It is called when something is asked, and after each answer that leaves
// it open: where order matters, somebody else is next then.
func (tx *Tx) asked(id ID) error {
	if err := tx.touchAuthority(); err != nil {
		return err
	}
	q, err := tx.questionOf(id)
	if err != nil || q.begun && q.mode != InOrder {
		return err
	}
	if err := tx.tellOf(id, MailAsked, id, 0, hearsDecision+
		" AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.subject_id = ?1 AND o.kind = 'asked' AND o.created_at >= ?7)", q.askedAt); err != nil || q.begun {
		return err
	}
	return tx.schedule(id, q)
}

// proposed tells the team what a client proposed.
func (tx *Tx) proposed(id ID) error { return tx.tellOf(id, MailProposed, id, 0, hearsAnswer) }

// answered tells the team of the newest answer to a decision.
func (tx *Tx) answered(id ID) error {
	sealed, err := value[ID](tx, "SELECT id FROM signoff WHERE decision_id = ? ORDER BY seq DESC LIMIT 1", id)
	if err != nil {
		return err
	}
	return tx.tellOf(id, MailAnswered, sealed, 0, hearsAnswer)
}

// tellClosed tells clients that nothing is asked of them any more, or that what they
// proposed was declined.
func (tx *Tx) tellClosed(id ID) error {
	return tx.tellOf(id, MailClosed, id, closedAfter, hearsClosed("failed_at IS NULL"))
}
