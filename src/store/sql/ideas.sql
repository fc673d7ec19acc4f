-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ideas and who follows them.

-- columns idea: id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts

-- name: idea_by_id
SELECT $idea FROM idea WHERE id = :id
-- name: idea_all
-- scan meant: the list of all ideas, streamed by number
SELECT $idea FROM idea
WHERE :state IS NULL OR state = :state ORDER BY id
-- name: idea_of_forum
SELECT $idea FROM idea
WHERE forum_id = :forum_id AND (:state IS NULL OR state = :state) ORDER BY id
-- name: idea_add
INSERT INTO idea (forum_id, author_id, title, state, ring, created_at, published_at)
VALUES (:forum_id, :author_id, :title, :state, :ring, :created_at, :published_at)
-- name: idea_set_state
UPDATE idea SET state = :state, published_at = coalesce(:published_at, published_at) WHERE id = :id
-- name: idea_take
UPDATE idea SET state_before = coalesce(state_before, state), state = :state WHERE id = :id
-- name: idea_restore
UPDATE idea SET state = state_before, state_before = NULL WHERE id = :id AND state_before IS NOT NULL
-- name: idea_forget
UPDATE idea SET title = '' WHERE id = :id
-- name: idea_holds_forget
-- scan meant: what waits, by its index
UPDATE hold SET title = '' WHERE state = 'open' AND idea_id = :id
-- name: idea_follow
INSERT INTO follow (idea_id, person_id) VALUES (:idea_id, :person_id)
ON CONFLICT (idea_id, person_id) DO UPDATE SET stopped_at = NULL WHERE :again AND stopped_at IS NOT NULL
-- name: idea_unfollow
INSERT INTO follow (idea_id, person_id, stopped_at) VALUES (:idea_id, :person_id, :now)
ON CONFLICT (idea_id, person_id) DO UPDATE SET stopped_at = excluded.stopped_at WHERE stopped_at IS NULL
-- name: idea_unfollow_all
UPDATE follow SET stopped_at = :now
WHERE person_id = :person_id AND stopped_at IS NULL
    AND (:forum_id = 0 OR idea_id IN (SELECT id FROM idea WHERE forum_id = :forum_id))
-- name: idea_followed
-- engine: sqlite
SELECT $idea(i)
FROM follow f CROSS JOIN idea i ON i.id = f.idea_id
WHERE f.person_id = :person_id AND f.stopped_at IS NULL AND (:forum_id = 0 OR i.forum_id = :forum_id)
ORDER BY i.id DESC LIMIT :most
-- name: idea_is_told
-- The conditions of notice_add_for_followers and notice_add_for_members, for one person, when the mail leaves.
SELECT CASE WHEN coalesce(m.delivery, 'none') NOT IN ('daily', 'weekly') AND f.stopped_at IS NULL
        AND (f.idea_id IS NOT NULL OR m.delivery = 'each')
        AND (i.ring = 'public' OR m.role IN ('member', 'lead', 'moderator', 'office')) THEN 1 ELSE 0 END
FROM idea i LEFT JOIN follow f ON f.idea_id = i.id AND f.person_id = :person_id
LEFT JOIN member m ON m.forum_id = i.forum_id AND m.person_id = :person_id
WHERE i.id = :idea_id
