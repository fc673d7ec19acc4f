-- SPDX-License-Identifier: GPL-3.0-or-later
-- Fields, goals, and what proposals serve.

-- name: topic_put
INSERT INTO topic (kind, name, language, title) VALUES (:kind, :name, :language, :title)
ON CONFLICT (kind, name, language) DO UPDATE SET title = excluded.title
-- name: topic_all
-- scan meant: the list of the initiative's few fields or goals, with how many proposals serve each
SELECT name, language, title,
    (SELECT count(*) FROM proposal_topic t JOIN proposal_idea i ON i.proposal_id = t.proposal_id
        WHERE t.kind = topic.kind AND t.name = topic.name) AS n_ideas,
    (SELECT count(*) FROM proposal_topic t WHERE t.kind = topic.kind AND t.name = topic.name) AS n_proposals
FROM topic WHERE kind = :kind ORDER BY name, language
-- name: topic_exists
SELECT 1 FROM topic WHERE kind = :kind AND name = :name LIMIT 1
-- name: topic_serve
INSERT INTO proposal_topic (proposal_id, kind, name) VALUES (:proposal_id, :kind, :name) ON CONFLICT DO NOTHING
-- name: topic_of_proposal
SELECT o.name, t.language, t.title, 0 AS n_ideas, 0 AS n_proposals
FROM proposal_topic o JOIN topic t ON t.kind = o.kind AND t.name = o.name
WHERE o.proposal_id = :proposal_id AND o.kind = :kind ORDER BY o.name, t.language
