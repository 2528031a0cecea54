package db

// HomeEdition is a home as build mode shows it. Own says that the company has one of its
// own; ID is 0 before anybody changed it. Back says that there is one to go back to.
type HomeEdition struct {
	Home
	ID, Before ID
	Own, Back  bool
	By         string
	At         Time
}

// HomeFor is the first page of a company's clients, or of all (0) that have none of
// their own; for owner and admins.
func (s *Store) HomeFor(actor Actor, company ID) (h HomeEdition, err error) {
	err = s.read(func(r source) error {
		if _, err := administers(r, actor); err != nil {
			return err
		}
		if company != 0 {
			if _, err := value[ID](r, "SELECT id FROM company WHERE id = ?", company); err != nil {
				return err
			}
		}
		h, err = homeNow(r, company)
		if err == ErrNotFound && company != 0 {
			back := h.Back
			h, err = homeNow(r, 0)
			h.Own, h.ID, h.Before, h.Back, h.By, h.At = false, 0, 0, back, "", Time{}
		}
		if err == ErrNotFound {
			h.Home, err = DefaultHome(), nil
			h.ID, h.Before = 0, 0
		}
		return err
	})
	return h, err
}

// homeNow is the home that a company, or (0) everybody else, has of its own, or
// ErrNotFound.
func homeNow(r source, company ID) (HomeEdition, error) {
	newest, err := value[int](r, "SELECT count(*) FROM home WHERE company_id IS ?", company)
	if err != nil {
		return HomeEdition{}, err
	}
	h, err := one(r, func(h *HomeEdition) []any { return []any{&h.ID, &h.Before, &h.By, &h.At} },
		"SELECT h.id, h.before_id, coalesce(p.name, ''), h.made_at FROM home h LEFT JOIN person p ON p.id = h.made_by WHERE h.company_id IS ? AND h.is_now = 1", company)
	h.Back = newest > 0
	if err != nil {
		return h, err
	}
	h.Own = company != 0
	h.Home, err = readHome(r, func(table string) string {
		if table == "card" {
			return "(SELECT c.*, x.language, x.label, x.text FROM home_card c LEFT JOIN home_card_text x ON x.home_id = c.home_id AND x.position = c.position) h WHERE h.home_id = ?"
		}
		return "home_" + table + " h WHERE h.home_id = ?"
	}, h.ID)
	return h, err
}

// SetHome makes a new edition of the first page of a company's clients, or of all (0).
// base is the edition that the form was opened at; another one now is a Conflict.
func (s *Store) SetHome(actor Actor, company, base ID, home Home) error {
	return s.write(func(tx *Tx) error {
		before, err := tx.mayBuild(actor, company)
		if err != nil {
			return err
		}
		if before != base {
			return &Conflict{}
		}
		if err := home.clean(); err != nil {
			return err
		}
		return tx.addHome(actor, company, before, home)
	})
}

// addHome stores an edition and makes it the one that counts.
func (tx *Tx) addHome(actor Actor, company, before ID, home Home) error {
	id := NewID()
	if err := tx.run("UPDATE home SET is_now = 0 WHERE company_id IS ? AND is_now = 1", company); err != nil {
		return err
	}
	if err := tx.run("INSERT INTO home (id, company_id, before_id, is_now, made_by, made_at) VALUES (?,?,?,1,?,?)", id, company, before, actor.ID, tx.now); err != nil {
		return err
	}
	// One statement for each text, card, widget and kind: at most some fifty.
	for language, text := range home.Welcome {
		if err := tx.run("INSERT INTO home_text (home_id, language, welcome) VALUES (?,?,?)", id, language, text); err != nil {
			return err
		}
	}
	for i, card := range home.Cards {
		if err := tx.run("INSERT INTO home_card (home_id, position, kind, url) VALUES (?,?,?,?)", id, i+1, card.Kind, card.URL); err != nil {
			return err
		}
		for language, text := range card.Texts {
			if err := tx.run("INSERT INTO home_card_text (home_id, position, language, label, text) VALUES (?,?,?,?,?)", id, i+1, language, text.Label, text.Text); err != nil {
				return err
			}
		}
	}
	for i, name := range home.Widgets {
		if err := tx.run("INSERT INTO home_widget (home_id, position, name) VALUES (?,?,?)", id, i+1, name); err != nil {
			return err
		}
	}
	for _, kind := range home.Kinds {
		if err := tx.run("INSERT INTO home_kind (home_id, kind) VALUES (?,?)", id, kind); err != nil {
			return err
		}
	}
	return tx.touchSettings()
}

// mayBuild is the edition that counts now (0 for none), when the actor may change it.
func (tx *Tx) mayBuild(actor Actor, company ID) (ID, error) {
	if _, err := tx.mayAdminister(actor); err != nil {
		return 0, err
	}
	if company != 0 {
		if _, err := value[ID](tx, "SELECT id FROM company WHERE id = ?", company); err != nil {
			return 0, err
		}
	}
	now, err := value[ID](tx, "SELECT id FROM home WHERE company_id IS ? AND is_now = 1", company)
	if err == ErrNotFound {
		err = nil
	}
	return now, err
}

// UndoHome goes back to the edition before; after ResetHome it brings the last one back.
func (s *Store) UndoHome(actor Actor, company ID) error {
	return s.write(func(tx *Tx) error {
		now, err := tx.mayBuild(actor, company)
		if err != nil {
			return err
		}
		back, err := value[ID](tx, `SELECT coalesce((SELECT before_id FROM home WHERE id = ?2),
			CASE WHEN ?2 IS NULL THEN (SELECT id FROM home WHERE company_id IS ?1 ORDER BY made_at DESC LIMIT 1) END)`, company, now)
		if err != nil {
			return err
		}
		return tx.nowHome(company, back)
	})
}

// ResetHome leaves all editions aside: a company has that of all again, and all have the
// usual one.
func (s *Store) ResetHome(actor Actor, company ID) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayBuild(actor, company); err != nil {
			return err
		}
		return tx.nowHome(company, 0)
	})
}

func (tx *Tx) nowHome(company, id ID) error {
	if err := tx.run("UPDATE home SET is_now = 0 WHERE company_id IS ? AND is_now = 1", company); err != nil {
		return err
	}
	if err := tx.run("UPDATE home SET is_now = 1 WHERE id = ? AND company_id IS ?", id, company); err != nil {
		return err
	}
	return tx.touchSettings()
}
