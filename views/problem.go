package views

// Problem is what an error page says. Key is the stem of its title and text.
type Problem struct {
	Status    int
	Key       string
	Reference string // of the log's line, for what is our own fault
	Sentence  string // what exactly is wrong, instead of the status's own text
}

// problems are those with words of their own. What does not exist and what is not
// shared with the reader are one problem on purpose.
var problems = map[int]string{
	403: "problem.refused",
	404: "problem.missing",
	405: "problem.method",
	409: "problem.changed",
	410: "problem.gone",
	413: "problem.too-large",
	421: "problem.host",
	422: "problem.unclear",
	429: "problem.too-many",
	500: "problem.fault",
	503: "problem.busy",
	507: "problem.full",
}

// NewProblem words a status. Other client faults read like 422, other faults like 500.
func NewProblem(status int, reference string) Problem {
	key, ok := problems[status]
	switch {
	case ok:
	case status >= 500:
		key = problems[500]
	default:
		key = problems[422]
	}
	return Problem{Status: status, Key: key, Reference: reference}
}

// PreviewProblem says that a preview changes nothing.
func PreviewProblem() Problem { return Problem{Status: 403, Key: "problem.preview"} }

// ReplacedProblem says that a file is not given out, because it is another than the one
// that was stored.
func ReplacedProblem() Problem { return Problem{Status: 409, Key: "problem.replaced"} }

// TitleKey names the heading.
func (p Problem) TitleKey() string { return p.Key + ".title" }

// TextKey names the sentence below it.
func (p Problem) TextKey() string { return p.Key + ".text" }
