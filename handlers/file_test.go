package handlers

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func (w *world) filesAt(kind string) string {
	return "/threads/" + w.tasks["gallery"].String() + "/files/" + kind
}

func (w *world) clientFilesAt() string {
	return "/portal/threads/" + w.tasks["gallery"].String() + "/files"
}

// limited lets one file have so many MB.
func (w *world) limited(megabytes int) {
	w.t.Helper()
	w.behind("INSERT OR REPLACE INTO setting (key, value) VALUES ('upload.limit', ?)", megabytes)
}

var fileAddress = regexp.MustCompile(`href="((?:/portal)?/files/[0-9A-Za-z]{11})"`)

// addressOf is where the last file of an answer stands.
func addressOf(t testing.TB, a answer) string {
	t.Helper()
	found := fileAddress.FindAllStringSubmatch(a.body, -1)
	if len(found) == 0 {
		t.Fatalf("%d, no file in %s", a.status, a.body)
	}
	return found[len(found)-1][1]
}

// A file that a client hangs on a reply and a file of a note are read by those who
// read the reply and the note, as they were sent; without scripts the way back keeps
// the words.
func TestFilesGoWithWhatIsSaid(t *testing.T) {
	w := newWorld(t)
	eleni, member := w.as("eleni"), w.as("member")
	letter := []byte("Dear team,\r\n--not a boundary\r\n" + strings.Repeat("x", 100000))
	taken := eleni.attachPlain(w.clientFilesAt(), "Half a sentence", sent{"letter ελ.txt", "", letter})
	if taken.status != http.StatusSeeOther || taken.header.Get("Location") != "/portal/tasks/"+w.tasks["gallery"].String()+"#reply-files" {
		t.Fatal(taken.status, taken.header)
	}
	if words := w.rows("SELECT count(*) FROM draft WHERE body = 'Half a sentence'"); words != 1 {
		t.Error("the words beside the file are lost")
	}
	page := eleni.get("/portal/tasks/" + w.tasks["gallery"].String())
	if !strings.Contains(page.body, "letter ελ.txt</a>") || !strings.Contains(page.body, "draft.txt</a>") {
		t.Error("the files of a draft are not on the page")
	}
	file := "/portal/files/" + lastID(page.body, "letter ελ.txt")
	if got := eleni.get(file); got.body != string(letter) {
		t.Errorf("%d bytes came back", len(got.body))
	}
	for who, path := range map[string]string{"viewer": file, "member": strings.TrimPrefix(file, "/portal"), "owner": strings.TrimPrefix(file, "/portal")} {
		if got := w.as(who).get(path); got.status != http.StatusNotFound {
			t.Errorf("%s reads an unsent file: %d", who, got.status)
		}
	}
	if got := w.as("leader").through("eleni").get(file); got.status != http.StatusNotFound {
		t.Errorf("whoever looks through a client reads what is not sent: %d", got.status)
	}
	if page := w.as("leader").through("eleni").get("/portal/tasks/" + w.tasks["gallery"].String()); strings.Contains(page.body, "letter ελ.txt") {
		t.Error("whoever looks through a client sees files that are not sent")
	}
	eleni.post("/portal/tasks/"+w.tasks["gallery"].String()+"/replies", "body", "Here it is")
	for who, path := range map[string]string{"viewer": file, "member": strings.TrimPrefix(file, "/portal")} {
		if got := w.as(who).get(path); got.body != string(letter) {
			t.Errorf("%s does not get the file: %d", who, got.status)
		}
	}
	if page := member.get("/tasks/" + w.tasks["gallery"].String()); !strings.Contains(page.body, "letter ελ.txt, 98") || !strings.Contains(page.body, `/thumbnail"`) {
		t.Error("files are not below the message")
	}
	if got := eleni.post(file + "/remove"); got.status != http.StatusNotFound {
		t.Errorf("a file that was sent is removed: %d", got.status)
	}
}

func lastID(page, name string) string {
	before, _, _ := strings.Cut(page, name)
	return before[strings.LastIndex(before, "/files/")+7:][:11]
}

var takesFiles = regexp.MustCompile(`/:id/files(/note|/reply)?$`)

