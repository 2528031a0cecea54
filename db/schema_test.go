package db

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"modernc.org/sqlite"
)

// glassAllows are the columns of each client_ view: whoever adds one says so here.
const glassAllows = `
client_workspace: key value
client_me: id name email language time_zone theme avatar_id
client_company: id name
client_right: company_id right
client_feature: company_id name
client_project_feature: project_id name
client_colleague: company_id person_id name role_key role joined
client_invitation: id company_id address name role_key role created_at expires_at may_change
client_givable_role: company_id id key name
client_avatar: id image
client_project: id name description status starts_on ends_on version archived company company_id replies asks may_propose mine budgets
client_milestone: id project_id name starts_on due_on reached_on position gate approved
client_task: id project_id milestone_id title description acceptance priority starts_on due_on done_at kind label column_position position mine
client_progress: project_id total accepted done doing todo basis effort_left heavy
client_milestone_progress: project_id milestone_id total accepted done doing todo basis effort_left
client_task_need: task_id needs_id project_id
client_status_update: id project_id body at edited_at total done doing waits early_on late_on ends_on next_name next_due_on author author_id
client_meeting: id company_id project_id title starts_at minutes url place
client_home_text: company_id language welcome
client_home_card: company_id position kind url language label text
client_home_widget: company_id position name
client_home_kind: company_id kind
client_visit: began_at last_at before_at
client_checklist_item: id task_id heading text done position
client_task_label: task_id project_id name color
client_person: project_id id side name leads avatar_id
client_assignee: task_id project_id person_id side name
client_thread: id noun project_id task_id milestone_id decision_id deliverable_id lies_with since due_at late may_reply may_upload
client_reply: id thread_id project_id body at edited_at deleted_at version deleted_by side author_id author avatar_id quote_id
client_draft: id thread_id body quote_id
client_mention: id thread_id person_id name
client_reply_file: id reply_id thread_id name size picture width height created_at
client_file: id project_id reply_id draft_id decision_id version_id required name media_type size sha256 thumbnail width height created_at
client_event: id project_id kind at mine task_id milestone_id reply_id column_kind column_label old_date new_date cause decision_id deliverable_id budget_id number question deliverable budget task_title milestone_name actor_side actor outcome choice late_days asks
client_deliverable: id project_id milestone_id name description
client_deliverable_version: id deliverable_id project_id number note must_open sha256 delivered_at delivered_by decision_id state ended_at newest
client_deliverable_task: deliverable_id task_id project_id
client_version_file: id version_id deliverable_id name size picture width height required sha256 opened
client_decision_file: id decision_id name size picture width height required sha256 opened
client_file_open: file_id at
client_decision: id project_id kind state edition milestone_id version_id option_id reason shown_at ended_at question context if_silent free_answer mode due_on closes currency price days asked_at asked_by asked_side may_decide
client_edition: decision_id number project_id question context if_silent free_answer mode due_on closes currency price days asked_at asked_by
client_decision_option: id decision_id edition position title text cost days recommended
client_change_task: decision_id edition position title
client_decider: decision_id person_id position name answered
client_decision_task: decision_id task_id project_id state
client_signoff: id project_id decision_id edition outcome option_id comment late_days at record prev hash person_id person
client_invoice: id company_id kind state number language currency issued_on due_on served_from served_to purchase_order rounding note terms pay exempt account iban bic net tax total paid waiting credited disputed issued_at voided_at void_reason credits_id credits credits_on may_pay may_reply
client_invoice_party: invoice_id role name contact address country vat code email
client_invoice_project: invoice_id project_id name
client_invoice_line: invoice_id position text detail quantity unit price off_rate off category rate
client_invoice_file: invoice_id kind sha256 body
client_payment: id invoice_id amount currency way state paid_on reference created_at
client_bill_text: key value
client_budget: id project_id name currency kind carry starts_on ends_on note closed approves
client_budget_service: id budget_id name unit price quantity pieces left_minutes position
client_time_entry: id budget_id service_id service day minutes amount wording author author_id invoice_id invoice
client_expense: id budget_id day amount wording supplier receipt_id invoice_id invoice
client_invoice_reply: id invoice_id side author mine body created_at due_at
`

func TestColumnsOfTheGlass(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	want := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(glassAllows), "\n") {
		view, columns, _ := strings.Cut(line, ": ")
		want[view] = columns
	}
	err := w.Glass(w.id("eleni"), func(g *Glass) error {
		for view := range clientViews {
			rows, err := g.query("SELECT * FROM " + view)
			if err != nil {
				return err
			}
			columns, err := rows.Columns()
			rows.Close()
			if got := strings.Join(columns, " "); err != nil || got != want[view] {
				t.Errorf("%s has the columns %s, listed are %q", view, got, want[view])
			}
			delete(want, view)
		}
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Error("listed, but not there: ", want, err)
	}
}

