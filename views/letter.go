package views

import "strings"

// Invitation is what the mails of the team say: the one that invites, and the
// one that introduces the portal to somebody who has joined.
type Invitation struct {
	Workspace, Address string
	From               string // who writes, by the name that the reader knows; "" for the team
	Project            string // what they are invited to; "" says nothing of it
	Text               string // as the team wrote it; "" for the usual text
	Team               bool   // to somebody of the team
	Link, Help         string // Help is the address of the help page, "" for none
}

// InvitationText is what an invitation says when nobody has edited it.
func InvitationText(words *Words, team bool) string {
	text := words.T("letter.invite-text")
	if team {
		text = words.T("letter.invite-team-text")
	}
	return text + "\n\n" + words.T("letter.no-password")
}

// IntroductionText is the same of an introduction.
func IntroductionText(words *Words) string {
	return words.T("letter.introduce-text") + "\n\n" + words.T("letter.introduce-sign-in")
}

// Inviting is the sentence that says who invites.
func (i Invitation) Inviting(words *Words) string {
	if i.From == "" {
		return words.T("letter.invites-team", "workspace", Line(i.Workspace))
	}
	return words.T("letter.invites", "who", Line(i.From), "workspace", Line(i.Workspace))
}

// InvitationMail words the mail that invites somebody.
func InvitationMail(words *Words, i Invitation) (Mail, error) {
	space := Line(i.Workspace)
	letter := Letter{Words: words, Workspace: space, Subject: words.T("letter.invite-subject", "workspace", space), Heading: i.Inviting(words),
		Button: words.T("letter.invite-button"), URL: i.Link,
		After: []string{words.T("letter.invite-once", "email", i.Address), words.T("letter.invite-stranger")},
		Foot:  words.T("letter.invite-foot", "email", i.Address, "workspace", space)}
	if i.Project != "" {
		letter.Before = []string{words.T("letter.project", "project", Line(i.Project))}
	}
	letter.Before = append(letter.Before, paragraphs(i.Text, InvitationText(words, i.Team))...)
	return letter.Mail()
}

// IntroductionMail words the mail that introduces the portal.
func IntroductionMail(words *Words, i Invitation) (Mail, error) {
	space := Line(i.Workspace)
	letter := Letter{Words: words, Workspace: space, Subject: words.T("letter.introduce-subject", "workspace", space),
		Heading: words.T("letter.introduce-heading", "workspace", space), Before: paragraphs(i.Text, IntroductionText(words)),
		Button: words.T("letter.introduce-button"), URL: i.Link, Foot: words.T("letter.introduce-foot", "email", i.Address, "workspace", space)}
	if i.Help != "" {
		letter.Second, letter.SecondURL = words.T("letter.help-button"), i.Help
	}
	letter.After = []string{words.T("letter.from-team", "workspace", space)}
	if i.From != "" {
		letter.After[0] = words.T("letter.from", "who", Line(i.From), "workspace", space)
	}
	return letter.Mail()
}

// paragraphs are the parts of a text between empty lines.
func paragraphs(text, usual string) []string {
	if strings.TrimSpace(text) == "" {
		text = usual
	}
	var list []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
