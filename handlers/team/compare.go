package team

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// comparison is two versions of a deliverable side by side.
type comparison struct {
	head
	Deliverable   db.Deliverable
	Before, After db.DeliverableVersion
	Note          []web.ComparedLine
	Pairs         []web.Compared
	Back, Files   string // addresses: the deliverable's page, and what those of files begin with
}

// compare shows two versions of a deliverable beside each other.
func (t *Team) compare(c *fiber.Ctx, id db.ID) error {
	var page comparison
	if err := t.look(c, func(s sight) (err error) {
		page, err = s.comparison(id, c.Query("with"), c.Query("version"))
		return err
	}); err != nil {
		return err
	}
	if err := t.Compare(page.Pairs); err != nil {
		return err
	}
	return t.still(c, fiber.StatusOK, "team/compare", func(sight) (content, []live.Region, error) {
		return content{page.Deliverable.Name, page}, nil, nil
	})
}

// comparison reads it, the older one first, with what is known of their files.
func (s sight) comparison(id db.ID, one, other string) (page comparison, err error) {
	if page.Deliverable, err = s.Viewer.Deliverable(id); err != nil {
		return page, err
	}
	if page.head, err = s.head(page.Deliverable.ProjectID, "decisions"); err != nil {
		return page, err
	}
	numbers := []string{one, other}
	for _, version := range page.Deliverable.Versions { // newest first
		switch at := slices.Index(numbers, strconv.Itoa(version.Number)); {
		case at >= 0 && page.After.ID == 0:
			page.After = version
		case at >= 0:
			page.Before = version
		}
	}
	if page.Before.ID == 0 {
		return page, db.ErrNotFound
	}
	page.Back, page.Files = deliverableURL(id), "/files/"
	page.Note = web.CompareText(page.Before.Note, page.After.Note)
	before, err := s.versionFiles(page.Before)
	if err != nil {
		return page, err
	}
	after, err := s.versionFiles(page.After)
	page.Pairs = web.Pair(before, after)
	return page, err
}

// versionFiles are a version's files as they are compared; each through the lens.
func (s sight) versionFiles(version db.DeliverableVersion) ([]web.VersionFile, error) {
	list := make([]web.VersionFile, 0, len(version.Files))
	blobs, err := s.VersionBlobs(version.ID)
	for _, file := range version.Files {
		list = append(list, web.VersionFile{ID: file.ID, Name: file.Name, Size: file.Size, SHA256: file.SHA256, Picture: file.Picture,
			Width: file.Width, Height: file.Height, Blob: blobs[file.ID]})
	}
	return list, err
}