// Nothing but the routes that receive files takes a body over the limit, told or
// not: not one that was added later either.
func TestOnlyFilesMayBeLarge(t *testing.T) {
	w := newWorld(t)
	owner, eleni, streams := w.as("owner"), w.as("eleni"), 0
	for _, route := range w.server.Routes {
		if route.Method == http.MethodGet || strings.HasPrefix(route.Path, "/api/") {
			continue
		}
		path, who := w.fill(route.Path, "own"), owner
		if strings.HasPrefix(path, "/portal") {
			who = eleni
		}
		limit := bodyLimit
		switch {
		case route.Path == "/import", route.Path == "/import/time":
			limit = importLimit
		case strings.HasSuffix(route.Path, "/account/avatar"):
			limit = pictureLimit
		}
		if takesFiles.MatchString(route.Path) {
			streams++
			continue
		}
		for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "image/png"} {
			told, _ := w.tooMuch(who, route.Method, path, kind, limit+1, true)
			if told != http.StatusRequestEntityTooLarge {
				t.Errorf("%s %s answers %d to one byte too many (%s)", route.Method, route.Path, told, kind)
			}
		}
		if limit == bodyLimit {
			if told, _ := w.tooMuch(who, route.Method, path, "application/x-www-form-urlencoded", limit+1, false); told != http.StatusRequestEntityTooLarge {
				t.Errorf("%s %s answers %d to one byte too many in chunks", route.Method, route.Path, told)
			}
		}
	}
	if streams != 6 {
		t.Errorf("%d routes take any length", streams)
	}
}

// tooMuch announces or sends a body on a connection of its own.
func (w *world) tooMuch(who *someone, method, path, kind string, length int, announced bool) (int, error) {
	wire, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	w.ok(err)
	defer wire.Close()
	wire.SetDeadline(time.Now().Add(20 * time.Second))
	size := fmt.Sprintf("Content-Length: %d", length)
	if !announced {
		size = "Transfer-Encoding: chunked"
	}
	fmt.Fprintf(wire, "%s %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: session=%s\r\nContent-Type: %s\r\n%s\r\n\r\n", method, path, strings.TrimPrefix(w.base, "http://"), w.base, who.cookies["session"], kind, size)
	if !announced {
		fmt.Fprintf(wire, "%x\r\n%s\r\n0\r\n\r\n", length, strings.Repeat("x", length))
	}
	response, err := http.ReadResponse(bufio.NewReader(wire), nil)
	if err != nil {
		return 0, err
	}
	response.Body.Close()
	return response.StatusCode, nil
}

// What follows a body that was refused for its length is that body, and never
// another request.
func TestRefusedBodyIsNoRequest(t *testing.T) {
	w := newWorld(t)
	wire, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	w.ok(err)
	defer wire.Close()
	host := strings.TrimPrefix(w.base, "http://")
	fmt.Fprintf(wire, "POST /theme HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\nGET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", host, w.base, bodyLimit+1, host)
	wire.SetDeadline(time.Now().Add(10 * time.Second))
	said, _ := io.ReadAll(wire)
	if !bytes.HasPrefix(said, []byte("HTTP/1.1 413")) || bytes.Count(said, []byte("HTTP/1.1 ")) != 1 {
		t.Errorf("%.2000s", said)
	}
	// Nobody marks their own request.
	if got := w.as("").send(http.MethodPost, "/theme", strings.NewReader("theme=dark"), "Content-Type", "application/x-www-form-urlencoded", "Origin", w.base, "X-Body-Too-Long", "1"); got.status != http.StatusSeeOther {
		t.Error(got.status)
	}
}

