-- SPDX-License-Identifier: GPL-3.0-or-later
-- The full-text index of what is public.

-- name: post_public_text
SELECT text FROM post_public WHERE id = :id
-- name: post_unindexed
-- engine: sqlite
SELECT id, published, text FROM post WHERE published > (SELECT place FROM indexed WHERE id = 1) ORDER BY published LIMIT :most
-- name: post_count_unindexed
-- engine: sqlite
SELECT count(*) FROM (SELECT 1 FROM post WHERE published > (SELECT place FROM indexed WHERE id = 1) LIMIT :most)
-- name: indexed_set
UPDATE indexed SET place = :place WHERE id = 1
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
-- name: post_fts_search
-- engine: sqlite
-- scan meant: to the planner the index of words is a table
SELECT p.idea_id FROM post_fts CROSS JOIN post p ON p.id = post_fts.rowid CROSS JOIN idea i ON i.id = p.idea_id
WHERE post_fts MATCH :words AND i.ring = 'public' AND i.state NOT IN ('withdrawn', 'removed', 'in_review', 'rejected')
ORDER BY post_fts.rank LIMIT :most
