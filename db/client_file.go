package db

// ClientFile is a file that hangs on a reply, on the viewer's own draft, on a
// question or on a version of a deliverable. Of these two it is told whether it has
// to be opened before an answer, and whether the viewer has.
type ClientFile struct {
	ID, ReplyID, VersionID ID
	Name                   string
	Size                   int64
	Picture                bool
	Width, Height          int
	Required, Opened       bool
	SHA256                 string
}

func clientFileFields(f *ClientFile) []any {
	return []any{&f.ID, &f.ReplyID, &f.Name, &f.Size, &f.Picture, &f.Width, &f.Height}
}

// DraftFiles are those of the viewer's own draft in a thread.
func (g *Glass) DraftFiles(thread ID) ([]ClientFile, error) {
	return all(g, clientFileFields, `SELECT f.id, f.reply_id, f.name, coalesce(f.size, 0), f.thumbnail IS NOT NULL, coalesce(f.width, 0), coalesce(f.height, 0) FROM client_draft d JOIN client_file f ON f.draft_id = d.id
		WHERE d.thread_id = ? ORDER BY f.created_at, f.name, f.id`, thread)
}

// withFiles hangs the files of a thread on what was said in it.
func (g *Glass) withFiles(thread ID, said []ClientReply) error {
	list, err := all(g, clientFileFields, `SELECT id, reply_id, name, coalesce(size, 0), picture, coalesce(width, 0), coalesce(height, 0) FROM client_reply_file
		WHERE thread_id = ? ORDER BY created_at, name, id`, thread)
	if err != nil || len(list) == 0 {
		return err
	}
	hung := map[ID][]ClientFile{}
	for _, file := range list {
		hung[file.ReplyID] = append(hung[file.ReplyID], file)
	}
	for i := range said {
		said[i].Files = hung[said[i].ID]
	}
	return nil
}

// Blob is a file that the viewer may see.
func (g *Glass) Blob(file ID) (Blob, error) {
	return one(g, blobFields, "SELECT name, media_type, coalesce(size, -1), sha256, coalesce(thumbnail, ''), draft_id IS NOT NULL FROM client_file WHERE id = ?", file)
}
