package handlers

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/handlers/web"
)

// TestHeaders: every answer, whatever it is, carries them.
func TestHeaders(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/healthz", "/", "/portal", "/nothing", "/static/app.css", "/static/nothing.css", "/sign-in", "/portal/tasks/x", "/brand.css"} {
		for _, name := range []string{"", "eleni", "owner"} {
			answer := w.as(name).get(path)
			policy, frame := web.Policy, "DENY"
			if name == "owner" && strings.HasPrefix(path, "/portal") { // what stands beside the board
				policy, frame = strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors 'self'", 1), "SAMEORIGIN"
			}
			for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": frame,
				"Cross-Origin-Opener-Policy": "same-origin", "Content-Security-Policy": policy} {
				if answer.header.Get(header) != want {
					t.Errorf("%s for %q: %s is %q", path, name, header, answer.header.Get(header))
				}
			}
			if answer.status >= 500 {
				t.Errorf("%s for %q: %d", path, name, answer.status)
			}
		}
	}
}

// TestForgery: unsafe methods pass only from our own pages.
func TestForgery(t *testing.T) {
	w := newWorld(t)
	path := "/portal/tasks/" + w.tasks["gallery"].String() + "/replies"
	send := func(headers ...string) int {
		return w.as("eleni").send(http.MethodPost, path, strings.NewReader("body=hello"), append(headers, "Content-Type", "application/x-www-form-urlencoded")...).status
	}
	before := w.store.Generation()
	for _, headers := range [][]string{{}, {"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
		{"Sec-Fetch-Site", "none"}, {"Origin", "https://evil.example", "Sec-Fetch-Site", "same-origin"}, {"Origin", w.base + ".evil.example"}, {"Origin", w.base, "Sec-Fetch-Site", "cross-site"}} {
		if status := send(headers...); status != http.StatusForbidden {
			t.Errorf("%v: %d", headers, status)
		}
	}
	if w.store.Generation() != before {
		t.Error("a forged request wrote something")
	}
	for _, headers := range [][]string{{"Origin", w.base}, {"Sec-Fetch-Site", "same-origin"}} {
		if status := send(headers...); status != http.StatusSeeOther {
			t.Errorf("%v: %d", headers, status)
		}
	}
}

// TestForeignHost: under a name that is not ours nothing is answered.
func TestForeignHost(t *testing.T) {
	w := newWorld(t)
	request, err := http.NewRequest(http.MethodGet, w.base+"/sign-in", nil)
	w.ok(err)
	request.Host = "evil.example"
	request.Header.Set("X-Forwarded-Host", "evil.example")
	response, err := http.DefaultClient.Do(request)
	w.ok(err)
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if probe := w.raw("GET /healthz HTTP/1.1\r\nHost: 10.1.2.3\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(probe, "HTTP/1.1 200") {
		t.Error("a health probe by address gets no answer")
	}
	if response.StatusCode != http.StatusMisdirectedRequest || strings.Contains(string(text), "evil") {
		t.Errorf("%d %s", response.StatusCode, text)
	}
}

// TestBadInput: one clear sentence and a 4xx, never a 500, and nothing changes.
func TestBadInput(t *testing.T) {
	w := newWorld(t)
	eleni, path := w.as("eleni"), "/portal/tasks/"+w.tasks["gallery"].String()
	before := w.store.Generation()
	for name, status := range map[string]int{
		"empty":       eleni.post(path+"/replies", "body", "  \n").status,
		"too long":    eleni.post(path+"/replies", "body", strings.Repeat("α", 20001)).status,
		"broken":      eleni.post(path+"/replies", "body", "a\xff\xfeb").status,
		"no field":    eleni.post(path + "/replies").status,
		"theme":       eleni.post("/theme", "theme", "purple").status,
		"bad profile": eleni.post("/portal/account/profile", "name", "", "language", "en", "time_zone", "UTC").status,
		"bad zone":    eleni.post("/portal/account/profile", "name", "E", "language", "en", "time_zone", "../../etc/passwd").status,
		"bad tongue":  eleni.post("/portal/account/profile", "name", "E", "language", "xx", "time_zone", "UTC").status,
	} {
		if status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, status)
		}
	}
	for name, status := range map[string]int{
		"method":    eleni.send(http.MethodDelete, "/portal", nil, "Origin", w.base).status,
		"id":        eleni.get("/portal/tasks/ÿÿÿ").status,
		"long id":   eleni.get("/portal/tasks/" + strings.Repeat("a", 3000)).status,
		"nul":       eleni.get("/portal/tasks/%00%00").status,
		"dots":      eleni.get("/static/../../secret.key").status,
		"encoded":   eleni.get("/static/%2e%2e%2fsecret.key").status,
		"socket":    eleni.get("/portal/live?page=project&id=" + w.project.String()).status,
		"page":      eleni.get("/portal/live?page=nothing").status,
		"session":   eleni.post("/portal/account/sessions/zzz/end").status,
		"multipart": eleni.send(http.MethodPost, path+"/replies", strings.NewReader("--x"), "Origin", w.base, "Content-Type", "multipart/form-data; boundary=y").status,
	} {
		if status < 400 || status >= 500 {
			t.Errorf("%s: %d", name, status)
		}
	}
	if huge := w.raw("POST " + path + "/replies HTTP/1.1\r\nHost: " + strings.TrimPrefix(w.base, "http://") + "\r\nOrigin: " + w.base + "\r\nContent-Length: 2000000\r\n\r\n"); !strings.HasPrefix(huge, "HTTP/1.1 413") || !strings.Contains(huge, web.Policy) {
		t.Errorf("oversize: %s", huge)
	}
	if w.store.Generation() != before {
		t.Error("something was written")
	}
}

// raw sends bytes and reads what comes back.
func (w *world) raw(request string) string {
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	w.ok(err)
	defer conn.Close()
	_, err = conn.Write([]byte(request))
	w.ok(err)
	conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	text, _ := io.ReadAll(conn)
	return string(text)
}

// TestSignInFirst: without a session a page leads to the door and back, a fragment says so in htmx's way.
func TestSignInFirst(t *testing.T) {
	w := newWorld(t)
	if page := w.as("").get("/portal/projects?a=b"); page.status != http.StatusSeeOther || page.header.Get("Location") != "/sign-in?next=%2Fportal%2Fprojects%3Fa%3Db" {
		t.Errorf("%d to %s", page.status, page.header.Get("Location"))
	}
	for from, want := range map[string]string{w.base + "/tasks/abc?x=1": "/sign-in?next=%2Ftasks%2Fabc%3Fx%3D1", "": "/sign-in", "javascript:alert(1)": "/sign-in", "https://evil.example//evil": "/sign-in"} {
		fragment := w.as("").get("/portal", "HX-Request", "true", "HX-Current-URL", from)
		if fragment.status != http.StatusUnauthorized || fragment.header.Get("HX-Redirect") != want {
			t.Errorf("from %q: %d to %s", from, fragment.status, fragment.header.Get("HX-Redirect"))
		}
	}
}
