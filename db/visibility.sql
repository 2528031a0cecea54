-- WHO: which rows a person may see and what a person may do. Each noun has a
-- team arm and a client arm, disjoint, joined as visible_<noun>(viewer_id, <noun>_id).
-- The client arms are also built into the glass (glass.sql), where the viewer is one person.

-- The team: owners and admins see every project, members those they are on. A template is none, for
-- anybody: what it holds is in no view below but visible_template_team.
CREATE VIEW visible_project_team (viewer_id, project_id) AS
    SELECT p.id, pr.id FROM person p JOIN project pr ON pr.template = 0
     WHERE p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin')
    UNION ALL
    SELECT p.id, m.project_id FROM person p JOIN membership m ON m.person_id = p.id AND m.role IN ('leader', 'member')
      JOIN project pr ON pr.id = m.project_id AND pr.template = 0
     WHERE p.side = 'team' AND p.active = 1 AND p.role = 'member';

-- Clients: on the project, which is no template, and an active contact of its active company with a role that may see projects.
CREATE VIEW visible_project_client (viewer_id, project_id) AS
    SELECT m.person_id, m.project_id
      FROM membership m
      JOIN person p ON p.id = m.person_id AND p.side = 'client' AND p.active = 1
      JOIN project pr ON pr.id = m.project_id AND pr.company_id IS NOT NULL AND pr.template = 0
      JOIN contact c ON c.company_id = pr.company_id AND c.person_id = m.person_id AND c.active = 1
      JOIN company co ON co.id = pr.company_id AND co.status = 'active'
      JOIN client_role_right r ON r.role_id = c.role_id AND r.right = 'projects'
     WHERE m.role = 'client';

CREATE VIEW visible_project AS
    SELECT viewer_id, project_id FROM visible_project_team
    UNION ALL SELECT viewer_id, project_id FROM visible_project_client;

-- A private task does not exist for clients, nor does an archived one.
CREATE VIEW visible_task_team (viewer_id, task_id) AS
    SELECT v.viewer_id, t.id FROM visible_project_team v JOIN task t ON t.project_id = v.project_id;
CREATE VIEW visible_task_client (viewer_id, task_id) AS
    SELECT v.viewer_id, t.id FROM visible_project_client v
      JOIN task t ON t.project_id = v.project_id AND t.private = 0 AND t.archived_at IS NULL;
CREATE VIEW visible_task AS
    SELECT viewer_id, task_id FROM visible_task_team
    UNION ALL SELECT viewer_id, task_id FROM visible_task_client;

CREATE VIEW visible_milestone_team (viewer_id, milestone_id) AS
    SELECT v.viewer_id, m.id FROM visible_project_team v JOIN milestone m ON m.project_id = v.project_id;
CREATE VIEW visible_milestone_client (viewer_id, milestone_id) AS
    SELECT v.viewer_id, m.id FROM visible_project_client v JOIN milestone m ON m.project_id = v.project_id;
CREATE VIEW visible_milestone AS
    SELECT viewer_id, milestone_id FROM visible_milestone_team
    UNION ALL SELECT viewer_id, milestone_id FROM visible_milestone_client;

CREATE VIEW visible_board_column_team (viewer_id, board_column_id) AS
    SELECT v.viewer_id, c.id FROM visible_project_team v JOIN board_column c ON c.project_id = v.project_id;
CREATE VIEW visible_board_column AS SELECT viewer_id, board_column_id FROM visible_board_column_team;

CREATE VIEW visible_label_team (viewer_id, label_id) AS
    SELECT v.viewer_id, l.id FROM visible_project_team v JOIN label l ON l.project_id = v.project_id;
CREATE VIEW visible_label_client (viewer_id, label_id) AS
    SELECT v.viewer_id, l.id FROM visible_project_client v JOIN label l ON l.project_id = v.project_id AND l.client_visible = 1;
CREATE VIEW visible_label AS
    SELECT viewer_id, label_id FROM visible_label_team
    UNION ALL SELECT viewer_id, label_id FROM visible_label_client;

CREATE VIEW visible_checklist_item_team (viewer_id, checklist_item_id) AS
    SELECT v.viewer_id, i.id FROM visible_task_team v JOIN checklist_item i ON i.task_id = v.task_id;
CREATE VIEW visible_checklist_item_client (viewer_id, checklist_item_id) AS
    SELECT v.viewer_id, i.id FROM visible_task_client v JOIN checklist_item i ON i.task_id = v.task_id;
CREATE VIEW visible_checklist_item AS
    SELECT viewer_id, checklist_item_id FROM visible_checklist_item_team
    UNION ALL SELECT viewer_id, checklist_item_id FROM visible_checklist_item_client;

-- A conversation is seen by whoever sees what it belongs to. A noun that is not named here is
-- hidden from clients.
CREATE VIEW visible_thread_team (viewer_id, thread_id) AS
    SELECT v.viewer_id, t.id FROM visible_project_team v JOIN thread t ON t.project_id = v.project_id;
CREATE VIEW visible_thread_client (viewer_id, thread_id) AS
    SELECT v.viewer_id, t.id FROM visible_task_client v JOIN thread t ON t.task_id = v.task_id AND t.noun = 'task'
    UNION ALL
    SELECT v.viewer_id, t.id FROM visible_milestone_client v JOIN thread t ON t.milestone_id = v.milestone_id AND t.noun = 'milestone'
    UNION ALL
    SELECT v.viewer_id, t.id FROM visible_project_client v JOIN thread t ON t.project_id = v.project_id AND t.noun = 'project'
    UNION ALL
    SELECT v.viewer_id, t.id FROM visible_decision_client v JOIN thread t ON t.decision_id = v.decision_id AND t.noun = 'decision'
    UNION ALL
    SELECT v.viewer_id, t.id FROM visible_deliverable_client v JOIN thread t ON t.deliverable_id = v.deliverable_id AND t.noun = 'deliverable'
    UNION ALL
    SELECT v.viewer_id, t.id FROM visible_budget_client v JOIN thread t ON t.budget_id = v.budget_id AND t.noun = 'budget';
