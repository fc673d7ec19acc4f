-- SPDX-License-Identifier: GPL-3.0-or-later
-- Posts. `published` counts up over all posts in the order in which they became public.

-- columns post: id, idea_id, number, parent_id, person_id, message_id, kind, state, at, text, language,
--     taken_at, coalesce(@taken_from, 'published') AS taken_from, taken_place, taken_reason, forgotten_at, edited_at, is_edit_shown

-- name: post_is_own
-- engine: sqlite
-- Theirs, or said about an idea of theirs, or one that goes on with it, or with which it goes on.
SELECT p.person_id = :person_id OR EXISTS (SELECT 1 FROM idea i
        CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
        WHERE i.id = p.idea_id AND g.author_id = :person_id)
FROM post p WHERE p.id = :post_id
-- What stands in a discussion for who may read it: also the stubs of what was withdrawn or removed.
-- columns shown: (@state = 'published' OR ((@state = 'withdrawn' OR @state = 'removed') AND @taken_place IS NOT NULL))

-- name: post_by_id
SELECT $post
FROM post WHERE id = :id
-- name: post_by_number
SELECT $post
FROM post WHERE idea_id = :idea_id AND number = :number
-- name: post_by_message_id
-- engine: sqlite
-- The inner limit bounds the work when somebody sends the same Message-ID again and again; the first mail counts.
SELECT $post(p)
FROM (SELECT id FROM message WHERE message_hash = :message_hash AND message_id = :message_id ORDER BY id LIMIT :most) m
CROSS JOIN post p ON p.message_id = m.id
LIMIT 1
-- name: post_of_idea
SELECT $post
FROM post WHERE idea_id = :idea_id AND (:published_only = 0 OR $shown(post)) ORDER BY number
-- name: post_shown_between
SELECT $post
FROM post WHERE idea_id = :idea_id AND number BETWEEN :from AND :to AND $shown(post) ORDER BY number
-- name: post_shown_newest
SELECT $post
FROM post WHERE idea_id = :idea_id AND (:published_only = 0 OR state = 'published') AND $shown(post) ORDER BY number DESC LIMIT :most
-- name: post_shown_numbers
SELECT number FROM post WHERE idea_id = :idea_id AND number > :after AND $shown(post) ORDER BY number
-- name: post_shown_last
SELECT number FROM post WHERE idea_id = :idea_id AND $shown(post) ORDER BY number DESC LIMIT 1
-- name: post_last_official
SELECT $post
FROM post WHERE idea_id = :idea_id AND kind = 'official' AND state = 'published' ORDER BY number DESC LIMIT 1
-- name: post_last_number
SELECT last_number FROM idea WHERE id = :id
-- name: post_newest
-- engine: sqlite
SELECT $post(p)
FROM post p CROSS JOIN idea i ON i.id = p.idea_id
WHERE p.published IS NOT NULL AND $listed(i)
ORDER BY p.published DESC LIMIT :most
-- name: post_newest_of_forum
-- engine: sqlite
SELECT $post(p)
FROM (SELECT p.id, p.published FROM post p CROSS JOIN idea i ON i.id = p.idea_id
    WHERE p.forum_id = :forum_id AND p.published IS NOT NULL AND $listed(i)
    UNION ALL
    SELECT p.id, p.published FROM idea_also o CROSS JOIN idea i ON i.id = o.idea_id CROSS JOIN post p ON p.idea_id = o.idea_id
    WHERE o.forum_id = :forum_id AND p.published IS NOT NULL AND $listed(i)
    ORDER BY published DESC LIMIT :most) w CROSS JOIN post p ON p.id = w.id
