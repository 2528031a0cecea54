-- WHO: which rows a person may see and what a person may do. Each noun has a
-- team arm and a client arm, disjoint, joined as visible_<noun>(viewer_id, <noun>_id).
-- The client arms are also built into the glass (glass.sql), where the viewer is one person.

-- The team: owners and admins see every project, members those they are on.
CREATE VIEW visible_project_team (viewer_id, project_id) AS
    SELECT p.id, pr.id FROM person p JOIN project pr ON pr.created_at >= ''
     WHERE p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin')
    UNION ALL
    SELECT p.id, m.project_id FROM person p JOIN membership m ON m.person_id = p.id AND m.role IN ('leader', 'member')
     WHERE p.side = 'team' AND p.active = 1 AND p.role = 'member';

-- Clients: on the project, and an active contact of its active company with a role that may see projects.
CREATE VIEW visible_project_client (viewer_id, project_id) AS
    SELECT m.person_id, m.project_id
      FROM membership m
      JOIN person p ON p.id = m.person_id AND p.side = 'client' AND p.active = 1
      JOIN project pr ON pr.id = m.project_id AND pr.company_id IS NOT NULL
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

CREATE VIEW visible_reply_team (viewer_id, reply_id) AS
    SELECT v.viewer_id, r.id FROM visible_task_team v JOIN reply r ON r.task_id = v.task_id;
CREATE VIEW visible_reply_client (viewer_id, reply_id) AS
    SELECT v.viewer_id, r.id FROM visible_task_client v JOIN reply r ON r.task_id = v.task_id AND r.deleted_at IS NULL;
CREATE VIEW visible_reply AS
    SELECT viewer_id, reply_id FROM visible_reply_team
    UNION ALL SELECT viewer_id, reply_id FROM visible_reply_client;

-- A note has no client arm: it can be in no client's result.
CREATE VIEW visible_note AS
    SELECT v.viewer_id, n.id AS note_id FROM visible_task_team v JOIN note n ON n.task_id = v.task_id;

-- Files of this edition hang on tasks and are the team's.
CREATE VIEW visible_file AS
    SELECT v.viewer_id, f.id AS file_id FROM visible_task_team v JOIN file f ON f.task_id = v.task_id;

-- An event for clients is about a thing that they still see.
CREATE VIEW visible_event_team (viewer_id, event_id) AS
    SELECT v.viewer_id, e.id FROM visible_project_team v JOIN event e ON e.project_id = v.project_id;
CREATE VIEW visible_event_client (viewer_id, event_id) AS
    SELECT v.viewer_id, e.id FROM visible_project_client v
      JOIN event e ON e.project_id = v.project_id AND e.audience = 'client'
      LEFT JOIN task t ON t.id = e.task_id
     WHERE e.task_id IS NULL OR (t.private = 0 AND t.archived_at IS NULL);
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
-- the project chooses. "the team" has neither name nor id, so that several people are one.
CREATE VIEW shown_person_client (project_id, person_id, side, shown_id, name) AS
    SELECT pr.id, p.id, p.side,
           CASE WHEN p.side = 'team' AND pr.team_shown = 'team' THEN NULL ELSE p.id END,
           CASE WHEN p.side = 'client' OR pr.team_shown = 'full' THEN p.name
                WHEN pr.team_shown = 'first' AND instr(p.name, ' ') > 0 THEN substr(p.name, 1, instr(p.name, ' ') - 1)
                WHEN pr.team_shown = 'first' THEN p.name
                WHEN pr.team_shown = 'title' THEN p.title
                ELSE '' END
      FROM project pr JOIN person p ON p.name >= ''
     WHERE pr.name >= '';

-- What a client may do, by the rights of the role held at the project's company. An unknown right has no row: no.
CREATE VIEW may_client (viewer_id, project_id, right) AS
    SELECT v.viewer_id, v.project_id, r.right
      FROM visible_project_client v
      JOIN project pr ON pr.id = v.project_id AND pr.archived_at IS NULL
      JOIN contact c ON c.company_id = pr.company_id AND c.person_id = v.viewer_id AND c.active = 1
      JOIN client_role_right r ON r.role_id = c.role_id AND r.right <> 'projects';
CREATE VIEW may_comment (viewer_id, task_id) AS
    SELECT v.viewer_id, v.task_id FROM visible_task_team v
      JOIN task t ON t.id = v.task_id AND t.private = 0 AND t.archived_at IS NULL
      JOIN project p ON p.id = t.project_id AND p.archived_at IS NULL
    UNION ALL
    SELECT m.viewer_id, t.id FROM may_client m
      JOIN task t ON t.project_id = m.project_id AND t.private = 0 AND t.archived_at IS NULL
     WHERE m.right = 'comment';
-- Changing the work is for the team on it, while the project is not archived.
CREATE VIEW may_work (viewer_id, project_id) AS
    SELECT v.viewer_id, v.project_id FROM visible_project_team v
      JOIN project p ON p.id = v.project_id AND p.archived_at IS NULL;
-- Leading: members, client switches, previews of the project's clients.
CREATE VIEW may_lead (viewer_id, project_id) AS
    SELECT p.id, pr.id FROM person p JOIN project pr ON pr.created_at >= ''
     WHERE p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin')
    UNION ALL
    SELECT p.id, m.project_id FROM person p JOIN membership m ON m.person_id = p.id AND m.role = 'leader'
     WHERE p.side = 'team' AND p.active = 1 AND p.role = 'member';
-- Looking through a client: admins through every client, a leader through the clients of a project
-- led, as long as these see no project that the leader is not on: a preview must not show a member
-- of the team what their own pages would not.
CREATE VIEW may_preview (viewer_id, person_id) AS
    SELECT a.id, p.id FROM person a JOIN person p ON p.side = 'client' AND p.active = 1 AND p.email IS NOT NULL
     WHERE a.side = 'team' AND a.active = 1 AND a.role IN ('owner', 'admin')
    UNION
    SELECT l.viewer_id, v.viewer_id FROM may_lead l JOIN visible_project_client v ON v.project_id = l.project_id
      JOIN person a ON a.id = l.viewer_id AND a.role = 'member'
     WHERE NOT EXISTS (SELECT 1 FROM visible_project_client o WHERE o.viewer_id = v.viewer_id
             AND NOT EXISTS (SELECT 1 FROM visible_project_team mine WHERE mine.viewer_id = l.viewer_id AND mine.project_id = o.project_id));
