-- SPDX-License-Identifier: GPL-3.0-or-later
-- The life of ideas, step by step, and who is for them.

-- columns stage: id, idea_id, at, from_state, to_state, by, person_id, message_id, reason

-- name: step_add
INSERT INTO step (idea_id, at, from_state, to_state, by, person_id, message_id, reason)
VALUES (:idea_id, :at, :from_state, :to_state, :by, :person_id, :message_id, :reason)
-- name: step_of_idea
SELECT $stage FROM step
WHERE idea_id = :idea_id AND id >= :first ORDER BY id
-- name: step_of_person
-- scan meant: what is held about one person
SELECT $stage FROM step WHERE person_id = :person_id ORDER BY id
-- name: support_of_person
SELECT idea_id, at, how, ended_at FROM support WHERE person_id = :person_id ORDER BY idea_id
-- name: support_add
-- engine: sqlite
-- One a mailbox in the whole group, whatever person it was entered as.
INSERT INTO support (idea_id, person_id, at, how, mailbox)
SELECT :idea_id, :person_id, :at, :how, :mailbox
WHERE NOT EXISTS (SELECT 1 FROM support o CROSS JOIN idea i ON i.id = o.idea_id
    WHERE o.mailbox = :mailbox AND o.mailbox <> 0 AND o.ended_at IS NULL AND o.person_id <> :person_id
        AND (i.id = :lead OR i.lead_id = :lead))
ON CONFLICT (idea_id, person_id) DO UPDATE SET at = excluded.at, how = excluded.how, mailbox = excluded.mailbox, ended_at = NULL
WHERE ended_at IS NOT NULL
-- name: support_end
UPDATE support SET ended_at = :now WHERE person_id = :person_id AND ended_at IS NULL
    AND idea_id IN (SELECT id FROM idea WHERE id = :lead OR lead_id = :lead)
