-- WHAT: the columns that a client may see. Each glass connection builds these as
-- temporary views when it opens: glass_<noun> (carrying a random tag of the process,
-- the only views through which base tables may be read) and client_<noun> above it.
-- visible_<noun>_client stands here for the client arm of visibility.sql under the same tag.
-- The viewer is the one row of temp.viewer. A joined table needs a column that is not
-- its rowid in ON or WHERE: otherwise SQLite reports the read without the view's name.

CREATE TEMP VIEW glass_workspace AS
    SELECT key, value FROM setting
     WHERE key IN ('workspace.name', 'workspace.address', 'workspace.brand', 'settings.version', 'epoch', 'urgent.text', 'upload.limit', 'portal.word', 'footer.text', 'footer.links', 'brand.version')
       AND EXISTS (SELECT 1 FROM person WHERE id = (SELECT id FROM temp.viewer) AND side = 'client' AND active = 1);

CREATE TEMP VIEW glass_me AS
    SELECT id, name, email, language, time_zone, theme,
           (SELECT a.id FROM avatar a WHERE a.person_id = person.id AND a.created_at >= '') AS avatar_id
      FROM person
     WHERE id = (SELECT id FROM temp.viewer) AND side = 'client' AND active = 1;

-- The viewer's companies, and what they may do at each.
CREATE TEMP VIEW glass_company AS
    SELECT co.id, co.name FROM visible_company_client v JOIN company co ON co.id = v.company_id AND co.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_right AS
    SELECT company_id, right FROM may_company_client WHERE viewer_id = (SELECT id FROM temp.viewer);

-- What is switched on, by company; for somebody without a company as the workspace says (company_id NULL).
CREATE TEMP VIEW glass_feature AS
    SELECT v.company_id, f.name FROM visible_company_client v JOIN feature_company_client f ON f.company_id = v.company_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer)
    UNION ALL
    SELECT NULL, f.name FROM feature f
     WHERE f.scope = 'workspace' AND f.is_on = 1
       AND EXISTS (SELECT 1 FROM person WHERE id = (SELECT id FROM temp.viewer) AND side = 'client' AND active = 1)
       AND NOT EXISTS (SELECT 1 FROM visible_company_client v WHERE v.viewer_id = (SELECT id FROM temp.viewer));
CREATE TEMP VIEW glass_project_feature AS
    SELECT v.project_id, f.name FROM visible_project_client v JOIN feature_project_client f ON f.project_id = v.project_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- With the right "company": its people by name and role, the invitations that wait, and the
-- roles that the viewer may give, which hold no right that the viewer's own role does not.
CREATE TEMP VIEW glass_colleague AS
    SELECT v.company_id, p.id AS person_id, p.name, cr.key AS role_key, cr.name AS role, p.joined_at IS NOT NULL AS joined
      FROM visible_contact_client v
      JOIN contact c ON c.company_id = v.company_id AND c.person_id = v.person_id AND c.active = 1
      JOIN person p ON p.id = v.person_id AND p.name >= ''
      JOIN client_role cr ON cr.id = c.role_id AND cr.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_invitation AS
    SELECT i.id, i.company_id, i.address, i.name, cr.key AS role_key, cr.name AS role, i.created_at, i.expires_at,
           EXISTS (SELECT 1 FROM may_invitation_client m WHERE m.viewer_id = v.viewer_id AND m.invitation_id = i.id) AS may_change
      FROM visible_invitation_client v
      JOIN invitation i ON i.id = v.invitation_id AND i.accepted_at IS NULL
      JOIN client_role cr ON cr.id = i.role_id AND cr.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_givable_role AS
    SELECT g.company_id, cr.id, cr.key, cr.name FROM may_give_role_client g JOIN client_role cr ON cr.id = g.role_id AND cr.name >= ''
     WHERE g.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_avatar AS
    SELECT a.id, a.image FROM visible_avatar_client v JOIN avatar a ON a.id = v.avatar_id AND a.created_at >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_project AS
    SELECT p.id, p.name, p.description, p.status, p.starts_on, p.ends_on, p.client_version + CASE WHEN EXISTS (SELECT 1 FROM visible_budget_client x JOIN budget b ON b.id = x.budget_id AND b.client_open = 1 WHERE x.viewer_id = v.viewer_id AND b.project_id = p.id) THEN p.budget_version ELSE 0 END AS version,
           p.archived_at IS NOT NULL AS archived, co.name AS company, p.company_id,
           coalesce((SELECT group_concat(m.noun, ' ' ORDER BY m.noun) FROM may_reply_on_client m WHERE m.viewer_id = v.viewer_id AND m.project_id = p.id), '') AS replies,
           coalesce((SELECT group_concat(a.decision_id, ' ' ORDER BY a.decision_id) FROM may_decide_client a JOIN decision d ON d.id = a.decision_id AND d.shown_at IS NOT NULL WHERE a.viewer_id = v.viewer_id AND d.project_id = p.id), '') AS asks,
           EXISTS (SELECT 1 FROM may_propose_client r WHERE r.viewer_id = v.viewer_id AND r.project_id = p.id) AS may_propose,
           coalesce((SELECT group_concat(f.task_id, ' ' ORDER BY f.task_id) FROM may_finish_client f JOIN task t ON t.id = f.task_id AND t.private = 0 AND t.done_at IS NULL WHERE f.viewer_id = v.viewer_id AND t.project_id = p.id), '') AS mine,
           coalesce((SELECT group_concat(x.budget_id, ' ' ORDER BY x.budget_id) FROM visible_budget_client x JOIN budget b ON b.id = x.budget_id AND b.client_open = 1 WHERE x.viewer_id = v.viewer_id AND b.project_id = p.id), '') AS budgets
      FROM visible_project_client v
      JOIN project p ON p.id = v.project_id AND p.name >= ''
      JOIN company co ON co.id = p.company_id AND co.status = 'active'
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_milestone AS
    SELECT m.id, m.project_id, m.name, m.starts_on, m.due_on, m.reached_on, m.position, m.gate,
           (SELECT max(d.id) FROM decision d JOIN visible_decision_client x ON x.decision_id = d.id AND x.viewer_id = v.viewer_id
             WHERE d.milestone_id = m.id AND d.kind = 'milestone' AND d.state = 'decided') IS NOT NULL AS approved
      FROM visible_milestone_client v JOIN milestone m ON m.id = v.milestone_id AND m.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- The estimate itself needs the right "budgets"; here only its share is formed (client_progress).