// columnFates says of every column of the schema what clients have of it:
//
//	shown  through a client_ view, where the row is theirs to see
//	own    to the person it belongs to
//	rule   it decides or is counted, but is never shown
//	never  no client_ view reads it at all
//
// A new column fails the test until somebody has decided.
const columnFates = `
setting       | shown: key value
person        | shown: id name side title | own: email language time_zone theme | rule: active joined_at | never: role phone source created_at version bills
company       | shown: id name | rule: status | never: internal_notes created_at address country vat_number language currency joins_all version
client_role   | shown: id key name | never: version
client_role_right | shown: right | rule: role_id
contact       | rule: company_id person_id role_id active | never: is_primary created_at
project       | shown: id company_id name description status starts_on ends_on client_version budget_version approves | rule: team_shown archived_at template | never: internal_description new_tasks_private team_version source version created_at template_by
membership    | shown: project_id role | rule: person_id | never: created_at
board_column  | shown: kind client_label position | rule: id | never: project_id name source
milestone     | shown: id project_id name starts_on due_on reached_on position gate | never: version
task          | shown: id project_id milestone_id title client_title description acceptance priority starts_on due_on position done_at | rule: column_id private estimate_minutes size archived_at | never: internal_details version source created_by created_at
task_assignee | shown: task_id person_id
checklist_item | shown: id task_id heading text done position
label         | shown: project_id name color | rule: id client_visible | never: source
task_label    | shown: task_id | rule: label_id
thread        | shown: id noun project_id task_id milestone_id decision_id deliverable_id lies_with since due_at late_at | rule: budget_id | never: handled_at handled_by
reply_right   | rule: noun right
client_role_silent | rule: role_id noun
reply         | shown: id thread_id project_id author_id body released_at edited_at deleted_at deleted_by version quote_id | never: created_at held_until stopped stopped_for company_id
note          | never: id thread_id project_id author_id body quote_reply_id quote_note_id created_at edited_at deleted_at deleted_by version source
draft         | own: id thread_id body quote_reply_id | rule: person_id kind | never: quote_note_id updated_at
file          | shown: id project_id reply_id decision_id version_id expense_id required name media_type size sha256 thumbnail width height created_at | own: draft_id | never: task_id note_id url source created_by
file_open     | own: file_id at | rule: person_id
deliverable   | shown: id project_id milestone_id name description | never: created_by created_at version
deliverable_version | shown: id deliverable_id number note must_open sha256 delivered_by delivered_at | never: created_at
deliverable_task | shown: deliverable_id task_id
decision      | shown: id project_id kind state edition milestone_id version_id option_id reason shown_at ended_at | never: created_by created_at version
edition       | shown: decision_id number question context if_silent free_answer mode due_on closes currency price days asked_by asked_at
decision_option | shown: id decision_id edition position title text cost days recommended
change_task   | shown: decision_id edition position title
decision_task | shown: decision_id task_id
decider       | shown: decision_id person_id position
signoff       | shown: id project_id decision_id edition person_id outcome option_id comment late_days at record prev hash | never: seq chain
budget_line   | never: id project_id decision_id text amount currency created_at
budget        | shown: id project_id name currency kind carry note starts_on ends_on closed_at | rule: client_open | never: told created_by created_at version
budget_service | shown: id budget_id name unit price quantity pieces left_minutes position | never: decision_id cost
time_entry    | shown: id service_id person_id task_id invoice_id day billable wording amount | rule: project_id state | never: minutes started_at ended_at remark price rate cost reason judged_by judged_at source created_at version
service_bill  | never: service_id invoice_id month quantity
time_entry_version | never: time_entry_id number changed_by changed_at service task day minutes billable remark wording
timer         | never: person_id project_id service_id task_id remark started_at
expense       | shown: id budget_id invoice_id day amount supplier wording | rule: billable receipt_open state | never: person_id tax remark reason judged_by judged_at created_at version
revision      | never: id reply_id note_id body person_id at
mention       | shown: id person_id | rule: reply_id | never: note_id
reply_read    | never: reply_id person_id at
snooze        | never: thread_id person_id at until
blob_gone     | never: sha256 file_id
event         | shown: id project_id kind task_id milestone_id reply_id decision_id deliverable_id budget_id number column_kind column_label old_date new_date cause at | rule: actor_id audience note_id | never: seq internal
session       | never: id token_hash person_id user_agent created_at last_used_at ended_at method passkey_at
invitation    | shown: id company_id address name created_at expires_at | rule: role_id accepted_at ended_at | never: token_hash language person_id team_role invited_by letter opened_at
invitation_project | rule: invitation_id project_id
letter        | never: id person_id sender_id body created_at
password      | never: person_id hash changed_at
password_try  | never: id address network at
passkey       | never: id person_id credential_id credential name created_at last_used_at
ceremony      | never: id cookie_hash kind person_id network data created_at expires_at used_at
device        | never: person_id token_hash created_at last_used_at
api_token     | never: id token_hash person_id name confirmed created_at last_used_at ended_at
notification  | never: person_id kind mail
avatar        | shown: id image | rule: person_id created_at
feature       | shown: name | rule: scope scope_id is_on
feature_right | rule: right feature
preview       | never: id token_hash session_id actor_id viewer_id created_at expires_at ended_at ghosts
way_in        | never: id kind token_hash person_id created_at expires_at used_at
challenge     | never: id cookie_hash address network known person_id pin_hash link_hash next tries created_at expires_at used_at invitation_id registers language
job           | never: id kind subject_id run_at tries error done_at
outbox        | never: id kind person_id subject_id sealed message_id created_at expires_at next_at tries error sent_at failed_at address language
outbox_reply  | never: outbox_id reply_id told_at
outbox_note   | never: outbox_id note_id told_at
audit         | never: id at actor_id kind person_id project_id detail company_id
task_need     | shown: task_id needs_id
status_update | shown: id project_id author_id body at edited_at total done doing waits early_on late_on ends_on next_name next_due_on | never: version
meeting       | shown: id company_id project_id title starts_at minutes url place | never: created_by created_at version
home          | shown: company_id | rule: id is_now | never: before_id made_by made_at
home_text     | shown: language welcome | rule: home_id
home_card     | shown: position kind url | rule: home_id
home_card_text | shown: language label text | rule: home_id position
home_widget   | shown: position name | rule: home_id
home_kind     | shown: kind | rule: home_id
visit         | own: began_at last_at before_at | rule: person_id
given_told    | never: task_id person_id at before_due after_due
brand_picture | never: id kind image width height created_at
origin        | never: project_id noun source print
invoice       | shown: id company_id kind state credits_id number language currency issued_on due_on served_from served_to purchase_order rounding note terms pay exempt account iban bic net tax total paid waiting credited disputed issued_at voided_at void_reason | never: contact_id decision_id series year serial days internal_note paper sha256 quiet created_by created_at issued_by settled_at version
invoice_party | shown: invoice_id role name contact address country vat code email
invoice_project | shown: invoice_id project_id name
invoice_line  | shown: invoice_id position text detail quantity unit price off_rate off category rate
invoice_file  | shown: invoice_id kind sha256 body
payment       | shown: id invoice_id amount currency way state paid_on reference created_at | never: provider refund_of created_by
checkout      | never: id invoice_id person_id amount currency state session url consent created_at expires_at
pay_event     | never: id kind invoice_id outcome at told_at
invoice_seen  | never: invoice_id person_id first_at last_at
invoice_reply | shown: id invoice_id author_id body created_at due_at | never: done_at
invoice_repeat | never: invoice_id every day next_on until_on sends set_by
`

