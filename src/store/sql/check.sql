-- SPDX-License-Identifier: GPL-3.0-or-later
-- `forumpost check`: everything is read, on purpose.

-- name: check_structure
-- engine: sqlite
PRAGMA integrity_check (20)
-- name: check_references
-- engine: sqlite
PRAGMA foreign_key_check
-- name: check_counters
-- engine: sqlite
-- scan meant: compares every idea with its posts
SELECT i.id, i.n_posts, (SELECT count(*) FROM post p WHERE p.idea_id = i.id AND p.state = 'published') AS n_found
FROM idea i WHERE n_found <> i.n_posts LIMIT :most
-- name: check_words
-- engine: sqlite
INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)
-- name: check_titles_whole
-- engine: sqlite
INSERT INTO title_fts (title_fts, rank) VALUES ('integrity-check', 1)
-- name: check_titles
-- engine: sqlite
SELECT i.title, c.c0 AS words FROM idea i LEFT JOIN title_fts_content c ON c.id = i.id
WHERE i.id <= (SELECT idea FROM indexed WHERE id = 1)
-- name: check_words_known
-- engine: sqlite
-- scan meant: compares every public post with what the index has (its own table of sizes), without writing
SELECT (SELECT count(*) FROM post_public p WHERE NOT EXISTS (SELECT 1 FROM post_fts_docsize d WHERE d.id = p.id)) AS n_missing,
    (SELECT count(*) FROM post_fts_docsize d WHERE NOT EXISTS (SELECT 1 FROM post_public p WHERE p.id = d.id)) AS n_surplus
-- name: check_blobs
-- scan meant: every raw mail that lies in a file
SELECT m.key, m.content_sha256 FROM message_raw r JOIN message m ON m.id = r.message_id WHERE r.bytes IS NULL
