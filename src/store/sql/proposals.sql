-- SPDX-License-Identifier: GPL-3.0-or-later
-- Proposals and the ideas that they are made of.

-- name: proposal_add
INSERT INTO proposal (idea_id, at) VALUES (:idea_id, :at)
-- name: proposal_publish
UPDATE proposal SET idea_id = :idea_id, inner_id = idea_id WHERE id = :id
-- name: proposal_idea_drop
DELETE FROM proposal_idea WHERE idea_id = :idea_id AND proposal_id = :proposal_id
-- name: proposal_idea_add
INSERT INTO proposal_idea (idea_id, proposal_id) VALUES (:idea_id, :proposal_id)
-- name: proposal_discussion
SELECT idea_id FROM proposal WHERE id = :id
-- name: proposal_of_idea
SELECT p.id FROM proposal_idea o JOIN proposal p ON p.id = o.proposal_id JOIN idea d ON d.id = p.idea_id
WHERE o.idea_id = :id AND d.ring = 'public'
-- name: proposal_draft_of_idea
SELECT proposal_id FROM proposal_idea WHERE idea_id = :id
-- name: proposal_of_discussion
SELECT id FROM proposal WHERE idea_id = :id
-- name: proposal_ideas
SELECT idea_id FROM proposal_idea WHERE proposal_id = :id ORDER BY idea_id
-- name: proposal_all
-- scan meant: the list of all proposals, by number
SELECT id FROM proposal ORDER BY id