// fates reads the table: "table.column" → fate.
func fates(t *testing.T) map[string]string {
	fate := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(columnFates), "\n") {
		parts := strings.Split(line, "|")
		for _, part := range parts[1:] {
			what, columns, ok := strings.Cut(part, ":")
			for _, column := range strings.Fields(columns) {
				name := strings.TrimSpace(parts[0]) + "." + column
				if fate[name] != "" || !ok {
					t.Fatal("twice in the table: ", name)
				}
				fate[name] = strings.TrimSpace(what)
			}
		}
	}
	return fate
}

// readByGlass asks SQLite which columns of which tables each client_ view reads.
func readByGlass(t *testing.T, w *world) map[string]string {
	read, view := map[string]string{}, ""
	recording := new(sqlite.Driver)
	recording.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
		for _, statement := range glassStatements(visibilitySQL, glassSQL) {
			if _, err := c.ExecContext(context.Background(), statement, nil); err != nil {
				return err
			}
		}
		return c.(sqlite.AuthorizerRegisterer).RegisterAuthorizer(func(action sqlite.AuthorizerActionCode, table, column, database, _ string) sqlite.AuthorizerReturnCode {
			if action == sqlite.AuthRead && database == "main" && column != "" {
				read[table+"."+column] = view
			}
			return sqlite.AuthorizerOK
		})
	})
	pool := sql.OpenDB(glassConnector{recording, "file:" + uriPath(w.path()) + "?mode=ro"})
	defer pool.Close()
	for view = range clientViews {
		rows, err := pool.Query("SELECT * FROM " + view)
		if err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return read
}

func TestEveryColumnHasAFate(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	listed := fates(t)
	missing := maps.Clone(listed)
	for _, column := range w.rows(`SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version'`) {
		if listed[column] == "" {
			t.Errorf("%s: nobody has said whether clients may see it", column)
		}
		delete(missing, column)
	}
	if len(missing) > 0 {
		t.Error("listed, but not in the schema: ", slices.Sorted(maps.Keys(missing)))
	}
	read := readByGlass(t, w)
	for column, fate := range listed {
		switch view, isRead := read[column]; {
		case isRead && fate == "never":
			t.Errorf("%s is read by %s, and was never to be", column, view)
		case !isRead && fate != "never":
			t.Errorf("%s is listed as %s and nothing reads it", column, fate)
		}
	}
	for column, view := range read {
		if listed[column] == "" {
			t.Errorf("%s is read by %s", column, view)
		}
	}
	if len(read) < 50 {
		t.Error("too little was read:", fmt.Sprint(read))
	}
}
