package db

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// TalkSettings are what the workspace has settled about conversations: when it
// works and how soon it answers, how long replies are held, which words stop one,
// how large a file may be, and what a client does when it is urgent.
type TalkSettings struct {
	Office      Office
	Promises    map[string]time.Duration // of office time, by kind
	Hold        time.Duration
	Words       []string
	UploadLimit int64  // bytes
	Urgent      string // a phone number or address, "" for none
	Version     string // of the settings
}

// Kinds of promises.
const (
	PromiseReply   = "reply"
	PromiseBilling = "billing"
)

// Due is until when the team promises to answer what waits since then.
func (t TalkSettings) Due(kind string, since time.Time) time.Time {
	return t.Office.Add(since, t.Promises[kind])
}

// talkDefaults hold for what no row says.
var talkDefaults = map[string]string{
	"office.hours": `[[0,0],[540,1020],[540,1020],[540,1020],[540,1020],[540,1020],[0,0]]`, "office.country": "", "office.closed": "",
	"promise.reply": "1440", "promise.billing": "960", "talk.hold": "30", "talk.words": "", "upload.limit": "100", "urgent.text": "",
}

// readTalk reads the settings of conversations.
func readTalk(r source) (TalkSettings, error) {
	type pair struct{ key, value string }
	pairs, err := all(r, func(p *pair) []any { return []any{&p.key, &p.value} }, "SELECT key, value FROM setting")
	if err != nil {
		return TalkSettings{}, err
	}
	found := map[string]string{}
	for key, usual := range talkDefaults {
		found[key] = usual
	}
	for _, p := range pairs {
		found[p.key] = p.value
	}
	return talkOf(found)
}

func talkOf(found map[string]string) (t TalkSettings, err error) {
	var days [7][2]int
	if err := json.Unmarshal([]byte(found["office.hours"]), &days); err != nil {
		return t, fmt.Errorf("office.hours: %w", err)
	}
	for i, day := range days {
		t.Office.Days[i] = Span{day[0], day[1]}
	}
	if t.Office.Zone, err = time.LoadLocation(found["workspace.time_zone"]); err != nil {
		t.Office.Zone, err = time.UTC, nil
	}
	t.Office.Country, t.Urgent, t.Version = found["office.country"], found["urgent.text"], found["settings.version"]
	for _, day := range strings.Fields(found["office.closed"]) {
		t.Office.Closed = append(t.Office.Closed, Date(day))
	}
	minutes := func(key string, unit time.Duration) time.Duration {
		number, _ := strconv.Atoi(found[key])
		return time.Duration(number) * unit
	}
	t.Promises = map[string]time.Duration{PromiseReply: minutes("promise.reply", time.Minute), PromiseBilling: minutes("promise.billing", time.Minute)}
	t.Hold, t.UploadLimit = minutes("talk.hold", time.Second), int64(minutes("upload.limit", 1))<<20
	for line := range strings.Lines(found["talk.words"]) {
		if word := strings.TrimSpace(line); word != "" {
			t.Words = append(t.Words, word)
		}
	}
	return t, nil
}

// Talk reads the settings of conversations.
func (s *Store) Talk() (TalkSettings, error) {
	var settings TalkSettings
	err := s.read(func(r source) (err error) {
		settings, err = readTalk(r)
		return err
	})
	return settings, err
}

func (tx *Tx) talk() (TalkSettings, error) { return readTalk(tx) }

// Talk reads what clients may know of it: where to turn when it is urgent, and how
// large a file may be.
func (g *Glass) Talk() (urgent string, uploadLimit int64, err error) {
	type pair struct{ key, value string }
	pairs, err := all(g, func(p *pair) []any { return []any{&p.key, &p.value} }, "SELECT key, value FROM client_workspace WHERE key IN ('urgent.text', 'upload.limit')")
	uploadLimit = 100
	for _, p := range pairs {
		if p.key == "urgent.text" {
			urgent = p.value
		} else if uploadLimit, err = strconv.ParseInt(p.value, 10, 64); err != nil {
			return urgent, 0, err
		}
	}
	return urgent, uploadLimit << 20, err
}

// TalkForm is what an admin fills in about conversations. From and To are hours of
// the day as "09:00", by weekday, "" for closed; promises are hours of office time.
type TalkForm struct {
	From, To                         [7]string
	Country, Closed                  string // Closed: a date on each line
	PromiseReply, PromiseBilling     string
	Hold, Words, UploadLimit, Urgent string
	Version                          string
}

