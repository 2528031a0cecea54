package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	brrr "github.com/molecule-man/go-brrr"
)

func TestVendoredFilesAreUnmodified(t *testing.T) {
	readme, err := os.ReadFile("vendor/README")
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for _, line := range regexp.MustCompile(`(?m)^([0-9a-f]{64})\s+(\S+)`).FindAllStringSubmatch(string(readme), -1) {
		sums[line[2]] = line[1]
	}
	scripts, err := fs.Glob(os.DirFS("vendor"), "*.js")
	if err != nil {
		t.Fatal(err)
	}
	if len(scripts) == 0 || len(scripts) != len(sums) {
		t.Fatalf("vendor holds %v, its README has sums for %v", scripts, sums)
	}
	for _, name := range scripts {
		body, err := os.ReadFile("vendor/" + name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(body)
		if got := hex.EncodeToString(sum[:]); got != sums[name] {
			t.Errorf("%s has the sum %s, its README says %s", name, got, sums[name])
		}
	}
}

func TestAddressesCarryTheContent(t *testing.T) {
	for _, name := range names {
		address := URL(name)
		file, ok := Lookup(address, "")
		if !ok || !file.Immutable {
			t.Fatalf("%s: found %v, immutable %v", address, ok, file.Immutable)
		}
		plain, ok := Lookup(Prefix+name, "")
		if !ok || plain.Immutable {
			t.Fatalf("%s: found %v, immutable %v", name, ok, plain.Immutable)
		}
		if !bytes.Equal(file.Body, plain.Body) || file.ETag != plain.ETag || file.Type == "" || file.Encoding != "" {
			t.Errorf("%s: the hashed and the plain address differ, or the type is missing: %q", name, file.Type)
		}
		outdated := strings.Replace(address, strings.Trim(file.ETag, `"`), "AAAAAAAAAAAA", 1)
		if _, ok := Lookup(outdated, ""); ok || outdated == address {
			t.Errorf("an outdated address was found: %s", outdated)
		}
	}
	if got := URL("icons.svg#i-lock"); !regexp.MustCompile(`^/static/icons\.[\w-]{12}\.svg#i-lock$`).MatchString(got) {
		t.Errorf("an icon's address is %s", got)
	}
	for _, foreign := range []string{"", "/static/", "/static/static.go", "/static/vendor", "/static/../go.mod", "/static/vendor/README"} {
		if _, ok := Lookup(foreign, ""); ok {
			t.Errorf("%q was found", foreign)
		}
	}
}

func TestUnknownNameFailsLoudly(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("URL of a file that is not here gave an address")
		}
	}()
	URL("nothing.css")
}

func TestEncodings(t *testing.T) {
	for _, c := range []struct{ header, want string }{
		{"", ""},
		{"identity", ""},
		{"gzip", "gzip"},
		{"gzip, deflate, br, zstd", "br"},
		{"br;q=0, GZIP;q=0.5", "gzip"},
		{"br; q=0.0, gzip; q=0", ""},
		{"brotli, x-gzip", ""},
		{"br;q=nonsense", ""},
	} {
		file, _ := Lookup("app.css", c.header)
		if file.Encoding != c.want {
			t.Errorf("Accept-Encoding %q was answered with %q, want %q", c.header, file.Encoding, c.want)
		}
	}
}

func TestCompressedFormsHoldTheSameBytes(t *testing.T) {
	for _, name := range names {
		plain, _ := Lookup(name, "")
		tags := map[string]bool{plain.ETag: true}
		for _, encoding := range []string{"gzip", "br"} {
			file, _ := Lookup(name, encoding)
			if file.Encoding == "" {
				t.Errorf("%s is not smaller as %s", name, encoding)
				continue
			}
			if tags[file.ETag] {
				t.Errorf("%s: two forms share the ETag %s", name, file.ETag)
			}
			tags[file.ETag] = true
			if got := unpack(t, file); !bytes.Equal(got, plain.Body) {
				t.Errorf("%s as %s does not unpack to itself", name, encoding)
			}
		}
	}
}

func unpack(t *testing.T, file File) []byte {
	t.Helper()
	var reader io.Reader = brrr.NewReader(bytes.NewReader(file.Body))
	if file.Encoding == "gzip" {
		unzip, err := gzip.NewReader(bytes.NewReader(file.Body))
		if err != nil {
			t.Fatal(err)
		}
		reader = unzip
	}
	body, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
