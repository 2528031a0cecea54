package web

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/db"
	"vitrine/views"
)

// Texts are compared line by line up to this size and length each, and up to so much
// on one page; what is longer is named by its size and hash alone.
const (
	comparedBytes = 1 << 20
	comparedLines = 5000
	comparedOnce  = 4 << 20 // bytes on one page
	linesOnce     = 40000   // lines on one page
	lineContext   = 3       // equal lines that are shown around what differs
)

// VersionFile is a file of a version, whoever looks.
type VersionFile struct {
	ID            db.ID
	Name          string
	Size          int64
	SHA256        string
	Picture       bool
	Width, Height int
	Blob          db.Blob // that the viewer may see
}

// Compared are two files of two versions that belong together, or one that the other
// version does not have.
type Compared struct {
	Before, After *VersionFile
	Same          bool
	Text          bool // Lines say what differs
	Long          bool // texts that are too long for that
	Replaced      bool // the bytes on the disk are not those that were stored
	Lines         []ComparedLine
}

// ComparedLine is a line of one text or of both: Kind is "added", "gone" or "". One
// of Kind "skipped" stands for Count equal ones.
type ComparedLine struct {
	Kind, Text    string
	Before, After int // numbers of the line, 0 where it is not there
	Count         int
}

// Pair puts the files of two versions side by side: those of one name, and when one
// is left on each side, these two.
func Pair(before, after []VersionFile) []Compared {
	var list []Compared
	rest := slices.Clone(before)
	var fresh []*VersionFile
	for i := range after {
		at := slices.IndexFunc(rest, func(f VersionFile) bool { return f.Name == after[i].Name })
		if at < 0 {
			fresh = append(fresh, &after[i])
			continue
		}
		was := rest[at]
		rest = slices.Delete(rest, at, at+1)
		list = append(list, Compared{Before: &was, After: &after[i]})
	}
	if len(rest) == 1 && len(fresh) == 1 {
		return append(list, Compared{Before: &rest[0], After: fresh[0]})
	}
	for _, file := range fresh {
		list = append(list, Compared{After: file})
	}
	for i := range rest {
		list = append(list, Compared{Before: &rest[i]})
	}
	return list
}

// Compare finds out what differs in pairs. It reads bytes from the data folder, so it
// is called when nothing of the store is lent.
func (a *App) Compare(pairs []Compared) error {
	left, lines := int64(comparedOnce), linesOnce
	for i := range pairs {
		pair := &pairs[i]
		if pair.Before == nil || pair.After == nil {
			continue
		}
		pair.Same = pair.Before.SHA256 == pair.After.SHA256
		if pair.Same || !pair.Before.text() || !pair.After.text() {
			continue
		}
		size := pair.Before.Size + pair.After.Size
		if pair.Long = max(pair.Before.Size, pair.After.Size) > comparedBytes || size > left; pair.Long {
			continue
		}
		left -= size
		if err := a.compare(pair, &lines); err != nil {
			return err
		}
	}
	return nil
}

// compare takes the lines that it compares from those that are left.
func (a *App) compare(pair *Compared, left *int) error {
	before, okay, err := a.textOf(pair.Before)
	if err == nil && okay {
		var after string
		if after, okay, err = a.textOf(pair.After); err == nil && okay {
			was, is := strings.Count(before, "\n"), strings.Count(after, "\n")
			pair.Long = max(was, is) >= comparedLines || was+is > *left
			if pair.Text = !pair.Long; pair.Text {
				*left -= was + is
				pair.Lines = linesOf(views.LineChanges(before, after))
			}
		}
	}
	if pair.Replaced = errors.Is(err, db.ErrReplaced) || errors.Is(err, db.ErrNotFound); pair.Replaced {
		return nil
	}
	return err
}

// text says that a file claims to be one: by its bytes, as they were looked at when it came.
func (f *VersionFile) text() bool { return strings.HasPrefix(f.Blob.MediaType, "text/") }

// textOf reads a file; ok is false for what is no text in UTF-8.
func (a *App) textOf(file *VersionFile) (text string, ok bool, err error) {
	from, err := a.Store.OpenBlob(file.Blob.SHA256, file.Blob.Size)
	if err != nil {
		return "", false, err
	}
	defer from.Close()
	bytes, err := io.ReadAll(io.LimitReader(from, comparedBytes))
	text = strings.ReplaceAll(strings.TrimPrefix(string(bytes), "\uFEFF"), "\r\n", "\n")
	return text, utf8.ValidString(text) && !strings.ContainsRune(text, 0), err
}

// CompareText compares two texts line by line.
func CompareText(before, after string) []ComparedLine {
	if before == after {
		return nil
	}
	return linesOf(views.LineChanges(before, after))
}

// linesOf numbers the lines and leaves out what is equal far from any change.
func linesOf(changes []views.Change) []ComparedLine {
	var lines []ComparedLine
	before, after := 0, 0
	for i, change := range changes {
		texts := strings.SplitAfter(change.Text, "\n")
		if last := len(texts) - 1; texts[last] == "" {
			texts = texts[:last]
		}
		for n, text := range texts {
			line := ComparedLine{Kind: change.Kind, Text: strings.TrimSuffix(text, "\n")}
			if change.Kind != "added" {
				before++
				line.Before = before
			}
			if change.Kind != "gone" {
				after++
				line.After = after
			}
			near := i > 0 && n < lineContext || i < len(changes)-1 && n >= len(texts)-lineContext
			switch last := len(lines) - 1; {
			case change.Kind != "" || near:
				lines = append(lines, line)
			case last >= 0 && lines[last].Kind == "skipped":
				lines[last].Count++
			default:
				lines = append(lines, ComparedLine{Kind: "skipped", Count: 1})
			}
		}
	}
	return lines
}
