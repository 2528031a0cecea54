package db

// Quoted is what a comment or a draft quotes, by reference: it is gone as soon as
// the reader cannot see it any more.
type Quoted struct {
	ID           ID
	Note         bool
	Author, Body string // Author is "" for a team that is shown as one
}

// quoting lets comments say what they quote, found among the comments themselves.
func quoting(said []Comment) {
	quotes := map[ID]*Quoted{}
	for _, c := range said {
		if c.DeletedAt.IsZero() {
			quotes[c.ID] = &Quoted{c.ID, c.Note, c.Author, c.Body}
		}
	}
	for i := range said {
		said[i].Quote = quotes[said[i].QuoteID]
	}
}

// Quoted is a comment of a thread as a quote, nil for none and for a deleted one.
func (v *Viewer) Quoted(thread, id ID) (*Quoted, error) {
	if id == 0 {
		return nil, nil
	}
	said, err := v.Conversation(thread)
	for _, c := range said {
		if c.ID == id && c.DeletedAt.IsZero() {
			return &Quoted{c.ID, c.Note, c.Author, c.Body}, nil
		}
	}
	return nil, err
}

func clientQuoting(said []ClientReply) {
	quotes := map[ID]*Quoted{}
	for _, r := range said {
		if r.DeletedAt.IsZero() {
			quotes[r.ID] = &Quoted{ID: r.ID, Author: r.Author, Body: r.Body}
		}
	}
	for i := range said {
		said[i].Quote = quotes[said[i].QuoteID]
	}
}

// Quoted is a reply of a thread as a quote, nil for none and for a deleted one.
func (g *Glass) Quoted(thread, id ID) (*Quoted, error) {
	if id == 0 {
		return nil, nil
	}
	said, err := g.Conversation(thread)
	for _, r := range said {
		if r.ID == id && r.DeletedAt.IsZero() {
			return &Quoted{ID: r.ID, Author: r.Author, Body: r.Body}, nil
		}
	}
	return nil, err
}
