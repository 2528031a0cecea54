package importers

// Limits of a file. Each refuses the file as a whole.
const (
	// MaxBytes is the largest file that is read. The largest board known to us
	// has 1.6 MB with 220 cards; 20,000 cards of the usual 3 KB fit.
	MaxBytes = 64 << 20
	// MaxDepth is the deepest nesting. Boards have 8 levels; decoders recurse,
	// so that a file of brackets alone would cost a stack.
	MaxDepth = 64
	// MaxCards: Trello warns at 5,000 open cards of a board, and archived ones
	// come on top. More would make a page nobody can use.
	MaxCards = 20_000
	// maxColumns: Trello ends at 500 open lists.
	maxColumns = 2_000
	// maxActions: Trello exports 1,000; its API can be asked for more.
	maxActions = 200_000
	// maxItems bounds comments, checklist items, attachments, label uses,
	// assignments and field values together: elements of a few bytes in the file
	// must not grow to gigabytes in memory.
	maxItems = 500_000
	// maxNamed bounds labels, members, custom fields and the keys of a board:
	// Trello ends at 1,000 labels and 1,500 members, and a board has 40 keys.
	maxNamed = 10_000
	// maxPerCard bounds each list within a card or checklist: Trello ends at
	// 1,000 attachments and 200 items.
	maxPerCard = 2_000
)

// Limits of texts, in runes. What is longer is cut and listed, so that one
// strange card does not keep a board out. They are what the forms accept.
const (
	MaxTitle       = 500
	maxName        = 100
	maxLabel       = 60
	maxPerson      = 120
	maxProject     = 200
	maxItemText    = 500
	maxLinkName    = 300
	maxURL         = 4_000
	maxComment     = 20_000 // Trello ends at 16,384
	maxProjectText = 20_000
	// maxDescription and maxExtra together stay below what internal details hold.
	maxDescription = 30_000 // Trello ends at 16,384
	maxExtra       = 19_000
)