// SetTalk changes the settings of conversations; owner and admins only. What waits
// already is promised anew.
func (s *Store) SetTalk(actor Actor, form TalkForm) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		rows, err := form.rows()
		if err != nil {
			return err
		}
		now, err := tx.talk()
		if err != nil {
			return err
		}
		if form.Version != now.Version {
			version, _ := strconv.ParseInt(now.Version, 10, 64)
			return &Conflict{Version: version, Theirs: now.fields()}
		}
		for _, row := range rows {
			if err := tx.run("INSERT INTO setting (key, value) VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", row[0], row[1]); err != nil {
				return err
			}
		}
		if err := tx.audit(actor.ID, "talk.changed", 0, 0, ""); err != nil {
			return err
		}
		if err := tx.settleWaiting(); err != nil {
			return err
		}
		return tx.touchSettings()
	})
}

// fields are the settings as the form has them.
func (t TalkSettings) fields() map[string]string {
	form := t.Form()
	var hours []string
	for i := range form.From {
		hours = append(hours, form.From[i]+"-"+form.To[i])
	}
	return map[string]string{"hours": strings.Join(hours, " "), "country": form.Country, "closed": form.Closed, "promise_reply": form.PromiseReply,
		"promise_billing": form.PromiseBilling, "hold": form.Hold, "words": form.Words, "upload_limit": form.UploadLimit, "urgent": form.Urgent}
}

// Form is the form that would leave everything as it is.
func (t TalkSettings) Form() TalkForm {
	f := TalkForm{Country: t.Office.Country, Words: strings.Join(t.Words, "\n"), Urgent: t.Urgent, Version: t.Version,
		PromiseReply: strconv.Itoa(int(t.Promises[PromiseReply].Hours())), PromiseBilling: strconv.Itoa(int(t.Promises[PromiseBilling].Hours())),
		Hold: strconv.Itoa(int(t.Hold.Seconds())), UploadLimit: strconv.FormatInt(t.UploadLimit>>20, 10)}
	for i, span := range t.Office.Days {
		if span.From < span.To {
			f.From[i], f.To[i] = clockOf(span.From), clockOf(span.To)
		}
	}
	for _, day := range t.Office.Closed {
		f.Closed += string(day) + "\n"
	}
	f.Closed = strings.TrimSpace(f.Closed)
	return f
}

func clockOf(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// rows are the settings that a form asks for, in the order of its fields.
func (f TalkForm) rows() ([][2]string, error) {
	hours, err := f.hours()
	if err != nil {
		return nil, err
	}
	if _, known := holidays[f.Country]; f.Country != "" && !known {
		return nil, invalid("country", "office.country-unknown")
	}
	closed, err := f.closed()
	if err != nil {
		return nil, err
	}
	rows := [][2]string{{"office.hours", hours}, {"office.country", f.Country}, {"office.closed", strings.Join(closed, "\n")}}
	for _, number := range []struct {
		key, field, text string
		least, most, by  int
	}{{"promise.reply", "promise_reply", f.PromiseReply, 1, 1000, 60}, {"promise.billing", "promise_billing", f.PromiseBilling, 1, 1000, 60},
		{"talk.hold", "hold", f.Hold, 0, 600, 1}, {"upload.limit", "upload_limit", f.UploadLimit, 1, 2000, 1}} {
		value, err := strconv.Atoi(strings.TrimSpace(number.text))
		if err != nil || value < number.least || value > number.most {
			return nil, invalid(number.field, "office.number", "Least", number.least, "Most", number.most)
		}
		rows = append(rows, [2]string{number.key, strconv.Itoa(value * number.by)})
	}
	words, err := cleanText("words", f.Words, 5000)
	if err != nil {
		return nil, err
	}
	urgent, err := cleanLine("urgent", f.Urgent, 200)
	return append(rows, [2]string{"talk.words", words}, [2]string{"urgent.text", urgent}), err
}

func (f TalkForm) hours() (string, error) {
	var days [7][2]int
	open := false
	for i := range days {
		from, fromOK := minuteOf(f.From[i])
		to, toOK := minuteOf(f.To[i])
		if !fromOK || !toOK || (f.From[i] == "") != (f.To[i] == "") || f.From[i] != "" && from >= to {
			return "", invalid("hours", "office.hours-wrong")
		}
		days[i], open = [2]int{from, to}, open || from < to
	}
	if !open {
		return "", invalid("hours", "office.never-open")
	}
	text, err := json.Marshal(days)
	return string(text), err
}

// minuteOf reads "09:30"; "" is midnight.
func minuteOf(text string) (int, bool) {
	if text == "" {
		return 0, true
	}
	at, err := time.Parse("15:04", text)
	return at.Hour()*60 + at.Minute(), err == nil
}

const maxClosed = 400

func (f TalkForm) closed() ([]string, error) {
	days := strings.Fields(f.Closed)
	if len(days) > maxClosed {
		return nil, invalid("closed", "office.closed-many", "Most", maxClosed)
	}
	for _, day := range days {
		if date, ok := ParseDate(day); !ok || date == "" {
			line, _ := cleanLine("closed", day, 40)
			return nil, invalid("closed", "office.closed-wrong", "Day", line)
		}
	}
	slices.Sort(days)
	return slices.Compact(days), nil
}
