-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is counted for the world. A contribution counts when it is published in a discussion that everybody may read (as idea_public
-- has it); an answer is each one that is no idea. A person is who wrote an idea or an answer of their own and neither moderates a forum
-- nor sits in an office: those are counted apart. What a proposal says is a text of its forum: no idea.

-- name: tally_by_forum
-- scan meant: everything is counted
SELECT f.name AS key, f.title AS label, count(CASE WHEN p.kind = 'idea' THEN 1 END) AS n_ideas,
    count(CASE WHEN p.kind <> 'idea' THEN 1 END) AS n_answers,
    count(DISTINCT CASE WHEN p.kind IN ('idea', 'reply') AND s.person_id IS NULL THEN p.person_id END) AS n_persons
FROM post p JOIN idea i ON i.id = p.idea_id JOIN forum f ON f.id = i.forum_id
LEFT JOIN (SELECT DISTINCT person_id FROM member WHERE role IN ('moderator', 'office')) s ON s.person_id = p.person_id
WHERE p.published IS NOT NULL AND p.state = 'published' AND NOT (p.kind = 'idea' AND EXISTS (SELECT 1 FROM proposal d WHERE d.idea_id = i.id))
    AND $readable(i)
GROUP BY f.id ORDER BY n_ideas DESC, f.name
-- name: tally_by_language
-- scan meant: everything is counted
SELECT coalesce(p.language, '') AS key, '' AS label, count(CASE WHEN p.kind = 'idea' THEN 1 END) AS n_ideas,
    count(CASE WHEN p.kind <> 'idea' THEN 1 END) AS n_answers,
    count(DISTINCT CASE WHEN p.kind IN ('idea', 'reply') AND s.person_id IS NULL THEN p.person_id END) AS n_persons
FROM post p JOIN idea i ON i.id = p.idea_id
LEFT JOIN (SELECT DISTINCT person_id FROM member WHERE role IN ('moderator', 'office')) s ON s.person_id = p.person_id
WHERE p.published IS NOT NULL AND p.state = 'published' AND NOT (p.kind = 'idea' AND EXISTS (SELECT 1 FROM proposal d WHERE d.idea_id = i.id))
    AND $readable(i)
GROUP BY key ORDER BY n_ideas DESC, key
-- name: tally_by_state
-- scan meant: everything is counted
SELECT state AS key, '' AS label, count(*) AS n_ideas, 0 AS n_answers, 0 AS n_persons FROM idea
WHERE $listed(idea)
GROUP BY state
-- name: tally_by_slot
SELECT CAST(p.at / :slot_s * :slot_s AS TEXT) AS key, '' AS label, count(CASE WHEN p.kind = 'idea' THEN 1 END) AS n_ideas,
    count(CASE WHEN p.kind <> 'idea' THEN 1 END) AS n_answers, 0 AS n_persons
FROM post p JOIN idea i ON i.id = p.idea_id
WHERE p.published IS NOT NULL AND p.state = 'published' AND NOT (p.kind = 'idea' AND EXISTS (SELECT 1 FROM proposal d WHERE d.idea_id = i.id))
    AND $readable(i)
GROUP BY p.at / :slot_s ORDER BY p.at / :slot_s
-- name: tally_persons
-- scan meant: everything is counted
SELECT count(DISTINCT CASE WHEN p.kind IN ('idea', 'reply') AND s.person_id IS NULL THEN p.person_id END) AS n_persons,
    count(DISTINCT CASE WHEN s.person_id IS NOT NULL THEN p.person_id END) AS n_offices
FROM post p JOIN idea i ON i.id = p.idea_id
LEFT JOIN (SELECT DISTINCT person_id FROM member WHERE role IN ('moderator', 'office')) s ON s.person_id = p.person_id
WHERE p.published IS NOT NULL AND p.state = 'published' AND NOT (p.kind = 'idea' AND EXISTS (SELECT 1 FROM proposal d WHERE d.idea_id = i.id))
    AND $readable(i)
-- name: tally_waits
-- From an idea to the first answer of somebody else.
SELECT CASE WHEN min(p.at) > i.published_at THEN min(p.at) - i.published_at ELSE 0 END
FROM idea i JOIN post p ON p.idea_id = i.id
WHERE p.kind IN ('reply', 'official') AND p.person_id <> i.author_id AND p.published IS NOT NULL AND p.state = 'published'
    AND $listed(i)
GROUP BY i.id
-- name: tally_official
SELECT count(DISTINCT p.idea_id)
FROM post p JOIN idea i ON i.id = p.idea_id
WHERE p.kind = 'official' AND p.published IS NOT NULL AND p.state = 'published' AND $listed(i)
-- name: tally_taken
-- What had been public and is not any more.
SELECT count(CASE WHEN p.kind = 'idea' THEN 1 END) AS n_ideas, count(CASE WHEN p.kind <> 'idea' THEN 1 END) AS n_answers
FROM post p JOIN idea i ON i.id = p.idea_id
WHERE p.state = :state AND p.taken_place IS NOT NULL AND i.ring = 'public'
    AND NOT (p.kind = 'idea' AND EXISTS (SELECT 1 FROM proposal d WHERE d.idea_id = i.id))
-- name: tally_by_field
-- scan meant: everything is counted
-- Fields of action: public proposals that serve each (as n_answers), and the ideas of them that can be read.
SELECT t.name AS key, t.title AS label, count(DISTINCT x.idea_id) AS n_ideas, count(DISTINCT d.id) AS n_answers, 0 AS n_persons
FROM topic t LEFT JOIN proposal_topic s ON s.kind = t.kind AND s.name = t.name
LEFT JOIN (SELECT d.id FROM proposal d JOIN idea i ON i.id = d.idea_id WHERE $readable(i)) d ON d.id = s.proposal_id
LEFT JOIN (SELECT x.proposal_id, x.idea_id FROM proposal_idea x JOIN idea i ON i.id = x.idea_id WHERE $listed(i)) x ON x.proposal_id = d.id
WHERE t.kind = 'field' AND t.language = :language
GROUP BY t.name, t.title ORDER BY n_answers DESC, t.name
