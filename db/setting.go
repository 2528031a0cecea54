package db

import (
	"regexp"
	"strconv"
)

// Workspace is the team that this program serves, as pages show it.
type Workspace struct {
	Name, Address, Brand, Language, TimeZone string
	Version                                  string // rises when any of these changes
	Upload                                   int64  // bytes that one file may have

	Word, Footer, LinkLines string // how the portal calls itself, and what stands at its foot
	BrandVersion            string
	Logo, LogoDark, Icon    BrandPicture // their shapes only, zero where there is none
}

// Workspace reads the settings that every page needs.
func (s *Store) Workspace() (Workspace, error) {
	var w Workspace
	err := s.read(func(r source) (err error) {
		if w, err = readWorkspace(r, "SELECT key, value FROM setting"); err != nil {
			return err
		}
		shapes, err := brandShapes(r)
		w.Logo, w.LogoDark, w.Icon = shapes[Logo], shapes[LogoDark], shapes[Icon192]
		return err
	})
	return w, err
}

func readWorkspace(r source, query string) (Workspace, error) {
	type pair struct{ key, value string }
	w := Workspace{Upload: uploadLimit("")}
	pairs, err := all(r, func(p *pair) []any { return []any{&p.key, &p.value} }, query)
	into := map[string]*string{"workspace.name": &w.Name, "workspace.address": &w.Address, "workspace.brand": &w.Brand,
		"workspace.language": &w.Language, "workspace.time_zone": &w.TimeZone, "settings.version": &w.Version,
		"portal.word": &w.Word, "footer.text": &w.Footer, "footer.links": &w.LinkLines, "brand.version": &w.BrandVersion}
	for _, p := range pairs {
		if field := into[p.key]; field != nil {
			*field = p.value
		}
		if p.key == "upload.limit" {
			w.Upload = uploadLimit(p.value)
		}
	}
	return w, err
}

// setWorkspace changes what is not empty.
func (tx *Tx) setWorkspace(w Workspace) error {
	for key, text := range map[string]string{"workspace.name": w.Name, "workspace.address": w.Address, "workspace.brand": w.Brand,
		"workspace.language": w.Language, "workspace.time_zone": w.TimeZone} {
		if text == "" {
			continue
		}
		if err := tx.must("UPDATE setting SET value = ? WHERE key = ?", text, key); err != nil {
			return err
		}
	}
	return tx.touchSettings()
}

// touchSettings says that something changed which every page may show.
func (tx *Tx) touchSettings() error {
	return tx.must("UPDATE setting SET value = value + 1 WHERE key = 'settings.version'")
}

// WorkspaceForm is what an admin fills in about the workspace. Version is that of
// the settings at which the form was opened.
type WorkspaceForm struct {
	Name, Address, Brand, Language, TimeZone string
	Version                                  string
}

var brandColor = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// SetWorkspace changes the workspace's settings; owner and admins only. A form that
// is older than the settings and says something else is a Conflict.
func (s *Store) SetWorkspace(actor Actor, form WorkspaceForm) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		if err := tx.cleanWorkspace(&form); err != nil {
			return err
		}
		old, err := readWorkspace(tx, "SELECT key, value FROM setting")
		if err != nil {
			return err
		}
		was, now := WorkspaceForm{old.Name, old.Address, old.Brand, old.Language, old.TimeZone, ""}, form
		if now.Version = ""; now == was {
			return nil
		}
		if form.Version != old.Version {
			version, _ := strconv.ParseInt(old.Version, 10, 64)
			return &Conflict{Version: version, Theirs: map[string]string{"name": old.Name, "address": old.Address, "brand": old.Brand, "language": old.Language, "time_zone": old.TimeZone}}
		}
		if err := tx.run(`UPDATE setting SET value = CASE key WHEN 'workspace.name' THEN ?1 WHEN 'workspace.address' THEN ?2 WHEN 'workspace.brand' THEN ?3
			WHEN 'workspace.language' THEN ?4 ELSE ?5 END WHERE key IN ('workspace.name', 'workspace.address', 'workspace.brand', 'workspace.language', 'workspace.time_zone')`,
			form.Name, form.Address, form.Brand, form.Language, form.TimeZone); err != nil {
			return err
		}
		if err := tx.audit(actor.ID, "workspace.changed", 0, 0, form.Name); err != nil {
			return err
		}
		if err := tx.settleWaiting(); err != nil { // the office's hours are those of the zone
			return err
		}
		return tx.touchSettings()
	})
}

func (tx *Tx) cleanWorkspace(form *WorkspaceForm) (err error) {
	if form.Name, err = cleanLine("name", form.Name, 80); err != nil {
		return err
	}
	if form.Name == "" {
		return invalid("name", "name.empty")
	}
	if form.Address, err = cleanLine("address", form.Address, 200); err != nil {
		return err
	}
	if !brandColor.MatchString(form.Brand) {
		return invalid("brand", "setting.brand-invalid")
	}
	form.Brand = ReadableAccent(form.Brand)
	if form.TimeZone == "" {
		return invalid("time_zone", "time-zone.unknown")
	}
	if form.Language == "" {
		return invalid("language", "language.unknown")
	}
	_, _, err = tx.manners(form.Language, form.TimeZone)
	return err
}

// PasskeyRule says whether owner and admins have to confirm a sign-in with a
// passkey, and whether the actor, who is one of them, has one.
func (s *Store) PasskeyRule(actor Actor) (required, has bool, err error) {
	type rule struct{ required, has bool }
	err = s.read(func(r source) error {
		if _, err := administers(r, actor); err != nil {
			return err
		}
		found, err := one(r, func(f *rule) []any { return []any{&f.required, &f.has} },
			"SELECT value = '1', EXISTS (SELECT 1 FROM passkey WHERE person_id = ?) FROM setting WHERE key = 'security.passkey'", actor.ID)
		required, has = found.required, found.has
		return err
	})
	return required, has, err
}

// RequirePasskey asks owner and admins for a passkey from now on, or does not any
// more. Only an admin who has one may ask for it: nobody locks themselves out.
func (s *Store) RequirePasskey(actor Actor, required bool) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		has, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM passkey WHERE person_id = ?)", actor.ID)
		if err != nil {
			return err
		}
		if required && !has {
			return invalid("passkey", "setting.passkey-first")
		}
		state := map[bool]string{true: "1", false: "0"}[required]
		if err := tx.must("UPDATE setting SET value = ? WHERE key = 'security.passkey'", state); err != nil {
			return err
		}
		if err := tx.audit(actor.ID, "security.passkey", 0, 0, state); err != nil {
			return err
		}
		return tx.touchAuthority()
	})
}
