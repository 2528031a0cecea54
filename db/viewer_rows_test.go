package db

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// everythingSeen asks every method of a Viewer about every thing of the world, and
// gives all that was answered as one text.
func (w *world) everythingSeen(person Person) string {
	w.t.Helper()
	var every []ID
	for _, id := range w.ids {
		every = append(every, id)
	}
	var answers []any
	asked := 0
	err := w.read(func(r source) error {
		v := reflect.ValueOf(&Viewer{person, r})
		for n := range v.NumMethod() {
			method, kind := v.Method(n), v.Type().Method(n)
			if _, mine := reflect.TypeFor[Person]().MethodByName(kind.Name); mine {
				continue
			}
			asked++
			for _, id := range every {
				var args []reflect.Value
				for i := range method.Type().NumIn() {
					switch method.Type().In(i) {
					case reflect.TypeFor[ID]():
						args = append(args, reflect.ValueOf(id))
					case reflect.TypeFor[[]ID]():
						args = append(args, reflect.ValueOf(every))
					case reflect.TypeFor[int]():
						args = append(args, reflect.ValueOf(1000))
					case reflect.TypeFor[time.Time]():
						args = append(args, reflect.ValueOf(w.Now().AddDate(-1, 0, 0)))
					case reflect.TypeFor[string]():
						args = append(args, reflect.ValueOf("home"))
					case reflect.TypeFor[InvoiceFilter]():
						args = append(args, reflect.ValueOf(InvoiceFilter{}))
					case reflect.TypeFor[TimeFilter]():
						args = append(args, reflect.ValueOf(TimeFilter{}))
					case reflect.TypeFor[Budget]():
						args = append(args, reflect.ValueOf(Budget{ID: w.id("hours"), Kind: BudgetRetainer, StartsOn: "2026-05-01"}))
					case reflect.TypeFor[*time.Location]():
						args = append(args, reflect.ValueOf(time.UTC))
					case reflect.TypeFor[Date]():
						args = append(args, reflect.ValueOf(Date("2026-05-20")))
					default:
						w.t.Fatalf("Viewer.%s takes a %v: say here what to ask it with", kind.Name, method.Type().In(i))
					}
				}
				for _, result := range method.Call(args) {
					if err, failed := result.Interface().(error); failed && err != ErrNotFound {
						w.t.Errorf("Viewer.%s: %v", kind.Name, err)
					}
					answers = append(answers, result.Interface())
				}
				if !slices.ContainsFunc(args, func(arg reflect.Value) bool { return arg.Type() == reflect.TypeFor[ID]() }) {
					break
				}
			}
		}
		return nil
	})
	if err != nil || asked < 15 {
		w.t.Fatal(asked, err)
	}
	text, err := json.Marshal(answers)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// Somebody of the team reads of their own projects and of no other; whoever is
// not of the team, or not any more, reads nothing at this door, even in disguise.
func TestViewerReadsOnesOwnProjects(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	things := map[string][]string{ // the things of each project
		"site":    {"site", "home", "form", "logo", "copy", "secret", "shelf", "site.todo", "ux", "debt", "launch", "home step", "reply on home", "note on home", "file on home", "guide", "guide 2", "guide 3", "file on guide 3", "sitemap", "colour", "plan", "wording", "wish", "note on plan", "file on plan", "cost by eleni", "hours", "work of hours", "house plan", "work of house plan", "gallery", "house work", "no budget's", "fonts", "pizza", "receipt of lamp"},
		"brand":   {"brand", "poster", "brand.todo", "ink", "print", "reply on poster", "note on poster", "labels", "labels 1", "paper", "print run", "file on paper", "ink tone by bea", "care plan", "waiting", "toner", "receipt of paper stock"},
		"old":     {"old", "relic", "old.todo", "scroll", "ancient", "bygone"},
		"beta":    {"beta", "gamma", "beta.todo", "scope", "beta hours", "beta work"},
		"inhouse": {"inhouse", "chore", "inhouse.todo"},
		"closed":  {"closed", "dusty", "closed.todo", "dust"},
		"mould":   {"first step", "mould.todo"}, // a template is nobody's project
	}
	may := expected(t, whoMatrix)["visible_project_team"]
	for _, who := range slices.Concat(teamNames, clientNames) {
		person := w.actor(who).Person
		if person.Side == Client {
			if err := w.View(person, func(*Viewer) error { return nil }); err != ErrNotFound {
				t.Errorf("%s comes in by the team's door: %v", who, err)
			}
		}
		person.Side, person.Role, person.Active = Team, Owner, true
		seen := w.everythingSeen(person)
		for project, list := range things {
			own := slices.Contains(strings.Fields(may[who]), project)
			for _, thing := range list {
				if got := strings.Contains(seen, `"`+w.id(thing).String()+`"`); got != own {
					t.Errorf("%s reads of %s in %s: %v", who, thing, project, got)
				}
			}
		}
		if may[who] == "" {
			for _, word := range []string{"home", "Margins", "ormos.test", "acme.test", "words", "Doing"} {
				if strings.Contains(seen, word) {
					t.Errorf("%s reads %q", who, word)
				}
			}
		}
	}
	for _, id := range []string{"eleni", "dora", "stan"} {
		if err := w.ViewOf(w.id(id), func(*Viewer) error { return nil }); err != ErrNotFound {
			t.Errorf("%s: %v", id, err)
		}
	}
}
