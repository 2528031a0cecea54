package views

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

func TestPINMail(t *testing.T) {
	link := "https://portal.example/sign-in/link/abc?x=1&y=2"
	mail, err := PINMail(For("en", "UTC", noon), PIN{Workspace: "Ormos Studio", PIN: "048291", Link: link, Minutes: 10})
	if err != nil {
		t.Fatal(err)
	}
	if mail.Subject != "Your PIN for Ormos Studio" {
		t.Errorf("the subject is %q", mail.Subject)
	}
	for _, wanted := range []string{"    048291\n", "\n" + link + "\n", "It works once, for 10 minutes.", "nobody gets in without it", "Ormos Studio"} {
		if !strings.Contains(mail.Text, wanted) {
			t.Errorf("the text lacks %q:\n%s", wanted, mail.Text)
		}
	}
	if strings.Contains(mail.Text, "&amp;") || strings.Contains(mail.Text, "\n\n\n") {
		t.Errorf("the text is not plain:\n%s", mail.Text)
	}
	if !strings.Contains(mail.HTML, `<p class="code">048291</p>`) || !strings.Contains(mail.HTML, `<a href="https://portal.example/sign-in/link/abc?x=1&amp;y=2">Sign in to Ormos Studio</a>`) {
		t.Errorf("the page lacks PIN or link:\n%s", mail.HTML)
	}
	if strings.Contains(mail.HTML, "<img") || strings.Contains(mail.HTML, " src=") {
		t.Error("the mail loads something from elsewhere")
	}

	greek, err := PINMail(For("el", "UTC", noon), PIN{Workspace: "Ormos Studio", PIN: "048291", Minutes: 1})
	if err != nil || greek.Subject != "Το PIN σας: Ormos Studio" || !strings.Contains(greek.Text, "για 1 λεπτό.") || !strings.Contains(greek.HTML, `<html lang="el">`) {
		t.Errorf("in Greek (%v):\n%s\n%s", err, greek.Subject, greek.Text)
	}
	if strings.Contains(greek.HTML, "<a ") || strings.Contains(greek.Text, ":\n\n\n") {
		t.Error("without a link there is no button")
	}

	only, err := PINMail(For("en", "UTC", noon), PIN{Workspace: "Ormos Studio", Link: link, Minutes: 10})
	if err != nil || only.Subject != "Your sign-in link for Ormos Studio" || strings.Contains(only.HTML, "class=\"code\"") || !strings.Contains(only.Text, link) || strings.Contains(only.Text, "Type this PIN") {
		t.Errorf("with a link only (%v):\n%s\n%s", err, only.Subject, only.Text)
	}
}

func TestMailCannotBeInjected(t *testing.T) {
	for _, name := range []string{
		"Ormos\r\nBcc: everybody@evil.example", "Ormos\nX: y", "Ormos\u2028Bcc: x", "Or\u202emos", "Or\u2066mos\u2069", "\x00Ormos\x1b[31m",
		hostile, `</p><a href="https://evil.example">Sign in</a>`, "Ormos\u0085Bcc: x", "\xff\xfeOrmos", strings.Repeat("Ω", 500), "Or\u200fmos\u061c",
	} {
		mail, err := PINMail(For("en", "UTC", noon), PIN{Workspace: name, PIN: "048291", Link: "https://portal.example/l", Minutes: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range mail.Subject {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == unicode.ReplacementChar {
				t.Errorf("%q leaves %U in the subject", name, r)
			}
		}
		if len([]rune(mail.Subject)) > lineLimit {
			t.Errorf("the subject has %d signs", len([]rune(mail.Subject)))
		}
		for line := range strings.Lines(mail.Text) {
			if strings.HasPrefix(line, "Bcc:") || strings.HasPrefix(line, "X:") {
				t.Errorf("%q made the line %q", name, line)
			}
		}
		root, err := html.Parse(strings.NewReader(mail.HTML))
		if err != nil {
			t.Fatal(err)
		}
		each(root, func(e *html.Node, a map[string]string) {
			if e.Data == "script" || e.Data == "img" || e.Data == "a" && a["href"] != "https://portal.example/l" {
				t.Errorf("%q made <%s %v>", name, e.Data, a)
			}
		})
	}
}

func TestLine(t *testing.T) {
	if got := Line("  one\r\n two\tthree  "); got != "one two three" {
		t.Errorf("got %q", got)
	}
}

func TestNewsMail(t *testing.T) {
	news := News{Workspace: "Ormos Studio", Project: hostile, Name: "New\r\nBcc: x@evil.example", Company: "Kyma", By: hostile, Link: "https://portal.example/projects", Settings: "https://portal.example/account/notifications"}
	for _, language := range []string{"en", "el"} {
		for _, kind := range []string{"project", "joined", "invited"} {
			mail, err := NewsMail(For(language, "UTC", noon), kind, news)
			if err != nil || strings.ContainsAny(mail.Subject, "\r\n") || strings.Contains(mail.Text, "\nBcc") || strings.Contains(mail.HTML, "<script") || strings.Contains(mail.HTML, "<img") {
				t.Errorf("%s, %s (%v): %s\n%s\n%s", language, kind, err, mail.Subject, mail.Text, mail.HTML)
			}
			if !strings.Contains(mail.Text, news.Link) || !strings.Contains(mail.Text, news.Settings) || strings.Contains(mail.Text, "⟦") {
				t.Errorf("%s, %s lacks its links or words:\n%s", language, kind, mail.Text)
			}
		}
	}
	news.By = ""
	if mail, err := NewsMail(For("en", "UTC", noon), "invited", news); err != nil || !strings.Contains(mail.Text, "was invited to look in for Kyma.") {
		t.Errorf("by nobody: %v\n%s", err, mail.Text)
	}
}

// A mail about a conversation is drawn from what people wrote: no markup of theirs, no
// second line in its subject, and addresses without a host lead to the portal.
func TestConversationMail(t *testing.T) {
	for _, language := range []string{"en", "el"} {
		words := For(language, "UTC", noon)
		names := func(string) (string, bool) { return "Nikos\r\nBcc: x", true }
		said := words.Say("Eleni\u202e\r\nBcc: x@evil.example", noon, "See [this](/portal/tasks/x), "+hostile+" @{00000000001}\n\nBcc: x@evil.example", "https://portal.example", []string{"plan\r\nBcc: x.pdf"}, names)
		for _, notes := range []bool{false, true} {
			mail, err := ConversationMail(words, Conversation{Workspace: "Ormos", Project: "Site", Title: "Home\r\nBcc: x\u202e", Notes: notes, Said: []Saying{said, said, said},
				Link: "https://portal.example/tasks/1#talk", Settings: "https://portal.example/account/notifications", Stop: "https://portal.example/unsubscribe/T"})
			if err != nil {
				t.Fatal(err)
			}
			if strings.ContainsAny(mail.Subject, "\r\n\u202e") || strings.Contains(mail.HTML, "<script") || strings.Contains(mail.HTML, "<img") || strings.Contains(mail.Text, "⟦") {
				t.Errorf("%q\n%s", mail.Subject, mail.HTML)
			}
			for _, want := range []string{`href="https://portal.example/portal/tasks/x"`, "@Nikos Bcc: x", `href="https://portal.example/unsubscribe/T"`, "3"} {
				if !strings.Contains(mail.HTML, want) {
					t.Errorf("no %s in\n%s", want, mail.HTML)
				}
			}
			if !strings.Contains(mail.Text, "https://portal.example/tasks/1#talk") || !strings.Contains(mail.Text, "plan Bcc: x.pdf") {
				t.Error(mail.Text)
			}
		}
	}
}