CREATE VIEW visible_thread AS
    SELECT viewer_id, thread_id FROM visible_thread_team
    UNION ALL SELECT viewer_id, thread_id FROM visible_thread_client;

-- A draft of a question is the team's, and so is what is being prepared of a deliverable. Clients see
-- the rest where its feature is on.
CREATE VIEW visible_decision_team (viewer_id, decision_id) AS
    SELECT v.viewer_id, d.id FROM visible_project_team v JOIN decision d ON d.project_id = v.project_id;
CREATE VIEW visible_decision_client (viewer_id, decision_id) AS
    SELECT v.viewer_id, d.id FROM visible_project_client v
      JOIN decision d ON d.project_id = v.project_id AND d.shown_at IS NOT NULL
     WHERE EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = v.project_id AND f.name = CASE d.kind WHEN 'approval' THEN 'deliverables' ELSE 'decisions' END);
CREATE VIEW visible_decision AS
    SELECT viewer_id, decision_id FROM visible_decision_team
    UNION ALL SELECT viewer_id, decision_id FROM visible_decision_client;
CREATE VIEW visible_deliverable_team (viewer_id, deliverable_id) AS
    SELECT v.viewer_id, d.id FROM visible_project_team v JOIN deliverable d ON d.project_id = v.project_id;
CREATE VIEW visible_deliverable_client (viewer_id, deliverable_id) AS
    SELECT v.viewer_id, d.id FROM visible_project_client v
      JOIN deliverable d ON d.project_id = v.project_id AND d.name >= ''
     WHERE EXISTS (SELECT 1 FROM deliverable_version n WHERE n.deliverable_id = d.id AND n.delivered_at IS NOT NULL)
       AND EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = v.project_id AND f.name = 'deliverables');
CREATE VIEW visible_deliverable AS
    SELECT viewer_id, deliverable_id FROM visible_deliverable_team
    UNION ALL SELECT viewer_id, deliverable_id FROM visible_deliverable_client;
CREATE VIEW visible_deliverable_version_team (viewer_id, version_id) AS
    SELECT v.viewer_id, n.id FROM visible_deliverable_team v JOIN deliverable_version n ON n.deliverable_id = v.deliverable_id;
CREATE VIEW visible_deliverable_version_client (viewer_id, version_id) AS
    SELECT v.viewer_id, n.id FROM visible_deliverable_client v JOIN deliverable_version n ON n.deliverable_id = v.deliverable_id AND n.delivered_at IS NOT NULL;
CREATE VIEW visible_deliverable_version AS
    SELECT viewer_id, version_id FROM visible_deliverable_version_team
    UNION ALL SELECT viewer_id, version_id FROM visible_deliverable_version_client;
-- A sealed record is seen by whoever sees what it is about.
CREATE VIEW visible_signoff_team (viewer_id, signoff_id) AS
    SELECT v.viewer_id, s.id FROM visible_project_team v JOIN signoff s ON s.project_id = v.project_id;
CREATE VIEW visible_signoff_client (viewer_id, signoff_id) AS
    SELECT v.viewer_id, s.id FROM visible_decision_client v JOIN signoff s ON s.decision_id = v.decision_id;
CREATE VIEW visible_signoff AS
    SELECT viewer_id, signoff_id FROM visible_signoff_team
    UNION ALL SELECT viewer_id, signoff_id FROM visible_signoff_client;

-- A held reply is the team's until it is released. Of a deleted one clients keep the mark (glass.sql).
CREATE VIEW visible_reply_team (viewer_id, reply_id) AS
    SELECT v.viewer_id, r.id FROM visible_thread_team v JOIN reply r ON r.thread_id = v.thread_id;
CREATE VIEW visible_reply_client (viewer_id, reply_id) AS
    SELECT v.viewer_id, r.id FROM visible_thread_client v JOIN reply r ON r.thread_id = v.thread_id AND r.released_at IS NOT NULL;
CREATE VIEW visible_reply AS
    SELECT viewer_id, reply_id FROM visible_reply_team
    UNION ALL SELECT viewer_id, reply_id FROM visible_reply_client;

-- A note has no client arm: it can be in no client's result.
CREATE VIEW visible_note AS
    SELECT v.viewer_id, n.id AS note_id FROM visible_thread_team v JOIN note n ON n.thread_id = v.thread_id;

-- What somebody is writing is theirs alone.
CREATE VIEW visible_draft_team (viewer_id, draft_id) AS
    SELECT v.viewer_id, d.id FROM visible_thread_team v JOIN draft d ON d.thread_id = v.thread_id AND d.person_id = v.viewer_id;
CREATE VIEW visible_draft_client (viewer_id, draft_id) AS
    SELECT v.viewer_id, d.id FROM visible_thread_client v JOIN draft d ON d.thread_id = v.thread_id AND d.person_id = v.viewer_id AND d.kind = 'reply';
CREATE VIEW visible_draft AS
    SELECT viewer_id, draft_id FROM visible_draft_team
    UNION ALL SELECT viewer_id, draft_id FROM visible_draft_client;

-- A file is as hidden as what it hangs on. Those of tasks are the team's.
CREATE VIEW visible_file_team (viewer_id, file_id) AS
    SELECT v.viewer_id, f.id FROM visible_task_team v JOIN file f ON f.task_id = v.task_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_reply_team v JOIN file f ON f.reply_id = v.reply_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_note v JOIN file f ON f.note_id = v.note_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_draft_team v JOIN file f ON f.draft_id = v.draft_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_decision_team v JOIN file f ON f.decision_id = v.decision_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_deliverable_version_team v JOIN file f ON f.version_id = v.version_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_expense_team v JOIN file f ON f.expense_id = v.expense_id;
