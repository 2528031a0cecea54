package views

// Alert is what a mail about the reader's own account tells: What is
// "new-device", or what was changed, such as "password-set".
type Alert struct {
	Workspace       string
	What            string
	At              any    // when
	Browser, System string // of a new device, "" when unknown
	URL             string // of the security page
}

// AlertMail words it. Where somebody signed in from is not in it: a network
// address tells readers little and others too much.
func AlertMail(words *Words, alert Alert) (Mail, error) {
	alert.Workspace = Line(alert.Workspace)
	device := words.T("security.device-unknown")
	if alert.Browser != "" {
		device = words.T("security.device", "browser", alert.Browser, "system", alert.System)
	}
	letter := Letter{Words: words, Workspace: alert.Workspace,
		Subject: words.T("alert."+alert.What, "workspace", alert.Workspace),
		Before:  []string{words.T("alert.when", "moment", words.MomentRecord(alert.At))},
		Button:  words.T("alert.button"),
		URL:     alert.URL,
		After:   []string{words.T("alert.stranger")},
		Foot:    words.T("alert.foot", "workspace", alert.Workspace),
	}
	if alert.What == "new-device" {
		letter.Before[0] = words.T("alert.device", "device", device, "moment", words.MomentRecord(alert.At))
		letter.After[0] = words.T("alert.device-stranger")
	}
	letter.Heading = letter.Subject
	return letter.Mail()
}
