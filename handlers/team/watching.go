package team

import (
	"vitrine/db"
	"vitrine/views"
)

// watcher is a client's person and the page that they have open.
type watcher struct {
	Person db.Person
	Task   db.ID  // 0: the project's page
	Title  string // the task's, as the team reads it
}

// watching is the bar above a board or a task.
type watching struct {
	W        *views.Words
	Watchers []watcher
	Here     bool // on a task's page: they have this very task open
}

// watchers names those who watch. Somebody who has left the project, or a task
// that is gone, is not named.
func (s sight) watchers(roster []db.RosterLine, tasks []db.Task) []watcher {
	var list []watcher
	titles := map[db.ID]string{}
	for _, task := range tasks {
		titles[task.ID] = task.Title
	}
	for _, present := range s.present {
		one := watcher{Person: memberOf(roster, present.Viewer)}
		if present.Page.Kind == sameOf[taskPage] {
			one.Task, one.Title = present.Page.Noun, titles[present.Page.Noun]
		}
		if one.Person.ID != 0 && (one.Task == 0 || one.Title != "") {
			list = append(list, one)
		}
	}
	return list
}

func memberOf(roster []db.RosterLine, id db.ID) db.Person {
	for _, line := range roster {
		if line.ID == id {
			return line.Person
		}
	}
	return db.Person{}
}
