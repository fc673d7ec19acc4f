-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ideas and who follows them.

-- What the world may read, once: access_may_read() as SQL. $listed(i): an idea, for a proposal is in lists of its own. $readable(i): an
-- idea, or a proposal whose ideas are all in the public ring (page/proposal.c).
-- columns listed: (@ring = 'public' AND @published_at IS NOT NULL
--     AND @state NOT IN ('submitted', 'expired', 'confirmed', 'in_review', 'rejected', 'withdrawn', 'removed')
--     AND NOT EXISTS (SELECT 1 FROM proposal o WHERE o.idea_id = @id))
-- columns readable: (@ring = 'public' AND @published_at IS NOT NULL
--     AND @state NOT IN ('submitted', 'expired', 'confirmed', 'in_review', 'rejected', 'withdrawn', 'removed')
--     AND NOT EXISTS (SELECT 1 FROM proposal o CROSS JOIN proposal_idea x ON x.proposal_id = o.id CROSS JOIN idea y ON y.id = x.idea_id
--         WHERE o.idea_id = @id AND y.ring <> 'public'))

-- columns idea: id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts, state_before, merged_into,
--     merged_from, deadline_at, lead_id

-- name: idea_inner
SELECT coalesce(max(inner_id), 0) FROM inner_talk WHERE idea_id = :idea_id AND forum_id = :forum_id
-- name: idea_inner_all
SELECT inner_id FROM inner_talk WHERE idea_id = :idea_id ORDER BY forum_id
-- name: idea_among_members
SELECT $idea FROM idea WHERE forum_id = :forum_id AND ring = 'members' ORDER BY id DESC LIMIT :most
-- name: idea_among_members_stamp
SELECT coalesce(sum(id * 1000003 + last_number), 0) FROM (SELECT id, last_number FROM idea
    WHERE forum_id = :forum_id AND ring = 'members' ORDER BY id DESC LIMIT :most)
-- name: idea_beside
SELECT coalesce(max(idea_id), 0) FROM inner_talk WHERE inner_id = :inner_id
-- name: idea_set_inner
INSERT INTO inner_talk (idea_id, forum_id, inner_id) VALUES (:idea_id, :forum_id, :inner_id)
-- name: idea_by_id
SELECT $idea FROM idea WHERE id = :id
-- name: idea_all
-- scan meant: the list of all ideas, streamed by number
SELECT $idea FROM idea
WHERE :state IS NULL OR state = :state ORDER BY id
-- name: idea_of_forum
-- engine: sqlite
SELECT $idea FROM idea
WHERE forum_id = :forum_id AND (:state IS NULL OR state = :state)
UNION ALL
SELECT $idea(i) FROM idea_also o CROSS JOIN idea i ON i.id = o.idea_id
WHERE o.forum_id = :forum_id AND (:state IS NULL OR i.state = :state) ORDER BY id
-- name: idea_forums
-- Where it is shown, its home first.
SELECT forum_id FROM (SELECT forum_id, 0 AS place FROM idea WHERE id = :id UNION ALL SELECT forum_id, 1 FROM idea_also WHERE idea_id = :id)
ORDER BY place, forum_id
-- name: idea_add_forum
INSERT INTO idea_also (idea_id, forum_id, is_merged) VALUES (:idea_id, :forum_id, 0)
ON CONFLICT (idea_id, forum_id) DO UPDATE SET is_merged = 0
-- name: idea_drop_forum
DELETE FROM idea_also WHERE idea_id = :idea_id AND forum_id = :forum_id AND is_merged = 0
-- name: idea_forums_unmerge
DELETE FROM idea_also WHERE is_merged = 1 AND idea_id IN (SELECT id FROM idea WHERE id = :lead OR lead_id = :lead)
-- name: idea_forums_merge
-- engine: sqlite
-- What is one discussion is shown wherever one of its ideas is.
INSERT INTO idea_also (idea_id, forum_id, is_merged)
SELECT i.id, x.forum_id, 1 FROM idea i CROSS JOIN (
    SELECT g.forum_id FROM idea g WHERE g.id = :lead OR g.lead_id = :lead
    UNION
    SELECT o.forum_id FROM idea g CROSS JOIN idea_also o ON o.idea_id = g.id AND o.is_merged = 0 WHERE g.id = :lead OR g.lead_id = :lead
) x ON x.forum_id <> i.forum_id
WHERE (i.id = :lead OR i.lead_id = :lead) AND i.ring = 'public'
ON CONFLICT DO NOTHING
-- name: idea_drop_home
DELETE FROM idea_also WHERE idea_id = :id AND forum_id = (SELECT forum_id FROM idea WHERE id = :id)
-- name: idea_add
INSERT INTO idea (forum_id, author_id, title, state, ring, created_at, published_at)
VALUES (:forum_id, :author_id, :title, :state, :ring, :created_at, :published_at)
-- name: idea_set_deadline
UPDATE idea SET deadline_at = :at WHERE id = :id
-- name: idea_set_title
UPDATE idea SET title = :title WHERE id = :id
-- name: idea_set_state
UPDATE idea SET state = :state, published_at = coalesce(:published_at, published_at),
    state_before = CASE WHEN :remembers THEN coalesce(CASE WHEN state = 'in_review' THEN state_before END, state) END
