package db

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

func someSignoff(t testing.TB, i int) (Signoff, Record) {
	t.Helper()
	r := someRecord(rand.New(rand.NewPCG(1, uint64(i))), Named{NewID(), "Νέα <σελίδα> & \u2028 \"x\" \\"}, i)
	text, err := r.canonical()
	if err != nil {
		t.Fatal(err)
	}
	s := Signoff{ID: r.ID, Record: text, Prev: sumOf("the one before")}
	if i%2 == 1 {
		s.Prev = ""
	}
	s.Hash = linked(s.Prev, s.Record)
	return s, r
}

func bundled(t testing.TB, s Signoff) []byte {
	t.Helper()
	raw, err := s.Bundle()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// A bundle gives back the very bytes that were sealed, and says nothing else.
func TestBundlesAreRead(t *testing.T) {
	t.Parallel()
	for i := range 40 {
		s, r := someSignoff(t, i)
		raw := bundled(t, s)
		got, err := VerifyBundle(raw)
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("%v\n%+v\n%+v", err, got, r)
		}
		var names map[string]string
		if err := json.Unmarshal(raw, &names); err != nil || len(names) != 4 || names["record"] != s.Record || !strings.Contains(string(raw), "\n  \"hash\"") {
			t.Errorf("%v %s", err, raw)
		}
		loose := strings.ReplaceAll(string(raw), "\n", "\r\n \t")
		if _, err := VerifyBundle([]byte(loose)); err != nil {
			t.Errorf("an editor that writes other line ends breaks it: %v", err)
		}
	}
}

// Every byte of a bundle counts, unless it says the same as before.
func TestEveryByteOfABundleCounts(t *testing.T) {
	alone(t)
	t.Parallel()
	chance := rand.New(rand.NewPCG(6, 7))
	for _, i := range []int{5, 14} {
		s, want := someSignoff(t, i)
		raw := bundled(t, s)
		for at := range raw {
			for range 2 {
				changed, bits := append([]byte{}, raw...), byte(1+chance.IntN(255))
				changed[at] ^= bits
				if got, err := VerifyBundle(changed); err == nil && !reflect.DeepEqual(got, want) {
					t.Errorf("byte %d changed by %02x: nobody noticed", at, bits)
				}
			}
		}
		for at := range raw {
			if _, err := VerifyBundle(raw[:at]); err == nil && strings.TrimSpace(string(raw[at:])) != "" {
				t.Errorf("cut off at %d it is believed", at)
			}
		}
	}
}

// What is no bundle is refused in one sentence, and so is one that two programs could
// read differently.
func TestBundlesAreRefused(t *testing.T) {
	t.Parallel()
	s, r := someSignoff(t, 14)
	good := string(bundled(t, s))
	sealed := func(text string) string { // with a hash that fits
		return string(bundled(t, Signoff{Record: text, Prev: s.Prev, Hash: linked(s.Prev, text)}))
	}
	for name, c := range map[string][2]string{
		"nothing":       {"", "not a record that Vitrine saved"},
		"null":          {"null", "not a record that Vitrine saved"},
		"a list":        {"[]", "not a record that Vitrine saved"},
		"the record":    {s.Record, "not a record that Vitrine saved"},
		"two":           {good + good, "not a record as Vitrine saves it"},
		"more":          {strings.Replace(good, "{", `{"seq": 1,`, 1), "not a record that Vitrine saved"},
		"less":          {strings.Replace(good, `"prev"`, `"hash"`, 1), "not a record as Vitrine saves it"},
		"no prev":       {strings.Replace(good, `"prev": "`+s.Prev+`",`, "", 1), "not a record as Vitrine saves it"},
		"twice":         {strings.Replace(good, "{", `{"record": "another",`, 1), "not a record as Vitrine saves it"},
		"other case":    {strings.Replace(good, `"record"`, `"Record"`, 1), "not a record as Vitrine saves it"},
		"other format":  {strings.Replace(good, BundleFormat, "vitrine-bundle-2\x1b", 1), "not a record that Vitrine saved"},
		"newer format":  {strings.Replace(good, BundleFormat, "vitrine-bundle-2", 1), `does not know, "vitrine-bundle-2"`},
		"deep":          {strings.Repeat(`{"a":[`, 80000), "not a record that Vitrine saved"},
		"large":         {good + strings.Repeat(" ", MaxBundle), "at most 1024 KB"},
		"other words":   {strings.Replace(good, "Which", "which", 1), "does not match its hash"},
		"other hash":    {strings.Replace(good, s.Hash, sumOf(""), 1), "does not match its hash"},
		"loud hash":     {strings.Replace(good, s.Hash, strings.ToUpper(s.Hash), 1), "does not match its hash"},
		"other prev":    {strings.Replace(good, s.Prev, sumOf(""), 1), "does not match its hash"},
		"prev of words": {string(bundled(t, Signoff{Record: s.Record, Prev: "before", Hash: linked("before", s.Record)})), "is no hash"},
		"blanks":        {sealed(s.Record + " "), "is not in canonical form"},
		"unknown":       {sealed(strings.Replace(s.Record, `{"answer"`, `{"also":1,"answer"`, 1)), "holds what no record"},
		"newer record":  {sealed(strings.Replace(s.Record, r.Format, "vitrine-signoff-2", 1)), "format that this program does not know"},
		"no record":     {sealed("{}"), "format that this program does not know"},
	} {
		if _, err := VerifyBundle([]byte(c[0])); err == nil || !strings.Contains(err.Error(), c[1]) || strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A record whose every text is as long as it may be fits into a bundle, with a hundred files.
func TestTheLongestRecordFits(t *testing.T) {
	t.Parallel()
	_, r := someSignoff(t, 14)
	long := func(runes int) string { return strings.Repeat("🖼", runes) }
	q := &r.Decision
	q.Question, q.Context, q.IfSilent = long(300), long(20000), long(2000)
	q.Options, q.NewTasks, q.Tasks, q.Deciders = nil, nil, nil, nil
	for range MaxOptions {
		q.Options = append(q.Options, RecordOption{ID: NewID(), Title: long(200), Text: long(4000)})
	}
	for range 200 {
		q.Tasks = append(q.Tasks, long(500))
	}
	for range maxNewTasks {
		q.NewTasks = append(q.NewTasks, long(500))
	}
	for range maxDeciders {
		q.Deciders = append(q.Deciders, Named{NewID(), long(200)})
	}
	for range 100 {
		r.Files = append(r.Files, RecordFile{NewID(), long(120), 1 << 30, sumOf(""), true})
	}
	r.Answer.Comment, r.Deliverable.Note, r.Deliverable.Description = long(maxAnswer), long(20000), long(20000)
	text, err := r.canonical()
	if err != nil {
		t.Fatal(err)
	}
	raw := bundled(t, Signoff{Record: text, Hash: linked("", text)})
	if _, err := VerifyBundle(raw); err != nil {
		t.Errorf("%d KB: %v", len(raw)>>10, err)
	}
}
