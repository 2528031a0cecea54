package db

import (
	"encoding/json"
	"fmt"
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
