-- SPDX-License-Identifier: GPL-3.0-or-later
-- The highest id that a table with AUTOINCREMENT ever gave.

-- name: sequence_tables
-- engine: sqlite
-- scan meant: all tables; the journal's ids have no gaps
SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name <> 'event'
-- name: sequence_get
-- engine: sqlite
-- scan meant: a row a table
SELECT seq FROM sqlite_sequence WHERE name = :name
-- name: sequence_set
-- engine: sqlite
-- scan meant: a row a table
UPDATE sqlite_sequence SET seq = :seq WHERE name = :name
-- name: sequence_add
-- engine: sqlite
INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)