CREATE VIEW visible_file_client (viewer_id, file_id) AS
    SELECT v.viewer_id, f.id FROM visible_reply_client v
      JOIN reply r ON r.id = v.reply_id AND r.deleted_at IS NULL
      JOIN file f ON f.reply_id = v.reply_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_draft_client v JOIN file f ON f.draft_id = v.draft_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_decision_client v JOIN file f ON f.decision_id = v.decision_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_deliverable_version_client v JOIN file f ON f.version_id = v.version_id
    UNION ALL SELECT v.viewer_id, f.id FROM visible_expense_client v
      JOIN expense x ON x.id = v.expense_id AND x.receipt_open = 1
      JOIN file f ON f.expense_id = v.expense_id;
CREATE VIEW visible_file AS
    SELECT viewer_id, file_id FROM visible_file_team
    UNION ALL SELECT viewer_id, file_id FROM visible_file_client;

-- An event for clients is about a thing that they still see.
CREATE VIEW visible_event_team (viewer_id, event_id) AS
    SELECT v.viewer_id, e.id FROM visible_project_team v JOIN event e ON e.project_id = v.project_id;
CREATE VIEW visible_event_client (viewer_id, event_id) AS
    SELECT v.viewer_id, e.id FROM visible_project_client v
      JOIN event e ON e.project_id = v.project_id AND e.audience = 'client'
      LEFT JOIN task t ON t.id = e.task_id
      LEFT JOIN reply r ON r.id = e.reply_id
     WHERE (e.task_id IS NULL OR (t.private = 0 AND t.archived_at IS NULL))
       AND (e.reply_id IS NULL OR (r.released_at IS NOT NULL AND r.deleted_at IS NULL)) AND e.note_id IS NULL
       AND (e.decision_id IS NULL OR EXISTS (SELECT 1 FROM visible_decision_client x WHERE x.viewer_id = v.viewer_id AND x.decision_id = e.decision_id))
       AND (e.deliverable_id IS NULL OR EXISTS (SELECT 1 FROM visible_deliverable_client x WHERE x.viewer_id = v.viewer_id AND x.deliverable_id = e.deliverable_id))
       AND (e.budget_id IS NULL OR EXISTS (SELECT 1 FROM visible_budget_client x WHERE x.viewer_id = v.viewer_id AND x.budget_id = e.budget_id));
CREATE VIEW visible_event AS
    SELECT viewer_id, event_id FROM visible_event_team
    UNION ALL SELECT viewer_id, event_id FROM visible_event_client;

-- People a client may read about: of the team those on the project, of the clients those who see the same project.
CREATE VIEW visible_person_client (viewer_id, project_id, person_id) AS
    SELECT v.viewer_id, v.project_id, m.person_id FROM visible_project_client v
      JOIN membership m ON m.project_id = v.project_id AND m.role IN ('leader', 'member')
      JOIN person p ON p.id = m.person_id AND p.side = 'team' AND p.active = 1
    UNION ALL
    SELECT v.viewer_id, v.project_id, o.viewer_id FROM visible_project_client v
      JOIN visible_project_client o ON o.project_id = v.project_id;

-- By which name a project shows a person to its clients: their colleagues by name, the team as
-- the project chooses. "the team" has neither name nor id, so that several people are one;
-- so is shown who has no title where titles are. A name without a blank may be half an
-- address ("anna.berg"): the first name of that ends at the dot.
CREATE VIEW shown_person_client (project_id, person_id, side, shown_id, name) AS
    SELECT pr.id, p.id, p.side,
           CASE WHEN p.side = 'team' AND (pr.team_shown = 'team' OR pr.team_shown = 'title' AND p.title = '') THEN NULL ELSE p.id END,
           CASE WHEN p.side = 'client' OR pr.team_shown = 'full' THEN p.name
                WHEN pr.team_shown = 'first' AND instr(p.name, ' ') > 0 THEN substr(p.name, 1, instr(p.name, ' ') - 1)
                WHEN pr.team_shown = 'first' AND instr(p.name, '.') > 1 THEN substr(p.name, 1, instr(p.name, '.') - 1)
                WHEN pr.team_shown = 'first' THEN p.name
                WHEN pr.team_shown = 'title' THEN p.title
                ELSE '' END
      FROM project pr JOIN person p ON p.name >= ''
     WHERE pr.name >= '';

-- Which features are on: the narrowest scope that says something decides.
CREATE VIEW feature_company_client (company_id, name) AS
    SELECT co.id, w.name FROM feature w JOIN company co ON co.name >= ''
     WHERE w.scope = 'workspace'
       AND coalesce((SELECT f.is_on FROM feature f WHERE f.scope = 'company' AND f.scope_id = co.id AND f.name = w.name), w.is_on) = 1;
CREATE VIEW feature_project_client (project_id, name) AS
    SELECT pr.id, w.name FROM feature w JOIN project pr ON pr.name >= ''
     WHERE w.scope = 'workspace'
       AND coalesce((SELECT f.is_on FROM feature f WHERE f.scope = 'project' AND f.scope_id = pr.id AND f.name = w.name),
                    (SELECT f.is_on FROM feature f WHERE f.scope = 'company' AND f.scope_id = pr.company_id AND f.name = w.name), w.is_on) = 1;
