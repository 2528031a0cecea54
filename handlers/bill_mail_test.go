package handlers

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/db/bill"
)

// The mails about a bill over a real mail server: to those who see it and nobody else, each in
// the language of who reads it.
func TestBillMailJourney(t *testing.T) {
	w := newWorld(t)
	server := w.sinks()
	var late atomic.Int64 // the program reads its clock at any time
	w.store.SetClock(func() time.Time { return time.Now().Add(time.Duration(late.Load())) })
	w.beside("UPDATE person SET joined_at = created_at")
	_, err := w.store.AddMember(w.actor("owner"), w.project, w.people["boss"].Email, "", "client")
	w.ok(err)
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["boss"].ID, "client-finance"))
	w.ok(w.store.SetProfile(w.actor("finance"), db.Profile{Name: "Fanis Fanou", Language: "el", TimeZone: "Europe/Athens"}))
	w.ok(w.store.EditCompany(w.actor("owner"), w.parts["company"], db.CompanyForm{Name: "Papadopoulos Ceramics", Address: "Ermou 12", Country: "GR", Version: 3}))
	w.beside("DELETE FROM outbox")
	w.serve("127.0.0.1:0")
	id, err := w.store.AddInvoice(w.actor("leader"), db.InvoiceForm{Company: w.parts["company"].String(), Kind: bill.Invoice, Language: "en", Currency: "EUR", Rounding: bill.PerTotal, Days: "14",
		Internal: "CNRY-internal", Lines: []db.LineForm{{Text: "Pages", Quantity: "24", Unit: "HUR", Price: "62", Tax: "S 24"}}})
	w.ok(err)
	at := "/invoices/" + id.String()
	finance, boss, leader, owner := w.people["finance"].Email, w.people["boss"].Email, w.people["leader"].Email, w.people["owner"].Email
	sent, number := 0, ""
	// mails are those about this bill since the last time, by recipient.
	mails := func(to ...string) map[string]string {
		t.Helper()
		w.allSent()
		list := map[string]string{}
		for _, got := range server.Received()[sent:] {
			if text := everyPart(t, got.Raw); strings.Contains(text, number) {
				if list[got.To[0]] != "" {
					t.Error("two mails to", got.To)
				}
				if list[got.To[0]] = text; got.To[0] == finance || got.To[0] == boss {
					lacks(t, "a mail of a client", strings.ReplaceAll(text, "=\r\n", ""), "CNRY", "⟦")
				}
			}
		}
		sent = len(server.Received())
		slices.Sort(to)
		if who := slices.Sorted(maps.Keys(list)); !slices.Equal(who, to) {
			t.Fatalf("%v hear of it, not %v", who, to)
		}
		return list
	}
	version := func() string { return strconv.FormatInt(w.bill(id).Version, 10) }
	if answer := w.as("leader").post(at+"/send", "version", version()); answer.status != http.StatusSeeOther {
		t.Fatal("sending answers", answer.status)
	}
	number = w.bill(id).Number
	due := w.bill(id).DueOn
	fresh := mails(finance, boss)
	has(t, "the mail of a new bill", fresh[boss], "Invoice "+number+" is here", "€1,845.12", "It is due on", w.base+"/portal"+at, "List-Unsubscribe", w.base+"/unsubscribe/")
	has(t, "the Greek mail of a new bill", fresh[finance], "Τιμολόγιο "+number+": μόλις ήρθε", "1.845,12", "Λήγει", "Δείτε το τιμολόγιο", w.base+"/portal"+at)
	lacks(t, "the Greek mail of a new bill", fresh[finance], "It is", "Invoice")

	w.as("finance").post("/portal"+at+"/replies", "body", "Which pages?")
	asked := mails(leader, owner)
	has(t, "the mail of a question", asked[leader], "Fanis Fanou wrote about: Invoice "+number, "Which pages?", w.base+at)
	w.as("leader").post(at+"/replies", "body", "The **first** ten.")
	said := mails(finance, boss)
	has(t, "the mail of an answer", said[boss], "wrote about: Invoice "+number, "ten.", "Read and answer", w.base+"/portal"+at)
	has(t, "the Greek mail of an answer", said[finance], "μήνυμα για: Τιμολόγιο "+number)
	lacks(t, "the mail of an answer", said[boss], "Katerina")

	// The clock is turned to the day on which it is due, then to what comes after.
	reminded := func() map[string]string {
		t.Helper()
		var coming []time.Time
		w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) (err error) { coming, err = v.Reminders(id, w.store.Now()); return err }))
		if len(coming) == 0 {
			t.Fatal("no reminder comes")
		}
		before := w.rows("SELECT count(*) FROM outbox WHERE kind = 'invoice-due' AND subject_id = ?", int64(id))
		late.Store(int64(time.Until(coming[0].Add(time.Minute))))
		for n := 0; w.rows("SELECT count(*) FROM outbox WHERE kind = 'invoice-due' AND subject_id = ?", int64(id)) == before; n++ {
			if n > 500 {
				t.Fatal("nobody is reminded at", coming[0])
			}
			time.Sleep(20 * time.Millisecond)
		}
		return mails(finance, boss)
	}
	for range 3 {
		list := reminded()
		today := w.billingDay()
		want := map[bool]string{true: "It was due on", false: "It is due on"}[due < today]
		if due == today {
			want = "It is due today."
		}
		has(t, "the reminder on "+string(today), list[boss], "A reminder: Invoice "+number, "€1,845.12 is left to pay.", want, "you need not do anything")
		has(t, "the Greek reminder", list[finance], "Υπενθύμιση: Τιμολόγιο "+number, "1.845,12")
	}
	w.tokens = map[string]string{} // those sign-ins are over
	w.as("leader").post(at+"/payments", "amount", "845.12", "on", string(w.billingDay()), "way", "bank", "version", version())
	part := mails(finance, boss)
	has(t, "the receipt of a part", part[boss], "We received €845.12", "The payment is for: Invoice "+number, "€1,000.00 is left to pay.")
	has(t, "the Greek receipt of a part", part[finance], "Λάβαμε 845,12", "Απομένουν 1.000,00")
	w.ok(w.store.SetNotifications(w.actor("boss"), nil))
	w.as("leader").post(at+"/payments", "amount", "1000", "on", string(w.billingDay()), "way", "bank", "version", version())
	rest := mails(finance)
	has(t, "the last receipt", rest[finance], "Λάβαμε 1.000,00", "Με αυτό εξοφλήθηκε.")
	// Who is not to hear of it has no mail waiting either: sending asks once more.
	for name, want := range map[string]int{"finance": 7, "boss": 6, "eleni": 0, "viewer": 0, "outsider": 0, "former": 0, "member": 0} {
		if written := w.rows("SELECT count(*) FROM outbox WHERE person_id = ? AND kind IN ('invoice', 'invoice-due', 'invoice-reply', 'receipt') AND subject_id NOT IN (SELECT id FROM invoice WHERE id <> ?)", int64(w.people[name].ID), int64(id)); written != want {
			t.Errorf("%d mails are written to %s, not %d", written, name, want)
		}
	}
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
		if coming, err := v.Reminders(id, w.store.Now()); err != nil || len(coming) != 0 {
			t.Error("of a paid bill reminds", coming, err)
		}
		return nil
	}))
	late.Add(int64(60 * 24 * time.Hour))
	w.ok(w.store.DunDue(id))
	mails()
}

