-- SPDX-License-Identifier: GPL-3.0-or-later
-- Proposals and the ideas that they are made of.

-- name: proposal_add
INSERT INTO proposal (idea_id, at) VALUES (:idea_id, :at)
-- name: proposal_publish
UPDATE proposal SET idea_id = :idea_id, inner_id = idea_id, public_id = NULL WHERE id = :id
-- name: proposal_rework
UPDATE proposal SET idea_id = :idea_id, inner_id = NULL, public_id = idea_id WHERE id = :id
-- name: proposal_inner
SELECT coalesce(inner_id, 0) FROM proposal WHERE id = :id
-- name: proposal_public
SELECT coalesce(public_id, 0) FROM proposal WHERE id = :id
-- name: proposal_idea_drop
DELETE FROM proposal_idea WHERE idea_id = :idea_id AND proposal_id = :proposal_id
-- name: proposal_idea_add
INSERT INTO proposal_idea (idea_id, proposal_id) VALUES (:idea_id, :proposal_id)
-- name: proposal_discussion
SELECT idea_id FROM proposal WHERE id = :id
-- name: proposal_of_idea
-- Of the public ones that it, or an idea of its group, is part of the furthest.
-- engine: sqlite
SELECT p.id
FROM idea i CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
CROSS JOIN proposal_idea o ON o.idea_id = g.id CROSS JOIN proposal p ON p.id = o.proposal_id CROSS JOIN idea d ON d.id = p.idea_id
WHERE i.id = :id AND d.ring = 'public'
ORDER BY CASE d.state WHEN 'done' THEN 5 WHEN 'in_progress' THEN 4 WHEN 'adopted' THEN 3 WHEN 'proposal' THEN 2
    WHEN 'not_pursued' THEN 1 ELSE 0 END DESC, p.id LIMIT 1
-- name: proposals_of_idea
-- engine: sqlite
SELECT DISTINCT p.id
FROM idea i CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
CROSS JOIN proposal_idea o ON o.idea_id = g.id CROSS JOIN proposal p ON p.id = o.proposal_id CROSS JOIN idea d ON d.id = p.idea_id
WHERE i.id = :id AND (:has_drafts <> 0 OR d.ring = 'public') ORDER BY p.id
-- name: proposal_has_idea
SELECT 1 FROM proposal_idea WHERE proposal_id = :id AND idea_id = :idea_id
-- name: proposal_of_discussion
SELECT id FROM proposal WHERE idea_id = :id UNION ALL SELECT id FROM proposal WHERE public_id = :id
-- name: proposal_is_reworked
SELECT 1 FROM proposal WHERE public_id = :id
-- name: proposal_ideas
SELECT idea_id FROM proposal_idea WHERE proposal_id = :id ORDER BY idea_id
-- name: proposal_all
-- scan meant: the list of all proposals, by number
SELECT id FROM proposal ORDER BY id