-- What a client may do, by the rights of the role held at the project's company. An unknown right has
-- no row: no. Nor has one whose features are off; commenting belongs to none.
CREATE VIEW may_client (viewer_id, project_id, right) AS
    SELECT v.viewer_id, v.project_id, r.right
      FROM visible_project_client v
      JOIN project pr ON pr.id = v.project_id AND pr.archived_at IS NULL
      JOIN contact c ON c.company_id = pr.company_id AND c.person_id = v.viewer_id AND c.active = 1
      JOIN client_role_right r ON r.role_id = c.role_id AND r.right <> 'projects'
     WHERE r.right = 'comment'
        OR EXISTS (SELECT 1 FROM feature_right n JOIN feature_project_client f ON f.name = n.feature
                    WHERE n.right = r.right AND f.project_id = v.project_id);

-- Companies: admins see every one, members those of the projects they are on, clients those
-- whose active contact they are.
CREATE VIEW visible_company_team (viewer_id, company_id) AS
    SELECT p.id, co.id FROM person p JOIN company co ON co.name >= ''
     WHERE p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin')
    UNION ALL
    SELECT DISTINCT v.viewer_id, pr.company_id FROM visible_project_team v
      JOIN project pr ON pr.id = v.project_id AND pr.company_id IS NOT NULL
      JOIN person p ON p.id = v.viewer_id AND p.role = 'member';
CREATE VIEW visible_company_client (viewer_id, company_id) AS
    SELECT c.person_id, c.company_id FROM contact c
      JOIN person p ON p.id = c.person_id AND p.side = 'client' AND p.active = 1
      JOIN company co ON co.id = c.company_id AND co.status = 'active'
     WHERE c.active = 1;
CREATE VIEW visible_company AS
    SELECT viewer_id, company_id FROM visible_company_team
    UNION ALL SELECT viewer_id, company_id FROM visible_company_client;

-- What a client may do at a company itself.
CREATE VIEW may_company_client (viewer_id, company_id, right) AS
    SELECT v.viewer_id, v.company_id, r.right
      FROM visible_company_client v
      JOIN contact c ON c.company_id = v.company_id AND c.person_id = v.viewer_id AND c.active = 1
      JOIN client_role_right r ON r.role_id = c.role_id AND r.right <> 'projects'
     WHERE r.right = 'comment'
        OR EXISTS (SELECT 1 FROM feature_right n JOIN feature_company_client f ON f.name = n.feature
                    WHERE n.right = r.right AND f.company_id = v.company_id);

-- Contacts: admins see all, members those on the projects they are on themselves; of clients those
-- with the right "company" see the active ones of theirs.
CREATE VIEW visible_contact_team (viewer_id, company_id, person_id) AS
    SELECT p.id, c.company_id, c.person_id FROM person p JOIN contact c ON c.created_at >= ''
     WHERE p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin')
    UNION ALL
    SELECT DISTINCT v.viewer_id, c.company_id, c.person_id FROM visible_project_team v
      JOIN person p ON p.id = v.viewer_id AND p.role = 'member'
      JOIN project pr ON pr.id = v.project_id AND pr.company_id IS NOT NULL
      JOIN membership m ON m.project_id = v.project_id AND m.role = 'client'
      JOIN contact c ON c.company_id = pr.company_id AND c.person_id = m.person_id;
CREATE VIEW visible_contact_client (viewer_id, company_id, person_id) AS
    SELECT m.viewer_id, m.company_id, c.person_id FROM may_company_client m
      JOIN contact c ON c.company_id = m.company_id AND c.active = 1
      JOIN person p ON p.id = c.person_id AND p.side = 'client' AND p.active = 1
     WHERE m.right = 'company';
CREATE VIEW visible_contact AS
    SELECT viewer_id, company_id, person_id FROM visible_contact_team
    UNION ALL SELECT viewer_id, company_id, person_id FROM visible_contact_client;

-- Invitations that wait, for clients who may invite colleagues.
CREATE VIEW visible_invitation_client (viewer_id, invitation_id) AS
    SELECT m.viewer_id, i.id FROM may_company_client m
      JOIN invitation i ON i.company_id = m.company_id AND i.accepted_at IS NULL AND i.ended_at IS NULL
     WHERE m.right = 'company';

-- The roles that a client with that right may give: those with no right that the own role does not have.
CREATE VIEW may_give_role_client (viewer_id, company_id, role_id) AS
    SELECT m.viewer_id, m.company_id, cr.id FROM may_company_client m
      JOIN contact c ON c.company_id = m.company_id AND c.person_id = m.viewer_id AND c.active = 1
      JOIN client_role cr ON cr.name >= ''
     WHERE m.right = 'company'
       AND NOT EXISTS (SELECT 1 FROM client_role_right r WHERE r.role_id = cr.id
             AND NOT EXISTS (SELECT 1 FROM client_role_right mine WHERE mine.role_id = c.role_id AND mine.right = r.right));
-- They may repeat and end an invitation that they could have made: to no higher role and no further project.
CREATE VIEW may_invitation_client (viewer_id, invitation_id) AS
    SELECT v.viewer_id, i.id FROM visible_invitation_client v
      JOIN invitation i ON i.id = v.invitation_id AND i.accepted_at IS NULL
      JOIN may_give_role_client g ON g.viewer_id = v.viewer_id AND g.company_id = i.company_id AND g.role_id = i.role_id
     WHERE NOT EXISTS (SELECT 1 FROM invitation_project ip WHERE ip.invitation_id = i.id
             AND NOT EXISTS (SELECT 1 FROM visible_project_client p WHERE p.viewer_id = v.viewer_id AND p.project_id = ip.project_id));

-- Pictures: one's own, and those of people whom a project shows by themselves.
CREATE VIEW visible_avatar_client (viewer_id, avatar_id) AS
    SELECT p.id, a.id FROM person p JOIN avatar a ON a.person_id = p.id WHERE p.side = 'client' AND p.active = 1
    UNION
    SELECT v.viewer_id, a.id FROM visible_person_client v
      JOIN shown_person_client n ON n.project_id = v.project_id AND n.person_id = v.person_id AND n.shown_id IS NOT NULL
      JOIN avatar a ON a.person_id = v.person_id;