// A statement adds up to what is owed on its last day, for both sides alike, and has nothing of others.
func TestStatementSums(t *testing.T) {
	w := newWorld(t)
	w.ok(w.store.EditCompany(w.actor("owner"), w.parts["company"], db.CompanyForm{Name: "Papadopoulos Ceramics", Address: "Ermou 12", Country: "GR", Version: 3}))
	today := w.billingDay()
	midnight, _ := today.Midnight()
	days := func(n int) string { return midnight.AddDate(0, 0, n).Format(time.DateOnly) }
	at := "/companies/" + w.parts["company"].String() + "/statement"
	table := func(text string) string {
		_, text, _ = strings.Cut(text, "<tbody")
		text, _, _ = strings.Cut(text, "</table>")
		return strings.ReplaceAll(text, "/portal/invoices/", "/invoices/")
	}
	both := func(query, before, after string) string {
		t.Helper()
		theirs, ours := table(w.as("finance").get("/portal/statement"+query).body), table(w.as("owner").get(at+query).body)
		if theirs == "" || theirs != ours {
			t.Errorf("%s: the sides differ:\n%s\n%s", query, theirs, ours)
		}
		cells := strings.Split(theirs, `class="num">`)
		if len(cells) < 3 || !strings.HasPrefix(cells[1], before+"<") || !strings.HasPrefix(cells[len(cells)-1], after+"<") {
			t.Errorf("%s goes from %.12s to %.12s, not %s to %s", query, cells[1], cells[len(cells)-1], before, after)
		}
		lacks(t, "the statement", theirs, "CNRY", "draft")
		return theirs
	}
	both("", "€0.00", "€228.00") // twice 124 without the 20 that were paid
	paid := w.parts["fresh bill"]
	owner := w.as("owner")
	pay := owner.post("/invoices/"+paid.String()+"/payments", "amount", "150", "on", days(0), "way", "bank", "reference", "<b>too much", "version", strconv.FormatInt(w.bill(paid).Version, 10))
	credit := owner.post("/invoices/" + w.parts["bill"].String() + "/credit")
	if pay.status != http.StatusSeeOther || credit.status != http.StatusSeeOther {
		t.Fatal(pay.status, credit.status)
	}
	note, err := db.ParseID(strings.Split(credit.header.Get("Location"), "/")[2])
	w.ok(err)
	both("", "€0.00", "€78.00") // a credit note that was not sent counts for nothing
	if sent := owner.post("/invoices/"+note.String()+"/send", "version", strconv.FormatInt(w.bill(note).Version, 10)); sent.status != http.StatusSeeOther {
		t.Fatal("sending the credit note answers", sent.status, sent.body)
	}
	has(t, "the statement", both("", "€0.00", "−€46.00"), w.bill(note).Number, "−€150.00", "−€124.00", "&lt;b&gt;too much")
	both("?from="+days(1)+"&to="+days(9), "−€46.00", "−€46.00")
	both("?from="+days(-9)+"&to="+days(-1), "€0.00", "€0.00")
	both("?from=nonsense&to=", "€0.00", "−€46.00")
}
