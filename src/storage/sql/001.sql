-- SPDX-License-Identifier: GPL-3.0-or-later
-- The fixed tables of a workspace. Record tables (t<id>), value tables (v<id>)
-- and search indexes (s<id>) are made from the catalogue, see crm-schema.c.

-- language, zone, region, currency, me, last_id, sort_key_version …
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

-- state: 0 live, 2 undone (its creation was undone or it was removed)
CREATE TABLE record_type (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  label       TEXT NOT NULL,          -- singular, as the user reads it
  label_many  TEXT NOT NULL,
  icon        TEXT,
  position    INTEGER NOT NULL,
  standard    INTEGER NOT NULL DEFAULT 0,
  label_field INTEGER,                -- the field that names a record
  state       INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX record_type_name ON record_type (name) WHERE state = 0;

CREATE TABLE field (
  id           INTEGER PRIMARY KEY,
  type_id      INTEGER NOT NULL REFERENCES record_type,
  name         TEXT NOT NULL,
  label        TEXT NOT NULL,
  kind         TEXT NOT NULL,
  position     INTEGER NOT NULL,
  flags        INTEGER NOT NULL DEFAULT 0,  -- CrmFieldFlags
  target       TEXT,                        -- relations: id of the target type; NULL for any
  reverse_name TEXT,                        -- relations: name of the other side ("people")
  reverse_label TEXT,
  state        INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX field_name ON field (type_id, name) WHERE state = 0;

-- Options of choices; pipelines and stages are options too: a stage's parent is its pipeline.
CREATE TABLE option (
  id          INTEGER PRIMARY KEY,
  field_id    INTEGER NOT NULL REFERENCES field,
  name        TEXT NOT NULL,            -- API value, English
  label       TEXT NOT NULL,
  color       TEXT,
  position    INTEGER NOT NULL,
  parent      INTEGER REFERENCES option,
  probability INTEGER,                  -- percent, stages only
  outcome     TEXT,                     -- 'open', 'won' or 'lost', stages only
  state       INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX option_name ON option (field_id, coalesce(parent, 0), name) WHERE state = 0;

CREATE TABLE act (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT NOT NULL,              -- crm_act_kind_to_name()
  time      INTEGER NOT NULL,           -- milliseconds UTC
  actor     INTEGER,                    -- member's record id
  source    TEXT NOT NULL,              -- 'window', 'command line', 'import', 'demo'
  type_id   INTEGER,                    -- what it was about, for its wording
  record_id INTEGER,                    -- the only or the first record
  field_id  INTEGER,                    -- the only field, where it was one
  records   INTEGER NOT NULL DEFAULT 0, -- how many records it touched
  undoes    INTEGER REFERENCES act,     -- undo and redo: the act it took back or brought back
  undone_by INTEGER REFERENCES act      -- the undo in force
);

CREATE TABLE change_set (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  act_id INTEGER NOT NULL REFERENCES act,
  time   INTEGER NOT NULL
);
CREATE INDEX change_set_act ON change_set (act_id);

-- field_id 0 is the record itself: old and new are its states, op says why.
-- The stamps a record had before are kept in its first row of the set only.
CREATE TABLE change (
  set_id         INTEGER NOT NULL,
  record_id      INTEGER NOT NULL,
  field_id       INTEGER NOT NULL,
  op             INTEGER NOT NULL,      -- CrmChangeOp
  old,
  new,
  was_updated_at INTEGER,
  was_updated_by INTEGER,
  PRIMARY KEY (set_id, record_id, field_id)
) WITHOUT ROWID;
CREATE INDEX change_record ON change (record_id, set_id);

-- State changes of whole ranges: an import's creations, and their undo. All records of
-- the type with an id in first_id … last_id that had old_state got new_state (old_state NULL: created).
CREATE TABLE change_range (
  set_id    INTEGER NOT NULL,
  type_id   INTEGER NOT NULL,
  first_id  INTEGER NOT NULL,
  last_id   INTEGER NOT NULL,
  old_state INTEGER,
  new_state INTEGER NOT NULL,
  PRIMARY KEY (set_id, type_id, first_id)
) WITHOUT ROWID;
CREATE INDEX change_range_record ON change_range (type_id, last_id, first_id);

-- Changes of types, fields and options.
CREATE TABLE catalogue_change (
  set_id    INTEGER NOT NULL,
  object    TEXT NOT NULL,              -- 'type', 'field' or 'option'
  object_id INTEGER NOT NULL,
  attribute TEXT NOT NULL,              -- a column of the object's table
  old,
  new,
  PRIMARY KEY (set_id, object, object_id, attribute)
) WITHOUT ROWID;

CREATE TABLE view (
  id       INTEGER PRIMARY KEY,
  type_id  INTEGER NOT NULL REFERENCES record_type,
  name     TEXT NOT NULL,
  label    TEXT NOT NULL,
  position INTEGER NOT NULL,
  query    TEXT NOT NULL,               -- JSON
  layout   TEXT NOT NULL DEFAULT 'table',
  state    INTEGER NOT NULL DEFAULT 0
);
