package web

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

func TestPeer(t *testing.T) {
	app := fiber.New()
	for _, test := range []struct {
		remote    string
		forwarded []string
		want      string
	}{
		{"203.0.113.9", []string{"6.6.6.6"}, "203.0.113.9"},
		{"10.0.0.1", nil, "10.0.0.1"},
		{"10.0.0.1", []string{"198.51.100.4"}, "198.51.100.4"},
		{"10.0.0.1", []string{"6.6.6.6, 198.51.100.4"}, "198.51.100.4"},
		{"10.0.0.1", []string{"6.6.6.6", "198.51.100.4, 10.0.0.2"}, "198.51.100.4"},
		{"10.0.0.1", []string{"6.6.6.6, nonsense"}, "10.0.0.1"},
		{"10.0.0.1", []string{"10.0.0.7"}, "10.0.0.7"},
		{"10.0.0.1", []string{"2001:db8::5"}, "2001:db8::5"},
	} {
		request := &fasthttp.RequestCtx{}
		request.Init(&fasthttp.Request{}, &net.TCPAddr{IP: net.ParseIP(test.remote)}, nil)
		for _, value := range test.forwarded {
			request.Request.Header.Add(fiber.HeaderXForwardedFor, value)
		}
		proxies, err := ParseProxies([]string{"10.0.0.0/8"})
		if err != nil {
			t.Fatal(err)
		}
		c := app.AcquireCtx(request)
		if got := (&App{Proxies: proxies}).Peer(c); got != test.want {
			t.Errorf("%s forwarding %q is %s, not %s", test.remote, test.forwarded, got, test.want)
		}
		app.ReleaseCtx(c)
	}
	if _, err := ParseProxies([]string{"everybody"}); err == nil {
		t.Error("a proxy that is no address is accepted")
	}
}
