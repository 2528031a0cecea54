package importers

type trelloAttachment struct {
	Name     text   `json:"name"`
	FileName text   `json:"fileName"`
	URL      text   `json:"url"`
	Bytes    number `json:"bytes"`
	Upload   flag   `json:"isUpload"`
}

// takeAttachments keeps attachments as links. An uploaded file's address needs
// a login at Trello, so that its bytes cannot come along.
func (b *trelloBoard) takeAttachments(card *trelloCard, c *trelloFileCard) {
	for _, a := range c.Attachments.list {
		if a.URL == "" && a.Name == "" {
			continue
		}
		name := shorten(string(a.Name), maxLinkName)
		if name == "" {
			name = shorten(string(a.FileName), maxLinkName)
		}
		url, safe := address(string(a.URL))
		if !safe {
			b.plan.leave(leftLinks, 1, name)
			b.remark(card, "Attachment", name+" "+string(a.URL))
			continue
		}
		if name == "" {
			name = shorten(url, maxLinkName)
		}
		link := Link{Name: name, URL: url, Upload: bool(a.Upload)}
		if a.Bytes > 0 && a.Bytes < 1<<53 {
			link.Size = int64(a.Bytes)
		}
		card.task.Links = append(card.task.Links, link)
		if link.Upload {
			b.plan.leave(leftUploads, 1, name)
		}
	}
}