CREATE TEMP VIEW glass_task AS
    SELECT t.id, t.project_id, t.milestone_id,
           CASE WHEN t.client_title <> '' THEN t.client_title ELSE t.title END AS title,
           t.description, t.acceptance, t.priority, t.starts_on, t.due_on, t.done_at,
           c.kind, c.client_label AS label, c.position AS column_position, t.position,
           EXISTS (SELECT 1 FROM task_assignee a WHERE a.task_id = t.id AND a.person_id = v.viewer_id) AS mine
      FROM visible_task_client v
      JOIN task t ON t.id = v.task_id AND t.private = 0
      JOIN board_column c ON c.id = t.column_id AND c.kind >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- Progress over what this viewer sees. What is done is accepted once a deliverable that it belongs to, or its
-- milestone, is signed off. The share of effort left is told in steps of 5 %, only while at least 3 tasks are
-- left, and only when every visible task has an estimate (basis 'estimate') or else a size ('size': S, M and L
-- weigh 1, 2 and 4); otherwise tasks are counted ('count'). heavy says that three are left of which each
-- weighs more than any that is done, of at least six.
CREATE TEMP VIEW glass_progress AS
    SELECT w.project_id,
           count(*) AS total, sum(w.accepted) AS accepted,
           sum(w.kind = 'done') AS done, sum(w.kind IN ('doing', 'review')) AS doing, sum(w.kind = 'todo') AS todo,
           CASE WHEN count(w.minutes) = count(*) THEN 'estimate' WHEN count(w.points) = count(*) THEN 'size' ELSE 'count' END AS basis,
           CASE WHEN sum(w.kind <> 'done') < 3 THEN NULL
                WHEN count(w.minutes) = count(*) THEN CAST(round(20.0 * sum(CASE WHEN w.kind <> 'done' THEN w.minutes ELSE 0 END) / sum(w.minutes)) AS INTEGER) * 5
                WHEN count(w.points) = count(*) THEN CAST(round(20.0 * sum(CASE WHEN w.kind <> 'done' THEN w.points ELSE 0 END) / sum(w.points)) AS INTEGER) * 5
           END AS effort_left,
           CASE WHEN count(*) < 6 OR sum(w.kind <> 'done') < 3 OR sum(w.kind = 'done') = 0 THEN 0
                WHEN count(w.minutes) = count(*) THEN coalesce((SELECT l.minutes FROM weight_client l WHERE l.viewer_id = w.viewer_id AND l.project_id = w.project_id AND l.kind <> 'done' ORDER BY l.minutes DESC LIMIT 1 OFFSET 2), 0) > max(CASE WHEN w.kind = 'done' THEN w.minutes ELSE 0 END)
                WHEN count(w.points) = count(*) THEN coalesce((SELECT l.points FROM weight_client l WHERE l.viewer_id = w.viewer_id AND l.project_id = w.project_id AND l.kind <> 'done' ORDER BY l.points DESC LIMIT 1 OFFSET 2), 0) > max(CASE WHEN w.kind = 'done' THEN w.points ELSE 0 END)
                ELSE 0 END AS heavy
      FROM weight_client w
     WHERE w.viewer_id = (SELECT id FROM temp.viewer)
     GROUP BY w.project_id;
