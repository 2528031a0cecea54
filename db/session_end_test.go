package db

import "testing"

// After endEverything nothing that somebody held or was promised opens anything.
func TestEverythingEnds(t *testing.T) {
	d := newDoor(t)
	_, eleni := d.keyed(d.enters(doorEmail), "a")
	maria := d.enters("maria@ormos.example")
	cookie, err := d.BeginSignIn(doorEmail, doorNetwork, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	link, err := d.SignInLink(doorEmail)
	if err != nil {
		t.Fatal(err)
	}
	ceremony, err := d.BeginCeremony(eleni, CeremonyRegister, doorNetwork, "{}")
	if err != nil {
		t.Fatal(err)
	}
	d.run("INSERT INTO preview (id, token_hash, session_id, actor_id, viewer_id, created_at, expires_at) VALUES (1, x'01', ?, ?, ?, ?, ?)",
		maria.Session, maria.ID, eleni.ID, At(d.Now()), At(d.Now().Add(PreviewLife)))
	d.run("INSERT INTO api_token (id, token_hash, person_id, name, created_at) VALUES (1, x'01', ?, '', '')", eleni.ID)
	err = d.write(func(tx *Tx) error {
		if _, err := tx.invite(invite{address: doorEmail, language: "en", person: eleni.ID, teamRole: Member}); err != nil {
			return err
		}
		_, err := tx.invite(invite{address: doorEmail, language: "en", teamRole: Admin})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.write(func(tx *Tx) error { return tx.endEverything(eleni.ID) }); err != nil {
		t.Fatal(err)
	}
	for table, open := range map[string]string{"session": "ended_at IS NULL", "preview": "ended_at IS NULL", "way_in": "used_at IS NULL", "api_token": "ended_at IS NULL",
		"ceremony": "used_at IS NULL", "invitation": "ended_at IS NULL"} {
		want := 0
		if table == "session" {
			want = 1 // Maria's
		}
		if left := d.count("SELECT count(*) FROM " + table + " WHERE " + open); left != want {
			t.Errorf("%d open rows in %s", left, table)
		}
	}
	if _, _, err := d.TryPIN(cookie, "000000", ""); err != ErrGone {
		t.Error("the PIN answers", err)
	}
	if _, _, err := d.UseSignInLink(link, ""); err != ErrGone {
		t.Error("the printed link answers", err)
	}
	if _, err := d.TakeCeremony(eleni, CeremonyRegister, ceremony); err != ErrGone {
		t.Error("the ceremony answers", err)
	}
	if due, err := d.ClaimMail(10); err != nil || len(due) != 0 {
		t.Error("mail still goes out:", due, err)
	}
	if alive, err := d.Alive([]ID{eleni.Session, maria.Session}, []ID{1}); err != nil || alive[eleni.Session] || alive[1] || !alive[maria.Session] {
		t.Error(alive, err)
	}
}
