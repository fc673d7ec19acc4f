-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ideas about which nothing is heard.

-- A step that says that somebody looks at the idea: by who leads its forum, an office or the operator for them, or since a proposal
-- that it is part of went on. What its author does, and where moderators put it, is none.
-- columns sign: (@by IN ('lead', 'office', 'operator')
--     OR @by = 'gateway' AND @to_state IN ('proposal', 'adopted', 'in_progress', 'done', 'not_pursued', 'in_deliberation'))

-- name: silence_tell_authors
-- engine: sqlite
-- scan meant: all open ideas, once an hour
-- Nobody hears of more than so many in a month; of the others later. Only while a phase runs, or a day is set for the next step.
INSERT INTO notice (stream, purpose, person_id, forum_id, idea_id, post_id, due_at)
SELECT $stream(SILENCE), $purpose(SILENCE), x.author_id, x.forum_id, x.id, x.post_id, :due FROM (
SELECT i.author_id, i.forum_id, i.id, p.id AS post_id, row_number() OVER (PARTITION BY i.author_id ORDER BY i.published_at, i.id) AS place
FROM idea i CROSS JOIN post p ON p.idea_id = i.id AND p.number = 1
CROSS JOIN address a ON a.person_id = i.author_id AND a.is_primary = 1
WHERE i.ring = 'public' AND i.published_at <= :before AND a.suspended_at IS NULL
    AND i.state IN ('published', 'assigned', 'in_deliberation', 'proposal', 'adopted', 'in_progress')
    AND NOT EXISTS (SELECT 1 FROM proposal d WHERE d.idea_id = i.id)
    AND NOT EXISTS (SELECT 1 FROM step s WHERE s.idea_id = i.id AND s.at > :before AND $sign(s))
    AND NOT EXISTS (SELECT 1 FROM post o WHERE o.idea_id = i.id AND o.kind = 'official' AND o.state = 'published' AND o.at > :before)
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.idea_id = i.id AND n.purpose = $purpose(SILENCE) AND coalesce(n.last_reply, '') <> :heard
        AND NOT EXISTS (SELECT 1 FROM step s WHERE s.idea_id = i.id AND s.at > n.due_at AND $sign(s))
        AND NOT EXISTS (SELECT 1 FROM post o WHERE o.idea_id = i.id AND o.kind = 'official' AND o.at > n.due_at))
    AND (i.deadline_at > :now OR NOT EXISTS (SELECT 1 FROM phase) OR EXISTS (SELECT 1 FROM phase h
        WHERE (h.forum_id IS NULL OR h.forum_id = i.forum_id) AND h.from_at <= :now AND (h.to_at IS NULL OR h.to_at > :now)))) x
WHERE x.place + (SELECT count(*) FROM notice n WHERE n.purpose = $purpose(SILENCE) AND n.person_id = x.author_id AND coalesce(n.last_reply, '') <> :heard AND n.due_at > :month)
    <= :most
-- name: silence_is_of
-- A row: something was heard of it.
SELECT 1 FROM step s WHERE s.idea_id = :idea_id AND s.at > :before AND $sign(s)
UNION ALL
SELECT 1 FROM post WHERE idea_id = :idea_id AND kind = 'official' AND state = 'published' AND at > :before
LIMIT 1
-- name: silence_tell_offices
-- engine: sqlite
-- scan meant: who leads a forum, once an hour on a Monday
-- Where nothing waits they hear that once in a while.
INSERT INTO notice (stream, purpose, person_id, forum_id, due_at)
SELECT $stream(WEEKLY_OFFICE), $purpose(WEEKLY_OFFICE), m.person_id, m.forum_id, :now
FROM member m CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
WHERE (m.role = 'office' OR m.role = 'lead') AND a.suspended_at IS NULL
    AND (EXISTS (SELECT 1 FROM hold h WHERE h.forum_id = m.forum_id AND h.state = 'open' AND h.kind IN ('review', 'second'))
    OR EXISTS (SELECT 1 FROM idea i WHERE i.forum_id = m.forum_id AND i.deadline_at > :now AND i.deadline_at <= :now + 1209600
        AND i.state IN ('published', 'assigned', 'in_deliberation', 'proposal', 'adopted', 'in_progress'))
    OR EXISTS (SELECT 1 FROM idea i WHERE i.forum_id = m.forum_id AND i.ring = 'public' AND i.published_at <= :before
        AND i.state IN ('published', 'assigned', 'in_deliberation')
        AND NOT EXISTS (SELECT 1 FROM step s WHERE s.idea_id = i.id AND s.at > :before AND $sign(s))
        AND NOT EXISTS (SELECT 1 FROM post o WHERE o.idea_id = i.id AND o.kind = 'official' AND o.state = 'published' AND o.at > :before))
    OR NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = m.person_id AND n.forum_id = m.forum_id
        AND n.purpose = $purpose(WEEKLY_OFFICE) AND n.due_at > :month))
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = m.person_id AND n.forum_id = m.forum_id
        AND n.purpose = $purpose(WEEKLY_OFFICE) AND n.due_at > :ago)
-- name: silence_first_signs
SELECT coalesce((SELECT min(x.at) FROM (
        SELECT min(s.at) AS at FROM step s WHERE s.idea_id = i.id AND s.by IN ('moderator', 'lead', 'office')
        UNION ALL
        SELECT min(o.at) AS at FROM post o WHERE o.idea_id = i.id AND o.kind = 'official' AND o.state = 'published') x), 0) AS reacted_at,
    coalesce((SELECT min(o.at) FROM post o WHERE o.idea_id = i.id AND o.kind = 'official' AND o.state = 'published'), 0) AS answered_at,
    i.published_at
FROM idea i WHERE i.forum_id = :forum_id AND i.ring = 'public' AND i.published_at >= :since
-- name: silence_held
-- scan meant: what waits in one forum, once a week
SELECT count(*) FILTER (WHERE state = 'open' AND kind = 'review') AS n_held, count(*) FILTER (WHERE state = 'open' AND kind = 'second') AS n_drafts,
    count(*) FILTER (WHERE state = 'open' AND waits = 'phase') AS n_late,
    count(*) FILTER (WHERE state = 'expired' AND kind = 'confirm' AND decided_at >= :since) AS n_expired
FROM hold WHERE forum_id = :forum_id
-- name: silence_deadlines
SELECT $idea FROM idea
WHERE forum_id = :forum_id AND deadline_at > :now AND deadline_at <= :before
    AND state IN ('published', 'assigned', 'in_deliberation', 'proposal', 'adopted', 'in_progress')
ORDER BY deadline_at, id LIMIT :most
-- name: silence_waiting
SELECT $idea FROM idea
WHERE forum_id = :forum_id AND ring = 'public' AND published_at <= :before AND state IN ('published', 'assigned', 'in_deliberation')
    AND NOT EXISTS (SELECT 1 FROM step s WHERE s.idea_id = idea.id AND s.at > :before AND $sign(s))
    AND NOT EXISTS (SELECT 1 FROM post o WHERE o.idea_id = idea.id AND o.kind = 'official' AND o.state = 'published' AND o.at > :before)
ORDER BY published_at LIMIT :most