CREATE TEMP VIEW glass_milestone_progress AS
    SELECT w.project_id, w.milestone_id,
           count(*) AS total, sum(w.accepted) AS accepted,
           sum(w.kind = 'done') AS done, sum(w.kind IN ('doing', 'review')) AS doing, sum(w.kind = 'todo') AS todo,
           CASE WHEN count(w.minutes) = count(*) THEN 'estimate' WHEN count(w.points) = count(*) THEN 'size' ELSE 'count' END AS basis,
           CASE WHEN sum(w.kind <> 'done') < 3 THEN NULL
                WHEN count(w.minutes) = count(*) THEN CAST(round(20.0 * sum(CASE WHEN w.kind <> 'done' THEN w.minutes ELSE 0 END) / sum(w.minutes)) AS INTEGER) * 5
                WHEN count(w.points) = count(*) THEN CAST(round(20.0 * sum(CASE WHEN w.kind <> 'done' THEN w.points ELSE 0 END) / sum(w.points)) AS INTEGER) * 5
           END AS effort_left
      FROM weight_client w
     WHERE w.viewer_id = (SELECT id FROM temp.viewer) AND w.milestone_id IS NOT NULL
     GROUP BY w.project_id, w.milestone_id;

CREATE TEMP VIEW glass_checklist_item AS
    SELECT i.id, i.task_id, i.heading, i.text, i.done, i.position
      FROM visible_checklist_item_client v JOIN checklist_item i ON i.id = v.checklist_item_id AND i.text >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_task_label AS
    SELECT tl.task_id, l.project_id, l.name, l.color
      FROM visible_label_client v
      JOIN label l ON l.id = v.label_id AND l.client_visible = 1
      JOIN task_label tl ON tl.label_id = v.label_id
      JOIN visible_task_client vt ON vt.task_id = tl.task_id AND vt.viewer_id = v.viewer_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- People by the name that their project shows: never an address, a phone or another project.
CREATE TEMP VIEW glass_person AS
    SELECT DISTINCT v.project_id, n.shown_id AS id, n.side, n.name,
           CASE WHEN n.shown_id IS NOT NULL AND m.role = 'leader' THEN 1 ELSE 0 END AS leads,
           (SELECT a.id FROM avatar a WHERE a.person_id = n.shown_id AND a.created_at >= '') AS avatar_id
      FROM visible_person_client v
      JOIN shown_person_client n ON n.project_id = v.project_id AND n.person_id = v.person_id
      LEFT JOIN membership m ON m.project_id = v.project_id AND m.person_id = v.person_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_assignee AS
    SELECT DISTINCT a.task_id, t.project_id, n.shown_id AS person_id, n.side, n.name
      FROM visible_task_client v
      JOIN task t ON t.id = v.task_id AND t.private = 0
      JOIN task_assignee a ON a.task_id = v.task_id
      JOIN shown_person_client n ON n.project_id = t.project_id AND n.person_id = a.person_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer)
       AND EXISTS (SELECT 1 FROM visible_person_client vp
                    WHERE vp.viewer_id = (SELECT id FROM temp.viewer) AND vp.project_id = t.project_id AND vp.person_id = a.person_id);

-- With whom a conversation lies, since when, and until when the team promises to answer.
CREATE TEMP VIEW glass_thread AS
    SELECT h.id, h.noun, h.project_id, h.task_id, h.milestone_id, h.decision_id, h.deliverable_id, h.lies_with, h.since, h.due_at, h.late_at IS NOT NULL AS late,
           EXISTS (SELECT 1 FROM may_reply_on_client m WHERE m.viewer_id = v.viewer_id AND m.project_id = h.project_id AND m.noun = h.noun) AS may_reply,
           EXISTS (SELECT 1 FROM may_reply_on_client m JOIN may_client u ON u.viewer_id = m.viewer_id AND u.project_id = m.project_id AND u.right = 'upload'
                    WHERE m.viewer_id = v.viewer_id AND m.project_id = h.project_id AND m.noun = h.noun) AS may_upload
      FROM visible_thread_client v JOIN thread h ON h.id = v.thread_id AND h.noun >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- Somebody who left the project keeps the words they wrote, under the name that the project shows.
