-- +goose Up
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Somebody works for the team or for clients, never both. Without an e-mail
-- address a person is a name on imported work and can never sign in.
CREATE TABLE person (
    id         INTEGER PRIMARY KEY,
    email      TEXT UNIQUE,
    name       TEXT NOT NULL,
    side       TEXT NOT NULL CHECK (side IN ('team', 'client')),
    role       TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', '') AND (role = '') = (side = 'client')),
    title      TEXT NOT NULL DEFAULT '',
    phone      TEXT NOT NULL DEFAULT '',
    language   TEXT NOT NULL DEFAULT 'en',
    time_zone  TEXT NOT NULL DEFAULT 'UTC',
    theme      TEXT NOT NULL DEFAULT '' CHECK (theme IN ('', 'light', 'dark')),
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    source     TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_source ON person (source) WHERE source IS NOT NULL;

CREATE TABLE company (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,
    status         TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'archived')),
    internal_notes TEXT NOT NULL DEFAULT '',
    created_at     TEXT NOT NULL
) STRICT;

-- What a contact may do, as a set of named rights; "projects" lets a role see projects at all.
CREATE TABLE client_role (
    id       INTEGER PRIMARY KEY,
    key      TEXT UNIQUE,
    name     TEXT NOT NULL
) STRICT;
CREATE TABLE client_role_right (
    role_id INTEGER NOT NULL REFERENCES client_role ON DELETE CASCADE,
    right   TEXT NOT NULL CHECK (right IN ('projects', 'comment', 'decide', 'request', 'upload', 'billing', 'budgets', 'company')),
    PRIMARY KEY (role_id, right)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
    company_id INTEGER NOT NULL REFERENCES company ON DELETE CASCADE,
    person_id  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    role_id    INTEGER NOT NULL REFERENCES client_role,
    is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at TEXT NOT NULL,
    PRIMARY KEY (company_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_person ON contact (person_id, company_id);

-- team_version rises with every change, client_version only when something
-- changes for clients: what is hidden wakes no client.
CREATE TABLE project (
    id                   INTEGER PRIMARY KEY,
    company_id           INTEGER REFERENCES company,
    name                 TEXT NOT NULL,
    description          TEXT NOT NULL DEFAULT '',
    internal_description TEXT NOT NULL DEFAULT '',
    status               TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('planned', 'active', 'paused', 'finished')),
    starts_on            TEXT,
    ends_on              TEXT,
    team_shown           TEXT NOT NULL DEFAULT 'first' CHECK (team_shown IN ('full', 'first', 'title', 'team')),
    new_tasks_private    INTEGER NOT NULL DEFAULT 0 CHECK (new_tasks_private IN (0, 1)),
    archived_at          TEXT,
    team_version         INTEGER NOT NULL DEFAULT 1,
    client_version       INTEGER NOT NULL DEFAULT 1,
    source               TEXT,
    version              INTEGER NOT NULL DEFAULT 1,
    created_at           TEXT NOT NULL
) STRICT;
CREATE INDEX project_company ON project (company_id);

CREATE TABLE membership (
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    person_id  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('leader', 'member', 'client')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (project_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_person ON membership (person_id, project_id, role);

CREATE TABLE board_column (
    id           INTEGER PRIMARY KEY,
    project_id   INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('todo', 'doing', 'review', 'done')),
    client_label TEXT NOT NULL DEFAULT '',
    position     INTEGER NOT NULL,
    source       TEXT
) STRICT;
CREATE INDEX board_column_project ON board_column (project_id, position);

CREATE TABLE milestone (
    id          INTEGER PRIMARY KEY,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    name        TEXT NOT NULL,
    starts_on   TEXT,
    due_on      TEXT,
    reached_on  TEXT,
    position    INTEGER NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX milestone_project ON milestone (project_id, position);

CREATE TABLE task (
    id               INTEGER PRIMARY KEY,
    project_id       INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    column_id        INTEGER NOT NULL REFERENCES board_column,
    milestone_id     INTEGER REFERENCES milestone ON DELETE SET NULL,
    title            TEXT NOT NULL,
    client_title     TEXT NOT NULL DEFAULT '',
    description      TEXT NOT NULL DEFAULT '',
    internal_details TEXT NOT NULL DEFAULT '',
    acceptance       TEXT NOT NULL DEFAULT '',
    private          INTEGER NOT NULL CHECK (private IN (0, 1)),
    priority         TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('highest', 'high', 'normal', 'low')),
    estimate_minutes INTEGER CHECK (estimate_minutes IS NULL OR estimate_minutes > 0),
    starts_on        TEXT,
    due_on           TEXT,
    position         INTEGER NOT NULL,
    version          INTEGER NOT NULL DEFAULT 1,
    done_at          TEXT,
    archived_at      TEXT,
    source           TEXT,
    created_by       INTEGER REFERENCES person,
    created_at       TEXT NOT NULL
) STRICT;
CREATE INDEX task_board ON task (project_id, column_id, position);
CREATE INDEX task_milestone ON task (milestone_id) WHERE milestone_id IS NOT NULL;
CREATE UNIQUE INDEX task_source ON task (project_id, source) WHERE source IS NOT NULL;
CREATE UNIQUE INDEX board_column_source ON board_column (project_id, source) WHERE source IS NOT NULL;

CREATE TABLE task_assignee (
    task_id   INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    PRIMARY KEY (task_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_assignee_person ON task_assignee (person_id, task_id);

CREATE TABLE checklist_item (
    id       INTEGER PRIMARY KEY,
    task_id  INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    heading  TEXT NOT NULL DEFAULT '',
    text     TEXT NOT NULL,
    done     INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX checklist_item_task ON checklist_item (task_id, position);

CREATE TABLE label (
    id             INTEGER PRIMARY KEY,
    project_id     INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    name           TEXT NOT NULL,
    color          TEXT NOT NULL DEFAULT 'grey',
    client_visible INTEGER NOT NULL DEFAULT 0 CHECK (client_visible IN (0, 1)),
    source         TEXT
) STRICT;
CREATE INDEX label_project ON label (project_id);
CREATE TABLE task_label (
    task_id  INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    label_id INTEGER NOT NULL REFERENCES label ON DELETE CASCADE,
    PRIMARY KEY (task_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_label_label ON task_label (label_id, task_id);

-- A reply is seen by the client, a note never: two tables, so that no flag can be wrong.
CREATE TABLE reply (
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    task_id    INTEGER REFERENCES task ON DELETE CASCADE,
    author_id  INTEGER NOT NULL REFERENCES person,
    body       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    edited_at  TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX reply_task ON reply (task_id, created_at);
CREATE TABLE note (
    id          INTEGER PRIMARY KEY,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    task_id     INTEGER REFERENCES task ON DELETE CASCADE,
    author_id   INTEGER NOT NULL REFERENCES person,
    body        TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    edited_at   TEXT,
    deleted_at  TEXT,
    source      TEXT
) STRICT;
CREATE INDEX note_task ON note (task_id, created_at);
CREATE UNIQUE INDEX note_source ON note (project_id, source) WHERE source IS NOT NULL;

-- A file is bytes named by their SHA-256 in the data folder, or a link (url).
CREATE TABLE file (
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    task_id    INTEGER REFERENCES task ON DELETE CASCADE,
    reply_id   INTEGER REFERENCES reply ON DELETE CASCADE,
    note_id    INTEGER REFERENCES note ON DELETE CASCADE,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL DEFAULT '',
    size       INTEGER,
    sha256     TEXT,
    url        TEXT,
    source     TEXT,
    created_by INTEGER REFERENCES person,
    created_at TEXT NOT NULL,
    CHECK ((sha256 IS NULL) <> (url IS NULL))
) STRICT;
CREATE INDEX file_task ON file (task_id);
CREATE UNIQUE INDEX file_source ON file (project_id, source) WHERE source IS NOT NULL;

-- One line of a project's log. audience has no default: whoever writes an event decides who it is for.
-- Facts that clients may read stand in columns of their own; internal is for the team.
CREATE TABLE event (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            INTEGER NOT NULL UNIQUE,
    project_id    INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    actor_id      INTEGER REFERENCES person,
    kind          TEXT NOT NULL,
    audience      TEXT NOT NULL CHECK (audience IN ('team', 'client')),
    task_id       INTEGER REFERENCES task ON DELETE CASCADE,
    milestone_id  INTEGER REFERENCES milestone ON DELETE CASCADE,
    column_kind   TEXT,
    column_label  TEXT,
    old_date      TEXT,
    new_date      TEXT,
    internal      TEXT NOT NULL DEFAULT '',
    at            TEXT NOT NULL
) STRICT;
CREATE INDEX event_project ON event (project_id, at);
CREATE INDEX event_task ON event (task_id, at);

CREATE TABLE session (
    id           INTEGER PRIMARY KEY,
    token_hash   BLOB NOT NULL UNIQUE,
    person_id    INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    user_agent   TEXT NOT NULL DEFAULT '',
    created_at   TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    ended_at     TEXT
) STRICT;
CREATE INDEX session_person ON session (person_id);

-- View as: which client a session of the team looks through.
CREATE TABLE preview (
    id         INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    actor_id   INTEGER NOT NULL REFERENCES person,
    viewer_id  INTEGER NOT NULL REFERENCES person,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at   TEXT
) STRICT;
CREATE INDEX preview_session ON preview (session_id);

-- A one-time way in: set-up of the first owner, or a printed sign-in link.
CREATE TABLE way_in (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('setup', 'sign-in')),
    token_hash BLOB NOT NULL UNIQUE,
    person_id  INTEGER REFERENCES person ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at    TEXT
) STRICT;

-- A sign-in that was begun: bound to the browser by cookie_hash. For an unknown
-- address the row exists all the same, without a person. network limits how many
-- mails one place may cause; known says that this browser signed in as this
-- address before. pin_hash is NULL when the mail carried a link only.
CREATE TABLE challenge (
    id          INTEGER PRIMARY KEY,
    cookie_hash BLOB NOT NULL UNIQUE,
    address     TEXT NOT NULL,
    network     TEXT NOT NULL,
    known       INTEGER NOT NULL CHECK (known IN (0, 1)),
    person_id   INTEGER REFERENCES person ON DELETE CASCADE,
    pin_hash    BLOB,
    link_hash   BLOB NOT NULL UNIQUE,
    next        TEXT NOT NULL DEFAULT '',
    tries       INTEGER NOT NULL DEFAULT 0,
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    used_at     TEXT
) STRICT;
CREATE INDEX challenge_address ON challenge (address, created_at);
CREATE INDEX challenge_created ON challenge (created_at);

CREATE TABLE job (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    subject_id INTEGER,
    run_at     TEXT NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    error      TEXT NOT NULL DEFAULT '',
    done_at    TEXT
) STRICT;
CREATE INDEX job_due ON job (run_at) WHERE done_at IS NULL;

-- Mail to send. It holds who and why; the words are made when it is sent. sealed
-- carries a PIN or link, encrypted with the key of the data folder, until then.
-- Without a person it is a mail to nobody: a sign-in of an unknown address costs
-- the same writes as any other.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    person_id  INTEGER REFERENCES person ON DELETE CASCADE,
    subject_id INTEGER,
    sealed     BLOB,
    message_id TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    next_at    TEXT NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    error      TEXT NOT NULL DEFAULT '',
    sent_at    TEXT,
    failed_at  TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_sealed ON outbox (expires_at) WHERE sealed IS NOT NULL;
CREATE INDEX outbox_subject ON outbox (subject_id) WHERE sealed IS NOT NULL;

-- What was done about access: sign-ins, previews, roles. Never read by clients.
CREATE TABLE audit (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT NOT NULL,
    actor_id   INTEGER REFERENCES person ON DELETE SET NULL,
    kind       TEXT NOT NULL,
    person_id  INTEGER REFERENCES person ON DELETE SET NULL,
    project_id INTEGER REFERENCES project ON DELETE SET NULL,
    detail     TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO client_role (id, key, name) VALUES
    (1, 'client', 'Client'), (2, 'client-admin', 'Client Admin'), (3, 'client-finance', 'Client Finance'),
    (4, 'client-viewer', 'Client Viewer'), (5, 'client-manager', 'Client Manager');
INSERT INTO client_role_right (role_id, right) VALUES
    (1, 'projects'), (1, 'comment'), (1, 'decide'), (1, 'request'), (1, 'upload'),
    (2, 'projects'), (2, 'comment'), (2, 'decide'), (2, 'request'), (2, 'upload'), (2, 'billing'), (2, 'budgets'), (2, 'company'),
    (3, 'billing'),
    (4, 'projects'),
    (5, 'projects'), (5, 'comment'), (5, 'decide'), (5, 'request'), (5, 'upload'), (5, 'budgets');
INSERT INTO setting (key, value) VALUES
    ('workspace.name', 'Vitrine'), ('workspace.address', ''), ('workspace.brand', '#0b5c72'),
    ('workspace.language', 'en'), ('workspace.time_zone', 'UTC'),
    ('authority', '1'), ('epoch', lower(hex(randomblob(6)))), ('settings.version', '1');

-- +goose Down
SELECT 1;
