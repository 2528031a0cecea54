package live

// settle finds the audience of pages that have none yet. Their logins are asked
// for as well: one that ended between the guard and the registration would
// never be noticed else.
func (h *Hub) settle() error {
	if len(h.homeless) == 0 {
		return nil
	}
	waiting := h.homeless[:0]
	for _, p := range h.homeless {
		if !p.gone {
			waiting = append(waiting, p)
		}
	}
	h.homeless = waiting
	if err := h.checkLogins(waiting); err != nil {
		return err
	}
	if _, err := h.ask(waiting, nil); err != nil {
		return err
	}
	h.homeless = nil
	return nil
}

// prove asks who may see what now, after everything that is to be sent was
// drawn: so nothing is newer than the proof that it may be seen. Pages without
// access are closed, pages of another audience moved to it. When authority moved
// meanwhile, all pages and their logins are asked, not only those given.
func (h *Hub) prove(pages []*page, eyes []Seat) (map[Seat]Audience, error) {
	ctx, done := h.patience()
	defer done()
	_, authority, err := h.source.Versions(ctx, nil)
	if err != nil {
		return nil, err
	}
	if authority != h.authority || h.audit {
		pages = keysOf(h.placed)
		if err := h.checkLogins(pages); err != nil {
			return nil, err
		}
	}
	proof, err := h.ask(pages, eyes)
	if err != nil {
		return nil, err
	}
	h.authority, h.audit = authority, false
	return proof, nil
}

// checkLogins closes the pages whose login ended.
func (h *Hub) checkLogins(pages []*page) error {
	logins := map[Login]struct{}{}
	for _, p := range pages {
		logins[p.watcher.Login] = struct{}{}
	}
	if len(logins) == 0 {
		return nil
	}
	ctx, done := h.patience()
	defer done()
	alive, err := h.source.Alive(ctx, keysOf(logins))
	if err != nil {
		return err
	}
	for _, p := range pages {
		if !alive[p.watcher.Login] {
			h.revoke(p)
		}
	}
	return nil
}

// ask asks for the seats of pages and for further ones, and lets each page be
// where it belongs.
func (h *Hub) ask(pages []*page, eyes []Seat) (map[Seat]Audience, error) {
	seats := make(map[Seat]struct{}, len(pages)+len(eyes))
	for _, p := range pages {
		if !p.gone {
			seats[p.watcher.Seat] = struct{}{}
		}
	}
	for _, seat := range eyes {
		seats[seat] = struct{}{}
	}
	if len(seats) == 0 {
		return nil, nil
	}
	ctx, done := h.patience()
	defer done()
	proof, err := h.source.Audiences(ctx, keysOf(seats))
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		if p.gone {
			continue
		}
		audience, may := proof[p.watcher.Seat]
		switch {
		case !may:
			h.revoke(p)
		case p.group == nil:
			h.place(p, audience)
		case p.group.key.audience != audience.Key:
			h.lift(p)
			p.forget()
			p.version = ""
			h.place(p, audience)
		default:
			p.group.adopt(audience)
		}
	}
	return proof, nil
}