-- What was edited while it was held was never otherwise for them. Of a deleted reply the mark stays, without words; a quote is there while what it quotes is.
CREATE TEMP VIEW glass_reply AS
    SELECT r.id, r.thread_id, r.project_id, CASE WHEN r.deleted_at IS NULL THEN r.body ELSE '' END AS body,
           r.released_at AS at, CASE WHEN r.edited_at > r.released_at THEN r.edited_at END AS edited_at, r.deleted_at, r.version,
           (SELECT d.name FROM shown_person_client d WHERE d.project_id = r.project_id AND d.person_id = r.deleted_by) AS deleted_by,
           n.side, n.shown_id AS author_id, n.name AS author,
           (SELECT a.id FROM avatar a WHERE a.person_id = n.shown_id AND a.created_at >= '') AS avatar_id,
           (SELECT q.id FROM reply q WHERE q.id = r.quote_id AND r.deleted_at IS NULL AND q.thread_id = r.thread_id AND q.released_at IS NOT NULL AND q.deleted_at IS NULL) AS quote_id
      FROM visible_reply_client v
      JOIN reply r ON r.id = v.reply_id AND r.released_at IS NOT NULL
      JOIN shown_person_client n ON n.project_id = r.project_id AND n.person_id = r.author_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- Whom a reply mentions: its words hold only their ids.
CREATE TEMP VIEW glass_mention AS
    SELECT m.id, r.thread_id, n.person_id, n.name
      FROM visible_reply_client v
      JOIN reply r ON r.id = v.reply_id AND r.released_at IS NOT NULL AND r.deleted_at IS NULL
      JOIN mention m ON m.reply_id = r.id AND m.person_id IS NOT NULL
      JOIN shown_person_client n ON n.project_id = r.project_id AND n.person_id = m.person_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_draft AS
    SELECT d.id, d.thread_id, d.body, d.quote_reply_id AS quote_id
      FROM visible_draft_client v JOIN draft d ON d.id = v.draft_id AND d.kind = 'reply'
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_file AS
    SELECT f.id, f.project_id, f.reply_id, f.draft_id, f.decision_id, f.version_id, f.required, f.name, f.media_type, f.size, f.sha256, f.thumbnail, f.width, f.height, f.created_at
      FROM visible_file_client v JOIN file f ON f.id = v.file_id AND f.sha256 IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- The files of a whole conversation, found by its replies.
CREATE TEMP VIEW glass_reply_file AS
    SELECT f.id, f.reply_id, r.thread_id, f.name, f.size, f.thumbnail IS NOT NULL AS picture, f.width, f.height, f.created_at
      FROM visible_reply_client v
      JOIN reply r ON r.id = v.reply_id AND r.deleted_at IS NULL
      JOIN file f ON f.reply_id = r.id AND f.sha256 IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