-- Who may sign in: the team; clients who belong to no company yet, and active contacts of an active one.
CREATE VIEW may_sign_in (person_id) AS
    SELECT p.id FROM person p
     WHERE p.active = 1 AND p.email IS NOT NULL
       AND (p.side = 'team' OR NOT EXISTS (SELECT 1 FROM contact c WHERE c.person_id = p.id)
            OR EXISTS (SELECT 1 FROM contact c JOIN company co ON co.id = c.company_id AND co.status = 'active' WHERE c.person_id = p.id AND c.active = 1));

-- Inviting contacts and seeing why they cannot get in: admins all, leaders the clients of projects they lead.
CREATE VIEW may_invite (viewer_id, company_id, person_id) AS
    SELECT p.id, c.company_id, c.person_id FROM person p JOIN contact c ON c.created_at >= ''
     WHERE p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin')
    UNION
    SELECT l.viewer_id, c.company_id, c.person_id FROM may_lead l
      JOIN person p ON p.id = l.viewer_id AND p.role = 'member'
      JOIN project pr ON pr.id = l.project_id AND pr.company_id IS NOT NULL
      JOIN membership m ON m.project_id = pr.id AND m.role = 'client'
      JOIN contact c ON c.company_id = pr.company_id AND c.person_id = m.person_id;
-- On which nouns of a project a client may reply: by the right that the noun asks for, unless their role is silent there.
CREATE VIEW may_reply_on_client (viewer_id, project_id, noun) AS
    SELECT m.viewer_id, m.project_id, n.noun FROM may_client m
      JOIN reply_right n ON n.right = m.right AND n.noun <> 'invoice'
      JOIN project p ON p.id = m.project_id
      JOIN contact c ON c.company_id = p.company_id AND c.person_id = m.viewer_id
     WHERE NOT EXISTS (SELECT 1 FROM client_role_silent s WHERE s.role_id = c.role_id AND s.noun = n.noun);
-- Saying something to the client: the team where a client can read it, clients where they may.
CREATE VIEW may_reply_team (viewer_id, thread_id) AS
    SELECT v.viewer_id, v.thread_id FROM visible_thread_team v
      JOIN thread h ON h.id = v.thread_id
      JOIN project p ON p.id = h.project_id AND p.archived_at IS NULL
      LEFT JOIN task t ON t.id = h.task_id
     WHERE h.noun IN ('milestone', 'project') OR (h.noun = 'task' AND t.private = 0 AND t.archived_at IS NULL)
        OR (h.noun = 'decision' AND EXISTS (SELECT 1 FROM decision d WHERE d.id = h.decision_id AND d.shown_at IS NOT NULL))
        OR (h.noun = 'deliverable' AND EXISTS (SELECT 1 FROM deliverable_version n WHERE n.deliverable_id = h.deliverable_id AND n.delivered_at IS NOT NULL))
        OR (h.noun = 'budget' AND EXISTS (SELECT 1 FROM budget b WHERE b.id = h.budget_id AND b.client_open = 1));
CREATE VIEW may_reply_client (viewer_id, thread_id) AS
    SELECT v.viewer_id, v.thread_id FROM visible_thread_client v
     WHERE EXISTS (SELECT 1 FROM thread h JOIN may_reply_on_client m ON m.project_id = h.project_id AND m.noun = h.noun
                    WHERE h.id = v.thread_id AND m.viewer_id = v.viewer_id);
CREATE VIEW may_reply AS
    SELECT viewer_id, thread_id FROM may_reply_team
    UNION ALL SELECT viewer_id, thread_id FROM may_reply_client;
CREATE VIEW may_note (viewer_id, thread_id) AS
    SELECT v.viewer_id, v.thread_id FROM visible_thread_team v
      JOIN thread h ON h.id = v.thread_id
      JOIN project p ON p.id = h.project_id AND p.archived_at IS NULL;
-- Hanging files on what one is writing: who may write it, clients with the right "upload" as well.
CREATE VIEW may_attach_team (viewer_id, thread_id, kind) AS
    SELECT viewer_id, thread_id, 'note' FROM may_note
    UNION ALL SELECT viewer_id, thread_id, 'reply' FROM may_reply_team;
CREATE VIEW may_attach_client (viewer_id, thread_id, kind) AS
    SELECT m.viewer_id, m.thread_id, 'reply' FROM may_reply_client m
     WHERE EXISTS (SELECT 1 FROM thread h JOIN may_client u ON u.project_id = h.project_id AND u.right = 'upload'
                    WHERE h.id = m.thread_id AND h.noun >= '' AND u.viewer_id = m.viewer_id);
CREATE VIEW may_attach AS
    SELECT viewer_id, thread_id, kind FROM may_attach_team
    UNION ALL SELECT viewer_id, thread_id, kind FROM may_attach_client;
-- Who has to answer an open question now: a decider with the right, once, and in order where order matters.
CREATE VIEW may_decide_client (viewer_id, decision_id) AS
    SELECT v.viewer_id, d.id FROM visible_decision_client v
      JOIN decision d ON d.id = v.decision_id AND d.state = 'asked'
      JOIN edition e ON e.decision_id = d.id AND e.number = d.edition
      JOIN decider x ON x.decision_id = d.id AND x.person_id = v.viewer_id
      JOIN may_client m ON m.viewer_id = v.viewer_id AND m.project_id = d.project_id AND m.right = 'decide'
     WHERE NOT EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id AND s.edition = d.edition AND s.person_id = v.viewer_id)
       AND (e.mode <> 'order' OR NOT EXISTS (SELECT 1 FROM decider o WHERE o.decision_id = d.id AND o.position < x.position
             AND NOT EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id AND s.edition = d.edition AND s.person_id = o.person_id)));
