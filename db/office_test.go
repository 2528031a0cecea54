package db

import (
	"math/rand/v2"
	"slices"
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
		{"2026-05-18 16:00", 0, "2026-05-18 16:00"},
		{"2026-05-18 16:00", 1, "2026-05-18 17:00"},
		{"2026-05-18 17:00", 1, "2026-05-19 10:00"}, // at closing
		{"2026-05-18 09:00", 8.5, "2026-05-19 09:30"},
		{"2026-05-18 03:00", 1, "2026-05-18 10:00"},    // before opening
		{"2026-05-18 18:00", 1, "2026-05-19 10:00"},    // after closing
		{"2026-05-19 10:00", 24, "2026-05-25 10:00"},   // Friday the 22nd is a day off of their own
		{"2026-05-16 12:00", 1, "2026-05-18 10:00"},    // a Saturday
		{"2026-05-29 16:00", 2, "2026-06-02 10:00"},    // Whit Monday
		{"2026-12-24 16:00", 2, "2026-12-28 10:00"},    // Christmas
		{"2026-03-27 16:30", 1, "2026-03-30 09:30"},    // the clocks go forward on the 29th
		{"2026-10-23 16:30", 1, "2026-10-26 09:30"},    // and back on the 25th
		{"2026-05-25 09:00", 2000, "2027-05-20 17:00"}, // 250 days and 9 holidays on weekdays
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

// Where a spring night has no midnight and where it has two, hours are those of the
// clock on the wall.
func TestOfficeWithoutMidnight(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Asia/Beirut")
	if err != nil {
		t.Fatal(err)
	}
	office := Office{Zone: zone}
	for i := range office.Days {
		office.Days[i] = Span{0, 1440}
	}
	for start, length := range map[string]time.Duration{"2026-03-29": 23 * time.Hour, "2026-10-24": 25 * time.Hour, "2026-06-01": 24 * time.Hour} {
		noon, _ := time.ParseInLocation("2006-01-02 15:04", start+" 12:00", zone)
		from, to, _ := office.hours(noon)
		if got := office.Between(from, to); got != length || !office.Add(from, length).Equal(to) {
			t.Error(start, got)
		}
	}
}

// Laws that came after the library was written, and days that it keeps for parts of a country.
func TestHolidaysBeyondTheLibrary(t *testing.T) {
	t.Parallel()
	for country, days := range map[string]map[string]string{
		"GR": {"2027-01-01": "Πρωτοχρονιά", "2026-02-23": "Καθαρά Δευτέρα"},
		"PL": {"2024-12-24": "", "2026-12-24": "Wigilia Bożego Narodzenia", "2026-11-11": "Narodowe Święto Niepodległości"},
		"RO": {"2023-01-06": "", "2026-01-06": "Boboteaza", "2026-01-07": "Sfântul Ioan Botezătorul", "2026-04-10": "Vinerea Mare"},
		"IT": {"2025-10-04": "", "2027-10-04": "San Francesco d'Assisi", "2026-06-02": "Festa della Repubblica"},
		"SK": {"2026-09-01": "", "2026-11-17": "", "2026-05-08": "", "2026-09-15": "", "2027-05-08": "Deň víťazstva nad fašizmom", "2026-12-24": "Štedrý deň"},
		"CH": {"2026-03-19": "", "2026-06-04": "", "2026-08-01": "Bundesfeiertag", "2026-05-14": "Auffahrt"},
		"US": {"2026-07-03": "Independence Day", "2026-11-26": "Thanksgiving Day"}, // the 4th is a Saturday
		"DE": {"2026-10-03": "Tag der Deutschen Einheit"},
		"":   {"2026-12-25": ""},
	} {
		for day, name := range days {
			noon, _ := time.Parse("2006-01-02 15", day+" 12")
			if got := (Office{Zone: time.UTC, Country: country}).holiday(noon); got != name {
				t.Errorf("%s %s: %q, not %q", country, day, got, name)
			}
		}
	}
}

func TestDaysOff(t *testing.T) {
	t.Parallel()
	office := Office{Zone: athens(t), Days: weekOf(9*60, 17*60), Country: "GR", Closed: []Date{"2026-08-14", "2026-08-16", "2026-12-31"}}
	want := []DayOff{{"2026-06-01", "Αγίου Πνεύματος"}, {"2026-08-14", ""}, {"2026-10-28", "Ημέρα του Όχι"}, {"2026-12-25", "Χριστούγεννα"}, {"2026-12-31", ""}}
	from := time.Date(2026, 6, 1, 20, 0, 0, 0, time.UTC)
	if got := office.DaysOff(from, 5); !slices.Equal(got, want) { // 15 and 16 August and 26 December are a weekend
		t.Error(got)
	}
}

// What Add says takes as long as it was asked, and more work is never done sooner.
func TestOfficeTimeAddsUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 2))
	zones := []*time.Location{athens(t), time.UTC}
	for _, name := range []string{"Asia/Beirut", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, zone)
	}
	for range 600 {
		office := Office{Zone: zones[random.IntN(len(zones))], Country: HolidayCountries()[random.IntN(len(HolidayCountries()))]}
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
		if later := office.Add(start.Add(time.Hour), work); later.Before(end) {
			t.Fatalf("%+v: begun later it is done at %s, before %s", office, later, end)
		}
	}
}