CREATE TEMP VIEW glass_event AS
    SELECT e.id, e.project_id, e.kind, e.at, e.actor_id = v.viewer_id AS mine, e.task_id, e.milestone_id, e.reply_id, e.column_kind, e.column_label, e.old_date, e.new_date, e.cause, e.decision_id, e.deliverable_id, e.budget_id, e.number,
           (SELECT x.question FROM edition x JOIN decision d ON d.id = x.decision_id AND d.edition = x.number WHERE x.decision_id = e.decision_id AND x.asked_at IS NOT NULL) AS question,
           (SELECT x.name FROM deliverable x WHERE x.id = e.deliverable_id AND x.name >= '') AS deliverable,
           (SELECT x.name FROM budget x WHERE x.id = e.budget_id AND x.client_open = 1) AS budget,
           CASE WHEN t.client_title <> '' THEN t.client_title ELSE t.title END AS task_title,
           mi.name AS milestone_name,
           (SELECT n.side FROM shown_person_client n WHERE n.project_id = e.project_id AND n.person_id = e.actor_id) AS actor_side,
           (SELECT n.name FROM shown_person_client n WHERE n.project_id = e.project_id AND n.person_id = e.actor_id) AS actor,
           (SELECT s.outcome FROM signoff s WHERE s.decision_id = coalesce(e.decision_id, c.id) AND s.edition = coalesce(c.edition, e.number) AND s.person_id = e.actor_id) AS outcome,
           (SELECT o.title FROM decision_option o WHERE o.title >= ''
               AND o.id = (SELECT s.option_id FROM signoff s WHERE s.decision_id = e.decision_id AND s.edition = e.number AND s.person_id = e.actor_id)) AS choice,
           (SELECT s.late_days FROM signoff s WHERE s.decision_id = coalesce(e.decision_id, c.id) AND s.edition = coalesce(c.edition, e.number) AND s.person_id = e.actor_id) AS late_days,
           e.kind IN ('decision.asked', 'decision.asked-anew', 'deliverable.delivered')
           AND EXISTS (SELECT 1 FROM may_decide_client a JOIN decision q ON q.id = a.decision_id AND q.edition = CASE WHEN c.id IS NULL THEN e.number ELSE q.edition END
                        WHERE a.viewer_id = v.viewer_id AND a.decision_id = coalesce(e.decision_id, c.id)) AS asks
      FROM visible_event_client v
      JOIN event e ON e.id = v.event_id AND e.audience = 'client'
      LEFT JOIN task t ON t.id = e.task_id AND t.private = 0
      LEFT JOIN milestone mi ON mi.id = e.milestone_id AND mi.name >= ''
      LEFT JOIN deliverable_version dv ON dv.deliverable_id = e.deliverable_id AND dv.number = e.number AND dv.delivered_at IS NOT NULL
      LEFT JOIN decision c ON c.version_id = dv.id AND c.shown_at IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- What is asked of the client: the decision as it stands, what was asked each time, its options.
CREATE TEMP VIEW glass_decision AS
    SELECT d.id, d.project_id, d.kind, d.state, d.edition, d.milestone_id, d.version_id, d.option_id, d.reason, d.shown_at, d.ended_at,
           e.question, e.context, e.if_silent, e.free_answer, e.mode, e.due_on, e.closes, e.currency, e.price, e.days, e.asked_at,
           (SELECT n.name FROM shown_person_client n WHERE n.project_id = d.project_id AND n.person_id = e.asked_by) AS asked_by,
           (SELECT n.side FROM shown_person_client n WHERE n.project_id = d.project_id AND n.person_id = e.asked_by) AS asked_side,
           EXISTS (SELECT 1 FROM may_decide_client m WHERE m.viewer_id = v.viewer_id AND m.decision_id = v.decision_id) AS may_decide
      FROM visible_decision_client v
      JOIN decision d ON d.id = v.decision_id AND d.shown_at IS NOT NULL
      JOIN edition e ON e.decision_id = d.id AND e.number = d.edition AND e.asked_at IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_edition AS
    SELECT e.decision_id, e.number, d.project_id, e.question, e.context, e.if_silent, e.free_answer, e.mode, e.due_on, e.closes, e.currency, e.price, e.days, e.asked_at,
           (SELECT n.name FROM shown_person_client n WHERE n.project_id = d.project_id AND n.person_id = e.asked_by) AS asked_by
      FROM visible_decision_client v
      JOIN decision d ON d.id = v.decision_id AND d.shown_at IS NOT NULL
      JOIN edition e ON e.decision_id = d.id AND e.asked_at IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_decision_option AS
    SELECT o.id, o.decision_id, o.edition, o.position, o.title, o.text, o.cost, o.days, o.recommended
      FROM visible_decision_client v
      JOIN decision_option o ON o.decision_id = v.decision_id
      JOIN edition e ON e.decision_id = o.decision_id AND e.number = o.edition AND e.asked_at IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_change_task AS
    SELECT t.decision_id, t.edition, t.position, t.title
      FROM visible_decision_client v
      JOIN change_task t ON t.decision_id = v.decision_id
      JOIN edition e ON e.decision_id = t.decision_id AND e.number = t.edition AND e.asked_at IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- Who has to answer, by name: never an address.
CREATE TEMP VIEW glass_decider AS
    SELECT x.decision_id, x.person_id, x.position, n.name,
           EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id AND s.edition = d.edition AND s.person_id = x.person_id) AS answered
      FROM visible_decision_client v
      JOIN decision d ON d.id = v.decision_id AND d.shown_at IS NOT NULL
      JOIN decider x ON x.decision_id = d.id AND x.person_id IS NOT NULL
      JOIN shown_person_client n ON n.project_id = d.project_id AND n.person_id = x.person_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_decision_task AS
    SELECT w.decision_id, w.task_id, d.project_id, d.state
      FROM visible_decision_client v
      JOIN decision d ON d.id = v.decision_id AND d.shown_at IS NOT NULL
      JOIN decision_task w ON w.decision_id = d.id AND w.task_id IS NOT NULL
      JOIN visible_task_client t ON t.viewer_id = v.viewer_id AND t.task_id = w.task_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- A sealed record holds nothing but what clients of its project had on screen when it was made.
