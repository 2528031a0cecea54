package handlers

import (
	"slices"
	"strings"
	"time"

	hostile "vitrine/handlers/mail/sink"
)

// listening are the open pages of clients.
type listening struct {
	*talk
	wires map[[2]string]*wire
	heard map[*wire]int
	count int
}

// listen opens the pages that are closed and can be opened.
func (l *listening) listen() {
	for _, who := range []string{"eleni", "viewer", "press"} {
		for page, thread := range l.pages() {
			one := l.wires[[2]string{who, page}]
			if one != nil {
				one.mu.Lock()
				ended := one.ended
				one.mu.Unlock()
				if !ended {
					continue
				}
			}
			if thread != "" && !l.sees(who, thread) || !l.active[who] || who != "eleni" && thread != "gallery" && thread != "project" {
				continue
			}
			l.wires[[2]string{who, page}] = l.wire(who, page)
		}
	}
	if l.wires[[2]string{"outsider", "/portal"}] == nil {
		l.wires[[2]string{"outsider", "/portal"}] = l.wire("outsider", "/portal")
	}
}

// settled waits until no page is sent anything any more.
func (l *listening) settled() {
	last, same := -1, 0
	for range 60 {
		count := 0
		for _, one := range l.wires {
			count += one.frames()
		}
		if same++; count != last {
			last, same = count, 0
		}
		if same == 5 {
			return
		}
		time.Sleep(8 * time.Millisecond)
	}
}

// check reads the frames since the last step. One may have been drawn before the step.
func (l *listening) check(when string, before map[string]map[string]bool) {
	now := l.allowed()
	for of, one := range l.wires {
		one.mu.Lock()
		fresh := one.sent[l.heard[one]:]
		l.heard[one] = len(one.sent)
		one.mu.Unlock()
		l.count += len(fresh)
		for _, frame := range fresh {
			for _, mark := range marks.FindAllString(frame, -1) {
				if !now[of[0]][mark] && !before[of[0]][mark] {
					l.t.Errorf("%s: a frame for %s on %s has %s", when, of[0], of[1], mark)
				}
			}
			if strings.Contains(frame, "CNRY") && of[0] != "outsider" {
				l.t.Errorf("%s: a frame for %s has a canary", when, of[0])
			}
		}
	}
}

// post lets all that is held go out, and then every mail that waits, and reads these.
func (k *talk) post(when string, server *hostile.Sink) {
	k.pass(31 * time.Second)
	seen := len(server.Received())
	k.clock.Add(int64(5*time.Minute + time.Second))
	k.office = k.now()
	want := k.settle()
	for n := 0; k.rows("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL") > 0; n++ {
		if n > 500 {
			k.t.Fatal(when, ": mails still wait")
		}
		time.Sleep(20 * time.Millisecond)
	}
	told := map[string]int{}
	for _, got := range server.Received()[seen:] {
		if len(got.To) != 1 {
			k.t.Error(when, got.To)
		}
		_, text, _ := strings.Cut(everyPart(k.t, got.Raw), got.Raw)
		found := marks.FindAllString(text, -1)
		slices.Sort(found)
		for _, mark := range slices.Compact(found) {
			switch what := got.To[0] + " " + mark; mark[0] {
			case 'Q':
				told[what]++
				k.total++
			case 'F':
				if !k.filed(got.To[0], mark, want) {
					k.t.Errorf("%s: %s by mail", when, what)
				}
			default:
				k.t.Errorf("%s: %s by mail", when, what)
			}
		}
	}
	for what, times := range told {
		if times != 1 || !want[what] {
			k.t.Errorf("%s: %s by mail, %d times, expected %v", when, what, times, want[what])
		}
	}
	for what := range want {
		if told[what] == 0 {
			k.t.Errorf("%s: no mail tells %s", when, what)
		}
	}
}

// filed says that a file hangs on something that is told.
func (k *talk) filed(to, mark string, want map[string]bool) bool {
	for _, u := range k.said {
		for _, file := range u.files {
			if "F"+file.key == mark {
				return want[to+" "+u.mark]
			}
		}
	}
	return false
}