-- Who could be asked: clients of a project with that right.
CREATE VIEW may_be_asked (person_id, project_id) AS
    SELECT viewer_id, project_id FROM may_client WHERE right = 'decide';
-- Proposing a change: clients with the right "request", where decisions are on.
CREATE VIEW may_propose_client (viewer_id, project_id) AS
    SELECT m.viewer_id, m.project_id FROM may_client m
     WHERE m.right = 'request' AND EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = m.project_id AND f.name = 'decisions');
-- Changing the work is for the team on it, while the project is not archived.
CREATE VIEW may_work (viewer_id, project_id) AS
    SELECT v.viewer_id, v.project_id FROM visible_project_team v
      JOIN project p ON p.id = v.project_id AND p.archived_at IS NULL;
-- Leading: members, client switches, previews of the project's clients.
CREATE VIEW may_lead (viewer_id, project_id) AS
    SELECT p.id, pr.id FROM person p JOIN project pr ON pr.template = 0
     WHERE p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin')
    UNION ALL
    SELECT p.id, m.project_id FROM person p JOIN membership m ON m.person_id = p.id AND m.role = 'leader'
      JOIN project pr ON pr.id = m.project_id AND pr.template = 0
     WHERE p.side = 'team' AND p.active = 1 AND p.role = 'member';
-- Looking through a client: admins through every client who may sign in, also before they are
-- invited or on a project; a leader through the clients of a project
-- led, as long as these see no project that the leader is not on and no company that the leader
-- does not see: a preview must not show a member of the team what their own pages would not.
CREATE VIEW may_preview (viewer_id, person_id) AS
    SELECT a.id, p.id FROM person a JOIN person p ON p.side = 'client' AND p.active = 1
      JOIN may_sign_in s ON s.person_id = p.id
     WHERE a.side = 'team' AND a.active = 1 AND a.role IN ('owner', 'admin')
    UNION
    SELECT l.viewer_id, v.viewer_id FROM may_lead l JOIN visible_project_client v ON v.project_id = l.project_id
      JOIN person a ON a.id = l.viewer_id AND a.role = 'member'
     WHERE NOT EXISTS (SELECT 1 FROM visible_project_client o WHERE o.viewer_id = v.viewer_id
             AND NOT EXISTS (SELECT 1 FROM visible_project_team mine WHERE mine.viewer_id = l.viewer_id AND mine.project_id = o.project_id))
       AND NOT EXISTS (SELECT 1 FROM visible_company_client o WHERE o.viewer_id = v.viewer_id
             AND NOT EXISTS (SELECT 1 FROM visible_company_team mine WHERE mine.viewer_id = l.viewer_id AND mine.company_id = o.company_id));
-- What the team posts about a project, whoever sees it reads.
CREATE VIEW visible_status_update_team (viewer_id, status_update_id) AS
    SELECT v.viewer_id, u.id FROM visible_project_team v JOIN status_update u ON u.project_id = v.project_id;
CREATE VIEW visible_status_update_client (viewer_id, status_update_id) AS
    SELECT v.viewer_id, u.id FROM visible_project_client v JOIN status_update u ON u.project_id = v.project_id;
CREATE VIEW visible_status_update AS
    SELECT viewer_id, status_update_id FROM visible_status_update_team
    UNION ALL SELECT viewer_id, status_update_id FROM visible_status_update_client;
-- Meetings with a company, and about a project.
CREATE VIEW visible_meeting_team (viewer_id, meeting_id) AS
    SELECT v.viewer_id, m.id FROM visible_project_team v JOIN meeting m ON m.project_id = v.project_id
    UNION ALL SELECT v.viewer_id, m.id FROM visible_company_team v JOIN meeting m ON m.company_id = v.company_id;
CREATE VIEW visible_meeting_client (viewer_id, meeting_id) AS
    SELECT v.viewer_id, m.id FROM visible_project_client v JOIN meeting m ON m.project_id = v.project_id
    UNION ALL SELECT v.viewer_id, m.id FROM visible_company_client v JOIN meeting m ON m.company_id = v.company_id;
CREATE VIEW visible_meeting AS
    SELECT viewer_id, meeting_id FROM visible_meeting_team
    UNION ALL SELECT viewer_id, meeting_id FROM visible_meeting_client;
-- The home that a client reads: as made for their company, or else for all; without a company the one for all.
CREATE VIEW home_client (viewer_id, company_id, home_id) AS
    SELECT v.viewer_id, v.company_id,
           coalesce((SELECT h.id FROM home h WHERE h.company_id = v.company_id AND h.is_now = 1), (SELECT h.id FROM home h WHERE h.company_id IS NULL AND h.is_now = 1))
      FROM visible_company_client v
    UNION ALL
    SELECT p.id, NULL, h.id FROM person p JOIN home h ON h.company_id IS NULL AND h.is_now = 1
     WHERE p.side = 'client' AND p.active = 1 AND NOT EXISTS (SELECT 1 FROM visible_company_client v WHERE v.viewer_id = p.id);
-- A task given to somebody of the client: they may say that it is done, and hang files on what they reply to it.
CREATE VIEW may_finish_client (viewer_id, task_id) AS
    SELECT v.viewer_id, v.task_id FROM visible_task_client v
      JOIN task t ON t.id = v.task_id
      JOIN project p ON p.id = t.project_id AND p.archived_at IS NULL
      JOIN task_assignee a ON a.task_id = v.task_id AND a.person_id = v.viewer_id;
