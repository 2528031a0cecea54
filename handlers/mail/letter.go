package mail

import "vitrine/views"

// letter is what invitations and introductions have in common.
func (w writing) letter(link string) views.Invitation {
	return views.Invitation{Workspace: w.workspace, Address: w.To.Email, Link: link,
		From: w.Letter.From, Project: w.Letter.Project, Text: w.Letter.Text, Team: w.Letter.Team}
}

func (w writing) invitation() (views.Mail, error) {
	return views.InvitationMail(w.words, w.letter(JoinURL(w.base, w.Link)))
}

func (w writing) introduction() (views.Mail, error) {
	letter := w.letter(w.base + "/portal")
	if w.Letter.Help {
		letter.Help = letter.Link + "/help"
	}
	return views.IntroductionMail(w.words, letter)
}