CREATE TEMP VIEW glass_signoff AS
    SELECT s.id, s.project_id, s.decision_id, s.edition, s.outcome, s.option_id, s.comment, s.late_days, s.at, s.record, s.prev, s.hash,
           (SELECT n.shown_id FROM shown_person_client n WHERE n.project_id = s.project_id AND n.person_id = s.person_id) AS person_id,
           (SELECT n.name FROM shown_person_client n WHERE n.project_id = s.project_id AND n.person_id = s.person_id) AS person
      FROM visible_signoff_client v JOIN signoff s ON s.id = v.signoff_id AND s.outcome >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- Deliverables and the versions that were handed over, each with the decision that approves it.
CREATE TEMP VIEW glass_deliverable AS
    SELECT d.id, d.project_id, d.milestone_id, d.name, d.description
      FROM visible_deliverable_client v JOIN deliverable d ON d.id = v.deliverable_id AND d.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_deliverable_version AS
    SELECT n.id, n.deliverable_id, d.project_id, n.number, n.note, n.must_open, n.sha256, n.delivered_at,
           (SELECT p.name FROM shown_person_client p WHERE p.project_id = d.project_id AND p.person_id = n.delivered_by) AS delivered_by,
           c.id AS decision_id, c.state, c.ended_at,
           NOT EXISTS (SELECT 1 FROM deliverable_version l WHERE l.deliverable_id = n.deliverable_id AND l.number > n.number AND l.delivered_at IS NOT NULL) AS newest
      FROM visible_deliverable_version_client v
      JOIN deliverable_version n ON n.id = v.version_id AND n.delivered_at IS NOT NULL
      JOIN deliverable d ON d.id = n.deliverable_id AND d.name >= ''
      LEFT JOIN decision c ON c.version_id = n.id AND c.shown_at IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_deliverable_task AS
    SELECT w.deliverable_id, w.task_id, d.project_id
      FROM visible_deliverable_client v
      JOIN deliverable d ON d.id = v.deliverable_id AND d.name >= ''
      JOIN deliverable_task w ON w.deliverable_id = d.id AND w.task_id IS NOT NULL
      JOIN visible_task_client t ON t.viewer_id = v.viewer_id AND t.task_id = w.task_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- The files of a version and of a question, found by these, each with whether the viewer has opened it.
CREATE TEMP VIEW glass_version_file AS
    SELECT f.id, f.version_id, n.deliverable_id, f.name, f.size, f.thumbnail IS NOT NULL AS picture, f.width, f.height, f.required, f.sha256,
           EXISTS (SELECT 1 FROM file_open o WHERE o.file_id = f.id AND o.person_id = v.viewer_id) AS opened
      FROM visible_deliverable_version_client v
      JOIN deliverable_version n ON n.id = v.version_id AND n.delivered_at IS NOT NULL
      JOIN file f ON f.version_id = n.id AND f.sha256 IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_decision_file AS
    SELECT f.id, f.decision_id, f.name, f.size, f.thumbnail IS NOT NULL AS picture, f.width, f.height, f.required, f.sha256,
           EXISTS (SELECT 1 FROM file_open o WHERE o.file_id = f.id AND o.person_id = v.viewer_id) AS opened
      FROM visible_decision_client v
      JOIN decision d ON d.id = v.decision_id AND d.shown_at IS NOT NULL
      JOIN file f ON f.decision_id = d.id AND f.sha256 IS NOT NULL
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- What the viewer has opened.
CREATE TEMP VIEW glass_file_open AS
    SELECT o.file_id, o.at FROM visible_file_client v JOIN file_open o ON o.file_id = v.file_id AND o.person_id = v.viewer_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);

-- What has to end before a task can begin, where the viewer sees both.
CREATE TEMP VIEW glass_task_need AS
    SELECT n.task_id, n.needs_id, t.project_id
      FROM visible_task_client v
      JOIN task t ON t.id = v.task_id AND t.private = 0
      JOIN task_need n ON n.task_id = v.task_id AND n.needs_id IS NOT NULL
      JOIN visible_task_client o ON o.viewer_id = v.viewer_id AND o.task_id = n.needs_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- What the team posted, with the figures of then.
