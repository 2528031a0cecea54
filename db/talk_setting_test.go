package db

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestSetTalk(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	settings, err := w.Talk()
	w.must(err)
	if settings.UploadLimit != 100<<20 || settings.Promises[PromiseReply] != 24*time.Hour || settings.Promises[PromiseBilling] != 16*time.Hour || len(settings.Words) != 0 {
		t.Errorf("it begins with %+v", settings)
	}
	good := settings.Form()
	for field, change := range map[string]func(*TalkForm){
		"hours1":          func(f *TalkForm) { f.From[1], f.To[1] = "22:00", "02:00" },
		"hours2":          func(f *TalkForm) { f.To[2] = "" },
		"hours3":          func(f *TalkForm) { f.From[3] = "nine" },
		"hours4":          func(f *TalkForm) { f.From[4], f.To[4] = "09:00", "09:00" },
		"hours6":          func(f *TalkForm) { f.Open[6] = true },
		"hours":           func(f *TalkForm) { f.Open = [7]bool{} },
		"country":         func(f *TalkForm) { f.Country = "XX" },
		"closed":          func(f *TalkForm) { f.Closed = "2026-02-30" },
		"closed ":         func(f *TalkForm) { f.Closed = strings.Repeat("2026-12-24\n", 401) },
		"promise_reply":   func(f *TalkForm) { f.PromiseReply = "0" },
		"promise_billing": func(f *TalkForm) { f.PromiseBilling = "soon" },
		"hold":            func(f *TalkForm) { f.Hold = "601" },
		"upload_limit":    func(f *TalkForm) { f.UploadLimit = "2001" },
		"urgent":          func(f *TalkForm) { f.Urgent = strings.Repeat("x", 201) },
	} {
		form, before := good, w.digest()
		change(&form)
		var refused *Invalid
		if err := w.SetTalk(w.actor("olivia"), form); !errors.As(err, &refused) || refused.Field != strings.TrimSpace(field) {
			t.Errorf("%s: %v", field, err)
		}
		if w.digest() != before {
			t.Errorf("%s: a refused form changed something", field)
		}
	}
	before := w.digest()
	if w.must(w.SetTalk(w.actor("olivia"), good)); w.digest() != before {
		t.Error("what is settled already is settled again")
	}
	good.Open[6], good.From[6], good.To[6], good.Open[1] = true, "20:00", "00:00", false // until midnight
	good.Hold, good.Words, good.Urgent, good.Closed, good.Country = "0", "margin\n\n a b \n", "+30 210 000", "2026-12-24\r\n\n 2026-12-24 \n2026-12-23", "GR"
	if err := w.SetTalk(w.actor("lea"), good); err != ErrDenied {
		t.Error("a leader settles it: ", err)
	}
	w.must(w.SetTalk(w.actor("adam"), good))
	settings, err = w.Talk()
	w.must(err)
	if len(settings.Words) != 2 || settings.Words[1] != "a b" || settings.Hold != 0 || len(settings.Office.Closed) != 2 || settings.Office.Country != "GR" ||
		settings.Office.Days[6] != (Span{1200, 1440}) || settings.Office.Days[1] != (Span{}) {
		t.Errorf("%+v", settings)
	}
	if form := settings.Form(); form.To[6] != "00:00" || form.Open[1] || form.From[1] != "" || w.SetTalk(w.actor("olivia"), form) != nil {
		t.Errorf("it is shown as %+v", form)
	}
	if due, want := settings.Due(PromiseBilling, time.Date(2026, 12, 21, 12, 0, 0, 0, settings.Office.Zone)), time.Date(2026, 12, 29, 17, 0, 0, 0, settings.Office.Zone); !due.Equal(want) {
		t.Error("16 hours from a Monday on which they are closed, over Christmas: ", due)
	}
	old := good
	old.Urgent = "+30 210 999"
	var conflict *Conflict
	if err := w.SetTalk(w.actor("olivia"), old); !errors.As(err, &conflict) || conflict.Theirs["urgent"] != "+30 210 000" || conflict.Theirs["hours6"] != "20:00–00:00" || conflict.Theirs["hours1"] != "" {
		t.Error("an old form goes before the new settings: ", err)
	}
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		urgent, limit, err := g.Talk()
		if urgent != "+30 210 000" || limit != 100<<20 {
			t.Error(urgent, limit)
		}
		return err
	}))
}
