package cli

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"vitrine/db"
)

// standardURL is where a server without any configuration is reached.
const standardURL = "http://localhost:8080"

// baseOf is how people on this machine reach a listener.
func baseOf(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return standardURL
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	if port == "80" {
		return "http://" + strings.TrimSuffix(net.JoinHostPort(host, ""), ":")
	}
	return "http://" + net.JoinHostPort(host, port)
}

// checkBase takes an address such as https://portal.example.com.
func checkBase(base string) (string, error) {
	parsed, err := url.Parse(strings.TrimSuffix(base, "/"))
	if err != nil || parsed.Host == "" || parsed.Path != "" || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		return "", mistyped("the base URL %q is not an address such as https://portal.example.com", base)
	}
	return parsed.String(), nil
}

// linkBase is what printed links begin with: what is asked for, else where the
// workspace was served last.
func linkBase(store *db.Store, asked string) (string, error) {
	if asked != "" {
		return checkBase(asked)
	}
	base, err := store.ServedAt()
	if base == "" {
		base = standardURL
	}
	return base, err
}

// signInURL makes a one-time link for somebody.
func signInURL(store *db.Store, base, email string) (string, error) {
	token, err := store.SignInLink(email)
	if errors.Is(err, db.ErrNotFound) {
		return "", fmt.Errorf("nobody who may sign in has the address %s", email)
	}
	return base + "/in/" + token, err
}
