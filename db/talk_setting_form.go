package db

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// TalkForm is what an admin fills in about conversations. From and To are hours of
// the day as "09:00", by weekday, of the days that are Open; promises are hours of
// office time.
type TalkForm struct {
	Open                             [7]bool
	From, To                         [7]string
	Country, Closed                  string // Closed: a date on each line
	PromiseReply, PromiseBilling     string
	Hold, Words, UploadLimit, Urgent string
	Version                          string
}

// SetTalk changes the settings of conversations; owner and admins only. What waits
// already is promised anew. A form that is older than the settings and says
// something else is a Conflict.
func (s *Store) SetTalk(actor Actor, form TalkForm) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		rows, err := form.rows()
		if err != nil {
			return err
		}
		old, err := tx.talk()
		if err != nil {
			return err
		}
		if was, err := old.Form().rows(); err == nil && slices.Equal(rows, was) {
			return nil
		}
		if form.Version != old.Version {
			version, _ := strconv.ParseInt(old.Version, 10, 64)
			return &Conflict{Version: version, Theirs: old.Form().Fields()}
		}
		return tx.setTalk(actor, rows)
	})
}

func (tx *Tx) setTalk(actor Actor, rows [][2]string) error {
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
}

// Fields are the form's texts by field; hours0 to hours6 are the days of the week,
// "" when closed.
func (f TalkForm) Fields() map[string]string {
	fields := map[string]string{"country": f.Country, "closed": f.Closed, "promise_reply": f.PromiseReply, "promise_billing": f.PromiseBilling,
		"hold": f.Hold, "words": f.Words, "upload_limit": f.UploadLimit, "urgent": f.Urgent}
	for day := range f.Open {
		fields[fmt.Sprint("hours", day)] = ""
		if f.Open[day] {
			fields[fmt.Sprint("hours", day)] = f.From[day] + "–" + f.To[day]
		}
	}
	return fields
}

// Form is the form that would leave everything as it is.
func (t TalkSettings) Form() TalkForm {
	f := TalkForm{Country: t.Office.Country, Words: strings.Join(t.Words, "\n"), Urgent: t.Urgent, Version: t.Version,
		PromiseReply: strconv.Itoa(int(t.Promises[PromiseReply].Hours())), PromiseBilling: strconv.Itoa(int(t.Promises[PromiseBilling].Hours())),
		Hold: strconv.Itoa(int(t.Hold.Seconds())), UploadLimit: strconv.FormatInt(t.UploadLimit>>20, 10)}
	for i, span := range t.Office.Days {
		if span.From < span.To {
			f.Open[i], f.From[i], f.To[i] = true, clockOf(span.From), clockOf(span.To)
		}
	}
	for _, day := range t.Office.Closed {
		f.Closed += string(day) + "\n"
	}
	f.Closed = strings.TrimSpace(f.Closed)
	return f
}

// clockOf is a time of day; the end of the day is "00:00".
func clockOf(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60%24, minutes%60) }

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

// midnight is the end of a day, which a form calls 00:00.
const midnight = 24 * 60

func (f TalkForm) hours() (string, error) {
	var days [7][2]int
	for i, open := range f.Open {
		if !open {
			continue
		}
		from, fromErr := time.Parse("15:04", f.From[i])
		to, toErr := time.Parse("15:04", f.To[i])
		days[i] = [2]int{from.Hour()*60 + from.Minute(), to.Hour()*60 + to.Minute()}
		if days[i][1] == 0 {
			days[i][1] = midnight
		}
		if fromErr != nil || toErr != nil || days[i][0] >= days[i][1] {
			return "", invalid(fmt.Sprint("hours", i), "office.hours-wrong")
		}
	}
	if !slices.Contains(f.Open[:], true) {
		return "", invalid("hours", "office.never-open")
	}
	text, err := json.Marshal(days)
	return string(text), err
}

const maxClosed = 400

func (f TalkForm) closed() ([]string, error) {
	var days []string
	for line := range strings.Lines(f.Closed) {
		day := strings.TrimSpace(line)
		if day == "" {
			continue
		}
		if _, ok := ParseDate(day); !ok {
			return nil, invalid("closed", "office.closed-wrong", "Day", excerpt(day))
		}
		days = append(days, day)
	}
	if len(days) > maxClosed {
		return nil, invalid("closed", "office.closed-many", "Most", maxClosed)
	}
	slices.Sort(days)
	return slices.Compact(days), nil
}