// A file may have exactly as much as the workspace allows. One byte more is refused
// in words and leaves nothing behind; nor do an empty one and the twenty-first.
func TestLimitsOfFiles(t *testing.T) {
	w := newWorld(t)
	w.limited(1)
	eleni, before := w.as("eleni"), len(w.leftovers())
	for what, c := range map[string]struct {
		status int
		words  string
		files  []sent
	}{
		"too large":       {413, "larger than 1 MB", []sent{{"a.bin", "", make([]byte, 1<<20+1)}}},
		"far too large":   {413, "larger than 1 MB", []sent{{"a.bin", "", make([]byte, 5<<20)}}},
		"one of two":      {413, "larger than 1 MB", []sent{{"ok.txt", "", []byte("ok")}, {"a.bin", "", make([]byte, 1<<20+1)}}},
		"empty":           {422, "empty", []sent{{"empty.txt", "", nil}}},
		"none":            {422, "Choose a file", []sent{{"", "", nil}}},
		"more than 20":    {422, "more than 20", slices.Repeat([]sent{{"a.txt", "", []byte("a")}}, 21)},
		"19 and the next": {422, "more than 20", slices.Repeat([]sent{{"a.txt", "", []byte("a")}}, 20)}, // a draft has one already
	} {
		got := eleni.attach(w.clientFilesAt(), c.files...)
		if got.status != c.status || !strings.Contains(got.body, c.words) || !strings.Contains(got.body, `role="alert"`) {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
		if plain := eleni.attachPlain(w.clientFilesAt(), "", c.files...); plain.status != c.status || !strings.Contains(plain.body, c.words) {
			t.Errorf("%s without scripts: %d", what, plain.status)
		}
	}
	if after := w.leftovers(); len(after) != before || w.rows("SELECT count(*) FROM file WHERE name IN ('a.bin', 'ok.txt', 'a.txt', 'empty.txt')") != 0 {
		t.Error("refused files left ", after)
	}
	if got := eleni.attach(w.clientFilesAt(), sent{"exact.bin", "", make([]byte, 1<<20)}); got.status != http.StatusOK || !strings.Contains(got.body, "1&nbsp;MB") && !strings.Contains(got.body, "1\u00a0MB") {
		t.Error("exactly the limit is refused: ", got.status, got.body)
	}
}

// Uploads that are cut anywhere leave neither row nor file, in one piece or in chunks.
func TestCutUploads(t *testing.T) {
	w := newWorld(t)
	before := len(w.leftovers())
	body, kind := formOf("text", sent{"cut.bin", "", bytes.Repeat([]byte("0123456789abcdef"), 20000)}, sent{"second.txt", "", []byte("second")})
	random := rand.New(rand.NewPCG(1, 2))
	session := w.as("eleni").cookies["session"]
	var cuts sync.WaitGroup
	for i := range 100 {
		at, chunked := random.IntN(len(body)), i%2 == 1 && i >= 10
		if i < 10 { // also within what ends the form
			at = len(body) - 1 - i
		}
		cuts.Go(func() {
			wire, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
			if err != nil {
				t.Error(err)
				return
			}
			size := fmt.Sprintf("Content-Length: %d", len(body))
			if chunked {
				size = "Transfer-Encoding: chunked"
			}
			fmt.Fprintf(wire, "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: session=%s\r\nContent-Type: %s\r\n%s\r\n\r\n",
				w.clientFilesAt(), strings.TrimPrefix(w.base, "http://"), w.base, session, kind, size)
			if chunked {
				fmt.Fprintf(wire, "%x\r\n", len(body))
			}
			wire.Write(body[:at])
			wire.(*net.TCPConn).CloseWrite()
			io.Copy(io.Discard, wire)
			wire.Close()
		})
	}
	cuts.Wait()
	if rows := w.rows("SELECT count(*) FROM file WHERE name IN ('cut.bin', 'second.txt')"); rows != 0 {
		t.Errorf("%d cut uploads became files", rows)
	}
	if after := w.leftovers(); len(after) != before {
		t.Error("cut uploads left ", after)
	}
}

// Many at once come whole, and a large file flows through in little memory.
func TestUploadsFlow(t *testing.T) {
	w := newWorld(t)
	var sending sync.WaitGroup
	for i := range 12 {
		who := w.as([]string{"eleni", "member"}[i%2])
		path := []string{w.clientFilesAt(), w.filesAt("note")}[i%2]
		sending.Go(func() {
			content := bytes.Repeat([]byte{byte(i)}, 300000+i)
			got := who.attach(path, sent{fmt.Sprintf("many-%d.bin", i), "", content})
			if got.status != http.StatusOK {
				t.Errorf("%d: %d", i, got.status)
			}
		})
	}
	sending.Wait()
	if rows := w.rows("SELECT count(DISTINCT sha256) FROM file WHERE name LIKE 'many-%' AND size >= 300000"); rows != 12 {
		t.Errorf("%d of 12 files came", rows)
	}
	const size = 60 << 20
	head, kind := formOf("", sent{"large.bin", "", []byte("@")})
	start, end, _ := bytes.Cut(head, []byte("@"))
	body := io.MultiReader(bytes.NewReader(start), io.LimitReader(zeros{}, size), bytes.NewReader(end))
	var was, is runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&was)
	got := w.as("eleni").send(http.MethodPost, w.clientFilesAt(), slowly{body}, "Content-Type", kind, "Origin", w.base, "HX-Request", "true")
	runtime.ReadMemStats(&is)
	if used := (is.TotalAlloc - was.TotalAlloc) >> 20; got.status != http.StatusOK || used > 16 {
		t.Errorf("%d, and %d MB were allocated for a file of %d MB", got.status, used, size>>20)
	}
	runtime.ReadMemStats(&was)
	file := w.as("eleni").get(addressOf(t, got), "Range", "bytes=62914550-")
	if file.status != http.StatusPartialContent || len(file.body) != 10 || file.header.Get("Content-Range") != "bytes 62914550-62914559/62914560" {
		t.Error(file.status, len(file.body), file.header)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Parts of a file, as browsers ask for them.
func TestRangesOfFiles(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	path := "/portal/files/" + w.parts["file draft"].String() // "not sent"
	for header, want := range map[string]string{"": "200 not sent", "bytes=0-2": "206 not", "bytes=4-": "206 sent", "bytes=-4": "206 sent", "bytes=-100": "206 not sent", "bytes=0-999": "200 not sent",
		"bytes=8-": "416 ", "bytes=-0": "416 ", "bytes=2-1": "200 not sent", "bytes=0-1,3-4": "200 not sent", "items=0-1": "200 not sent", "bytes=a-b": "200 not sent", "bytes=99999999999999999999-": "200 not sent"} {
		got := eleni.get(path, "Range", header)
		if header == "bytes=-100" {
			want = "200 not sent"
		}
		text := got.body
		if got.status == 416 {
			text = ""
		}
		if fmt.Sprint(got.status, " ", text) != want {
			t.Errorf("%q: %d %q", header, got.status, got.body)
		}
	}
}

// What was changed, cut short or lost on the disk is never sent, and is told of once:
// to the reader what is lost is not there, and what was replaced is said to be.
func TestDamagedFilesAreNotSent(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	for what, harm := range map[string]func(path string) error{
		"replaced": func(path string) error { return os.WriteFile(path, []byte("NOT SENT"), 0o600) },
		"cut":      func(path string) error { return os.Truncate(path, 3) },
		"lost":     os.Remove,
	} {
		content := fmt.Sprintf("%-8.8s", what)
		file := addressOf(t, eleni.attach(w.clientFilesAt(), sent{what + ".txt", "", []byte(content)}))
		if got := eleni.get(file); got.body != content {
			t.Fatal(got)
		}
		paths := w.leftovers()
		for _, path := range paths {
			if bytes, _ := os.ReadFile(filepath.Join(w.folder, path)); string(bytes) == content {
				w.ok(harm(filepath.Join(w.folder, path)))
			}
		}
		status, words := http.StatusConflict, "is not the file that was stored here"
		if what == "lost" {
			status, words = http.StatusNotFound, "does not exist"
		}
		for _, asked := range [][]string{nil, {"Range", "bytes=0-2"}, nil} {
			if got := eleni.get(file, asked...); got.status != status || !strings.Contains(got.body, words) || strings.Contains(got.body, "NOT SENT") {
				t.Errorf("%s: %d %q", what, got.status, got.body)
			}
		}
		// The same bytes sent again heal it.
		eleni.attach(w.clientFilesAt(), sent{"again.txt", "", []byte(content)})
		if got := eleni.get(file); got.body != content {
			t.Errorf("%s is not healed: %d", what, got.status)
		}
	}
	if told := strings.Count(w.log.String(), "not in the data folder"); told != 3 {
		t.Errorf("3 files were damaged, %d lines tell of it", told)
	}
}

// Only somebody's own draft loses files, and then their bytes go too.
func TestRemovedFilesAreErased(t *testing.T) {
	w := newWorld(t)
	member := w.as("member")
	file := addressOf(t, member.attach(w.filesAt("note"), sent{"gone.png", "", drawn(50, 40)}))
	before := len(w.leftovers())
	if got := member.send(http.MethodPost, file+"/remove", nil, "Origin", w.base, "HX-Request", "true"); got.status != http.StatusOK || strings.Contains(got.body, "gone.png") {
		t.Fatal(got.status, got.body)
	}
	for range 300 {
		if len(w.leftovers()) == before-2 { // with its thumbnail
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if after := len(w.leftovers()); after != before-2 || member.get(file).status != http.StatusNotFound {
		t.Errorf("%d files before, %d after", before, after)
	}
}
