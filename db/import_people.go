package db

import (
	"vitrine/db/importers"
)

// importPeople finds who is meant by a person of a file. Files hold no e-mail
// addresses, so only the exact name of somebody of the team counts; everybody
// else becomes a name on imported work: without an address, not active, on no
// project, and so nobody who could sign in or be shown to a client.
type importPeople struct {
	plan   map[string]importers.Person
	team   map[string]ID   // by name, where only one has it
	member map[ID]bool     // on the project
	names  map[string]ID   // placeholders by source
	called map[ID]string   // their names
	used   map[string]bool // counted already
}

func (i *importing) readPeople() error {
	p := importPeople{plan: map[string]importers.Person{}, team: map[string]ID{}, member: map[ID]bool{}, names: map[string]ID{}, called: map[ID]string{}, used: map[string]bool{}}
	for _, person := range i.plan.People {
		p.plan[person.SourceID] = person
	}
	type line struct {
		id           ID
		name, source string
		team, member bool
	}
	people, err := all(i.tx, func(l *line) []any { return []any{&l.id, &l.name, &l.source, &l.team, &l.member} },
		`SELECT p.id, p.name, coalesce(p.source, ''), p.active = 1 AND p.email IS NOT NULL, m.person_id IS NOT NULL
		FROM person p LEFT JOIN membership m ON m.person_id = p.id AND m.project_id = ? WHERE p.side = 'team'`, i.project)
	if err != nil {
		return err
	}
	for _, l := range people {
		if l.source != "" {
			p.names[l.source], p.called[l.id] = l.id, l.name
		}
		if !l.team {
			continue
		}
		p.member[l.id] = l.member
		key := foldName(l.name)
		if _, taken := p.team[key]; taken {
			l.id = 0 // two of that name: nobody can tell who is meant
		}
		p.team[key] = l.id
	}
	i.people = p
	return nil
}

// assignee is who works on a task: somebody of the team who is on the project.
// To a project that this import makes, they are added as members.
func (i *importing) assignee(source string) (ID, error) {
	person := i.people.plan[source]
	id := i.people.team[foldName(person.Name)]
	if id != 0 && !i.people.member[id] && i.done.NewProject {
		if err := i.tx.run("INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?,?,'member',?)", i.project, id, i.tx.now); err != nil {
			return 0, err
		}
		i.people.member[id] = true
	}
	if id != 0 && i.people.member[id] {
		i.count(source, &i.done.People.Unchanged)
		return id, nil
	}
	return i.placeholder(source, person.Name)
}

// author is who wrote a note, by name; whoever has left the board counts too.
func (i *importing) author(n importers.Note) (ID, error) {
	name, source := n.Author, n.AuthorSourceID
	if source == "" {
		source = "name:" + name
	}
	if id := i.people.team[foldName(name)]; id != 0 && name != "" {
		i.count(source, &i.done.People.Unchanged)
		return id, nil
	}
	return i.placeholder(source, name)
}

// placeholder is the name on imported work, the same for all projects.
func (i *importing) placeholder(source, name string) (ID, error) {
	if name == "" {
		name = "Somebody"
	}
	stored := i.source(source)
	id := i.people.names[stored]
	switch {
	case id == 0:
		id = NewID()
		i.people.names[stored], i.people.called[id] = id, name
		i.count(source, &i.done.People.Created)
		return id, i.tx.run("INSERT INTO person (id, name, side, role, active, source, created_at) VALUES (?,?,'team','member',0,?,?)", id, name, stored, i.tx.now)
	case i.people.called[id] != name:
		i.people.called[id] = name
		i.count(source, &i.done.People.Updated)
		return id, i.tx.run("UPDATE person SET name = ? WHERE id = ? AND email IS NULL", name, id)
	}
	i.count(source, &i.done.People.Unchanged)
	return id, nil
}

// count counts every person once.
func (i *importing) count(source string, tally *int) {
	if !i.people.used[source] {
		i.people.used[source] = true
		*tally++
	}
}
