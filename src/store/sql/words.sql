-- SPDX-License-Identifier: GPL-3.0-or-later
-- The full-text index of what is public, and that of titles.

-- name: post_public_text
SELECT text FROM post_public WHERE id = :id
-- name: post_unindexed
-- engine: sqlite
SELECT id, published, text FROM post WHERE published > (SELECT place FROM indexed WHERE id = 1) ORDER BY published LIMIT :most
-- name: post_count_unindexed
-- engine: sqlite
-- And ideas whose titles wait.
SELECT (SELECT count(*) FROM (SELECT 1 FROM post WHERE published > (SELECT place FROM indexed WHERE id = 1) LIMIT :most))
    + (SELECT count(*) FROM (SELECT 1 FROM idea WHERE id > (SELECT idea FROM indexed WHERE id = 1) LIMIT :most))
-- name: indexed_set
UPDATE indexed SET place = :place WHERE id = 1
-- name: idea_unindexed
SELECT id, title FROM idea WHERE id > (SELECT idea FROM indexed WHERE id = 1) ORDER BY id LIMIT :most
-- name: indexed_set_idea
UPDATE indexed SET idea = :idea WHERE id = 1
-- name: title_fts_add
-- engine: sqlite
INSERT INTO title_fts (rowid, title) VALUES (:id, :words)
-- name: title_fts_change
-- engine: sqlite
-- scan meant: the row by its id, which the planner calls so in a table of FTS5
UPDATE title_fts SET title = :words WHERE rowid = :id
-- name: title_fts_merge
-- engine: sqlite
INSERT INTO title_fts (title_fts, rank) VALUES ('merge', :n_pages)
-- name: post_fts_add
-- engine: sqlite
INSERT INTO post_fts (rowid, text) VALUES (:id, :text)
-- name: post_fts_remove
-- engine: sqlite
INSERT INTO post_fts (post_fts, rowid, text) VALUES ('delete', :id, :text)
-- name: post_fts_merge
-- engine: sqlite
-- Negative: also what does not need it yet (FTS5 4.2, "merge").
INSERT INTO post_fts (post_fts, rank) VALUES ('merge', :n_pages)
