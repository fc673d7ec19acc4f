-- SPDX-License-Identifier: GPL-3.0-or-later
-- Phases: what is taken when.

-- name: phase_all
-- scan meant: an initiative has a handful
SELECT name, forum_id, from_at, to_at, allows, n_changes, changed_at, changed_by, journaled FROM phase ORDER BY from_at, name
-- name: phase_by_name
SELECT name, forum_id, from_at, to_at, allows, n_changes, changed_at, changed_by, journaled FROM phase WHERE name = :name
-- name: phase_put
INSERT INTO phase (name, forum_id, from_at, to_at, allows, n_changes, changed_at, changed_by, journaled)
VALUES (:name, :forum_id, :from_at, :to_at, :allows, :n_changes, :changed_at, :changed_by, :journaled)
ON CONFLICT (name) DO UPDATE SET forum_id = excluded.forum_id, from_at = excluded.from_at, to_at = excluded.to_at,
    allows = excluded.allows, n_changes = excluded.n_changes, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
    journaled = excluded.journaled
-- name: phase_untold
-- engine: sqlite
-- Among what is due in the stream.
SELECT detail FROM notice
WHERE state = 'due' AND stream = $stream(PHASE_CHANGED) AND (purpose = $purpose(PHASE_CHANGED) OR purpose = $purpose(PHASE_CHANGED_DIGEST))
    AND substr(detail, 1, length(:name) + 1) = :name || ' '
LIMIT 1
-- name: phase_drop_untold
-- engine: sqlite
UPDATE notice SET state = 'dropped', last_reply = :reason
WHERE state = 'due' AND stream = $stream(PHASE_CHANGED) AND (purpose = $purpose(PHASE_CHANGED) OR purpose = $purpose(PHASE_CHANGED_DIGEST))
    AND substr(detail, 1, length(:name) + 1) = :name || ' '
-- name: phase_tell
-- scan meant: everybody concerned hears, once in months
-- detail: name, and the end that they know. Who reads digests, and is no author of an open idea of it, in the next of them.
INSERT INTO notice (stream, purpose, person_id, forum_id, detail, due_at)
SELECT $stream(PHASE_CHANGED), CASE WHEN t.way IS NULL THEN $purpose(PHASE_CHANGED) ELSE $purpose(PHASE_CHANGED_DIGEST) END, t.person_id, t.forum_id,
    :detail, CASE t.way WHEN 'daily' THEN :daily_at WHEN 'weekly' THEN :weekly_at ELSE :due_at END
FROM (SELECT p.person_id, min(p.forum_id) AS forum_id, CASE WHEN max(p.is_mail) = 0 THEN min(p.digest) END AS way FROM (
    SELECT m.person_id, m.forum_id, m.delivery = 'each' AS is_mail, CASE WHEN m.delivery <> 'each' THEN m.delivery END AS digest
    FROM member m WHERE m.delivery <> 'none' AND (:forum_id IS NULL OR m.forum_id = :forum_id)
    UNION
    SELECT f.person_id, i.forum_id, i.author_id = f.person_id, NULL FROM follow f JOIN idea i ON i.id = f.idea_id
    WHERE f.stopped_at IS NULL AND i.ring = 'public' AND (:forum_id IS NULL OR i.forum_id = :forum_id)
        AND i.state IN ('published', 'assigned', 'in_deliberation', 'proposal', 'adopted', 'in_progress')
    ) p GROUP BY p.person_id) t JOIN address a ON a.person_id = t.person_id AND a.is_primary = 1
WHERE a.suspended_at IS NULL
