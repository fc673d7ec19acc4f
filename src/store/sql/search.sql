-- SPDX-License-Identifier: GPL-3.0-or-later
-- Looking for words; only what the world may read is found ($listed, $readable in ideas.sql).

-- name: search_posts
-- engine: sqlite
-- scan meant: the index of words is walked from its newest row, as far as the limit wants
SELECT p.id AS post_id, p.idea_id, d.id AS proposal_id, p.person_id, p.number, p.at, p.kind, i.title,
    snippet(post_fts, 0, :begin, :end, '…', 30) AS passage
FROM post_fts CROSS JOIN post p ON p.id = post_fts.rowid CROSS JOIN idea i ON i.id = p.idea_id
LEFT JOIN proposal d ON d.idea_id = i.id
WHERE post_fts MATCH :expression AND post_fts.rowid < :before AND p.state = 'published'
    AND (:forum_id = 0 OR i.forum_id = :forum_id OR EXISTS (SELECT 1 FROM idea_also o WHERE o.idea_id = i.id AND o.forum_id = :forum_id))
    AND (:state IS NULL OR i.state = :state)
    AND (:language IS NULL OR p.language = :language) AND p.at >= :since AND p.at < :until
    AND $readable(i)
ORDER BY post_fts.rowid DESC LIMIT :most
-- name: search_newest
-- engine: sqlite
-- scan meant: the index of words is walked from its newest row, as far as the limit wants
SELECT rowid AS id FROM post_fts WHERE post_fts MATCH :expression ORDER BY rowid DESC LIMIT :most
-- name: search_idea_is_public
SELECT 1 FROM idea i WHERE i.id = :id AND $listed(i)
-- name: search_titles
-- engine: sqlite
-- scan meant: the index of titles is walked from its newest row, as far as the limit wants
SELECT $idea(i) FROM title_fts CROSS JOIN idea i ON i.id = title_fts.rowid
WHERE title_fts MATCH :expression AND (:forum_id = 0 OR i.forum_id = :forum_id OR EXISTS (SELECT 1 FROM idea_also o WHERE o.idea_id = i.id AND o.forum_id = :forum_id))
    AND (:state IS NULL OR i.state = :state)
    AND i.published_at >= :since AND i.published_at < :until AND $listed(i)
ORDER BY title_fts.rowid DESC LIMIT :most