WHERE id = :id
-- name: idea_set_merged
-- Whatever had led here leads there from now on.
UPDATE idea SET merged_into = :into, merged_from = :merged_from WHERE id = :id
-- name: idea_group
SELECT id, merged_into FROM idea WHERE id = :lead OR lead_id = :lead ORDER BY id
-- name: idea_set_lead
UPDATE idea SET lead_id = :lead WHERE id = :id
-- name: idea_move
UPDATE idea SET forum_id = :forum_id WHERE id = :id
-- name: idea_move_posts
UPDATE post SET forum_id = :forum_id WHERE idea_id = :id
-- name: idea_count_followers
-- engine: sqlite
-- Those whose address is written to.
SELECT count(DISTINCT f.person_id) FROM idea_follower f CROSS JOIN address a ON a.person_id = f.person_id AND a.is_primary = 1
WHERE f.idea_id = :id AND a.suspended_at IS NULL
-- name: idea_count_supporters
-- engine: sqlite
-- Of the whole group, each person once, and each mailbox: before a merge each idea had its own. Organisations are counted apart.
SELECT count(DISTINCT s.person_id)
FROM idea i CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
CROSS JOIN support s ON s.idea_id = g.id CROSS JOIN person p ON p.id = s.person_id AND p.is_organisation = 0
WHERE i.id = :id AND s.ended_at IS NULL
    AND (NOT EXISTS (SELECT 1 FROM idea m WHERE m.lead_id = coalesce(i.lead_id, i.id))
        OR NOT EXISTS (SELECT 1 FROM support o CROSS JOIN idea x ON x.id = o.idea_id
            WHERE o.mailbox = s.mailbox AND o.mailbox <> 0 AND o.ended_at IS NULL AND o.person_id < s.person_id
                AND (x.id = coalesce(i.lead_id, i.id) OR x.lead_id = coalesce(i.lead_id, i.id))))
-- name: idea_organisations
-- engine: sqlite
-- The same, and who speaks for organisations.
SELECT DISTINCT s.person_id, p.public_name
FROM idea i CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
CROSS JOIN support s ON s.idea_id = g.id CROSS JOIN person p ON p.id = s.person_id AND p.is_organisation = 1
WHERE i.id = :id AND s.ended_at IS NULL
    AND (NOT EXISTS (SELECT 1 FROM idea m WHERE m.lead_id = coalesce(i.lead_id, i.id))
        OR NOT EXISTS (SELECT 1 FROM support o CROSS JOIN idea x ON x.id = o.idea_id
            WHERE o.mailbox = s.mailbox AND o.mailbox <> 0 AND o.ended_at IS NULL AND o.person_id < s.person_id
                AND (x.id = coalesce(i.lead_id, i.id) OR x.lead_id = coalesce(i.lead_id, i.id))))
