-- SPDX-License-Identifier: GPL-3.0-or-later
-- The life of ideas, step by step, and who is for them.

-- columns stage: id, idea_id, at, from_state, to_state, by, person_id, message_id, reason,
--     by_second, proposal_id, was

-- name: step_add
INSERT INTO step (idea_id, at, from_state, to_state, by, person_id, message_id, reason, by_second, proposal_id, was)
VALUES (:idea_id, :at, :from_state, :to_state, :by, :person_id, :message_id, :reason, :by_second, :proposal_id, :was)
-- name: step_of_idea
SELECT $stage FROM step
WHERE idea_id = :idea_id AND id >= :first ORDER BY id
-- name: step_by_others
-- The last by somebody else that changed what the idea is, where it stands or with what it goes: since a mail told of it, since a
-- step, and since the person's own last one. That another day was set is nothing to who sets none.
SELECT $stage FROM step
WHERE idea_id = :idea_id AND id > :seen AND at >= :since AND from_state IS NOT NULL AND from_state <> 'in_review' AND from_state <> 'rejected'
    AND (person_id IS NULL OR person_id <> :person_id) AND (:with_days OR to_state NOT LIKE 'deadline:%')
    AND id > (SELECT coalesce(max(o.id), 0) FROM step o WHERE o.idea_id = :idea_id AND o.person_id = :person_id)
ORDER BY id DESC LIMIT 1
-- name: step_by_id
SELECT $stage FROM step WHERE id = :id
-- name: step_last
SELECT coalesce(max(id), 0) FROM step
-- name: step_of_person
-- scan meant: what is held about one person
SELECT $stage FROM step WHERE person_id = :person_id ORDER BY id
-- name: support_of_person
SELECT idea_id, at, how, ended_at FROM support WHERE person_id = :person_id ORDER BY idea_id
-- name: support_add
-- engine: sqlite
-- One a mailbox in the whole group, whatever person it was entered as. What was annulled does not come back by another spelling of the
-- same mailbox, nor by another idea of the group.
INSERT INTO support (idea_id, person_id, at, how, mailbox)
SELECT :idea_id, :person_id, :at, :how, :mailbox
WHERE NOT EXISTS (SELECT 1 FROM support o CROSS JOIN idea i ON i.id = o.idea_id
    WHERE o.mailbox = :mailbox AND o.mailbox <> 0 AND o.ended_at IS NULL AND o.person_id <> :person_id
        AND (i.id = :lead OR i.lead_id = :lead))
    AND NOT EXISTS (SELECT 1 FROM support o CROSS JOIN idea i ON i.id = o.idea_id
    WHERE o.mailbox = :mailbox AND o.mailbox <> 0 AND o.is_annulled = 1 AND (i.id = :lead OR i.lead_id = :lead))
    AND NOT EXISTS (SELECT 1 FROM support o CROSS JOIN idea i ON i.id = o.idea_id
    WHERE o.person_id = :person_id AND o.is_annulled = 1 AND (i.id = :lead OR i.lead_id = :lead))
ON CONFLICT (idea_id, person_id) DO UPDATE SET at = excluded.at, how = excluded.how, mailbox = excluded.mailbox, ended_at = NULL
WHERE ended_at IS NOT NULL
-- name: support_is_annulled
-- engine: sqlite
SELECT EXISTS (SELECT 1 FROM support o CROSS JOIN idea i ON i.id = o.idea_id
    WHERE o.mailbox = :mailbox AND o.mailbox <> 0 AND o.is_annulled = 1 AND (i.id = :lead OR i.lead_id = :lead))
    OR EXISTS (SELECT 1 FROM support o CROSS JOIN idea i ON i.id = o.idea_id
    WHERE o.person_id = :person_id AND o.is_annulled = 1 AND (i.id = :lead OR i.lead_id = :lead))
-- name: support_annul
UPDATE support SET ended_at = coalesce(ended_at, :now), is_annulled = 1 WHERE person_id = :person_id AND is_annulled = 0
    AND idea_id IN (SELECT id FROM idea WHERE id = :lead OR lead_id = :lead)
-- name: support_count_annulled
-- engine: sqlite
SELECT count(DISTINCT s.person_id) FROM idea i CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
CROSS JOIN support s ON s.idea_id = g.id WHERE i.id = :id AND s.is_annulled = 1
-- name: support_recent
SELECT count(*) FROM (SELECT 1 FROM support WHERE idea_id = :idea_id AND at >= :since LIMIT :most)
-- name: support_is_for
SELECT 1 FROM support WHERE idea_id = :idea_id AND person_id = :person_id AND ended_at IS NULL
-- name: support_end
UPDATE support SET ended_at = :now WHERE person_id = :person_id AND ended_at IS NULL
    AND idea_id IN (SELECT id FROM idea WHERE id = :lead OR lead_id = :lead)
