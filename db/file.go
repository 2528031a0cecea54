package db

// File is something that hangs on what was said, asked or delivered, or is being
// written: bytes in the data folder, or a link that came with an import. Picture says that a thumbnail of
// it is there, and Width and Height are those of the picture itself.
type File struct {
	ID, ReplyID, NoteID ID
	Kind                string // of the draft it hangs on, "" when it was sent
	Name                string
	Size                int64
	Picture             bool
	Width, Height       int
	URL                 string
	At                  Time
	Required            bool   // to be opened before an answer
	SHA256              string // "" for a link
}

const fileColumns = "f.id, f.reply_id, f.note_id, f.name, coalesce(f.size, 0), f.thumbnail IS NOT NULL, coalesce(f.width, 0), coalesce(f.height, 0), coalesce(f.url, ''), f.created_at, f.required, coalesce(f.sha256, ''), "

func fileFields(f *File) []any {
	return []any{&f.ID, &f.ReplyID, &f.NoteID, &f.Name, &f.Size, &f.Picture, &f.Width, &f.Height, &f.URL, &f.At, &f.Required, &f.SHA256, &f.Kind}
}

// DraftFiles are those of the viewer's own drafts in a thread, by kind.
func (v *Viewer) DraftFiles(thread ID) (map[string][]File, error) {
	list, err := all(v.source, fileFields, "SELECT "+fileColumns+`d.kind FROM visible_draft_team v JOIN draft d ON d.id = v.draft_id JOIN file f ON f.draft_id = d.id
		WHERE v.viewer_id = ? AND d.thread_id = ? ORDER BY f.created_at, f.name, f.id`, v.ID, thread)
	files := map[string][]File{}
	for _, file := range list {
		files[file.Kind] = append(files[file.Kind], file)
	}
	return files, err
}

// withFiles hangs the files of a thread on what was said in it.
func (v *Viewer) withFiles(thread ID, said []Comment) error {
	list, err := all(v.source, fileFields, "SELECT "+fileColumns+`'' FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id AND r.deleted_at IS NULL
			JOIN file f ON f.reply_id = r.id WHERE v.viewer_id = ?1 AND r.thread_id = ?2
		UNION ALL SELECT `+fileColumns+`'' FROM visible_note v JOIN note n ON n.id = v.note_id AND n.deleted_at IS NULL
			JOIN file f ON f.note_id = n.id WHERE v.viewer_id = ?1 AND n.thread_id = ?2
		ORDER BY 10, 4, 1`, v.ID, thread)
	if err != nil || len(list) == 0 {
		return err
	}
	hung := map[ID][]File{} // a reply and a note never have one id
	for _, file := range list {
		on := max(file.ReplyID, file.NoteID)
		hung[on] = append(hung[on], file)
	}
	for i := range said {
		said[i].Files = hung[said[i].ID]
	}
	return nil
}

// Blob names the bytes of a file, to be sent to somebody who may see it. Draft says
// that it hangs on something that is not sent.
type Blob struct {
	Name, MediaType   string
	Size              int64
	SHA256, Thumbnail string
	Draft             bool
}

func blobFields(b *Blob) []any {
	return []any{&b.Name, &b.MediaType, &b.Size, &b.SHA256, &b.Thumbnail, &b.Draft}
}

// Blob is a file with bytes that the viewer may see.
func (v *Viewer) Blob(file ID) (Blob, error) {
	return one(v.source, blobFields, `SELECT f.name, f.media_type, coalesce(f.size, -1), f.sha256, coalesce(f.thumbnail, ''), f.draft_id IS NOT NULL
		FROM visible_file_team v JOIN file f ON f.id = v.file_id AND f.sha256 IS NOT NULL WHERE v.viewer_id = ? AND f.id = ?`, v.ID, file)
}
