package db

import "strings"

// Doubt is something about a reply that its writer may not mean to say to a client:
// Words are the writer's own, as the text has them. Of a note it is known whose it
// is and of when.
type Doubt struct {
	Kind     string
	Words    string
	AuthorID ID
	Author   string
	At       Time
}

// Kinds of doubts.
const (
	DoubtNote     = "note"     // repeats a note of the same conversation
	DoubtInternal = "internal" // repeats the internal details of the task
	DoubtName     = "name"     // names another company, or somebody there
	DoubtMention  = "mention"  // mentions somebody who does not read there
	DoubtBlank    = "blank"    // was to be filled in
	DoubtWord     = "word"     // is on the workspace's list
)

const (
	repeatedWords = 6
	shownDoubts   = 5 // of one kind: a form is no report
)

// Doubts looks at the text of a reply, new or edited, before clients can read it.
// It asks and never forbids. All companies are compared with, also those that the
// actor does not see; so nothing of them is told but what the actor typed. Whoever
// does not see the thread as one of the team gets ErrNotFound.
func (s *Store) Doubts(actor Actor, thread ID, body string) ([]Doubt, error) {
	text, err := cleanComment(body)
	if err != nil {
		return nil, err
	}
	var doubts []Doubt
	err = s.read(func(r source) error {
		about, err := doubtfulThread(r, actor, thread)
		if err != nil {
			return err
		}
		for _, look := range []func(source, doubtful, string) ([]Doubt, error){repeats, namesOthers, mentionsNobody, isUnfinished, isListed} {
			found, err := look(r, about, text)
			if err != nil {
				return err
			}
			doubts = append(doubts, found...)
		}
		return nil
	})
	return doubts, err
}

// doubtful is the conversation that a text is for.
type doubtful struct {
	viewer, thread, project, company ID
	internal                         string
}

func doubtfulThread(r source, actor Actor, thread ID) (doubtful, error) {
	about, err := one(r, func(d *doubtful) []any { return []any{&d.project, &d.company, &d.internal} },
		`SELECT h.project_id, p.company_id, coalesce(t.internal_details, '') FROM visible_thread_team v JOIN thread h ON h.id = v.thread_id
			JOIN project p ON p.id = h.project_id LEFT JOIN task t ON t.id = h.task_id WHERE v.viewer_id = ? AND v.thread_id = ?`, actor.ID, thread)
	about.viewer, about.thread = actor.ID, thread
	return about, err
}

// repeats finds runs of words that stand in notes beside or in the internal details.
func repeats(r source, about doubtful, text string) ([]Doubt, error) {
	notes, err := all(r, func(d *Doubt) []any { return []any{&d.Words, &d.AuthorID, &d.Author, &d.At} },
		`SELECT n.body, p.id, p.name, n.created_at FROM visible_note v JOIN note n ON n.id = v.note_id JOIN person p ON p.id = n.author_id
			WHERE v.viewer_id = ? AND n.thread_id = ? AND n.deleted_at IS NULL ORDER BY n.created_at DESC, n.id`, about.viewer, about.thread)
	if err != nil {
		return nil, err
	}
	var doubts []Doubt
	own := runsOf(text, repeatedWords)
	if words := own.shared(about.internal); words != "" {
		doubts = append(doubts, Doubt{Kind: DoubtInternal, Words: excerpt(words)})
	}
	for _, note := range notes {
		words := own.shared(note.Words)
		if words == "" {
			continue
		}
		note.Kind, note.Words = DoubtNote, excerpt(words)
		if doubts = append(doubts, note); len(doubts) >= shownDoubts {
			break
		}
	}
	return doubts, nil
}

// namesOthers finds the names of companies and of their contacts that have nothing
// to do with the project. A name that somebody on the project or its company has too
// says nothing.
func namesOthers(r source, about doubtful, text string) ([]Doubt, error) {
	names, err := all(r, itself[string], `WITH known AS (
			SELECT name FROM company WHERE id = ?1
			UNION SELECT p.name FROM contact c JOIN person p ON p.id = c.person_id WHERE c.company_id = ?1
			UNION SELECT p.name FROM membership m JOIN person p ON p.id = m.person_id WHERE m.project_id = ?2
			UNION SELECT name FROM person WHERE side = 'team'
			UNION SELECT value FROM setting WHERE key = 'workspace.name')
		SELECT name FROM (SELECT name FROM company UNION SELECT p.name FROM contact c JOIN person p ON p.id = c.person_id)
			WHERE name NOT IN (SELECT name FROM known) ORDER BY name`, about.company, about.project)
	if err != nil {
		return nil, err
	}
	var doubts []Doubt
	for _, name := range namesFound(text, names) {
		words := sharedRun(text, name, 1)
		if words == "" {
			words = strings.TrimSpace(phrase(name))
		}
		doubts = append(doubts, Doubt{Kind: DoubtName, Words: excerpt(words)})
	}
	return first(doubts), nil
}

// mentionsNobody finds names after an @ that are of nobody who would read the reply.
func mentionsNobody(r source, about doubtful, text string) ([]Doubt, error) {
	people, err := all(r, func(m *Mentionable) []any { return []any{&m.ID, &m.Name} },
		`SELECT DISTINCT p.id, p.name FROM visible_thread v JOIN person p ON p.id = v.viewer_id WHERE v.thread_id = ? ORDER BY p.name, p.id`, about.thread)
	if err != nil {
		return nil, err
	}
	return doubted(DoubtMention, unresolved(text, people)), nil
}

// isUnfinished finds what looks like something to fill in.
func isUnfinished(_ source, _ doubtful, text string) ([]Doubt, error) {
	return doubted(DoubtBlank, placeholders(text)), nil
}

// isListed finds words of the workspace's list, one on each line of its setting.
func isListed(r source, _ doubtful, text string) ([]Doubt, error) {
	list, err := all(r, itself[string], "SELECT value FROM setting WHERE key = 'talk.words'")
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return doubted(DoubtWord, wordsFound(text, strings.Split(list[0], "\n"))), nil
}

// doubted makes a doubt of each of the words found.
func doubted(kind string, words []string) []Doubt {
	var doubts []Doubt
	for _, one := range words {
		doubts = append(doubts, Doubt{Kind: kind, Words: excerpt(one)})
	}
	return first(doubts)
}

func first(doubts []Doubt) []Doubt { return doubts[:min(len(doubts), shownDoubts)] }
