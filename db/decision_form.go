package db

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// What a question may hold at most. An amount stays exact in JSON and in sums.
const (
	MaxOptions  = 8
	maxNewTasks = 20
	maxDeciders = 20
	maxAmount   = 1_000_000_000_000 // minor units
	maxDays     = 3650
)

// DecisionForm is what is filled in about a decision. Amounts are in whole units of
// the currency with its decimals, as people type them; Tasks, Deciders and Milestone
// are ids.
type DecisionForm struct {
	Kind, Question, Context, IfSilent string
	FreeAnswer, Closes                bool
	Mode, DueOn                       string
	Currency, Price, Days             string
	Milestone                         string
	Options                           []OptionForm
	Tasks, Deciders                   []string
	NewTasks                          []string
	Version                           int64
}

// OptionForm is one option of it; one without a title and text is left out.
type OptionForm struct {
	Title, Text, Cost, Days string
	Recommended             bool
}

// Form is a decision as it stands, to be changed.
func (d Decision) Form() DecisionForm {
	scale := scaleOf(d.Now.Currency)
	form := DecisionForm{Kind: d.Kind, Question: d.Now.Question, Context: d.Now.Context, IfSilent: d.Now.IfSilent, FreeAnswer: d.Now.FreeAnswer, Closes: d.Now.Closes,
		Mode: d.Now.Mode, DueOn: string(d.Now.DueOn), Currency: d.Now.Currency, Price: typedAmount(d.Now.Price, scale), Days: typedDays(d.Now.Days), NewTasks: d.NewTasks, Version: d.Version}
	if d.MilestoneID != 0 {
		form.Milestone = d.MilestoneID.String()
	}
	for _, o := range d.Options {
		form.Options = append(form.Options, OptionForm{o.Title, o.Text, typedAmount(o.Cost, scale), typedDays(o.Days), o.Recommended})
	}
	for _, task := range d.Tasks {
		form.Tasks = append(form.Tasks, task.ID.String())
	}
	for _, decider := range d.Deciders {
		form.Deciders = append(form.Deciders, decider.ID.String())
	}
	return form
}

