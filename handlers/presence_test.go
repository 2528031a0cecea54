package handlers

import (
	"strings"
	"testing"
	"time"
)

// The team reads who has this very conversation open, on every kind of page that
// holds one, and names nobody who looks at another page of the project.
func TestWhoHasThisOpen(t *testing.T) {
	for team, client := range map[string]string{
		"/tasks/{task}":                    "/portal/tasks/{task}",
		"/milestones/{stone}":              "/portal/milestones/{stone}",
		"/projects/{project}/conversation": "/portal/projects/{project}/conversation",
	} {
		t.Run(client, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			at := strings.NewReplacer("{task}", w.tasks["gallery"].String(), "{stone}", w.parts[":milestone"].String(), "{project}", w.project.String())
			leader := w.as("leader")
			watching := func() string {
				return leader.get(at.Replace(team)).says("region-watching", "</section>")
			}
			w.as("viewer").watch("/portal/projects/" + w.project.String())
			w.as("eleni").watch(at.Replace(client))
			for range 200 {
				if strings.Contains(watching(), "Eleni") {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			if said := watching(); !strings.Contains(said, "Eleni Papadopoulou") || !strings.Contains(said, "has this open now") || strings.Contains(said, "Dimitra") {
				t.Error("the team reads", said)
			}
		})
	}
}
