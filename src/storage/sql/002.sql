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