CREATE TEMP VIEW glass_status_update AS
    SELECT u.id, u.project_id, u.body, u.at, u.edited_at, u.total, u.done, u.doing, u.waits, u.early_on, u.late_on, u.ends_on, u.next_name, u.next_due_on,
           (SELECT n.name FROM shown_person_client n WHERE n.project_id = u.project_id AND n.person_id = u.author_id) AS author,
           (SELECT n.shown_id FROM shown_person_client n WHERE n.project_id = u.project_id AND n.person_id = u.author_id) AS author_id
      FROM visible_status_update_client v JOIN status_update u ON u.id = v.status_update_id AND u.body >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_meeting AS
    SELECT m.id, m.company_id, m.project_id, m.title, m.starts_at, m.minutes, m.url, m.place
      FROM visible_meeting_client v JOIN meeting m ON m.id = v.meeting_id AND m.title >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- The home as build mode made it, by company (NULL for somebody without one).
CREATE TEMP VIEW glass_home_text AS
    SELECT h.company_id, x.language, x.welcome FROM home_client h JOIN home_text x ON x.home_id = h.home_id
     WHERE h.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_home_card AS
    SELECT h.company_id, c.position, c.kind, c.url, x.language, x.label, x.text
      FROM home_client h
      JOIN home_card c ON c.home_id = h.home_id
      LEFT JOIN home_card_text x ON x.home_id = c.home_id AND x.position = c.position
     WHERE h.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_home_widget AS
    SELECT h.company_id, w.position, w.name FROM home_client h JOIN home_widget w ON w.home_id = h.home_id
     WHERE h.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_home_kind AS
    SELECT h.company_id, k.kind FROM home_client h JOIN home_kind k ON k.home_id = h.home_id
     WHERE h.viewer_id = (SELECT id FROM temp.viewer);
-- When the viewer was here: their own visits only.
CREATE TEMP VIEW glass_visit AS
    SELECT began_at, last_at, before_at FROM visit WHERE person_id = (SELECT id FROM temp.viewer) AND began_at >= '';

-- Bills as they were sent. What is due follows from what is paid, on its way and given back.
CREATE TEMP VIEW glass_invoice AS
    SELECT i.id, i.company_id, i.kind, i.state, i.number, i.language, i.currency, i.issued_on, i.due_on, i.served_from, i.served_to, i.purchase_order, i.rounding,
           i.note, i.terms, i.pay, i.exempt, i.account, i.iban, i.bic, i.net, i.tax, i.total, i.paid, i.waiting, i.credited, i.disputed, i.issued_at, i.voided_at, i.void_reason,
           (SELECT o.id FROM visible_invoice_client x JOIN invoice o ON o.id = x.invoice_id AND o.state <> 'draft' WHERE x.viewer_id = v.viewer_id AND o.id = i.credits_id) AS credits_id,
           coalesce((SELECT o.number FROM invoice o WHERE o.id = i.credits_id AND o.state <> 'draft'), '') AS credits,
           (SELECT o.issued_on FROM invoice o WHERE o.id = i.credits_id AND o.state <> 'draft') AS credits_on,
           EXISTS (SELECT 1 FROM may_pay_client m WHERE m.viewer_id = v.viewer_id AND m.invoice_id = i.id) AS may_pay,
           EXISTS (SELECT 1 FROM may_reply_invoice_client m WHERE m.viewer_id = v.viewer_id AND m.invoice_id = i.id) AS may_reply
      FROM visible_invoice_client v JOIN invoice i ON i.id = v.invoice_id AND i.state <> 'draft'
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_invoice_party AS
    SELECT p.invoice_id, p.role, p.name, p.contact, p.address, p.country, p.vat, p.code, p.email
      FROM visible_invoice_client v JOIN invoice_party p ON p.invoice_id = v.invoice_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- project_id only where the viewer sees that project.
