-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rates at which people are told of posts.

-- columns announcement: post_id, forum_id, idea_id, person_id, at, late

-- name: announcement_add
INSERT INTO announcement ($announcement) VALUES ($announcement(:))
ON CONFLICT (forum_id, at, post_id) DO UPDATE SET late = excluded.late
-- name: announcement_recent
SELECT idea_id, person_id, at FROM announcement
WHERE forum_id = :forum_id AND at BETWEEN :since AND :now ORDER BY at DESC LIMIT :most
-- name: announcement_due
SELECT 1 FROM announcement WHERE late = 1 AND at <= :before
UNION ALL SELECT 1 FROM announcement WHERE late = 1 AND at > :now LIMIT 1
-- name: announcement_range
-- engine: sqlite
-- scan meant: the posts that wait to be told together, by an index of these
SELECT count(*) AS n, min(published) - 1 AS from_post, max(published) AS to_post,
    CASE WHEN min(forum_id) = max(forum_id) THEN min(forum_id) END AS forum_id
FROM (SELECT p.published, p.forum_id FROM announcement a INDEXED BY announcement_waiting JOIN post p ON p.id = a.post_id
    WHERE a.late = 1 AND p.published IS NOT NULL ORDER BY p.published LIMIT :most)
-- name: announcement_digests
-- engine: sqlite
-- The same people as of the notices about one post (notice_add_for_...), of all posts in the range that wait.
INSERT INTO digest ($digest_new)
SELECT person_id, 'each', :from_post, :to_post, :now FROM (
    SELECT f.person_id
    FROM post p CROSS JOIN announcement n ON n.post_id = p.id AND n.late <> 0 AND n.late = 1 CROSS JOIN idea i ON i.id = p.idea_id
    CROSS JOIN follow f ON f.idea_id = p.idea_id
    CROSS JOIN address a ON a.person_id = f.person_id AND a.is_primary = 1
    LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = f.person_id
    WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
        AND f.stopped_at IS NULL AND f.person_id <> p.person_id AND a.suspended_at IS NULL
        AND (m.delivery = 'each' OR EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = f.person_id AND x.delivery = 'each')
            OR (m.delivery IS NULL OR m.delivery = 'none') AND NOT EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = f.person_id AND x.delivery IN ('daily', 'weekly')))
        AND (i.ring = 'public' OR m.role <> 'reader')
    UNION
    SELECT m.person_id
    FROM post p CROSS JOIN announcement n ON n.post_id = p.id AND n.late <> 0 AND n.late = 1 CROSS JOIN idea i ON i.id = p.idea_id
    CROSS JOIN member m INDEXED BY member_each
        ON m.forum_id IN (SELECT p.forum_id UNION ALL SELECT o.forum_id FROM idea_also o WHERE o.idea_id = p.idea_id) AND m.delivery = 'each'
    CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
    WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
        AND m.person_id <> p.person_id AND a.suspended_at IS NULL AND (i.ring = 'public' OR m.role <> 'reader')
        AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.idea_id = p.idea_id AND f.person_id = m.person_id)
) WHERE true
ON CONFLICT DO NOTHING
-- name: announcement_notices
INSERT INTO notice (stream, purpose, person_id, forum_id, digest_id, due_at)
SELECT $stream(DIGEST_LATE), $purpose(DIGEST_LATE), person_id, :forum_id, id, :due_at FROM digest WHERE id > :last_digest AND delivery = 'each'
-- name: announcement_adopt
-- engine: sqlite
-- Who is told of other posts in the morning anyway gets one mail: what waited for it goes along with the new one.
UPDATE notice SET digest_id = (SELECT d.id FROM digest d WHERE d.id > :last_digest AND d.delivery = 'each' AND d.person_id = notice.person_id)
WHERE purpose = $purpose(POST) AND digest_id IN (SELECT w.digest_id
    FROM digest d CROSS JOIN notice w ON w.person_id = d.person_id AND w.purpose = $purpose(DIGEST_LATE) AND w.state = 'due'
    WHERE d.id > :last_digest AND d.delivery = 'each' AND w.digest_id <= :last_digest)
-- name: announcement_adopted
-- engine: sqlite
UPDATE notice SET state = 'dropped', last_reply = 'told together with others'
WHERE id IN (SELECT w.id
    FROM digest d CROSS JOIN notice w ON w.person_id = d.person_id AND w.purpose = $purpose(DIGEST_LATE) AND w.state = 'due'
    CROSS JOIN digest o ON o.id = w.digest_id AND o.delivery = 'news'
    WHERE d.id > :last_digest AND d.delivery = 'each')
-- name: announcement_told
UPDATE announcement SET late = 2
WHERE late <> 0 AND late = 1 AND post_id IN (SELECT a.post_id FROM announcement a JOIN post p ON p.id = a.post_id
    WHERE a.late = 1 AND a.at >= 0 AND (p.published IS NULL OR p.published <= :to_post))
-- name: announcement_forget
-- engine: sqlite
-- scan meant: a few dozen forums, each with what is old there
DELETE FROM announcement WHERE (forum_id, at, post_id) IN (SELECT a.forum_id, a.at, a.post_id
    FROM forum f CROSS JOIN announcement a ON a.forum_id = f.id AND a.at < :before WHERE a.late <> 1 LIMIT :most)
-- name: digest_last_id
SELECT max(id) FROM digest