-- What a task weighs for whoever sees it, of which only sums and shares ever reach a client; and whether it was accepted:
-- it is done, and a deliverable that it belongs to, or its milestone, is signed off.
CREATE VIEW weight_client (viewer_id, task_id, project_id, milestone_id, kind, minutes, points, accepted) AS
    SELECT v.viewer_id, t.id, t.project_id, t.milestone_id, c.kind,
           t.estimate_minutes, CASE t.size WHEN 'S' THEN 1 WHEN 'M' THEN 2 WHEN 'L' THEN 4 END,
           c.kind = 'done' AND (
               EXISTS (SELECT 1 FROM deliverable_task w
                         JOIN deliverable_version n ON n.deliverable_id = w.deliverable_id
                         JOIN decision d ON d.version_id = n.id AND d.state = 'decided'
                         JOIN visible_decision_client x ON x.decision_id = d.id AND x.viewer_id = v.viewer_id WHERE w.task_id = t.id)
            OR EXISTS (SELECT 1 FROM decision d JOIN visible_decision_client x ON x.decision_id = d.id AND x.viewer_id = v.viewer_id
                        WHERE d.milestone_id = t.milestone_id AND d.kind = 'milestone' AND d.state = 'decided'))
      FROM visible_task_client v
      JOIN task t ON t.id = v.task_id AND t.private = 0
      JOIN board_column c ON c.id = t.column_id AND c.kind >= '';

-- Bills: owner and admins see all, members with that right those of the companies they see, as long as these are
-- about no project that they are not on. Clients see
-- what was sent to their company, with the right "billing", where billing is on for the company and for every
-- project that it is about.
CREATE VIEW may_bill (viewer_id, company_id) AS
    SELECT v.viewer_id, v.company_id FROM visible_company_team v
      JOIN person p ON p.id = v.viewer_id AND (p.role IN ('owner', 'admin') OR p.bills = 1);
CREATE VIEW visible_invoice_team (viewer_id, invoice_id) AS
    SELECT m.viewer_id, i.id FROM may_bill m JOIN invoice i ON i.company_id = m.company_id
     WHERE NOT EXISTS (SELECT 1 FROM invoice_project x WHERE x.invoice_id = i.id
             AND NOT EXISTS (SELECT 1 FROM visible_project_team v WHERE v.viewer_id = m.viewer_id AND v.project_id = x.project_id));
CREATE VIEW visible_invoice_client (viewer_id, invoice_id) AS
    SELECT m.viewer_id, i.id FROM may_company_client m
      JOIN invoice i ON i.company_id = m.company_id AND i.state <> 'draft'
     WHERE m.right = 'billing'
       AND NOT EXISTS (SELECT 1 FROM invoice_project x WHERE x.invoice_id = i.id
             AND NOT EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = x.project_id AND f.name = 'billing'));
CREATE VIEW visible_invoice AS
    SELECT viewer_id, invoice_id FROM visible_invoice_team
    UNION ALL SELECT viewer_id, invoice_id FROM visible_invoice_client;
-- Of its payments clients do not see those that failed or were recorded by mistake.
CREATE VIEW visible_payment_team (viewer_id, payment_id) AS
    SELECT v.viewer_id, p.id FROM visible_invoice_team v JOIN payment p ON p.invoice_id = v.invoice_id;
CREATE VIEW visible_payment_client (viewer_id, payment_id) AS
    SELECT v.viewer_id, p.id FROM visible_invoice_client v JOIN payment p ON p.invoice_id = v.invoice_id AND p.state IN ('processing', 'received');
CREATE VIEW visible_payment AS
    SELECT viewer_id, payment_id FROM visible_payment_team
    UNION ALL SELECT viewer_id, payment_id FROM visible_payment_client;
CREATE VIEW visible_invoice_reply_team (viewer_id, invoice_reply_id) AS
    SELECT v.viewer_id, r.id FROM visible_invoice_team v JOIN invoice_reply r ON r.invoice_id = v.invoice_id;
CREATE VIEW visible_invoice_reply_client (viewer_id, invoice_reply_id) AS
    SELECT v.viewer_id, r.id FROM visible_invoice_client v JOIN invoice_reply r ON r.invoice_id = v.invoice_id;
CREATE VIEW visible_invoice_reply AS
    SELECT viewer_id, invoice_reply_id FROM visible_invoice_reply_team
    UNION ALL SELECT viewer_id, invoice_reply_id FROM visible_invoice_reply_client;
-- What can be paid: by whoever sees it, as long as something is owed.
CREATE VIEW may_pay_client (viewer_id, invoice_id) AS
    SELECT v.viewer_id, i.id FROM visible_invoice_client v
      JOIN invoice i ON i.id = v.invoice_id AND i.state = 'sent' AND i.kind <> 'credit' AND i.disputed = 0 AND i.total > i.paid + i.waiting + i.credited;
-- Asking about a bill, unless their role is silent there.
CREATE VIEW may_reply_invoice_client (viewer_id, invoice_id) AS
    SELECT v.viewer_id, i.id FROM visible_invoice_client v
      JOIN invoice i ON i.id = v.invoice_id AND i.state <> 'draft'
      JOIN contact c ON c.company_id = i.company_id AND c.person_id = v.viewer_id
     WHERE NOT EXISTS (SELECT 1 FROM client_role_silent s WHERE s.role_id = c.role_id AND s.noun = 'invoice');
-- Templates: the whole team makes projects of them; whoever saved one, and admins, rename and delete it.
CREATE VIEW visible_template_team (viewer_id, template_id) AS
    SELECT p.id, pr.id FROM person p JOIN project pr ON pr.template = 1
     WHERE p.side = 'team' AND p.active = 1;
CREATE VIEW may_edit_template (viewer_id, template_id) AS
    SELECT v.viewer_id, v.template_id FROM visible_template_team v
      JOIN person p ON p.id = v.viewer_id
      JOIN project pr ON pr.id = v.template_id
     WHERE p.role IN ('owner', 'admin') OR pr.template_by = v.viewer_id;

