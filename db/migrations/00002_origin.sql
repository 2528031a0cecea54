-- +goose Up
-- What an imported thing was like at its source when it was last imported, as
-- fingerprints of its fields: a later import takes over what changed there and
-- leaves alone what changed here.
CREATE TABLE origin (
    project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    noun       TEXT NOT NULL CHECK (noun IN ('column', 'label', 'task')),
    source     TEXT NOT NULL,
    print      TEXT NOT NULL,
    PRIMARY KEY (project_id, noun, source)
) STRICT, WITHOUT ROWID;

-- +goose Down
SELECT 1;
