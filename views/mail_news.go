package views

// News is what a notification says, and where it leads.
type News struct {
	Workspace, Project, Name, Company, By string
	Link, Settings, Stop                  string
}

// NewsMail words a notification: "project", "joined" or "invited".
func NewsMail(words *Words, kind string, news News) (Mail, error) {
	text := "news-mail." + kind + "-text"
	if kind == "invited" && news.By == "" {
		text += "-nobody"
	}
	say := func(key string) string {
		return words.T(key, "workspace", Line(news.Workspace), "project", Line(news.Project), "name", Line(news.Name), "company", Line(news.Company), "by", Line(news.By))
	}
	return Letter{
		Words:     words,
		Workspace: news.Workspace,
		Subject:   say("news-mail." + kind + "-subject"),
		Heading:   say("news-mail." + kind + "-subject"),
		Before:    []string{say(text)},
		Button:    say("news-mail." + kind + "-button"),
		URL:       news.Link,
		Foot:      words.T("news-mail.foot", "link", news.Settings),
		Stop:      words.T("talk-mail.stop"),
		StopURL:   news.Stop,
	}.Mail()
}
