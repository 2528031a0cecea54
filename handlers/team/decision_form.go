package team

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// decisionFields are what the form of a question sends. The options come as lists, one
// place for each slot; beside every decider who is offered stands "place-" and the id.
var decisionFields = []string{"kind", "question", "body", "if_silent", "option_title", "option_text", "option_cost", "option_days", "recommended", "free_answer",
	"mode", "due_on", "closes", "currency", "price", "days", "milestone", "tasks", "deciders", "new_tasks", "version"}

// readDecision reads the form, as it was sent and as the store takes it.
func readDecision(c *fiber.Ctx) (web.Form, db.DecisionForm) {
	form := web.ReadForm(c, decisionFields...)
	var places []string
	for _, id := range form.Lists["deciders"] {
		places = append(places, "place-"+id)
	}
	for name, list := range web.ReadForm(c, places...).Lists {
		if form.Lists[name] = list; len(list) > 0 {
			form.Values[name] = list[0]
		}
	}
	asked := db.DecisionForm{Kind: form.Value("kind"), Question: form.Value("question"), Context: form.Value("body"), IfSilent: form.Value("if_silent"),
		FreeAnswer: form.Value("free_answer") != "", Closes: form.Value("closes") != "", Mode: form.Value("mode"), DueOn: form.Value("due_on"),
		Currency: form.Value("currency"), Price: form.Value("price"), Days: form.Value("days"), Milestone: form.Value("milestone"), Tasks: form.Lists["tasks"],
		Deciders: byPlace(form), NewTasks: strings.Split(form.Value("new_tasks"), "\n"), Version: number(form.Value("version"))}
	for i := range form.Lists["option_title"] {
		asked.Options = append(asked.Options, optionAt(form, i))
	}
	return form, asked
}

func optionAt(form web.Form, i int) db.OptionForm {
	at := func(field string) string {
		if list := form.Lists[field]; i < len(list) {
			return list[i]
		}
		return ""
	}
	return db.OptionForm{Title: at("option_title"), Text: at("option_text"), Cost: at("option_cost"), Days: at("option_days"), Recommended: form.Holds("recommended", strconv.Itoa(i+1))}
}

// byPlace are the ticked deciders in the order of the numbers beside their names; one
// without a number comes last.
func byPlace(form web.Form) []string {
	const last = 1 << 20
	place := func(id string) int {
		n, err := strconv.Atoi(strings.TrimSpace(form.Value("place-" + id)))
		if err != nil || n < 1 {
			return last
		}
		return n
	}
	chosen := slices.Clone(form.Lists["deciders"])
	slices.SortStableFunc(chosen, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return chosen
}

// shownDecision puts a stored question, or the beginning of a new one, into the form.
func shownDecision(asked db.DecisionForm) web.Form {
	form := web.FormOf(map[string]string{"kind": asked.Kind, "question": asked.Question, "body": asked.Context, "if_silent": asked.IfSilent, "mode": cmp.Or(asked.Mode, db.AnyOne),
		"due_on": asked.DueOn, "currency": asked.Currency, "price": asked.Price, "days": asked.Days, "milestone": asked.Milestone,
		"new_tasks": strings.Join(asked.NewTasks, "\n"), "version": strconv.FormatInt(asked.Version, 10)})
	for field, on := range map[string]bool{"free_answer": asked.FreeAnswer, "closes": asked.Closes} {
		if on {
			form.Values[field] = "yes"
		}
	}
	form.Lists["tasks"], form.Lists["deciders"] = asked.Tasks, asked.Deciders
	for i, id := range asked.Deciders {
		form.Values["place-"+id] = strconv.Itoa(i + 1)
	}
	for i, o := range asked.Options {
		form.Lists["option_title"], form.Lists["option_text"] = append(form.Lists["option_title"], o.Title), append(form.Lists["option_text"], o.Text)
		form.Lists["option_cost"], form.Lists["option_days"] = append(form.Lists["option_cost"], o.Cost), append(form.Lists["option_days"], o.Days)
		if o.Recommended {
			form.Lists["recommended"] = append(form.Lists["recommended"], strconv.Itoa(i+1))
		}
	}
	return form
}

// refusedDecision says beside which field of the form a mistake stands. The store names
// an option by its number: what is wrong with it tells which of its fields.
func refusedDecision(form *web.Form, err error) {
	var invalid *db.Invalid
	if !errors.As(err, &invalid) {
		return
	}
	field := invalid.Field
	if n, ok := strings.CutPrefix(field, "option-"); ok {
		switch {
		case strings.HasPrefix(invalid.Key, "amount."):
			field = "option-cost-" + n
		case strings.HasPrefix(invalid.Key, "days."):
			field = "option-days-" + n
		case invalid.Key == "text.long" && len([]rune(optionAt(*form, int(number(n))-1).Title)) <= maxOptionTitle:
			field = "option-text-" + n
		default:
			field = "option-title-" + n
		}
	}
	if field == "context" {
		field = "body"
	}
	form.Mistakes[field] = form.Mistakes[invalid.Field]
}

// maxOptionTitle is as long as an option's title may be.
const maxOptionTitle = 200

// AddDecision writes a draft and leads to its page.
func (t *Team) AddDecision(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form, asked := readDecision(c)
	id, err := t.Store.AddDecision(t.Actor(c), project, asked)
	if form.Refused(t.Words(c), err) {
		refusedDecision(&form, err)
		return t.asking(c, fiber.StatusUnprocessableEntity, project, 0, &form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, decisionURL(id)+"?said=drafted")
}

// EditDecision changes a draft, or asks anew what was asked already.
func (t *Team) EditDecision(c *fiber.Ctx) error {
	id, err := t.decision(c)
	if err != nil {
		return err
	}
	form, asked := readDecision(c)
	var was db.Decision
	if err := t.look(c, func(s sight) (err error) { was, err = s.Viewer.Decision(id); return err }); err != nil {
		return err
	}
	err = t.Store.EditDecision(t.Actor(c), id, asked)
	switch {
	case conflictOf(err) != nil:
		return t.askingLate(c, id, &form)
	case form.Refused(t.Words(c), err):
		refusedDecision(&form, err)
		return t.asking(c, fiber.StatusUnprocessableEntity, was.ProjectID, id, &form)
	case errors.Is(err, db.ErrDenied): // it was asked, or the project archived, while they wrote
		return t.asking(c, fiber.StatusForbidden, was.ProjectID, id, &form)
	case err != nil:
		return err
	}
	said := "asked-anew"
	if was.State == db.Drafted {
		said = "drafted"
	}
	return web.SeeOther(c, decisionURL(id)+"?said="+said)
}
