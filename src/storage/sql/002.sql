-- SPDX-License-Identifier: GPL-3.0-or-later
-- Small things that people make beside records. Like types, fields and options they are part of the
-- history by catalogue_change (object is the table's name), and a removed or undone one has state 2.

ALTER TABLE view ADD COLUMN icon TEXT;
ALTER TABLE view ADD COLUMN standard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE view ADD COLUMN favorite INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX view_name ON view (type_id, name) WHERE state = 0;

-- What somebody pinned to the top of a record's timeline: an act, or a note, task or activity
CREATE TABLE pin (
  id        INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL,
  entry_id  INTEGER NOT NULL,           -- acts and records have no id in common
  state     INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX pin_entry ON pin (record_id, entry_id) WHERE state = 0;

-- Records that somebody said are not duplicates of each other
CREATE TABLE distinct_pair (
  id        INTEGER PRIMARY KEY,
  low_id    INTEGER NOT NULL,
  high_id   INTEGER NOT NULL,
  state     INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX distinct_pair_records ON distinct_pair (low_id, high_id) WHERE state = 0;
CREATE INDEX distinct_pair_high ON distinct_pair (high_id);

-- When records of a type are too alike: "warn" of it or "forbid" it
CREATE TABLE duplicate_rule (
  id        INTEGER PRIMARY KEY,
  type_id   INTEGER NOT NULL REFERENCES record_type,
  fields    TEXT NOT NULL,              -- field ids with how they are compared, JSON
  level     TEXT NOT NULL,
  position  INTEGER NOT NULL,
  state     INTEGER NOT NULL DEFAULT 0
);

-- What the program deleted for good by itself: after how many days in the trash
ALTER TABLE act ADD COLUMN days INTEGER;

-- What an act was about, type by type, so that the history of a type is found by an index and an import is told without
-- counting its records. created and changed are not known of acts that are older than this table.
CREATE TABLE act_type (
  act_id  INTEGER NOT NULL REFERENCES act,
  type_id INTEGER NOT NULL,
  created INTEGER,
  changed INTEGER,
  PRIMARY KEY (act_id, type_id)
) WITHOUT ROWID;
CREATE INDEX act_type_type ON act_type (type_id, act_id);
INSERT INTO act_type (act_id, type_id)
  SELECT id, type_id FROM act WHERE type_id IS NOT NULL
  UNION SELECT s.act_id, r.type_id FROM change_range AS r JOIN change_set AS s ON s.id = r.set_id
  UNION SELECT s.act_id, f.type_id FROM change AS c JOIN change_set AS s ON s.id = c.set_id
    JOIN field AS f ON f.id = c.field_id;

-- The history by who, through what and what kind
CREATE INDEX act_actor ON act (actor);
CREATE INDEX act_kind ON act (kind);
CREATE INDEX act_source ON act (source);

-- What was merged into a record: new is that record's id, as text
CREATE INDEX change_merged ON change (new) WHERE field_id = -1;
CREATE INDEX change_merged_by ON change (set_id, new) WHERE field_id = -1;

-- Ranges that are not creations are few
CREATE INDEX change_range_moved ON change_range (type_id, last_id, first_id) WHERE old_state IS NOT NULL;
