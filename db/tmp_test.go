package db
import ("testing";"time";"strings")
func TestTmpQ(t *testing.T) {
	w := town(t)
	g := plainGlass(t, w, 2001)
	qs := []string{
	 "SELECT count(*) FROM client_assignee",
	 "SELECT a.task_id, a.person_id, a.side, a.name FROM client_assignee a WHERE 4000 IS NULL OR project_id=4000 ORDER BY a.name, a.person_id",
	 "SELECT a.task_id, a.person_id, a.side, a.name FROM client_assignee a JOIN client_task t ON t.id = a.task_id WHERE 4000 IS NULL OR t.project_id = 4000 ORDER BY a.name, a.person_id",
	 "SELECT a.task_id, a.person_id, a.side, a.name FROM client_assignee a WHERE a.task_id = 10000",
	 "SELECT task_id, name, color FROM client_task_label WHERE 4000 IS NULL OR project_id = 4000 ORDER BY name",
	 "SELECT "+clientTaskColumns+" FROM client_task WHERE project_id = 4000 ORDER BY column_position, CASE WHEN kind = 'done' THEN done_at END DESC, position, id",
	 "SELECT * FROM client_event WHERE project_id = 4000 ORDER BY at DESC, id DESC LIMIT 30",
	}
	for range 3 { for _,q := range qs {
		n:=30; b:=time.Now()
		for range n { rows,err:=textRows(g,q); if err!=nil{t.Fatal(err)}; _=rows }
		t.Log(time.Since(b)/time.Duration(n), strings.ReplaceAll(q,"\n"," "))
	}}
}
