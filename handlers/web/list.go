package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"vitrine/views"
)

// ListRows is how many rows a page of a list has.
const ListRows = 25

const maxAsked = 200

// Asked is how a list was asked for: by the words searched for, the column sorted
// by ("-name" turns it round) and the page, from 0. Two lists on one address have
// a prefix each before the names of their parameters.
type Asked struct {
	Path, Prefix string
	Query, Sort  string
	Page         int
}

// ReadList reads it from the address. Path may carry parameters that stay, and end
// in a # and a place.
func ReadList(c *fiber.Ctx, path, prefix string) Asked {
	query := c.Query(prefix + "q")
	if len(query) > maxAsked {
		query = query[:maxAsked]
	}
	query = strings.TrimSpace(strings.ToValidUTF8(query, ""))
	return Asked{path, prefix, query, c.Query(prefix + "sort"), min(max(c.QueryInt(prefix+"page"), 1), 100000) - 1}
}

// Column is a column of a list. Name stands in the address, "" for one that cannot
// be sorted by; Key names its words, "" for a column of buttons. It sorts by Text
// as the reader's language does, or else by Order.
type Column[Row any] struct {
	Name, Key string
	Text      func(Row) string
	Order     func(a, b Row) int
}

// Head is a column's head: a link that sorts by it. Aria is the value of aria-sort.
type Head struct {
	Name, Key, URL, Aria string
}

// List is what a list's search box, heads and pager are drawn from.
type List struct {
	Asked
	W            *views.Words
	Heads        []Head
	Total, Found int // rows there are, and those that match
	From, To     int // the rows shown, from 1
	Before, Next string
	Field, Order string // names of the parameters
}

// Searched says that the rows are narrowed.
func (l List) Searched() bool { return l.Query != "" }

// Clear is the list without a search.
func (l List) Clear() string {
	l.Query = ""
	return l.url(l.Sort, 0)
}

// Pick narrows rows to those whose text holds every word asked for, whatever its
// accents and case, sorts them and cuts out the page. What is equal, or sorted by
// no column, stays in the order in which it came.
func Pick[Row any](w *views.Words, asked Asked, rows []Row, text func(Row) string, columns ...Column[Row]) ([]Row, List) {
	list := List{Asked: asked, W: w, Total: len(rows), Field: asked.Prefix + "q", Order: asked.Prefix + "sort"}
	rows = slices.Clone(rows)
	if words := strings.Fields(Fold(asked.Query)); len(words) > 0 {
		rows = slices.DeleteFunc(rows, func(row Row) bool {
			folded := Fold(text(row))
			return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(folded, word) })
		})
	}
	name, down := strings.CutPrefix(asked.Sort, "-")
	for _, column := range columns {
		head := Head{Name: column.Name, Key: column.Key, Aria: "none"}
		if column.Name != "" {
			head.URL = list.url(column.Name, 0)
		}
		if column.Name != "" && column.Name == name {
			rows = sorted(w, rows, column, down)
			head.Aria = map[bool]string{false: "ascending", true: "descending"}[down]
			if !down {
				head.URL = list.url("-"+name, 0)
			}
		}
		list.Heads = append(list.Heads, head)
	}
	from := list.cut(len(rows))
	return rows[from:list.To], list
}

// cut says which rows of those found are on the page; a page behind the last one
// is the last one.
func (l *List) cut(found int) (from int) {
	l.Found = found
	l.Page = max(min(l.Page, (found-1)/ListRows), 0)
	from = l.Page * ListRows
	l.To = min(from+ListRows, found)
	l.From = min(from+1, l.To)
	if l.To < found {
		l.Next = l.url(l.Sort, l.Page+1)
	}
	if l.Page > 0 {
		l.Before = l.url(l.Sort, l.Page-1)
	}
	return from
}

// sorted keeps one sorting key for each row: comparing by a language's rules is slow.
func sorted[Row any](w *views.Words, rows []Row, column Column[Row], down bool) []Row {
	type keyed struct {
		row Row
		key []byte
	}
	list, buffer := make([]keyed, len(rows)), collate.Buffer{}
	order := collate.New(language.Make(w.Language), collate.Loose, collate.Numeric)
	for i, row := range rows {
		list[i].row = row
		if column.Text != nil {
			list[i].key = order.KeyFromString(&buffer, column.Text(row))
		}
	}
	slices.SortStableFunc(list, func(a, b keyed) int {
		if down {
			a, b = b, a
		}
		if column.Text != nil {
			return slices.Compare(a.key, b.key)
		}
		return column.Order(a.row, b.row)
	})
	for i := range list {
		rows[i] = list[i].row
	}
	return rows
}

// Kept are the parameters of the path that stay, whatever is searched for.
func (l List) Kept() map[string]string {
	kept := map[string]string{}
	path, _, _ := strings.Cut(l.Path, "#")
	if _, query, found := strings.Cut(path, "?"); found {
		if values, err := url.ParseQuery(query); err == nil {
			for name := range values {
				kept[name] = values.Get(name)
			}
		}
	}
	return kept
}

// Here is the address of the list as it is shown.
func (l List) Here() string { return l.url(l.Sort, l.Page) }

func (l List) url(sort string, page int) string {
	values := url.Values{}
	for name, value := range map[string]string{"q": l.Query, "sort": sort} {
		if value != "" {
			values.Set(l.Prefix+name, value)
		}
	}
	if page > 0 {
		values.Set(l.Prefix+"page", strconv.Itoa(page+1))
	}
	path, place, _ := strings.Cut(l.Path, "#")
	for name, value := range l.Kept() {
		values.Set(name, value)
	}
	path, _, _ = strings.Cut(path, "?")
	if len(values) > 0 {
		path += "?" + values.Encode()
	}
	if place != "" {
		path += "#" + place
	}
	return path
}
