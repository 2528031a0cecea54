package db

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func athens(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("Europe/Athens")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func weekOf(from, to int) (days [7]Span) {
	for day := time.Monday; day <= time.Friday; day++ {
		days[day] = Span{from, to}
	}
	return days
}

// Greek holidays of 2026 and 2027 as the state publishes them, Orthodox Easter being
// on 12 April 2026 and 2 May 2027; 15 August and 26 December among them.
func TestGreekHolidays(t *testing.T) {
	t.Parallel()
	office := Office{Zone: athens(t), Country: "GR"}
	for i := range office.Days {
		office.Days[i] = Span{0, 60}
	}
	for _, day := range []string{"2026-01-01", "2026-01-06", "2026-02-23", "2026-03-25", "2026-04-10", "2026-04-13", "2026-05-01", "2026-06-01", "2026-08-15", "2026-10-28", "2026-12-25", "2026-12-26",
		"2027-03-15", "2027-04-30", "2027-05-03", "2027-06-21"} {
		at, err := time.ParseInLocation(time.DateOnly, day, office.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, open := office.hours(at.Add(12 * time.Hour)); open {
			t.Error(day, "is a working day")
		}
	}
	for _, day := range []string{"2026-04-03", "2026-04-06", "2026-11-17", "2027-03-26", "2027-05-17"} {
		at, _ := time.ParseInLocation(time.DateOnly, day, office.Zone)
		if _, _, open := office.hours(at.Add(12 * time.Hour)); !open {
			t.Error(day, "is a holiday")
		}
	}
}

func TestOfficeAdd(t *testing.T) {
	t.Parallel()
	zone := athens(t)
	office := Office{Zone: zone, Days: weekOf(9*60, 17*60), Country: "GR", Closed: []Date{"2026-05-22"}}
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, c := range []struct {
		start string
		hours float64
		want  string
	}{
		{"2026-05-18 09:00", 8, "2026-05-18 17:00"},
		{"2026-05-18 09:00", 8.5, "2026-05-19 09:30"},
		{"2026-05-18 03:00", 1, "2026-05-18 10:00"},  // before opening
		{"2026-05-18 18:00", 1, "2026-05-19 10:00"},  // after closing
		{"2026-05-19 10:00", 24, "2026-05-25 10:00"}, // Friday the 22nd is a day off of their own
		{"2026-05-16 12:00", 1, "2026-05-18 10:00"},  // a Saturday
		{"2026-05-29 16:00", 2, "2026-06-02 10:00"},  // Whit Monday
		{"2026-12-24 16:00", 2, "2026-12-28 10:00"},  // Christmas
		{"2026-03-27 16:30", 1, "2026-03-30 09:30"},  // the clocks go forward on the 29th
		{"2026-10-23 16:30", 1, "2026-10-26 09:30"},  // and back on the 25th
	} {
		if got := office.Add(at(c.start), time.Duration(c.hours*float64(time.Hour))); !got.Equal(at(c.want)) {
			t.Errorf("%s and %g hours are %s, not %s", c.start, c.hours, got, c.want)
		}
	}
	night := Office{Zone: zone, Days: [7]Span{{0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}}}
	if got := night.Add(at("2026-03-29 00:00"), 23*time.Hour); !got.Equal(at("2026-03-30 00:00")) { // a day of 23 hours
		t.Error(got)
	}
	if got := (Office{Zone: zone}).Add(at("2026-05-18 09:00"), time.Hour); got.Year() < 2031 || got.Year() > 2032 {
		t.Error("an office that never opens promises ", got)
	}
}

// What Add says takes as long as it was asked, and more work is never done sooner.
func TestOfficeTimeAddsUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 2))
	for range 400 {
		office := Office{Zone: athens(t), Country: HolidayCountries()[random.IntN(len(HolidayCountries()))]}
		for i := range office.Days {
			if from := random.IntN(1400); random.IntN(3) > 0 || i == 2 {
				office.Days[i] = Span{from, from + 1 + random.IntN(1440-from)}
			}
		}
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(525600)) * time.Minute)
		work := time.Duration(1+random.IntN(6000)) * time.Minute
		end := office.Add(start, work)
		if got := office.Between(start, end); got != work && end.Sub(start) < 4*365*24*time.Hour {
			t.Fatalf("%+v from %s: %s of work are %s", office, start, work, got)
		}
		if later := office.Add(start, work+time.Minute); later.Before(end) {
			t.Fatalf("%s after %s", end, later)
		}
	}
}

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
		"hours":           func(f *TalkForm) { f.From[1], f.To[1] = "17:00", "09:00" },
		"country":         func(f *TalkForm) { f.Country = "XX" },
		"closed":          func(f *TalkForm) { f.Closed = "2026-02-30" },
		"promise_reply":   func(f *TalkForm) { f.PromiseReply = "0" },
		"promise_billing": func(f *TalkForm) { f.PromiseBilling = "soon" },
		"hold":            func(f *TalkForm) { f.Hold = "601" },
		"upload_limit":    func(f *TalkForm) { f.UploadLimit = "2001" },
		"urgent":          func(f *TalkForm) { f.Urgent = strings.Repeat("x", 201) },
	} {
		form, before := good, w.digest()
		change(&form)
		var refused *Invalid
		if err := w.SetTalk(w.actor("olivia"), form); !errors.As(err, &refused) || refused.Field != field {
			t.Errorf("%s: %v", field, err)
		}
		if w.digest() != before {
			t.Errorf("%s: a refused form changed something", field)
		}
	}
	shut := good
	shut.From, shut.To = [7]string{}, [7]string{}
	var refused *Invalid
	if err := w.SetTalk(w.actor("olivia"), shut); !errors.As(err, &refused) {
		t.Error("an office that never opens: ", err)
	}
	good.Hold, good.Words, good.Urgent, good.Closed, good.Country = "0", "margin\n\n a b \n", "+30 210 000", "2026-12-24 2026-12-24\n2026-12-23", "GR"
	if err := w.SetTalk(w.actor("lea"), good); err != ErrDenied {
		t.Error("a leader settles it: ", err)
	}
	w.must(w.SetTalk(w.actor("adam"), good))
	settings, err = w.Talk()
	w.must(err)
	if len(settings.Words) != 2 || settings.Words[1] != "a b" || settings.Hold != 0 || len(settings.Office.Closed) != 2 || settings.Office.Country != "GR" {
		t.Errorf("%+v", settings)
	}
	var conflict *Conflict
	if err := w.SetTalk(w.actor("olivia"), good); !errors.As(err, &conflict) || conflict.Theirs["urgent"] != "+30 210 000" {
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
