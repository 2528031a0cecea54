package sink

import "strings"

// HostileAddresses are texts that try to have a mail for a known person go to a
// thief as well, or to smuggle something into its envelope or header.
func HostileAddresses(known, thief string) []string {
	local, domain, _ := strings.Cut(known, "@")
	shapes := []string{
		// lists
		"K,T", "K, T", "T,K", "K;T", "K; T", "K T", "T K", "K\tT", "K|T", "K&T", "K%2cT", "K%20T", "K,,T", ",K,T", "[K,T]", "{K,T}", "K,T,",
		// names, angles, groups, routes
		"<K>", "<T>", "K <T>", "T <K>", "<K> <T>", "<K>,<T>", `"K" <T>`, `"K, T" <T>`, "x:K,T;", "x: T;", "<@evil.example:K>", "@evil.example:K", "K<T>", "<<K>>", "K>", "<K",
		// quotes, comments, escapes
		`"L"@D`, `"L@D,T"@D`, `"L@D> RCPT TO:<T"@D`, `"L\"@D`, `L\@D@evil.example`, `"K"@evil.example`, "L(T)@D", "L@D(T)", "(T)K", "K (T)", `L\,@D`, "'K'", "`K`",
		// lines and controls
		"K\r\nBcc: T", "K\nBcc: T", "K\rBcc: T", "K\r\n\r\nT", "K%0d%0aBcc: T", "K\x00T", "K\x00", "\x00K", "K\x0bBcc:T", "K\x0cT", "K\u0085T", "K\u2028Bcc: T", "K\u2029T", "K\r\nRCPT TO:<T>",
		"K\r\n.\r\nMAIL FROM:<T>", "\r\nT", "K> SIZE=1\r\nRCPT TO:<T", "K> NOTIFY=NEVER",
		// look-alikes and direction
		"L＠D", "L﹫D", "L@D＠evil.example", "K＠evil.example", "L@D。", "L@D\u200b", "\u202eK", "L\u00ad@D", "L@D\ufeff", "\u2066K\u2069", "L@D\u00a0",
		// other addresses by way of a known one
		"L@evil.example@D", "L@D@evil.example", "L%evil.example@D", "evil.example!L@D", "L@D.evil.example", "L+T@D", "L@D.", "L@.D", "L@@D", "@D", "L@", "L", "D", "L@[127.0.0.1]", "L@D:25", "-oQ/tmp@D", "--help@D",
		"=?utf-8?q?K=2CT?=", "=?utf-8?b?S0s=?=@D", "mailto:K", "mailto:K?bcc=T", "smtp:K", "K?bcc=T", "K&bcc=T", "http://K", "{{.}}@D", "${T}@D", "$(T)@D", "../K", "%00K", "*@D", "%@D", "' OR 1=1 --@D", "_@D",
	}
	fill := strings.NewReplacer("K", known, "T", thief, "L", local, "D", domain)
	filled := make([]string, 0, len(shapes)+1)
	for _, shape := range shapes {
		// Commands in the shapes are written in capitals that the filling would take for placeholders.
		shape = strings.NewReplacer("RCPT TO", "rcpt to", "MAIL FROM", "mail from", "SIZE", "size", "NOTIFY=NEVER", "notify=never", "OR 1", "or 1").Replace(shape)
		filled = append(filled, fill.Replace(shape))
	}
	return append(filled, strings.Repeat("a", 300)+"@"+domain, known+strings.Repeat(" ", 1000)+","+thief)
}
