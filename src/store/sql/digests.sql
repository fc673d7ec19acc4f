-- SPDX-License-Identifier: GPL-3.0-or-later
-- Digests and where they are cut.

-- columns digest_new: person_id, delivery, from_post, to_post, made_at
-- columns digest: id, $digest_new
-- columns digest_post: id, idea_id, number, parent_id, person_id, message_id, kind, state, at,
--     '' AS text, language

-- A delivery is written with a plus, which keeps it away from the index of those who are told at once: compared with it, a value
-- that is bound makes SQLite compile the statement anew each time.

-- name: digest_posts
-- engine: sqlite
-- Once, however many of its forums the reader is in; not if one of them tells it sooner.
SELECT $digest_post(p)
FROM (SELECT p.id FROM member m CROSS JOIN post p ON p.forum_id = m.forum_id CROSS JOIN idea i ON i.id = p.idea_id
    WHERE m.person_id = :person_id AND +m.delivery = :delivery
        AND p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post AND p.at >= m.told_since
        AND (i.ring = 'public' OR m.role <> 'reader')
    UNION
    SELECT p.id FROM member m CROSS JOIN idea_also o ON o.forum_id = m.forum_id CROSS JOIN post p ON p.idea_id = o.idea_id
    WHERE m.person_id = :person_id AND +m.delivery = :delivery
        AND p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post AND p.at >= m.told_since
) w CROSS JOIN post p ON p.id = w.id
WHERE p.state = 'published' AND p.person_id <> :person_id
    AND NOT EXISTS (SELECT 1 FROM member q WHERE q.person_id = :person_id AND (q.delivery = 'each' OR (q.delivery = 'daily' AND :delivery = 'weekly'))
        AND (q.forum_id = p.forum_id OR EXISTS (SELECT 1 FROM idea_also o WHERE o.idea_id = p.idea_id AND o.forum_id = q.forum_id)))
    AND NOT EXISTS (SELECT 1 FROM follow f
        WHERE f.idea_id = p.idea_id AND f.person_id = :person_id AND f.stopped_at IS NOT NULL)
ORDER BY p.forum_id, p.idea_id, p.published
-- name: digest_posts_missed
-- engine: sqlite
-- What would have been told one by one while nothing was sent to the address.
SELECT $digest_post(p)
FROM post p CROSS JOIN idea i ON i.id = p.idea_id
LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = :person_id
LEFT JOIN follow f ON f.idea_id = p.idea_id AND f.person_id = :person_id
WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
    AND p.state = 'published' AND p.person_id <> :person_id AND f.stopped_at IS NULL
    AND (m.delivery = 'each' OR EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = :person_id AND x.delivery = 'each')
        OR f.person_id IS NOT NULL AND (m.delivery IS NULL OR m.delivery = 'none') AND NOT EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = :person_id AND x.delivery IN ('daily', 'weekly')))
    AND (i.ring = 'public' OR m.role <> 'reader')
ORDER BY p.forum_id, p.idea_id, p.published
-- name: digest_range
-- engine: sqlite
-- A post of an idea in several forums is there for each of them, its home first.
SELECT id, idea_id, number, parent_id, person_id, message_id, kind, at, place, forum_id, ring FROM (
SELECT p.id, p.idea_id, p.number, p.parent_id, p.person_id, p.message_id, p.kind, p.at, p.published AS place, p.forum_id, i.ring,
    p.forum_id AS home_id, 0 AS is_also
FROM post p JOIN idea i ON i.id = p.idea_id
WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post AND p.state = 'published'
UNION ALL
SELECT p.id, p.idea_id, p.number, p.parent_id, p.person_id, p.message_id, p.kind, p.at, p.published AS place, o.forum_id, i.ring,
    p.forum_id AS home_id, 1 AS is_also
FROM post p CROSS JOIN idea i ON i.id = p.idea_id CROSS JOIN idea_also o ON o.idea_id = p.idea_id
WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post AND p.state = 'published'
) ORDER BY home_id, idea_id, place, is_also
-- name: digest_places
SELECT person_id, forum_id, role, told_since, delivery FROM member WHERE person_id = :person_id
-- name: digest_new_posts
-- engine: sqlite
SELECT p.published AS place, p.forum_id, p.idea_id, p.person_id, p.at, i.ring
FROM post p JOIN idea i ON i.id = p.idea_id
WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post AND p.state = 'published'
UNION ALL
SELECT p.published AS place, o.forum_id, p.idea_id, p.person_id, p.at, i.ring
FROM post p CROSS JOIN idea i ON i.id = p.idea_id CROSS JOIN idea_also o ON o.idea_id = p.idea_id
WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post AND p.state = 'published'
ORDER BY place
-- name: digest_readers
-- scan meant: everybody with a digest is asked, once an hour
SELECT m.person_id, m.forum_id, m.role, m.told_since, coalesce(p.digest_hour, -1) AS digest_hour,
    coalesce(p.digest_weekday, 0) AS digest_weekday,
    (SELECT d.to_post FROM digest d WHERE d.person_id = m.person_id AND d.delivery = m.delivery
        ORDER BY d.to_post DESC LIMIT 1) AS last_to,
    (SELECT d.made_at FROM digest d WHERE d.person_id = m.person_id AND d.delivery = m.delivery
        ORDER BY d.to_post DESC LIMIT 1) AS last_made_at