// scaleOf is how many decimals a currency has (ISO 4217), 2 for none.
func scaleOf(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

// typedAmount writes an amount as it is typed.
func typedAmount(minor *int64, scale int) string {
	if minor == nil {
		return ""
	}
	sign, digits := "", strconv.FormatInt(*minor, 10)
	if *minor < 0 {
		sign, digits = "-", digits[1:]
	}
	if digits = strings.Repeat("0", max(0, scale+1-len(digits))) + digits; scale == 0 {
		return sign + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

func typedDays(days *int64) string {
	if days == nil {
		return ""
	}
	return strconv.FormatInt(*days, 10)
}

// asking is a cleaned form.
type asking struct {
	edition         Edition
	kind            string
	milestone       ID
	options         []Option
	tasks, deciders []ID
	newTasks        []string
}

func (f *DecisionForm) clean() (a asking, err error) {
	e := &a.edition
	if a.kind = f.Kind; !oneOf(f.Kind, KindQuestion, KindBudget, KindDirection, KindMilestone, KindChange) {
		return a, invalid("kind", "choice.unknown")
	}
	if e.Question, err = cleanLine("question", f.Question, 300); err != nil {
		return a, err
	}
	if e.Question == "" {
		return a, invalid("question", "decision.question-empty")
	}
	if e.Context, err = cleanText("context", f.Context, 20000); err != nil {
		return a, err
	}
	if e.IfSilent, err = cleanText("if_silent", f.IfSilent, 2000); err != nil {
		return a, err
	}
	if e.Mode = f.Mode; e.Mode == "" {
		e.Mode = AnyOne
	}
	if !oneOf(e.Mode, AnyOne, All, InOrder) {
		return a, invalid("mode", "choice.unknown")
	}
	var ok bool
	if e.DueOn, ok = ParseDate(f.DueOn); !ok {
		return a, invalid("due_on", "date.invalid")
	}
	if e.Closes = f.Closes; e.Closes && e.DueOn == "" {
		return a, invalid("due_on", "decision.closes-without-date")
	}
	plain := oneOf(f.Kind, KindQuestion, KindBudget, KindDirection)
	e.FreeAnswer = plain && f.FreeAnswer
	if err = f.cleanMoney(&a, plain); err != nil {
		return a, err
	}
	if a.milestone, err = optionalID("milestone", f.Milestone); err != nil {
		return a, err
	}
	if a.kind == KindMilestone && a.milestone == 0 {
		return a, invalid("milestone", "decision.milestone-empty")
	}
	if a.tasks, err = manyIDs("tasks", f.Tasks, 200); err != nil {
		return a, err
	}
	if a.deciders, err = manyIDs("deciders", f.Deciders, maxDeciders); err != nil {
		return a, err
	}
	return a, f.cleanNewTasks(&a)
}

func (f *DecisionForm) cleanMoney(a *asking, plain bool) (err error) {
	e := &a.edition
	e.Currency = strings.ToUpper(strings.TrimSpace(f.Currency))
	if _, err := currency.ParseISO(e.Currency); err != nil && e.Currency != "" {
		return invalid("currency", "currency.unknown")
	}
	scale := scaleOf(e.Currency)
	if f.Kind == KindChange {
		if e.Price, err = amountOf("price", f.Price, scale); err != nil {
			return err
		}
		if e.Days, err = daysOf("days", f.Days); err != nil {
			return err
		}
	}
	for i, typed := range f.Options {
		o, field := Option{Recommended: typed.Recommended}, "option-"+strconv.Itoa(i+1)
		if o.Title, err = cleanLine(field, typed.Title, 200); err != nil {
			return err
		}
		if o.Text, err = cleanText(field, typed.Text, 4000); err != nil {
			return err
		}
		if o.Cost, err = amountOf(field, typed.Cost, scale); err != nil {
			return err
		}
		if o.Days, err = daysOf(field, typed.Days); err != nil {
			return err
		}
		if o.Title == "" && o.Text == "" && o.Cost == nil && o.Days == nil {
			continue
		}
		if o.Title == "" {
			return invalid(field, "decision.option-empty")
		}
		if !plain {
			continue
		}
		a.options = append(a.options, o)
	}
	if len(a.options) > MaxOptions {
		return invalid("options", "decision.too-many-options", "Max", MaxOptions)
	}
	money := e.Price != nil || slices.ContainsFunc(a.options, func(o Option) bool { return o.Cost != nil })
	if money && e.Currency == "" {
		return invalid("currency", "decision.currency-empty")
	}
	return nil
}

func (f *DecisionForm) cleanNewTasks(a *asking) error {
	if f.Kind != KindChange {
		return nil
	}
	for _, text := range f.NewTasks {
		title, err := cleanLine("new_tasks", text, 500)
		if err != nil {
			return err
		}
		if title != "" {
			a.newTasks = append(a.newTasks, title)
		}
	}
	if len(a.newTasks) > maxNewTasks {
		return invalid("new_tasks", "decision.too-many-tasks", "Max", maxNewTasks)
	}
	return nil
}

// answerable says whether a question can be asked as it stands.
func (a asking) answerable() error {
	switch {
	case len(a.deciders) == 0:
		return invalid("deciders", "decision.no-decider")
	case oneOf(a.kind, KindQuestion, KindBudget, KindDirection) && len(a.options) == 0 && !a.edition.FreeAnswer:
		return invalid("options", "decision.no-answer")
	case a.kind == KindMilestone && a.milestone == 0: // it was deleted since
		return invalid("milestone", "decision.milestone-empty")
	}
	return nil
}

// amountOf reads an amount of money with at most scale decimals, "" for none. A comma
// is a decimal point here; there are no separators of thousands.
func amountOf(field, text string, scale int) (*int64, error) {
	text = strings.ReplaceAll(strings.Join(strings.Fields(text), ""), ",", ".")
	text = strings.Replace(text, "\u2212", "-", 1)
	if text == "" {
		return nil, nil
	}
	negative := strings.HasPrefix(text, "-")
	whole, part, dotted := strings.Cut(strings.TrimLeft(text, "+-"), ".")
	if len(text)-len(strings.TrimLeft(text, "+-")) > 1 || whole == "" || len(part) > scale || dotted && part == "" || strings.ContainsFunc(whole+part, func(r rune) bool { return r < '0' || r > '9' }) {
		return nil, invalid(field, "amount.invalid")
	}
	minor, err := strconv.ParseInt(whole+part+strings.Repeat("0", scale-len(part)), 10, 64)
	if err != nil || minor > maxAmount {
		return nil, invalid(field, "amount.too-large")
	}
	if negative {
		minor = -minor
	}
	return &minor, nil
}

func daysOf(field, text string) (*int64, error) {
	text = strings.Replace(strings.TrimSpace(text), "\u2212", "-", 1)
	if text == "" {
		return nil, nil
	}
	days, err := strconv.ParseInt(text, 10, 32)
	if err != nil || days > maxDays || days < -maxDays {
		return nil, invalid(field, "days.invalid", "Max", maxDays)
	}
	return &days, nil
}

func optionalID(field, text string) (ID, error) {
	if text == "" {
		return 0, nil
	}
	id, err := ParseID(text)
	if err != nil {
		err = invalid(field, "choice.unknown")
	}
	return id, err
}

func manyIDs(field string, texts []string, most int) (ids []ID, err error) {
	for _, text := range texts {
		id, err := optionalID(field, text)
		if err != nil {
			return nil, err
		}
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) > most {
		return nil, invalid(field, "choice.too-many", "Max", most)
	}
	return ids, nil
}
