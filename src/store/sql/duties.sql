-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who moderates when.

-- name: duty_add
INSERT INTO duty (forum_id, person_id, kind, from_at, to_at) VALUES (:forum_id, :person_id, :kind, :from_at, :to_at)
-- name: duty_of_forum
-- scan meant: a rota is looked at by people
SELECT id, forum_id, person_id, kind, from_at, to_at FROM duty
WHERE (:forum_id IS NULL OR forum_id = :forum_id) AND (to_at IS NULL OR to_at > :now) ORDER BY forum_id, from_at, person_id, id
-- name: duty_of_person
-- scan meant: what is held about one person
SELECT id, forum_id, person_id, kind, from_at, to_at FROM duty WHERE person_id = :person_id ORDER BY from_at, id
-- name: duty_remove
DELETE FROM duty WHERE forum_id = :forum_id AND person_id = :person_id AND kind = :kind
    AND (:to IS NULL OR from_at < :to) AND (to_at IS NULL OR to_at > :from)
-- name: duty_remove_member
DELETE FROM duty WHERE forum_id = :forum_id AND person_id = :person_id
-- name: duty_remove_forum
DELETE FROM duty WHERE forum_id = :id
-- name: duty_remove_person
-- scan meant: an erasure
DELETE FROM duty WHERE person_id = :id
-- name: duty_forget
-- scan meant: a rota has a few hundred rows, and this is asked where one is added
DELETE FROM duty WHERE to_at <= :before
-- name: duty_shifts
-- engine: sqlite
-- Who can be reached: a mail to the others would be dropped, and the operator would not hear that nobody is asked.
-- Asked for every text that waits; a forum may have a hundred thousand readers.
SELECT m.person_id, CASE m.role WHEN 'moderator' THEN 0 WHEN 'lead' THEN 1 ELSE 2 END AS rank,
    EXISTS (SELECT 1 FROM duty d WHERE d.forum_id = m.forum_id AND d.person_id = m.person_id AND d.kind = 'on' AND d.from_at <= :now
        AND (d.to_at IS NULL OR d.to_at > :now)) AS is_on,
    EXISTS (SELECT 1 FROM duty d WHERE d.forum_id = m.forum_id AND d.person_id = m.person_id AND d.kind = 'away' AND d.from_at <= :now
        AND (d.to_at IS NULL OR d.to_at > :now)) AS is_away,
    EXISTS (SELECT 1 FROM notice n WHERE n.hold_id = :hold_id AND n.person_id = m.person_id
        AND (n.purpose = $purpose(MODERATE) OR n.purpose = $purpose(MODERATE_DEPUTY) OR n.purpose = $purpose(MODERATE_LATE))) AS was_asked,
    (SELECT min(d.from_at) FROM duty d WHERE d.forum_id = m.forum_id AND d.person_id = m.person_id AND d.kind = 'on'
        AND d.from_at > :now) AS next_at
FROM member m INDEXED BY member_leading
WHERE m.forum_id = :forum_id AND m.role IN ('lead', 'moderator', 'office')
    AND EXISTS (SELECT 1 FROM address a WHERE a.person_id = m.person_id AND a.is_primary = 1 AND a.suspended_at IS NULL)
    AND m.person_id <> coalesce((SELECT p.person_id FROM post p WHERE p.id = :post_id), 0)
    AND NOT EXISTS (SELECT 1 FROM post p CROSS JOIN idea i ON i.id = p.idea_id
        CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
        WHERE p.id = :post_id AND g.author_id = m.person_id)
ORDER BY m.person_id
-- name: duty_hand_over
-- engine: sqlite
UPDATE hold SET next_at = :now
WHERE forum_id = :forum_id AND state = 'open' AND kind = 'review' AND next = 'deputy' AND next_at > :now
    AND EXISTS (SELECT 1 FROM notice n WHERE n.hold_id = hold.id AND n.person_id = :person_id
        AND (n.purpose = $purpose(MODERATE) OR n.purpose = $purpose(MODERATE_DEPUTY) OR n.purpose = $purpose(MODERATE_LATE)))
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.hold_id = hold.id AND n.person_id <> :person_id
        AND (n.purpose = $purpose(MODERATE) OR n.purpose = $purpose(MODERATE_DEPUTY) OR n.purpose = $purpose(MODERATE_LATE))
        AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.forum_id = :forum_id AND d.person_id = n.person_id AND d.kind = 'away'
            AND d.from_at <= :now AND (d.to_at IS NULL OR d.to_at > :now)))
