package db

import (
	"errors"
	"strings"
	"testing"
)

func TestSetWorkspace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	form := WorkspaceForm{Name: "Ormos", Address: "Piraeus", Brand: "#0b5c72", Language: "en", TimeZone: "Europe/Athens", Version: w.space()}
	before := w.digest()
	for want, change := range map[string]func(*WorkspaceForm){
		"name name.empty":             func(f *WorkspaceForm) { f.Name = " \u202e" },
		"name text.long":              func(f *WorkspaceForm) { f.Name = strings.Repeat("ό", 1000) },
		"address text.long":           func(f *WorkspaceForm) { f.Address = strings.Repeat("a", 1000) },
		"brand setting.brand-invalid": func(f *WorkspaceForm) { f.Brand = "#fff;}body{display:none" },
		"time_zone time-zone.unknown": func(f *WorkspaceForm) { f.TimeZone = "../../etc/passwd" },
		"language language.unknown":   func(f *WorkspaceForm) { f.Language = "de" },
	} {
		bad := form
		change(&bad)
		if got := refusedBy(w.SetWorkspace(adam, bad)); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	for _, empty := range []func(*WorkspaceForm){func(f *WorkspaceForm) { f.Brand = "" }, func(f *WorkspaceForm) { f.TimeZone = "" }, func(f *WorkspaceForm) { f.Language = "" }, func(f *WorkspaceForm) { f.TimeZone = "Local" }} {
		bad := form
		empty(&bad)
		if refusedBy(w.SetWorkspace(adam, bad)) == "" {
			t.Errorf("%+v is taken", bad)
		}
	}
	for who, want := range map[string]error{"lea": ErrDenied, "dora": ErrNotFound, "nikos": ErrNotFound} {
		by := w.actor(who)
		by.Role = Owner
		if err := w.SetWorkspace(by, form); err != want {
			t.Error(who, err)
		}
		if err := w.RequirePasskey(by, false); err != want {
			t.Error(who, err)
		}
	}
	w.unchanged(before, "refused settings")
	w.must(w.SetWorkspace(adam, form))
	space, err := w.Workspace()
	w.must(err)
	if space.Name != "Ormos" || space.Address != "Piraeus" || space.TimeZone != "Europe/Athens" || space.Version == form.Version {
		t.Errorf("%+v", space)
	}
	var conflict *Conflict
	late := form
	late.Name = "Other"
	if err := w.SetWorkspace(w.actor("olivia"), late); !errors.As(err, &conflict) || conflict.Theirs["name"] != "Ormos" {
		t.Error(err)
	}
	w.must(w.SetWorkspace(w.actor("olivia"), form)) // the same thing twice is no conflict
	if w.space() != space.Version {
		t.Error("what changes nothing wakes everybody")
	}
	late.Version, late.Address = space.Version, ""
	w.must(w.SetWorkspace(adam, late))
	if space, _ = w.Workspace(); space.Address != "" || space.Name != "Other" {
		t.Errorf("%+v", space)
	}
}

func TestPasskeyRule(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam := w.actor("adam")
	if got := refusedBy(w.RequirePasskey(adam, true)); got != "passkey setting.passkey-first" {
		t.Error("somebody without a passkey asks for one: ", got)
	}
	w.sql("INSERT INTO passkey (id, person_id, credential_id, credential, name, created_at) VALUES (?, ?, x'01', '{}', 'key', '2026')", NewID(), adam.ID)
	w.must(w.RequirePasskey(adam, true))
	if required, has, err := w.PasskeyRule(w.actor("olivia")); err != nil || !required || has {
		t.Error(required, has, err)
	}
	w.must(w.RequirePasskey(w.actor("olivia"), false))
	if required, has, err := w.PasskeyRule(adam); err != nil || required || !has {
		t.Error(required, has, err)
	}
}
