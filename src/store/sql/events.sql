-- SPDX-License-Identifier: GPL-3.0-or-later
-- The journal.

-- columns event: id, at, kind, message_id, person_id, forum_id, idea_id, post_id, hold_id, notice_id, detail, actor

-- name: event_last
-- scan meant: one step from the end of the journal
SELECT id, hash FROM event ORDER BY id DESC LIMIT 1
-- name: event_add
INSERT INTO event ($event, hash)
VALUES ($event(:), :hash)
-- name: event_all
-- scan meant: the whole journal, streamed
SELECT $event FROM event ORDER BY id
-- name: event_of_message
-- scan meant: an operator asks now and then, and every mail would pay for an index
SELECT $event
FROM event WHERE message_id = :message_id ORDER BY id
-- name: event_of_idea
-- scan meant: the same
SELECT $event
FROM event WHERE idea_id = :idea_id ORDER BY id
-- name: event_earlier
-- Of the life of an idea: posts in it are not looked for.
SELECT EXISTS (SELECT 1 FROM event WHERE idea_id = :idea_id AND kind <> 'post.published' AND kind = :kind AND id < :id)
-- name: event_after
SELECT $event
FROM event WHERE id > :id ORDER BY id
-- name: event_hash
SELECT hash FROM event WHERE id = :id
-- name: event_chain
-- scan meant: the whole journal is verified
SELECT $event, hash
FROM event ORDER BY id