FROM member m JOIN person p ON p.id = m.person_id
WHERE +m.delivery = :delivery
    AND EXISTS (SELECT 1 FROM address a WHERE a.person_id = m.person_id AND a.is_primary = 1 AND a.suspended_at IS NULL)
ORDER BY m.person_id, m.forum_id
-- name: digest_stopped
SELECT idea_id FROM follow WHERE person_id = :person_id AND stopped_at IS NOT NULL
-- name: digest_place_at
SELECT published FROM post WHERE published IS NOT NULL AND at < :at ORDER BY published DESC LIMIT 1
-- name: digest_cut
SELECT to_post, done_at FROM digest_cut WHERE delivery = :delivery AND slot_at = :slot_at
-- name: digest_cut_add
INSERT INTO digest_cut (delivery, slot_at, to_post) VALUES (:delivery, :slot_at, :to_post)
-- name: digest_cut_move
UPDATE digest_cut SET to_post = :to_post, done_at = NULL WHERE delivery = :delivery AND slot_at = :slot_at
-- name: digest_cut_done
UPDATE digest_cut SET done_at = :now WHERE delivery = :delivery AND slot_at = :slot_at
-- name: digest_cut_forget
DELETE FROM digest_cut WHERE delivery = :delivery AND slot_at < :slot_at
-- name: digest_add
INSERT INTO digest ($digest_new) VALUES ($digest_new(:))
ON CONFLICT (person_id, delivery, from_post) DO NOTHING
RETURNING id
-- name: digest_by_id
SELECT $digest FROM digest WHERE id = :id
-- name: digest_set_entries
UPDATE digest SET entries = :entries WHERE id = :id
-- name: digest_entries
SELECT entries FROM digest WHERE id = :id
-- name: digest_walk
-- Each with whether nothing needs it: a later one says how far its reader was told, and no waiting text, no mail on its way names it.
SELECT d.id, d.made_at, EXISTS (SELECT 1 FROM digest x WHERE x.person_id = d.person_id AND x.delivery = d.delivery
        AND (x.to_post, x.id) > (d.to_post, d.id))
    AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.digest_id = d.id)
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.digest_id = d.id AND (n.state = 'due' OR n.state = 'claimed')) AS is_idle
FROM digest d WHERE d.id > :after ORDER BY d.id LIMIT :most
-- name: digest_forget_in_notices
UPDATE notice SET digest_id = NULL WHERE digest_id = :id
-- name: digest_forget
DELETE FROM digest WHERE id = :id
-- name: digest_people
-- scan meant: everybody with a digest is asked, a few times a day
SELECT $person
FROM person p LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id AND +m.delivery = :delivery)
ORDER BY p.id
-- name: digest_posts_late
-- engine: sqlite
-- What waited to be told together, for one reader; who said STOPP or chose a digest meanwhile does not want it. And what was more than
-- this reader is told one by one: that nobody tells them if it is not told here, whatever they chose meanwhile, but STOPP and leaving.
SELECT $digest_post(p)
FROM (SELECT p.id FROM post p CROSS JOIN announcement n ON n.post_id = p.id AND n.late <> 0 CROSS JOIN idea i ON i.id = p.idea_id
    LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = :person_id
    LEFT JOIN follow f ON f.idea_id = p.idea_id AND f.person_id = :person_id
    WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
        AND p.person_id <> :person_id AND f.stopped_at IS NULL
        AND (m.delivery = 'each' OR EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = :person_id AND x.delivery = 'each')
            OR f.person_id IS NOT NULL AND (m.delivery IS NULL OR m.delivery = 'none') AND NOT EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = :person_id AND x.delivery IN ('daily', 'weekly')))
        AND (i.ring = 'public' OR m.role <> 'reader')
    UNION
    SELECT p.id FROM notice n CROSS JOIN post p ON p.id = n.post_id CROSS JOIN idea i ON i.id = p.idea_id
    LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = :person_id
    LEFT JOIN follow f ON f.idea_id = p.idea_id AND f.person_id = :person_id
    WHERE n.digest_id = :digest_id AND n.purpose = $purpose(POST) AND f.stopped_at IS NULL
        AND (m.delivery <> 'none' OR EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = :person_id AND x.delivery <> 'none')
            OR EXISTS (SELECT 1 FROM idea_follower y WHERE y.idea_id = p.idea_id AND y.person_id = :person_id))
        AND (i.ring = 'public' OR m.role <> 'reader')
) w CROSS JOIN post p ON p.id = w.id
WHERE p.state = 'published'
ORDER BY p.forum_id, p.idea_id, p.published