ORDER BY w.published DESC
-- name: post_number
SELECT last_number + 1 AS number, forum_id FROM idea WHERE id = :idea_id
-- name: post_number_taken
UPDATE idea SET last_number = :number, n_posts = n_posts + :n_published WHERE id = :idea_id
-- name: post_add
INSERT INTO post (idea_id, forum_id, number, parent_id, person_id, message_id, kind, state, at, published, text, language)
VALUES (:idea_id, :forum_id, :number, :parent_id, :person_id, :message_id, :kind, :state, :at, :published, :text, :language)
-- name: post_count_by_person
-- More than the limit is more than any rule asks for.
SELECT count(*) FROM (SELECT 1 FROM post WHERE person_id = :person_id AND at BETWEEN :since AND :now LIMIT :most)
-- name: post_written
-- What a person lately wrote in one discussion, newest first.
SELECT text FROM (SELECT text, idea_id, state FROM post WHERE person_id = :person_id ORDER BY at DESC LIMIT :most)
WHERE idea_id = :idea_id AND state = 'published'
-- name: post_texts
SELECT text FROM post WHERE idea_id = :idea_id ORDER BY number DESC LIMIT :most
-- name: post_same
SELECT 1 FROM post WHERE person_id = :person_id AND at BETWEEN :since AND :now AND idea_id = :idea_id
    AND parent_id = :parent_id AND text = :text LIMIT 1
-- name: post_standing
SELECT count(*) FILTER (WHERE p.state = 'published' AND EXISTS (SELECT 1 FROM hold h
        WHERE h.post_id = p.id AND h.kind = 'review' AND h.state = 'released')) AS n_released,
    count(*) FILTER (WHERE ((p.state = 'rejected' OR p.state = 'removed') AND p.taken_at >= :since)
        OR EXISTS (SELECT 1 FROM hold h WHERE h.post_id = p.id AND h.why = 'redacted' AND h.state = 'rejected'
            AND h.decided_at >= :since)) AS n_refused
FROM (SELECT id, state, taken_at, forum_id FROM post WHERE person_id = :person_id ORDER BY at DESC LIMIT :most) p
WHERE p.forum_id = :forum_id
-- name: post_last_publication
-- engine: sqlite
SELECT max(coalesce((SELECT max(published) FROM post WHERE published IS NOT NULL), 0),
    coalesce((SELECT max(taken_place) FROM post WHERE taken_place IS NOT NULL), 0))
-- name: post_publish
UPDATE post SET state = 'published', published = :published WHERE id = :id AND state = 'in_review'
RETURNING idea_id, text
-- name: post_first_official
SELECT min(at) FROM post WHERE idea_id = :id AND kind = 'official' AND state = 'published'
-- name: post_set_time
UPDATE post SET at = :at WHERE id = :id
-- name: post_take
UPDATE post SET taken_from = CASE WHEN taken_at IS NULL THEN state ELSE taken_from END,
    taken_place = CASE WHEN taken_at IS NULL THEN published ELSE taken_place END,
    state = :state, published = NULL, taken_at = :now, taken_reason = :reason, taken_by = NULL
WHERE id = :id
-- name: post_set_taken_by
UPDATE post SET taken_by = :person_id WHERE id = :id
-- name: post_taken_by
SELECT coalesce(taken_by, 0) FROM post WHERE id = :id
-- name: post_restore
UPDATE post SET state = taken_from, published = taken_place, taken_at = NULL, taken_from = NULL, taken_place = NULL,
    taken_reason = NULL, taken_by = NULL
WHERE id = :id
-- name: post_forget
UPDATE post SET text = '', forgotten_at = :now WHERE id = :id AND published IS NULL AND forgotten_at IS NULL
-- name: post_set_text
UPDATE post SET text = :text WHERE id = :id
-- name: post_set_edited
-- Whoever answered or supported it spoke of other words; an office stands by all that it said.
UPDATE post SET edited_at = :now, is_edit_shown = CASE WHEN is_edit_shown = 1 OR kind = 'official'
    OR EXISTS (SELECT 1 FROM post a WHERE a.idea_id = post.idea_id AND a.number > post.number AND a.published IS NOT NULL)
    OR (kind = 'idea' AND EXISTS (SELECT 1 FROM support s WHERE s.idea_id = post.idea_id)) THEN 1 ELSE 0 END
WHERE id = :id AND state = 'published'
-- name: post_over
SELECT id FROM post WHERE state = :state AND taken_at IS NOT NULL AND taken_at <= :before AND forgotten_at IS NULL
ORDER BY taken_at LIMIT :most
-- name: check_over_posts
SELECT count(*) FROM post WHERE state = :state AND taken_at IS NOT NULL AND taken_at <= :before AND forgotten_at IS NULL
-- name: post_of_person
SELECT $post
FROM post WHERE person_id = :person_id ORDER BY id
-- name: post_count
UPDATE idea SET n_posts = n_posts + :n WHERE id = :idea_id