CREATE TEMP VIEW glass_invoice_project AS
    SELECT x.invoice_id, (SELECT s.project_id FROM visible_project_client s WHERE s.viewer_id = v.viewer_id AND s.project_id = x.project_id) AS project_id, x.name
      FROM visible_invoice_client v JOIN invoice_project x ON x.invoice_id = v.invoice_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_invoice_line AS
    SELECT l.invoice_id, l.position, l.text, l.detail, l.quantity, l.unit, l.price, l.off_rate, l.off, l.category, l.rate
      FROM visible_invoice_client v JOIN invoice_line l ON l.invoice_id = v.invoice_id
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_invoice_file AS
    SELECT f.invoice_id, f.kind, f.sha256, f.body
      FROM visible_invoice_client v JOIN invoice_file f ON f.invoice_id = v.invoice_id AND f.kind >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_payment AS
    SELECT p.id, p.invoice_id, p.amount, p.currency, p.way, p.state, p.paid_on, p.reference, p.created_at
      FROM visible_payment_client v JOIN payment p ON p.id = v.payment_id AND p.state IN ('processing', 'received')
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- Of the team nobody is named: a bill belongs to no project that would say how. Of the client whoever wrote.
CREATE TEMP VIEW glass_invoice_reply AS
    SELECT r.id, r.invoice_id, p.side, CASE WHEN p.side = 'client' THEN p.name ELSE '' END AS author, r.author_id = v.viewer_id AS mine, r.body, r.created_at, r.due_at
      FROM visible_invoice_reply_client v
      JOIN invoice_reply r ON r.id = v.invoice_reply_id AND r.body >= ''
      JOIN person p ON p.id = r.author_id AND p.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- What payers agree to, for whoever sees bills.
CREATE TEMP VIEW glass_bill_text AS
    SELECT key, value FROM setting
     WHERE key IN ('bill.consent', 'bill.consent.en', 'bill.consent.el')
       AND EXISTS (SELECT 1 FROM may_company_client m WHERE m.viewer_id = (SELECT id FROM temp.viewer) AND m.right = 'billing');

-- Budgets that are open to the viewer. Of time there is what counts for the client, never what was worked, nor
-- what anything costs inside.
CREATE TEMP VIEW glass_budget AS
    SELECT b.id, b.project_id, b.name, b.currency, b.kind, b.carry, b.starts_on, b.ends_on, b.note, b.closed_at IS NOT NULL AS closed, p.approves
      FROM visible_budget_client v
      JOIN budget b ON b.id = v.budget_id AND b.client_open = 1
      JOIN project p ON p.id = b.project_id AND p.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_budget_service AS
    SELECT s.id, s.budget_id, s.name, s.unit, s.price, s.quantity, s.pieces, s.left_minutes, s.position
      FROM visible_budget_service_client v JOIN budget_service s ON s.id = v.budget_service_id AND s.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
-- wording is what was written for clients, else the task's title where they see it.
CREATE TEMP VIEW glass_time_entry AS
    SELECT e.id, s.budget_id, e.service_id, s.name AS service, e.day, e.billable AS minutes, e.amount,
           CASE WHEN e.wording <> '' THEN e.wording
                ELSE coalesce((SELECT CASE WHEN t.client_title <> '' THEN t.client_title ELSE t.title END FROM visible_task_client x JOIN task t ON t.id = x.task_id AND t.private = 0 WHERE x.viewer_id = v.viewer_id AND t.id = e.task_id), '') END AS wording,
           (SELECT n.name FROM shown_person_client n WHERE n.project_id = e.project_id AND n.person_id = e.person_id) AS author,
           (SELECT n.shown_id FROM shown_person_client n WHERE n.project_id = e.project_id AND n.person_id = e.person_id) AS author_id,
           (SELECT i.id FROM visible_invoice_client x JOIN invoice i ON i.id = x.invoice_id AND i.state <> 'draft' WHERE x.viewer_id = v.viewer_id AND i.id = e.invoice_id) AS invoice_id,
           (SELECT i.number FROM visible_invoice_client x JOIN invoice i ON i.id = x.invoice_id AND i.state <> 'draft' WHERE x.viewer_id = v.viewer_id AND i.id = e.invoice_id) AS invoice
      FROM visible_time_entry_client v
      JOIN time_entry e ON e.id = v.time_entry_id AND e.billable > 0
      JOIN budget_service s ON s.id = e.service_id AND s.name >= ''
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
CREATE TEMP VIEW glass_expense AS
    SELECT e.id, e.budget_id, e.day, e.amount, e.wording, e.supplier,
           (SELECT max(f.id) FROM file f WHERE e.receipt_open = 1 AND f.expense_id = e.id) AS receipt_id,
           (SELECT i.id FROM visible_invoice_client x JOIN invoice i ON i.id = x.invoice_id AND i.state <> 'draft' WHERE x.viewer_id = v.viewer_id AND i.id = e.invoice_id) AS invoice_id,
           (SELECT i.number FROM visible_invoice_client x JOIN invoice i ON i.id = x.invoice_id AND i.state <> 'draft' WHERE x.viewer_id = v.viewer_id AND i.id = e.invoice_id) AS invoice
      FROM visible_expense_client v JOIN expense e ON e.id = v.expense_id AND e.billable = 1
     WHERE v.viewer_id = (SELECT id FROM temp.viewer);
