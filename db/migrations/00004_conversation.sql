-- +goose Up
-- A conversation belongs to one thing and has its id: a task, a milestone, a project, and
-- what comes later. Who sees it is said by noun in visibility.sql: one not named there is hidden.
-- lies_with is whose turn it is and since when; due_at is until when the team promises to
-- answer, late_at when that passed. handled_at is when the team said that no answer is needed.
CREATE TABLE thread (
    id            INTEGER PRIMARY KEY,
    noun          TEXT NOT NULL,
    project_id    INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    task_id       INTEGER UNIQUE REFERENCES task ON DELETE CASCADE,
    milestone_id  INTEGER UNIQUE REFERENCES milestone ON DELETE CASCADE,
    lies_with     TEXT NOT NULL DEFAULT '' CHECK (lies_with IN ('', 'team', 'client')),
    since         TEXT,
    due_at        TEXT,
    late_at       TEXT,
    handled_at    TEXT,
    handled_by    INTEGER REFERENCES person ON DELETE SET NULL
) STRICT;
CREATE INDEX thread_project ON thread (project_id, noun);
CREATE INDEX thread_waits ON thread (due_at) WHERE lies_with = 'team';

-- Each of them is there as soon as its thing is.
-- +goose StatementBegin
CREATE TRIGGER thread_of_project AFTER INSERT ON project BEGIN
    INSERT INTO thread (id, noun, project_id) VALUES (new.id, 'project', new.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER thread_of_milestone AFTER INSERT ON milestone BEGIN
    INSERT INTO thread (id, noun, project_id, milestone_id) VALUES (new.id, 'milestone', new.project_id, new.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER thread_of_task AFTER INSERT ON task BEGIN
    INSERT INTO thread (id, noun, project_id, task_id) VALUES (new.id, 'task', new.project_id, new.id);
END;
-- +goose StatementEnd
INSERT INTO thread (id, noun, project_id) SELECT id, 'project', id FROM project;
INSERT INTO thread (id, noun, project_id, milestone_id) SELECT id, 'milestone', project_id, id FROM milestone;
INSERT INTO thread (id, noun, project_id, task_id) SELECT id, 'task', project_id, id FROM task;

-- Which right a client needs to reply, by the noun; and where a role may not reply all the same.
CREATE TABLE reply_right (
    noun  TEXT PRIMARY KEY,
    right TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_right_right ON reply_right (right, noun);
INSERT INTO reply_right (noun, right) VALUES ('task', 'comment'), ('milestone', 'comment'), ('project', 'comment');
CREATE TABLE client_role_silent (
    role_id INTEGER NOT NULL REFERENCES client_role ON DELETE CASCADE,
    noun    TEXT NOT NULL REFERENCES reply_right ON DELETE CASCADE,
    PRIMARY KEY (role_id, noun)
) STRICT, WITHOUT ROWID;

-- A reply is held until released_at: before that no client has it. company_id is whose people it was
-- written to, NULL when nobody read there; stopped_for says why it could not go out. A deleted one is a
-- mark without its words. The tables are made anew beside the old ones; what refers to a table goes before it.
CREATE TABLE new_reply (
    id          INTEGER PRIMARY KEY,
    thread_id   INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    author_id   INTEGER NOT NULL REFERENCES person,
    body        TEXT NOT NULL,
    quote_id    INTEGER REFERENCES new_reply ON DELETE SET NULL,
    created_at  TEXT NOT NULL,
    held_until  TEXT,
    released_at TEXT,
    stopped     INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1)),
    stopped_for TEXT NOT NULL DEFAULT '' CHECK (stopped_for IN ('', 'private', 'task', 'project', 'author', 'client')),
    company_id  INTEGER REFERENCES company ON DELETE SET NULL,
    edited_at   TEXT,
    deleted_at  TEXT,
    deleted_by  INTEGER REFERENCES person ON DELETE SET NULL,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE new_note (
    id             INTEGER PRIMARY KEY,
    thread_id      INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    project_id     INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    author_id      INTEGER NOT NULL REFERENCES person,
    body           TEXT NOT NULL,
    quote_reply_id INTEGER REFERENCES new_reply ON DELETE SET NULL,
    quote_note_id  INTEGER REFERENCES new_note ON DELETE SET NULL,
    created_at     TEXT NOT NULL,
    edited_at      TEXT,
    deleted_at     TEXT,
    deleted_by     INTEGER REFERENCES person ON DELETE SET NULL,
    version        INTEGER NOT NULL DEFAULT 1,
    source         TEXT
) STRICT;

-- What somebody has typed and not sent: theirs alone, by thread and kind.
CREATE TABLE draft (
    id             INTEGER PRIMARY KEY,
    person_id      INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    thread_id      INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    kind           TEXT NOT NULL CHECK (kind IN ('reply', 'note')),
    body           TEXT NOT NULL,
    quote_reply_id INTEGER REFERENCES new_reply ON DELETE SET NULL,
    quote_note_id  INTEGER REFERENCES new_note ON DELETE SET NULL,
    updated_at     TEXT NOT NULL,
    UNIQUE (person_id, thread_id, kind),
    CHECK (kind = 'note' OR quote_note_id IS NULL)
) STRICT;
CREATE INDEX draft_thread ON draft (thread_id);

-- A file is bytes named by their SHA-256 in the data folder, or a link (url). It hangs on a task,
-- or on what was said, or on what is being written; it is as hidden as that.
CREATE TABLE new_file (
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    task_id    INTEGER REFERENCES task ON DELETE CASCADE,
    reply_id   INTEGER REFERENCES new_reply ON DELETE CASCADE,
    note_id    INTEGER REFERENCES new_note ON DELETE CASCADE,
    draft_id   INTEGER REFERENCES draft ON DELETE CASCADE,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL DEFAULT '',
    size       INTEGER,
    sha256     TEXT,
    thumbnail  TEXT,
    width      INTEGER,
    height     INTEGER,
    url        TEXT,
    source     TEXT,
    created_by INTEGER REFERENCES person,
    created_at TEXT NOT NULL,
    CHECK ((sha256 IS NULL) <> (url IS NULL)),
    CHECK ((task_id IS NOT NULL) + (reply_id IS NOT NULL) + (note_id IS NOT NULL) + (draft_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO new_reply (id, thread_id, project_id, author_id, body, created_at, released_at, edited_at, deleted_at)
    SELECT id, coalesce(task_id, project_id), project_id, author_id, body, created_at, created_at, edited_at, deleted_at FROM reply;
INSERT INTO new_note (id, thread_id, project_id, author_id, body, created_at, edited_at, deleted_at, source)
    SELECT id, coalesce(task_id, project_id), project_id, author_id, body, created_at, edited_at, deleted_at, source FROM note;
INSERT INTO new_file (id, project_id, task_id, reply_id, note_id, name, media_type, size, sha256, url, source, created_by, created_at)
    SELECT id, project_id, iif(reply_id IS NULL AND note_id IS NULL, task_id, NULL), reply_id, iif(reply_id IS NULL, note_id, NULL), name, media_type, size, sha256, url, source, created_by, created_at FROM file
     WHERE task_id IS NOT NULL OR reply_id IS NOT NULL OR note_id IS NOT NULL;
DROP TABLE file;
DROP TABLE reply;
DROP TABLE note;
ALTER TABLE new_reply RENAME TO reply;
ALTER TABLE new_note RENAME TO note;
ALTER TABLE new_file RENAME TO file;
CREATE INDEX reply_thread ON reply (thread_id, created_at);
CREATE INDEX reply_held ON reply (held_until) WHERE released_at IS NULL;
CREATE INDEX note_thread ON note (thread_id, created_at);
CREATE UNIQUE INDEX note_source ON note (project_id, source) WHERE source IS NOT NULL;
CREATE INDEX file_task ON file (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX file_reply ON file (reply_id) WHERE reply_id IS NOT NULL;
CREATE INDEX file_note ON file (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX file_draft ON file (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX file_sha256 ON file (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX file_thumbnail ON file (thumbnail) WHERE thumbnail IS NOT NULL;
CREATE UNIQUE INDEX file_source ON file (project_id, source) WHERE source IS NOT NULL;

-- Bytes that have lost a row, whichever way it went: those that nobody names any more are erased from the data folder.
CREATE TABLE blob_gone (
    sha256  TEXT PRIMARY KEY,
    file_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER file_gone AFTER DELETE ON file WHEN old.sha256 IS NOT NULL BEGIN
    INSERT OR IGNORE INTO blob_gone (sha256, file_id) VALUES (old.sha256, old.id);
    INSERT OR IGNORE INTO blob_gone (sha256, file_id) SELECT old.thumbnail, old.id WHERE old.thumbnail IS NOT NULL;
END;
-- +goose StatementEnd

-- What a reply or a note said before it was edited: for the team, until it is deleted.
CREATE TABLE revision (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    reply_id  INTEGER REFERENCES reply ON DELETE CASCADE,
    note_id   INTEGER REFERENCES note ON DELETE CASCADE,
    body      TEXT NOT NULL,
    person_id INTEGER REFERENCES person ON DELETE SET NULL,
    at        TEXT NOT NULL,
    CHECK ((reply_id IS NULL) <> (note_id IS NULL))
) STRICT;
CREATE INDEX revision_reply ON revision (reply_id) WHERE reply_id IS NOT NULL;
CREATE INDEX revision_note ON revision (note_id) WHERE note_id IS NOT NULL;

-- Who is mentioned where.
CREATE TABLE mention (
    id        INTEGER PRIMARY KEY,
    reply_id  INTEGER REFERENCES reply ON DELETE CASCADE,
    note_id   INTEGER REFERENCES note ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    CHECK ((reply_id IS NULL) <> (note_id IS NULL)),
    UNIQUE (reply_id, person_id),
    UNIQUE (note_id, person_id)
) STRICT;
CREATE INDEX mention_person ON mention (person_id);

-- Who had a reply on screen first when; looking through somebody counts for nobody.
CREATE TABLE reply_read (
    reply_id  INTEGER NOT NULL REFERENCES reply ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    at        TEXT NOT NULL,
    PRIMARY KEY (reply_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_read_person ON reply_read (person_id);

-- Somebody of the team puts a waiting thread aside for themselves: from at until then, or until
-- the client writes again.
CREATE TABLE snooze (
    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    at        TEXT NOT NULL,
    until     TEXT NOT NULL,
    PRIMARY KEY (thread_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX snooze_person ON snooze (person_id);

-- An event about a reply or a note names it: one that is deleted or made private is not told of.
ALTER TABLE event ADD COLUMN reply_id INTEGER REFERENCES reply ON DELETE CASCADE;
ALTER TABLE event ADD COLUMN note_id INTEGER REFERENCES note ON DELETE CASCADE;
CREATE INDEX event_reply ON event (reply_id) WHERE reply_id IS NOT NULL;

-- A mail tells of one or more replies; which ones stays known after it left, for as long as the mail is kept.
CREATE TABLE outbox_reply (
    outbox_id INTEGER NOT NULL REFERENCES outbox ON DELETE CASCADE,
    reply_id  INTEGER NOT NULL REFERENCES reply ON DELETE CASCADE,
    told_at   TEXT,
    PRIMARY KEY (outbox_id, reply_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_reply_reply ON outbox_reply (reply_id);
CREATE TABLE outbox_note (
    outbox_id INTEGER NOT NULL REFERENCES outbox ON DELETE CASCADE,
    note_id   INTEGER NOT NULL REFERENCES note ON DELETE CASCADE,
    told_at   TEXT,
    PRIMARY KEY (outbox_id, note_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_note_note ON outbox_note (note_id);
CREATE INDEX outbox_person ON outbox (person_id, kind) WHERE sent_at IS NULL AND failed_at IS NULL;

-- When the workspace works (minutes after midnight by weekday, from Sunday), how soon it answers (minutes of
-- that time), how long a reply by the team is held before clients see it (seconds), which words stop one,
-- how large a file may be (MB), and where clients turn when it is urgent.
INSERT INTO setting (key, value) VALUES
    ('office.hours', '[[0,0],[540,1020],[540,1020],[540,1020],[540,1020],[540,1020],[0,0]]'), ('office.country', ''), ('office.closed', ''),
    ('promise.reply', '1440'), ('promise.billing', '960'), ('talk.hold', '30'), ('talk.words', ''), ('upload.limit', '100'), ('urgent.text', '');

-- With whom the conversations lie that were held before; until when they are answered is reckoned at the start.
UPDATE thread SET lies_with = (SELECT iif(p.side = 'client', 'team', 'client') FROM reply r JOIN person p ON p.id = r.author_id
     WHERE r.thread_id = thread.id AND r.deleted_at IS NULL ORDER BY r.created_at DESC, r.id DESC LIMIT 1)
 WHERE id IN (SELECT thread_id FROM reply WHERE deleted_at IS NULL);
UPDATE thread SET since = (SELECT min(r.created_at) FROM reply r JOIN person p ON p.id = r.author_id
     WHERE r.thread_id = thread.id AND r.deleted_at IS NULL AND p.side <> thread.lies_with
       AND r.created_at > coalesce((SELECT max(o.created_at) FROM reply o JOIN person q ON q.id = o.author_id WHERE o.thread_id = thread.id AND o.deleted_at IS NULL AND q.side = thread.lies_with), ''))
 WHERE lies_with <> '';

-- +goose Down
SELECT 1;