-- Budgets need two keys: the right "budgets", where that is on, and the budget's own switch. Then clients see
-- what counts for them: billable work and expenses, once approved where the project approves. What was
-- returned is nobody's but the team's.
CREATE VIEW visible_budget_team (viewer_id, budget_id) AS
    SELECT v.viewer_id, b.id FROM visible_project_team v JOIN budget b ON b.project_id = v.project_id;
CREATE VIEW may_read_budgets_client (viewer_id, project_id) AS
    SELECT v.viewer_id, v.project_id FROM visible_project_client v
      JOIN project p ON p.id = v.project_id AND p.company_id IS NOT NULL
      JOIN contact c ON c.company_id = p.company_id AND c.person_id = v.viewer_id AND c.active = 1
      JOIN client_role_right r ON r.role_id = c.role_id AND r.right = 'budgets'
     WHERE EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = v.project_id AND f.name = 'budgets');
CREATE VIEW visible_budget_client (viewer_id, budget_id) AS
    SELECT v.viewer_id, b.id FROM may_read_budgets_client v
      JOIN budget b ON b.project_id = v.project_id AND b.client_open = 1;
CREATE VIEW visible_budget AS
    SELECT viewer_id, budget_id FROM visible_budget_team
    UNION ALL SELECT viewer_id, budget_id FROM visible_budget_client;
CREATE VIEW visible_budget_service_team (viewer_id, budget_service_id) AS
    SELECT v.viewer_id, s.id FROM visible_budget_team v JOIN budget_service s ON s.budget_id = v.budget_id;
CREATE VIEW visible_budget_service_client (viewer_id, budget_service_id) AS
    SELECT v.viewer_id, s.id FROM visible_budget_client v JOIN budget_service s ON s.budget_id = v.budget_id;
CREATE VIEW visible_budget_service AS
    SELECT viewer_id, budget_service_id FROM visible_budget_service_team
    UNION ALL SELECT viewer_id, budget_service_id FROM visible_budget_service_client;
CREATE VIEW visible_time_entry_team (viewer_id, time_entry_id) AS
    SELECT v.viewer_id, e.id FROM visible_project_team v JOIN time_entry e ON e.project_id = v.project_id;
CREATE VIEW visible_time_entry_client (viewer_id, time_entry_id) AS
    SELECT v.viewer_id, e.id FROM visible_budget_service_client v
      JOIN time_entry e ON e.service_id = v.budget_service_id AND e.billable > 0 AND e.state <> 'returned'
      JOIN project p ON p.id = e.project_id AND (p.approves = 0 OR e.state = 'approved');
CREATE VIEW visible_time_entry AS
    SELECT viewer_id, time_entry_id FROM visible_time_entry_team
    UNION ALL SELECT viewer_id, time_entry_id FROM visible_time_entry_client;
CREATE VIEW visible_expense_team (viewer_id, expense_id) AS
    SELECT v.viewer_id, x.id FROM visible_budget_team v JOIN expense x ON x.budget_id = v.budget_id;
CREATE VIEW visible_expense_client (viewer_id, expense_id) AS
    SELECT v.viewer_id, x.id FROM visible_budget_client v
      JOIN expense x ON x.budget_id = v.budget_id AND x.billable = 1 AND x.state <> 'returned'
      JOIN budget b ON b.id = x.budget_id AND b.client_open = 1
      JOIN project p ON p.id = b.project_id AND (p.approves = 0 OR x.state = 'approved');
CREATE VIEW visible_expense AS
    SELECT viewer_id, expense_id FROM visible_expense_team
    UNION ALL SELECT viewer_id, expense_id FROM visible_expense_client;
-- Changing an entry or an expense: whoever made it until it was approved, who leads the project at any time; nobody
-- once it stands on an invoice.
CREATE VIEW may_edit_time_entry (viewer_id, time_entry_id) AS
    SELECT w.viewer_id, e.id FROM may_work w
      JOIN time_entry e ON e.project_id = w.project_id AND e.invoice_id IS NULL
     WHERE (e.person_id = w.viewer_id AND e.state <> 'approved')
        OR EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = w.viewer_id AND l.project_id = e.project_id);
CREATE VIEW may_edit_expense (viewer_id, expense_id) AS
    SELECT w.viewer_id, x.id FROM may_work w
      JOIN budget b ON b.project_id = w.project_id
      JOIN expense x ON x.budget_id = b.id AND x.invoice_id IS NULL
     WHERE (x.person_id = w.viewer_id AND x.state <> 'approved')
        OR EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = w.viewer_id AND l.project_id = b.project_id);
-- Approving and returning: who leads the project; one's own work only where the workspace lets them.
CREATE VIEW may_judge_time_entry (viewer_id, time_entry_id) AS
    SELECT l.viewer_id, e.id FROM may_lead l
      JOIN project p ON p.id = l.project_id AND p.archived_at IS NULL
      JOIN time_entry e ON e.project_id = l.project_id AND e.invoice_id IS NULL
     WHERE e.person_id <> l.viewer_id OR EXISTS (SELECT 1 FROM setting WHERE key = 'time.own' AND value = '1');
CREATE VIEW may_judge_expense (viewer_id, expense_id) AS
    SELECT l.viewer_id, x.id FROM may_lead l
      JOIN project p ON p.id = l.project_id AND p.archived_at IS NULL
      JOIN budget b ON b.project_id = l.project_id
      JOIN expense x ON x.budget_id = b.id AND x.invoice_id IS NULL
     WHERE x.person_id IS NOT l.viewer_id OR EXISTS (SELECT 1 FROM setting WHERE key = 'time.own' AND value = '1');
