-- SPDX-License-Identifier: GPL-3.0-or-later
-- What who leads a forum did.

-- name: actions_since
-- engine: sqlite
-- scan meant: the newest lines of the journal, once a day
SELECT $event(e)
FROM (SELECT * FROM event ORDER BY id DESC LIMIT :looked) e
CROSS JOIN member m ON m.forum_id = e.forum_id AND m.person_id = e.person_id
WHERE e.at >= :since AND m.role IN ('lead', 'moderator', 'office')
    AND (e.kind IN ('hold.released', 'hold.rejected', 'hold.moved', 'hold.asked-author', 'post.official', 'post.note', 'post.redacted',
            'post.removed', 'post.restored', 'complaint.decided', 'letter.sent', 'duty.changed', 'phase.added', 'phase.changed')
        OR (e.kind LIKE 'idea.%' AND e.kind <> 'idea.published' AND e.kind <> 'idea.withdrawn' AND e.kind <> 'idea.stopped')
        OR e.kind LIKE 'proposal.%')
ORDER BY e.id LIMIT :shown
-- name: actions_tell
-- engine: sqlite
-- scan meant: the offices, once a day
INSERT INTO notice (stream, purpose, person_id, due_at)
SELECT DISTINCT $stream(DAILY_ACTIONS), $purpose(DAILY_ACTIONS), m.person_id, :now
FROM member m CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
WHERE m.role = 'office' AND a.suspended_at IS NULL
    AND (m.is_initiative = 1 OR NOT EXISTS (SELECT 1 FROM member g WHERE g.is_initiative = 1 AND g.role = 'office'))
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.purpose = $purpose(DAILY_ACTIONS) AND n.person_id = m.person_id AND n.due_at > :ago)