-- name: idea_count_own_supporters
-- engine: sqlite
SELECT count(DISTINCT s.person_id) FROM support s CROSS JOIN person p ON p.id = s.person_id AND p.is_organisation = 0
WHERE s.idea_id = :id AND s.ended_at IS NULL
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
-- name: idea_of_author
-- engine: sqlite
-- By the index of posts, where each idea's first one has its author: an index of authors would be written with each idea.
SELECT $idea(i) FROM post p CROSS JOIN idea i ON i.id = p.idea_id
WHERE p.person_id = :person_id AND p.number = 1 AND i.author_id = :person_id ORDER BY p.at DESC, i.id DESC LIMIT :most
-- name: idea_is_told
-- The conditions of notice_add_for_post, for one person, when the mail leaves.
SELECT CASE WHEN f.stopped_at IS NULL
        AND (m.delivery = 'each' OR EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = i.id AND x.person_id = :person_id AND x.delivery = 'each')
            OR coalesce(m.delivery, 'none') = 'none' AND NOT EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = i.id AND x.person_id = :person_id AND x.delivery IN ('daily', 'weekly'))
                AND EXISTS (SELECT 1 FROM idea_follower w WHERE w.idea_id = i.id AND w.person_id = :person_id))
        AND (i.ring = 'public' OR m.role IN ('member', 'lead', 'moderator', 'office')) THEN 1 ELSE 0 END
FROM idea i LEFT JOIN follow f ON f.idea_id = i.id AND f.person_id = :person_id
LEFT JOIN member m ON m.forum_id = i.forum_id AND m.person_id = :person_id
WHERE i.id = :idea_id
-- name: idea_last_sign
-- engine: sqlite
-- When the newest post came that is public, or a step was made.
SELECT max(coalesce((SELECT at FROM post WHERE idea_id = :id AND state = 'published' ORDER BY number DESC LIMIT 1), 0),
    coalesce((SELECT at FROM step WHERE idea_id = :id ORDER BY id DESC LIMIT 1), 0))
-- name: idea_is_followed
SELECT EXISTS (SELECT 1 FROM idea_follower WHERE idea_id = :idea_id AND person_id = :person_id)
-- name: idea_public
-- What the world may read, newest first: access_may_read() as SQL. A proposal is listed as one.
SELECT $idea FROM idea
WHERE id < :before AND $listed(idea)
ORDER BY id DESC LIMIT :most
-- name: idea_public_of_forum
-- engine: sqlite
SELECT $idea FROM idea
WHERE forum_id = :forum_id AND id < :before AND $listed(idea)
UNION ALL
SELECT $idea FROM idea
WHERE id IN (SELECT o.idea_id FROM idea_also o WHERE o.forum_id = :forum_id AND o.idea_id < :before) AND $listed(idea)
ORDER BY id DESC LIMIT :most
-- name: idea_for_staff
-- engine: sqlite
SELECT $idea(i)
FROM member m CROSS JOIN idea i ON i.forum_id = m.forum_id
WHERE m.person_id = :person_id AND m.role IN ('lead', 'moderator', 'office') AND i.id < :before
    AND i.state NOT IN ('submitted', 'expired', 'confirmed', 'in_review', 'rejected', 'withdrawn', 'removed')
    AND NOT EXISTS (SELECT 1 FROM proposal d WHERE d.idea_id = i.id)
ORDER BY i.id DESC LIMIT :most
-- name: idea_count_public
-- engine: sqlite
SELECT (SELECT count(*) FROM idea INDEXED BY idea_listed WHERE forum_id = :forum_id AND $listed(idea))
    + (SELECT count(*) FROM idea_also o CROSS JOIN idea i ON i.id = o.idea_id WHERE o.forum_id = :forum_id AND $listed(i))
