package importers

type trelloMember struct {
	ID       text `json:"id"`
	FullName text `json:"fullName"`
	Username text `json:"username"`
}

func (b *trelloBoard) addMember(m *trelloMember) error {
	id := sourceID(string(m.ID))
	if id == "" || b.member[id] {
		return nil
	}
	b.member[id] = true
	b.people[id] = *m
	b.plan.People = append(b.plan.People, m.person(id))
	return nil
}

// meet remembers whoever an action names: people who left the board are still
// assigned and still wrote, but are no members in the file.
func (b *trelloBoard) meet(m *trelloMember) {
	id := sourceID(string(m.ID))
	if _, known := b.people[id]; known || id == "" || m.FullName == "" && m.Username == "" || len(b.people) >= 2*maxNamed {
		return
	}
	b.people[id] = *m
}

// bring adds a person who is named in the file but is no member, and answers
// whether the plan knows that person now.
func (b *trelloBoard) bring(id string) bool {
	if b.member[id] {
		return true
	}
	m, named := b.people[id]
	if !named {
		return false
	}
	b.member[id] = true
	person := m.person(id)
	person.Gone = true
	b.plan.People = append(b.plan.People, person)
	return true
}

// finishPeople keeps the assignees that the file names.
func (b *trelloBoard) finishPeople() {
	for _, card := range b.order {
		t := &card.task
		ids := t.Assignees
		t.Assignees = nil
		seen := map[string]bool{}
		for _, id := range ids {
			switch {
			case seen[id]:
			case b.bring(id):
				t.Assignees = append(t.Assignees, id)
			default:
				b.plan.leave(leftPeople, 1, t.Title)
			}
			seen[id] = true
		}
	}
}

func (m *trelloMember) person(id string) Person {
	p := Person{SourceID: id, Name: shorten(string(m.FullName), maxPerson), Username: shorten(string(m.Username), maxPerson)}
	if p.Name == "" {
		p.Name = p.Username
	}
	return p
}
