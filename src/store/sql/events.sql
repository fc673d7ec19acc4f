-- SPDX-License-Identifier: GPL-3.0-or-later
-- The journal.

-- name: event_last
-- scan meant: one step from the end of the journal
SELECT id, hash FROM event ORDER BY id DESC LIMIT 1
-- name: event_add
INSERT INTO event (id, at, kind, message_id, person_id, forum_id, idea_id, post_id, hold_id, notice_id, detail, actor, hash)
VALUES (:id, :at, :kind, :message_id, :person_id, :forum_id, :idea_id, :post_id, :hold_id, :notice_id, :detail, :actor, :hash)
-- name: event_all
-- scan meant: the whole journal, streamed
SELECT id, at, kind, message_id, person_id, forum_id, idea_id, post_id, hold_id, notice_id, detail, actor FROM event ORDER BY id
-- name: event_of_message
SELECT id, at, kind, message_id, person_id, forum_id, idea_id, post_id, hold_id, notice_id, detail, actor
FROM event WHERE message_id = :message_id ORDER BY id
-- name: event_of_idea
SELECT id, at, kind, message_id, person_id, forum_id, idea_id, post_id, hold_id, notice_id, detail, actor
FROM event WHERE idea_id = :idea_id ORDER BY id
-- name: event_chain
-- scan meant: the whole journal is verified
SELECT id, at, kind, message_id, person_id, forum_id, idea_id, post_id, hold_id, notice_id, detail, actor, hash
FROM event ORDER BY id
