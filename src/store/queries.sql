-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every statement of the program, by name; catalogue.awk compiles them into store/queries.{h,c}. A statement begins
-- with `-- name: WORD` and ends before the next. Parameters are :named, columns have the names of the struct's
-- fields. $purpose(POST) is the word of that row of forum/purpose.def, $stream(POST) its stream. The dialect is what SQLite and PostgreSQL share where possible. `make check` prepares each and looks at its
-- plan: reading a whole table or index needs the line `-- scan meant: WHY`.

-- name: begin
BEGIN IMMEDIATE
-- name: begin_read
BEGIN
-- name: commit
COMMIT
-- name: rollback
ROLLBACK
-- name: savepoint
SAVEPOINT message
-- name: savepoint_keep
RELEASE message
-- name: savepoint_undo
ROLLBACK TO message
-- name: data_version
PRAGMA data_version

-- sequences: the highest id that a table with AUTOINCREMENT ever gave

-- name: sequence_tables
-- engine: sqlite
-- scan meant: all tables; the journal's ids have no gaps
SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name <> 'event'
-- name: sequence_get
-- engine: sqlite
-- scan meant: a row a table
SELECT seq FROM sqlite_sequence WHERE name = :name
-- name: sequence_set
-- engine: sqlite
-- scan meant: a row a table
UPDATE sqlite_sequence SET seq = :seq WHERE name = :name
-- name: sequence_add
-- engine: sqlite
INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)

-- installation

-- name: installation_get
SELECT token_key, instance, created_at FROM installation WHERE id = 1
-- name: installation_put
INSERT INTO installation (id, token_key, instance, created_at) VALUES (1, :token_key, :instance, :created_at)
ON CONFLICT (id) DO NOTHING

-- forums

-- name: forum_by_name
SELECT id, name, title, ministry, language, moderation, closed_at FROM forum WHERE name = :name
-- name: forum_by_alias
SELECT f.id, f.name, f.title, f.ministry, f.language, f.moderation, f.closed_at
FROM forum_alias a JOIN forum f ON f.id = a.forum_id WHERE a.name = :name
-- name: forum_by_id
SELECT id, name, title, ministry, language, moderation, closed_at FROM forum WHERE id = :id
-- name: forum_all
-- scan meant: a few dozen forums, all wanted
SELECT id, name, title, ministry, language, moderation, closed_at FROM forum ORDER BY name
-- name: forum_put
INSERT INTO forum (name, title, ministry, language, moderation, closed_at, created_at)
VALUES (:name, :title, :ministry, :language, :moderation, :closed_at, :now)
ON CONFLICT (name) DO UPDATE SET title = excluded.title, ministry = excluded.ministry, language = excluded.language,
    moderation = excluded.moderation, closed_at = excluded.closed_at
RETURNING id
-- name: forum_alias_put
INSERT INTO forum_alias (name, forum_id) VALUES (:name, :forum_id)
ON CONFLICT (name) DO UPDATE SET forum_id = excluded.forum_id

-- name: forum_alias_all
-- scan meant: a few dozen names, all wanted
SELECT a.name, a.forum_id, f.name AS forum FROM forum_alias a JOIN forum f ON f.id = a.forum_id ORDER BY f.name, a.name
-- name: forum_alias_remove
DELETE FROM forum_alias WHERE name = :name
-- name: forum_alias_remove_all
-- scan meant: a few dozen names
DELETE FROM forum_alias WHERE forum_id = :id
-- name: forum_remove
DELETE FROM forum WHERE id = :id
-- name: forum_uses
-- scan meant: an operator takes a forum away once in its life; what was sent or waited before has no index by forum
SELECT (SELECT count(*) FROM idea WHERE forum_id = :id) AS n_ideas,
    (SELECT count(*) FROM member WHERE forum_id = :id) AS n_members,
    (SELECT count(*) FROM hold WHERE forum_id = :id) AS n_holds,
    (SELECT count(*) FROM notice WHERE forum_id = :id) AS n_notices

-- name: member_find
SELECT forum_id, person_id, role, delivery, joined_at FROM member
WHERE forum_id = :forum_id AND person_id = :person_id
-- name: member_clamp
UPDATE member SET told_since = :now WHERE told_since > :now
-- name: member_put
INSERT INTO member (forum_id, person_id, role, delivery, joined_at, told_since)
VALUES (:forum_id, :person_id, :role, :delivery, :joined_at, :joined_at)
ON CONFLICT (forum_id, person_id) DO UPDATE SET role = excluded.role, delivery = excluded.delivery,
    told_since = CASE WHEN member.delivery = excluded.delivery THEN member.told_since ELSE excluded.joined_at END
-- name: member_remove
DELETE FROM member WHERE forum_id = :forum_id AND person_id = :person_id
-- name: member_of_forum
SELECT forum_id, person_id, role, delivery, joined_at FROM member WHERE forum_id = :forum_id ORDER BY person_id
-- name: member_of_person
SELECT forum_id, person_id, role, delivery, joined_at FROM member WHERE person_id = :person_id ORDER BY forum_id
-- name: member_moderators
SELECT person_id FROM member WHERE forum_id = :forum_id AND role IN ('lead', 'moderator') ORDER BY person_id

-- persons. A person without an address (after erasure) has none here and is not suspended.

-- name: person_by_address
SELECT p.id, p.public_name, p.language, first.written AS address, p.confirmed_at,
    first.suspended_at IS NOT NULL AS is_suspended, coalesce(p.digest_hour, -1) AS digest_hour,
    coalesce(p.digest_weekday, 0) AS digest_weekday
FROM address a JOIN person p ON p.id = a.person_id
LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE a.address = :address
-- name: person_by_id
SELECT p.id, p.public_name, p.language, first.written AS address, p.confirmed_at,
    first.suspended_at IS NOT NULL AS is_suspended, coalesce(p.digest_hour, -1) AS digest_hour,
    coalesce(p.digest_weekday, 0) AS digest_weekday
FROM person p LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE p.id = :id
-- name: person_beside
-- scan meant: all members are asked whether they are staff, when somebody asks for a name
SELECT p.id, p.public_name FROM person p
WHERE p.public_name IS NOT NULL AND p.id <> :person_id
    AND p.id IN (SELECT person_id FROM post WHERE idea_id = :idea_id AND state = 'published'
        UNION SELECT person_id FROM member WHERE role IN ('lead', 'moderator', 'office'))
-- name: person_all
-- scan meant: the administrator's list of everybody
SELECT p.id, p.public_name, p.language, first.written AS address, p.confirmed_at,
    first.suspended_at IS NOT NULL AS is_suspended, coalesce(p.digest_hour, -1) AS digest_hour,
    coalesce(p.digest_weekday, 0) AS digest_weekday
FROM person p LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE p.erased_at IS NULL
ORDER BY p.id
-- name: person_add
INSERT INTO person (public_name, language, confirmed_at, digest_hour, digest_weekday, created_at)
VALUES (:public_name, :language, :confirmed_at, nullif(:digest_hour, -1), nullif(:digest_weekday, 0), :now)
-- name: person_update
UPDATE person SET public_name = :public_name, language = :language, confirmed_at = :confirmed_at,
    digest_hour = nullif(:digest_hour, -1), digest_weekday = nullif(:digest_weekday, 0)
WHERE id = :id
-- name: address_add
INSERT INTO address (address, person_id, written, is_primary) VALUES (:address, :person_id, :written, :is_primary)
-- name: address_bounce
SELECT bounce_points, bounced_at, suspended_at FROM address WHERE address = :address
-- name: address_set_bounce
UPDATE address SET bounce_points = :bounce_points, bounced_at = :bounced_at, suspended_at = :suspended_at
WHERE address = :address

-- name: person_addresses
SELECT written FROM address WHERE person_id = :person_id ORDER BY is_primary DESC, address
-- name: person_follows
SELECT idea_id FROM follow WHERE person_id = :person_id AND stopped_at IS NULL ORDER BY idea_id
-- name: person_erase
UPDATE person SET public_name = NULL, language = NULL, confirmed_at = NULL, digest_hour = NULL, digest_weekday = NULL,
    erased_at = :now, erased_reason = :reason
WHERE id = :id
-- name: person_erase_addresses
DELETE FROM address WHERE person_id = :id
-- name: person_erase_members
DELETE FROM member WHERE person_id = :id
-- name: person_erase_follows
-- scan meant: an erasure
DELETE FROM follow WHERE person_id = :id
-- name: person_erase_notices
-- scan meant: an erasure
UPDATE notice SET address = NULL, detail = NULL, last_reply = NULL, mailbox = NULL,
    state = CASE WHEN state = 'due' OR state = 'claimed' THEN 'dropped' ELSE state END
WHERE person_id = :id OR lower(address) = :address

-- ideas

-- name: idea_by_id
SELECT id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts FROM idea WHERE id = :id
-- name: idea_all
-- scan meant: the list of all ideas, streamed by number
SELECT id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts FROM idea
WHERE :state IS NULL OR state = :state ORDER BY id
-- name: idea_of_forum
SELECT id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts FROM idea
WHERE forum_id = :forum_id AND (:state IS NULL OR state = :state) ORDER BY id
-- name: idea_add
INSERT INTO idea (forum_id, author_id, title, state, ring, created_at, published_at)
VALUES (:forum_id, :author_id, :title, :state, :ring, :created_at, :published_at)
-- name: idea_set_state
UPDATE idea SET state = :state, published_at = coalesce(:published_at, published_at) WHERE id = :id
-- name: idea_take
UPDATE idea SET state_before = coalesce(state_before, state), state = :state WHERE id = :id
-- name: idea_restore
UPDATE idea SET state = state_before, state_before = NULL WHERE id = :id AND state_before IS NOT NULL
-- name: idea_forget
UPDATE idea SET title = '' WHERE id = :id
-- name: idea_holds_forget
-- scan meant: what waits, by its index
UPDATE hold SET title = '' WHERE state = 'open' AND idea_id = :id
-- name: idea_follow
INSERT INTO follow (idea_id, person_id) VALUES (:idea_id, :person_id)
ON CONFLICT (idea_id, person_id) DO UPDATE SET stopped_at = NULL WHERE :again AND stopped_at IS NOT NULL
-- name: idea_unfollow
INSERT INTO follow (idea_id, person_id, stopped_at) VALUES (:idea_id, :person_id, :now)
ON CONFLICT (idea_id, person_id) DO UPDATE SET stopped_at = excluded.stopped_at WHERE stopped_at IS NULL
-- name: idea_unfollow_all
UPDATE follow SET stopped_at = :now
WHERE person_id = :person_id AND stopped_at IS NULL
    AND (:forum_id = 0 OR idea_id IN (SELECT id FROM idea WHERE forum_id = :forum_id))
-- name: idea_followed
SELECT i.id, i.forum_id, i.author_id, i.title, i.state, i.ring, i.created_at, i.published_at, i.n_posts
FROM follow f CROSS JOIN idea i ON i.id = f.idea_id
WHERE f.person_id = :person_id AND f.stopped_at IS NULL AND (:forum_id = 0 OR i.forum_id = :forum_id)
ORDER BY i.id DESC LIMIT :most
-- name: idea_is_told
-- The conditions of notice_add_for_followers and notice_add_for_members, for one person, when the mail leaves.
SELECT CASE WHEN coalesce(m.delivery, 'none') NOT IN ('daily', 'weekly') AND f.stopped_at IS NULL
        AND (f.idea_id IS NOT NULL OR m.delivery = 'each')
        AND (i.ring = 'public' OR m.role IN ('member', 'lead', 'moderator', 'office')) THEN 1 ELSE 0 END
FROM idea i LEFT JOIN follow f ON f.idea_id = i.id AND f.person_id = :person_id
LEFT JOIN member m ON m.forum_id = i.forum_id AND m.person_id = :person_id
WHERE i.id = :idea_id

-- posts. `published` counts up over all posts in the order in which they became public.

-- name: post_by_id
SELECT id, idea_id, number, parent_id, person_id, message_id, kind, state, at, text, language,
    taken_at, coalesce(taken_from, 'published') AS taken_from, taken_place, taken_reason, forgotten_at
FROM post WHERE id = :id
-- name: post_by_number
SELECT id, idea_id, number, parent_id, person_id, message_id, kind, state, at, text, language,
    taken_at, coalesce(taken_from, 'published') AS taken_from, taken_place, taken_reason, forgotten_at
FROM post WHERE idea_id = :idea_id AND number = :number
-- name: post_by_message_id
-- The inner limit bounds the work when somebody sends the same Message-ID again and again; the first mail counts.
SELECT p.id, p.idea_id, p.number, p.parent_id, p.person_id, p.message_id, p.kind, p.state, p.at, p.text, p.language,
    p.taken_at, coalesce(p.taken_from, 'published') AS taken_from, p.taken_place, p.taken_reason, p.forgotten_at
FROM (SELECT id FROM message WHERE message_hash = :message_hash AND message_id = :message_id ORDER BY id LIMIT :most) m
CROSS JOIN post p ON p.message_id = m.id
LIMIT 1
-- name: post_of_idea
SELECT id, idea_id, number, parent_id, person_id, message_id, kind, state, at, text, language,
    taken_at, coalesce(taken_from, 'published') AS taken_from, taken_place, taken_reason, forgotten_at
FROM post WHERE idea_id = :idea_id AND (:published_only = 0 OR state = 'published'
    OR ((state = 'withdrawn' OR state = 'removed') AND taken_place IS NOT NULL)) ORDER BY number
-- name: post_number
SELECT last_number + 1 AS number, forum_id FROM idea WHERE id = :idea_id
-- name: post_number_taken
UPDATE idea SET last_number = :number, n_posts = n_posts + :n_published WHERE id = :idea_id
-- name: post_add
INSERT INTO post (idea_id, forum_id, number, parent_id, person_id, message_id, kind, state, at, published, text, language)
VALUES (:idea_id, :forum_id, :number, :parent_id, :person_id, :message_id, :kind, :state, :at, :published, :text, :language)
-- name: post_count_by_person
-- More than the limit is more than any rule asks for.
SELECT count(*) FROM (SELECT 1 FROM post WHERE person_id = :person_id AND at BETWEEN :since AND :now LIMIT :most)
-- name: post_last_publication
SELECT max(coalesce((SELECT max(published) FROM post WHERE published IS NOT NULL), 0),
    coalesce((SELECT max(taken_place) FROM post WHERE taken_place IS NOT NULL), 0))
-- name: post_publish
UPDATE post SET state = 'published', published = :published WHERE id = :id AND state = 'in_review'
RETURNING idea_id, text
-- name: post_take
UPDATE post SET taken_from = CASE WHEN taken_at IS NULL THEN state ELSE taken_from END,
    taken_place = CASE WHEN taken_at IS NULL THEN published ELSE taken_place END,
    state = :state, published = NULL, taken_at = :now, taken_reason = :reason
WHERE id = :id
-- name: post_restore
UPDATE post SET state = taken_from, published = taken_place, taken_at = NULL, taken_from = NULL, taken_place = NULL,
    taken_reason = NULL
WHERE id = :id
-- name: post_forget
UPDATE post SET text = '', forgotten_at = :now WHERE id = :id AND published IS NULL AND forgotten_at IS NULL
-- name: post_set_text
UPDATE post SET text = :text WHERE id = :id
-- name: post_over
SELECT id FROM post WHERE state = :state AND taken_at IS NOT NULL AND taken_at <= :before AND forgotten_at IS NULL
ORDER BY taken_at LIMIT :most
-- name: check_over_posts
SELECT count(*) FROM post WHERE state = :state AND taken_at IS NOT NULL AND taken_at <= :before AND forgotten_at IS NULL
-- name: post_of_person
SELECT id, idea_id, number, parent_id, person_id, message_id, kind, state, at, text, language,
    taken_at, coalesce(taken_from, 'published') AS taken_from, taken_place, taken_reason, forgotten_at
FROM post WHERE person_id = :person_id ORDER BY id
-- name: post_count
UPDATE idea SET n_posts = n_posts + :n WHERE id = :idea_id
-- name: post_public_text
SELECT text FROM post_public WHERE id = :id
-- name: post_fts_add
INSERT INTO post_fts (rowid, text) VALUES (:id, :text)
-- name: post_fts_remove
INSERT INTO post_fts (post_fts, rowid, text) VALUES ('delete', :id, :text)

-- name: post_fts_merge
-- Negative: also what does not need it yet (FTS5 4.2, "merge").
INSERT INTO post_fts (post_fts, rank) VALUES ('merge', :n_pages)

-- messages

-- name: message_add
INSERT INTO message (key, received_at, envelope_from, from_address, sender_hash, message_id, message_hash,
    content_sha256, body_sha256, subject, kind, n_bytes, failed, standing)
VALUES (:key, :received_at, :envelope_from, :from_address, :sender_hash, :message_id, :message_hash,
    :content_sha256, :body_sha256, :subject, :kind, :n_bytes, :failed, :standing)
-- name: message_raw_add
INSERT INTO message_raw (message_id, bytes) VALUES (:message_id, :bytes)
-- name: message_raw
SELECT r.bytes, m.content_sha256 FROM message_raw r JOIN message m ON m.id = r.message_id WHERE r.message_id = :id
-- name: message_by_id
SELECT id, key, received_at, envelope_from, from_address, message_id, content_sha256, body_sha256, subject, kind, n_bytes, failed, keep, standing
FROM message WHERE id = :id
-- name: message_by_key
SELECT id, key, received_at, envelope_from, from_address, message_id, content_sha256, body_sha256, subject, kind, n_bytes, failed, keep, standing
FROM message WHERE key = :key
-- name: message_same
-- The limit bounds the work when somebody sends the same Message-ID again and again. Of a mail that was deleted the hash
-- of its Message-ID is left.
SELECT id, key, received_at, envelope_from, from_address, message_id, content_sha256, body_sha256, subject, kind, n_bytes, failed, keep, standing
FROM message WHERE message_hash = :message_hash AND (message_id = :message_id OR message_id = :gone)
ORDER BY id DESC LIMIT :most
-- name: message_blobs
-- scan meant: every raw mail that lies in a file, for a backup
SELECT DISTINCT m.content_sha256 FROM message_raw r JOIN message m ON m.id = r.message_id WHERE r.bytes IS NULL
-- name: message_set_keep
UPDATE message SET keep = :keep WHERE id = :id
-- name: message_set_left_out
UPDATE message SET left_out = :left_out WHERE id = :id
-- name: message_left_out
SELECT left_out FROM message WHERE id = :id
-- name: message_decided
-- What waited for an answer has one.
UPDATE message SET keep = 'text' WHERE id = :id AND keep = 'waiting'
-- name: message_over
-- Those that are kept for one reason and have been long enough; oldest first.
SELECT id FROM message WHERE keep = :keep AND received_at <= :before ORDER BY received_at LIMIT :most
-- name: message_of_hold
-- Everything that had to do with one question: the mail that was asked about, answers, what came back by itself.
SELECT message_id FROM hold WHERE id = :hold_id
UNION SELECT message_id FROM verdict WHERE hold_id = :hold_id
-- name: message_of_post
SELECT message_id FROM post WHERE id = :post_id AND message_id IS NOT NULL
UNION SELECT message_id FROM verdict WHERE post_id = :post_id
UNION SELECT message_id FROM hold WHERE post_id = :post_id
UNION SELECT v.message_id FROM hold h JOIN verdict v ON v.hold_id = h.id WHERE h.post_id = :post_id
-- name: message_of_sender
-- scan meant: what is held about one person; the envelope has no index
SELECT id, key, received_at, envelope_from, from_address, message_id, content_sha256, body_sha256, subject, kind, n_bytes, failed, keep
FROM message WHERE from_address = :address OR lower(envelope_from) = :address ORDER BY id
-- name: message_is_needed
-- Another text stands or waits that came with the same mail.
SELECT EXISTS (SELECT 1 FROM post WHERE message_id = :id AND forgotten_at IS NULL
        AND (state = 'published' OR state = 'in_review' OR state = 'hidden'))
    OR EXISTS (SELECT 1 FROM verdict v JOIN hold h ON h.id = v.hold_id
        WHERE v.message_id = :id AND h.state = 'open' AND h.message_id = :id)
-- name: message_forget
UPDATE message SET keep = 'nothing', subject = '', envelope_from = '', from_address = NULL, sender_hash = 0,
    message_id = coalesce(:gone, message_id), failed = CASE WHEN failed IS NULL THEN NULL ELSE '' END
WHERE id = :id
-- name: message_raw_forget
DELETE FROM message_raw WHERE message_id = :id
RETURNING CASE WHEN bytes IS NULL THEN 1 ELSE 0 END
-- name: message_notices_forget
-- What is still due is sent first; notice_personal finds it later.
UPDATE notice SET address = NULL, detail = NULL, last_reply = NULL
WHERE message_id = :id AND state <> 'due' AND state <> 'claimed'
-- name: message_has_blob
SELECT 1 FROM message m JOIN message_raw r ON r.message_id = m.id
WHERE m.content_sha256 = :content_sha256 AND m.n_bytes > 131072 AND r.bytes IS NULL LIMIT 1
-- name: message_tally
SELECT count(*) AS n, sum(n_bytes) AS n_bytes FROM (SELECT n_bytes FROM message
    WHERE sender_hash = :sender_hash AND received_at BETWEEN :since AND :now AND standing <> 2 LIMIT :most)
-- name: unproved_add
INSERT INTO unproved (slot, n_bytes) VALUES (:slot, :n_bytes) ON CONFLICT (slot) DO UPDATE SET n_bytes = n_bytes + excluded.n_bytes
-- name: unproved_bytes
SELECT sum(n_bytes) FROM unproved WHERE slot BETWEEN :first AND :last
-- name: unproved_forget
DELETE FROM unproved WHERE slot < :before
-- name: verdict_add
INSERT INTO verdict (message_id, recipient, kind, reason, post_id, hold_id)
VALUES (:message_id, :recipient, :kind, :reason, :post_id, :hold_id)
-- name: verdict_delete_over
-- Deleted mails of which not even the verdicts are wanted any more.
DELETE FROM verdict WHERE message_id IN (SELECT id FROM message WHERE keep = 'nothing' AND received_at <= :before
    ORDER BY received_at LIMIT :most)
-- name: message_empty_over
UPDATE message SET keep = 'empty' WHERE id IN (SELECT id FROM message WHERE keep = 'nothing' AND received_at <= :before
    ORDER BY received_at LIMIT :most)
-- name: verdict_of
SELECT recipient, kind, reason, post_id, hold_id FROM verdict WHERE message_id = :message_id ORDER BY recipient
-- name: verdict_has
SELECT 1 FROM verdict WHERE message_id = :message_id AND recipient = :recipient

-- holds

-- name: hold_by_id
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE id = :id
-- name: hold_review_of_post
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE post_id = :post_id AND kind = 'review' ORDER BY id DESC LIMIT 1
-- name: hold_open_of_post
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE post_id = :post_id AND state = 'open' AND kind = :kind ORDER BY id DESC LIMIT 1
-- name: hold_reopen
UPDATE hold SET state = 'open', title = :title, text = :text, decided_at = NULL, decided_by = NULL, reason = NULL WHERE id = :id
-- name: hold_next_unasked
-- What came with proof goes first.
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE mailbox = :mailbox AND state = 'open' AND kind = 'confirm' AND asked_at IS NULL
ORDER BY is_proved DESC, id LIMIT 1
-- name: hold_to_ask
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE kind = :kind AND is_proved = :is_proved AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL
    AND ask_at <= :now
ORDER BY ask_at LIMIT :most
-- name: hold_queues
SELECT 1 FROM hold WHERE kind = 'confirm' AND is_proved = 0 AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL
    AND ask_at <= :now AND waits = 'ceiling' LIMIT 1
-- name: hold_without_mailbox
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE mailbox = 0 AND state = 'open' AND kind = 'confirm' LIMIT :most
-- name: hold_set_mailbox
UPDATE hold SET mailbox = :mailbox WHERE id = :id
-- name: hold_of_address
-- scan meant: what is held about one person
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE address = :address ORDER BY id
-- name: hold_open
-- scan meant: the list of everything open, by an index of the open ones
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE state = 'open' ORDER BY created_at, id
-- name: hold_add
INSERT INTO hold (kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason, mailbox, is_proved, waits, ask_at, shown_at)
VALUES (:kind, :state, :message_id, :forum_id, :idea_id, :parent_id, :post_id, :ring, :address, :title, :text, :language,
    :created_at, :expires_at, :asked_at, :decided_at, :decided_by, :reason, :mailbox, :is_proved, :waits, :ask_at, :shown_at)
-- name: hold_decide
-- The text is the post's now, or nobody's.
UPDATE hold SET state = :state, decided_at = :decided_at, decided_by = :decided_by, reason = :reason,
    post_id = coalesce(:post_id, post_id), title = '', text = ''
WHERE id = :id AND state = 'open'
-- name: hold_set_outcome
UPDATE hold SET decided_by = :decided_by, post_id = :post_id WHERE id = :id
-- name: hold_set_asked
UPDATE hold SET asked_at = :now, waits = 'none', ask_at = NULL WHERE id = :id
-- name: hold_set_waits
UPDATE hold SET waits = :waits, ask_at = :ask_at WHERE id = :id
-- name: hold_set_proved
UPDATE hold SET is_proved = 1 WHERE id = :id AND state = 'open'
-- name: hold_set_shown
UPDATE hold SET shown_at = :now WHERE id = :id AND shown_at IS NULL
-- name: hold_count_open
SELECT count(*) FROM (SELECT 1 FROM hold
    WHERE mailbox = :mailbox AND is_proved = :is_proved AND state = 'open' AND kind = 'confirm' LIMIT :most)
-- name: hold_count_asked
SELECT count(*) FROM (SELECT 1 FROM hold
    WHERE mailbox = :mailbox AND is_proved = 1 AND state = 'open' AND kind = 'confirm' AND asked_at BETWEEN :since AND :now LIMIT :most)
-- name: hold_count_reviews
SELECT count(*) AS n, count(*) FILTER (WHERE mailbox = :mailbox) AS n_mailbox FROM (SELECT mailbox FROM hold
    WHERE kind = 'review' AND forum_id = :forum_id AND asked_at IS NOT NULL AND asked_at BETWEEN :since AND :now LIMIT :most)
-- name: hold_has_waiting_review
SELECT 1 FROM hold WHERE kind = 'review' AND is_proved = 0 AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL
    AND ask_at >= 0 AND forum_id = :forum_id AND (:mailbox = 0 OR mailbox = :mailbox) LIMIT 1
-- name: hold_clamp_ask
UPDATE hold SET ask_at = :now
WHERE kind = :kind AND is_proved = :is_proved AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL AND ask_at > :latest
-- name: hold_clamp_expiry
UPDATE hold SET expires_at = :latest WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at > :latest
-- name: hold_over
SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason,
    mailbox, is_proved, waits, ask_at, shown_at
FROM hold WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at <= :now ORDER BY expires_at LIMIT :most
-- name: hold_forget
UPDATE hold SET title = '', text = '', address = '', reason = NULL WHERE id = :id
-- name: hold_notices_forget
-- Without an address a notice that is still due goes nowhere; one to a person stays theirs.
UPDATE notice SET address = NULL, detail = NULL, last_reply = NULL WHERE hold_id = :id

-- mailboxes that were asked

-- name: mailbox_by_id
SELECT asked_at, stopped_at FROM mailbox WHERE id = :id
-- name: mailbox_set_asked
INSERT INTO mailbox (id, asked_at) VALUES (:id, :now) ON CONFLICT (id) DO UPDATE SET asked_at = excluded.asked_at
-- name: mailbox_set_stopped
INSERT INTO mailbox (id, asked_at, stopped_at) VALUES (:id, :now, :now)
ON CONFLICT (id) DO UPDATE SET stopped_at = excluded.stopped_at
-- name: mailbox_set_willing
UPDATE mailbox SET stopped_at = NULL WHERE id = :id
-- name: mailbox_set_answered
UPDATE mailbox SET asked_at = :now WHERE id = :id AND asked_at > :now
-- name: mailbox_count_asked
SELECT count(*) FROM (SELECT 1 FROM mailbox WHERE asked_at BETWEEN :since AND :now LIMIT :most)
-- name: mailbox_clamp
UPDATE mailbox SET asked_at = :now, stopped_at = min(stopped_at, :now) WHERE asked_at > :now
-- name: mailbox_forget
DELETE FROM mailbox WHERE asked_at < :before AND (stopped_at IS NULL OR stopped_at < :before)

-- reports to the operator

-- name: report_add
INSERT INTO report (at, purpose, message_id, detail) VALUES (:at, :purpose, :message_id, :detail)
-- name: report_told_at
SELECT due_at FROM notice WHERE id = (SELECT max(notice_id) FROM report WHERE notice_id IS NOT NULL)
-- name: report_since
SELECT 1 FROM report WHERE purpose = :purpose AND at BETWEEN :since AND :now LIMIT 1
-- name: report_waiting
SELECT id, at, purpose, message_id, detail FROM report WHERE notice_id IS NULL AND at >= 0 ORDER BY at, id LIMIT :most
-- name: report_of_notice
SELECT r.id, r.at, r.purpose, r.message_id, r.detail, r.notice_id, m.key AS message_key, m.subject
FROM report r LEFT JOIN message m ON m.id = r.message_id WHERE r.notice_id = :notice_id ORDER BY r.id LIMIT :most
-- name: report_counts
SELECT purpose, count(*) AS n FROM report WHERE notice_id = :notice_id GROUP BY purpose ORDER BY n DESC, purpose
-- name: report_tell
UPDATE report SET notice_id = :notice_id WHERE notice_id IS NULL AND at >= 0
-- name: report_forget_message
UPDATE report SET detail = NULL WHERE message_id = :id
-- name: report_forget
DELETE FROM report WHERE id IN (SELECT id FROM report WHERE notice_id IS NOT NULL AND at < :before LIMIT :most)

-- notices

-- name: notice_add
INSERT INTO notice (stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id,
    message_id, detail, due_at, mailbox)
VALUES (:stream, :purpose, :person_id, :address, :language, :forum_id, :idea_id, :post_id, :hold_id, :digest_id,
    :message_id, :detail, :due_at, :mailbox)
-- name: notice_add_for_followers
-- A member who takes a digest of the forum hears of it there and not twice.
INSERT INTO notice (stream, purpose, person_id, forum_id, idea_id, post_id, due_at)
SELECT $stream(POST), $purpose(POST), f.person_id, p.forum_id, p.idea_id, p.id, :now
FROM post p CROSS JOIN idea i ON i.id = p.idea_id CROSS JOIN follow f ON f.idea_id = p.idea_id
CROSS JOIN address a ON a.person_id = f.person_id AND a.is_primary = 1
LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = f.person_id
WHERE p.id = :id AND f.stopped_at IS NULL AND f.person_id <> p.person_id AND a.suspended_at IS NULL
    AND (m.delivery IS NULL OR m.delivery NOT IN ('daily', 'weekly'))
    AND (i.ring = 'public' OR m.role <> 'reader')
ON CONFLICT DO NOTHING
-- name: notice_add_for_members
-- Followers were told by the statement before; who said STOPP for the idea has a row there too. Without statistics
-- SQLite would read all members of the forum.
INSERT INTO notice (stream, purpose, person_id, forum_id, idea_id, post_id, due_at)
SELECT $stream(POST), $purpose(POST), m.person_id, p.forum_id, p.idea_id, p.id, :now
FROM post p CROSS JOIN idea i ON i.id = p.idea_id
CROSS JOIN member m INDEXED BY member_each ON m.forum_id = p.forum_id AND m.delivery = 'each'
CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
WHERE p.id = :id AND m.person_id <> p.person_id AND a.suspended_at IS NULL
    AND (i.ring = 'public' OR m.role <> 'reader')
    AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.idea_id = p.idea_id AND f.person_id = m.person_id)
ON CONFLICT DO NOTHING
-- name: notice_claim
UPDATE notice SET state = 'claimed', claimed_at = :now
WHERE id IN (SELECT id FROM notice WHERE state = 'due' AND stream = :stream AND due_at <= :now ORDER BY due_at LIMIT :most)
RETURNING id, stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id, message_id,
    detail, state, due_at, sent_at, claimed_at, n_tries, last_reply, mailbox
-- name: notice_end
UPDATE notice SET state = :state, sent_at = :sent_at, claimed_at = NULL, last_reply = :last_reply WHERE id = :id
-- name: notice_again
UPDATE notice SET state = 'due', due_at = :due_at, claimed_at = NULL, n_tries = n_tries + 1, last_reply = :last_reply
WHERE id = :id
-- name: notice_return
UPDATE notice SET state = 'due', claimed_at = NULL WHERE id = :id
-- name: notice_release_claims
UPDATE notice SET state = 'due', claimed_at = NULL
WHERE id IN (SELECT id FROM notice WHERE state = 'claimed' AND claimed_at >= 0)
-- name: notice_drop_news
UPDATE notice SET state = 'dropped', last_reply = 'not sent again after a backup was put back'
WHERE id IN (SELECT id FROM notice WHERE state = 'due' AND (stream = 1 OR stream = 2))
-- name: notice_by_id
SELECT id, stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id, message_id,
    detail, state, due_at, sent_at, claimed_at, n_tries, last_reply, mailbox
FROM notice WHERE id = :id
-- name: notice_count_answers
-- What the clock's going back left in the future is not counted.
SELECT count(*) AS n_all, count(*) FILTER (WHERE purpose = :purpose) AS n_purpose
FROM (SELECT purpose FROM notice WHERE mailbox = :mailbox AND due_at BETWEEN :since AND :now LIMIT :most)
-- name: notice_clamp
UPDATE notice SET due_at = :now WHERE id IN (SELECT id FROM notice WHERE state = 'due' AND stream = :stream AND due_at > :latest)
-- name: notice_waiting
-- scan meant: the list of the whole queue, by the indexes of what is due and claimed
SELECT id, stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id, message_id,
    detail, state, due_at, sent_at, claimed_at, n_tries, last_reply, mailbox
FROM notice WHERE state = 'due'
UNION ALL
SELECT id, stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id, message_id,
    detail, state, due_at, sent_at, claimed_at, n_tries, last_reply, mailbox
FROM notice WHERE state = 'claimed'
-- name: notice_of_person
-- scan meant: what is held about one person
SELECT id, stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id, message_id,
    detail, state, due_at, sent_at, claimed_at, n_tries, last_reply, mailbox
FROM notice WHERE person_id = :person_id OR lower(address) = :address ORDER BY id
-- name: notice_in_state
-- scan meant: the administrator's list of what was sent or failed
SELECT id, stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id, message_id,
    detail, state, due_at, sent_at, claimed_at, n_tries, last_reply, mailbox
FROM notice WHERE state = :state ORDER BY id
-- name: notice_forget_over
-- What ended notices say of people who have no row.
UPDATE notice SET address = NULL, detail = NULL, last_reply = NULL
WHERE id IN (SELECT id FROM notice WHERE (address IS NOT NULL OR detail IS NOT NULL) AND due_at <= :before
    AND state <> 'due' AND state <> 'claimed' ORDER BY due_at LIMIT :most)
-- name: notice_delete_over
-- scan meant: a few from the old end
DELETE FROM notice WHERE id IN (SELECT id FROM notice ORDER BY id LIMIT :most)
    AND state <> 'due' AND state <> 'claimed' AND due_at <= :before
-- name: notice_revive
-- They were dropped because the post was not public for a while.
UPDATE notice SET state = 'due', last_reply = NULL
WHERE post_id = :post_id AND purpose = $purpose(POST) AND state = 'dropped' AND last_reply = :reason
-- name: notice_count_due
-- scan meant: counts the index of what is due
SELECT count(*) FROM notice WHERE state = 'due'
-- name: notice_count
-- scan meant: the administrator's figures of what was sent or failed
SELECT count(*) FROM notice WHERE state = :state
-- name: notice_next_due
SELECT min(due_at) FROM (SELECT min(due_at) AS due_at FROM notice WHERE state = 'due' AND stream = 0
    UNION ALL SELECT min(due_at) FROM notice WHERE state = 'due' AND stream = 1
    UNION ALL SELECT min(due_at) FROM notice WHERE state = 'due' AND stream = 2)

-- digests

-- name: digest_posts
SELECT p.id, p.idea_id, p.number, p.parent_id, p.person_id, p.message_id, p.kind, p.state, p.at,
    substr(p.text, 1, :most_chars) AS text, p.language
FROM member m CROSS JOIN post p ON p.forum_id = m.forum_id JOIN idea i ON i.id = p.idea_id
WHERE m.person_id = :person_id AND m.delivery = :delivery
    AND p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
    AND p.state = 'published' AND p.person_id <> :person_id AND p.at >= m.told_since
    AND (i.ring = 'public' OR m.role <> 'reader')
    AND NOT EXISTS (SELECT 1 FROM follow f
        WHERE f.idea_id = p.idea_id AND f.person_id = :person_id AND f.stopped_at IS NOT NULL)
ORDER BY p.forum_id, p.idea_id, p.published
-- name: digest_new_posts
SELECT p.published AS place, p.forum_id, p.idea_id, p.person_id, p.at, i.ring
FROM post p JOIN idea i ON i.id = p.idea_id
WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post AND p.state = 'published'
ORDER BY p.published
-- name: digest_readers
-- scan meant: everybody with a digest is asked, once an hour
SELECT m.person_id, m.forum_id, m.role, m.told_since, coalesce(p.digest_hour, -1) AS digest_hour,
    coalesce(p.digest_weekday, 0) AS digest_weekday,
    (SELECT d.to_post FROM digest d WHERE d.person_id = m.person_id AND d.delivery = m.delivery
        ORDER BY d.to_post DESC LIMIT 1) AS last_to,
    (SELECT d.made_at FROM digest d WHERE d.person_id = m.person_id AND d.delivery = m.delivery
        ORDER BY d.to_post DESC LIMIT 1) AS last_made_at
FROM member m JOIN person p ON p.id = m.person_id
WHERE m.delivery = :delivery
    AND EXISTS (SELECT 1 FROM address a WHERE a.person_id = m.person_id AND a.is_primary = 1 AND a.suspended_at IS NULL)
ORDER BY m.person_id, m.forum_id
-- name: digest_stopped
SELECT idea_id FROM follow WHERE person_id = :person_id AND stopped_at IS NOT NULL
-- name: digest_place_at
SELECT published FROM post WHERE published IS NOT NULL AND at < :at ORDER BY published DESC LIMIT 1
-- name: digest_cut
SELECT to_post, done_at FROM digest_cut WHERE delivery = :delivery AND slot_at = :slot_at
-- name: digest_cut_add
INSERT INTO digest_cut (delivery, slot_at, to_post) VALUES (:delivery, :slot_at, :to_post)
-- name: digest_cut_move
UPDATE digest_cut SET to_post = :to_post, done_at = NULL WHERE delivery = :delivery AND slot_at = :slot_at
-- name: digest_cut_done
UPDATE digest_cut SET done_at = :now WHERE delivery = :delivery AND slot_at = :slot_at
-- name: digest_cut_forget
DELETE FROM digest_cut WHERE delivery = :delivery AND slot_at < :slot_at
-- name: digest_last_to
SELECT max(to_post) FROM digest WHERE person_id = :person_id AND delivery = :delivery
-- name: digest_add
INSERT INTO digest (person_id, delivery, from_post, to_post, made_at)
VALUES (:person_id, :delivery, :from_post, :to_post, :made_at)
ON CONFLICT (person_id, delivery, from_post) DO NOTHING
RETURNING id
-- name: digest_by_id
SELECT id, person_id, delivery, from_post, to_post, made_at FROM digest WHERE id = :id
-- name: digest_people
-- scan meant: everybody with a digest is asked, a few times a day
SELECT p.id, p.public_name, p.language, first.written AS address, p.confirmed_at,
    first.suspended_at IS NOT NULL AS is_suspended, coalesce(p.digest_hour, -1) AS digest_hour,
    coalesce(p.digest_weekday, 0) AS digest_weekday
FROM person p LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id AND m.delivery = :delivery)
ORDER BY p.id

-- what deletions leave

-- name: leftover_add
INSERT INTO leftover (kind, name, at, n) VALUES (:kind, :name, :now, 1)
ON CONFLICT (kind, name) DO UPDATE SET n = n + 1
-- name: leftover_next
SELECT name, n FROM leftover WHERE kind = :kind AND name > :name ORDER BY name LIMIT 1
-- name: leftover_has
SELECT n FROM leftover WHERE kind = :kind AND name = ''
-- name: leftover_done
DELETE FROM leftover WHERE kind = :kind AND name = :name AND n = :n
-- name: leftover_oldest
SELECT min(at) FROM leftover

-- announcements: rates at which people are told of posts

-- name: announcement_add
INSERT INTO announcement (post_id, forum_id, idea_id, person_id, at, late)
VALUES (:post_id, :forum_id, :idea_id, :person_id, :at, :late)
ON CONFLICT (post_id) DO UPDATE SET at = excluded.at, late = excluded.late
-- name: announcement_recent
SELECT post_id, forum_id, idea_id, person_id, at, late FROM announcement
WHERE forum_id = :forum_id AND at BETWEEN :since AND :now ORDER BY at DESC LIMIT :most
-- name: announcement_due
SELECT 1 FROM announcement WHERE late = 1 AND at <= :before
UNION ALL SELECT 1 FROM announcement WHERE late = 1 AND at > :now LIMIT 1
-- name: announcement_range
-- scan meant: the posts that wait to be told together, by an index of these
SELECT count(*) AS n, min(published) - 1 AS from_post, max(published) AS to_post,
    CASE WHEN min(forum_id) = max(forum_id) THEN min(forum_id) END AS forum_id
FROM (SELECT p.published, p.forum_id FROM announcement a INDEXED BY announcement_waiting JOIN post p ON p.id = a.post_id
    WHERE a.late = 1 AND p.published IS NOT NULL ORDER BY p.published LIMIT :most)
-- name: announcement_digests
-- The same people as of the notices about one post (notice_add_for_...), of all posts in the range that wait.
INSERT INTO digest (person_id, delivery, from_post, to_post, made_at)
SELECT person_id, 'each', :from_post, :to_post, :now FROM (
    SELECT f.person_id
    FROM post p CROSS JOIN announcement n ON n.post_id = p.id AND n.late = 1 CROSS JOIN idea i ON i.id = p.idea_id
    CROSS JOIN follow f ON f.idea_id = p.idea_id
    CROSS JOIN address a ON a.person_id = f.person_id AND a.is_primary = 1
    LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = f.person_id
    WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
        AND f.stopped_at IS NULL AND f.person_id <> p.person_id AND a.suspended_at IS NULL
        AND (m.delivery IS NULL OR m.delivery NOT IN ('daily', 'weekly')) AND (i.ring = 'public' OR m.role <> 'reader')
    UNION
    SELECT m.person_id
    FROM post p CROSS JOIN announcement n ON n.post_id = p.id AND n.late = 1 CROSS JOIN idea i ON i.id = p.idea_id
    CROSS JOIN member m INDEXED BY member_each ON m.forum_id = p.forum_id AND m.delivery = 'each'
    CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
    WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
        AND m.person_id <> p.person_id AND a.suspended_at IS NULL AND (i.ring = 'public' OR m.role <> 'reader')
        AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.idea_id = p.idea_id AND f.person_id = m.person_id)
) WHERE true
ON CONFLICT DO NOTHING
-- name: announcement_notices
INSERT INTO notice (stream, purpose, person_id, forum_id, digest_id, due_at)
SELECT $stream(DIGEST_LATE), $purpose(DIGEST_LATE), person_id, :forum_id, id, :now FROM digest WHERE id > :last_digest AND delivery = 'each'
-- name: announcement_told
UPDATE announcement SET late = 2
WHERE late = 1 AND post_id IN (SELECT a.post_id FROM announcement a JOIN post p ON p.id = a.post_id
    WHERE a.late = 1 AND a.at >= 0 AND (p.published IS NULL OR p.published <= :to_post))
-- name: announcement_forget
DELETE FROM announcement WHERE post_id IN (SELECT post_id FROM announcement WHERE late <> 1 AND at < :before LIMIT :most)
-- name: digest_last_id
SELECT max(id) FROM digest
-- name: digest_posts_late
-- What waited to be told together, for one reader; who said STOPP or chose a digest meanwhile does not want it.
SELECT p.id, p.idea_id, p.number, p.parent_id, p.person_id, p.message_id, p.kind, p.state, p.at,
    substr(p.text, 1, :most_chars) AS text, p.language
FROM post p CROSS JOIN announcement n ON n.post_id = p.id AND n.late <> 0 CROSS JOIN idea i ON i.id = p.idea_id
LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = :person_id
LEFT JOIN follow f ON f.idea_id = p.idea_id AND f.person_id = :person_id
WHERE p.published IS NOT NULL AND p.published > :from_post AND p.published <= :to_post
    AND p.state = 'published' AND p.person_id <> :person_id AND f.stopped_at IS NULL
    AND (m.delivery = 'each' OR f.person_id IS NOT NULL AND (m.delivery IS NULL OR m.delivery = 'none'))
    AND (i.ring = 'public' OR m.role <> 'reader')
ORDER BY p.forum_id, p.idea_id, p.published

-- events

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

-- `forumpost check`: everything is read, on purpose

-- name: check_structure
PRAGMA integrity_check (20)
-- name: check_references
PRAGMA foreign_key_check
-- name: check_counters
-- scan meant: compares every idea with its posts
SELECT i.id, i.n_posts, (SELECT count(*) FROM post p WHERE p.idea_id = i.id AND p.state = 'published') AS n_found
FROM idea i WHERE n_found <> i.n_posts LIMIT :most
-- name: check_words
INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)
-- name: check_over_holds
SELECT count(*) FROM hold WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at <= :before
-- name: check_over_messages
SELECT count(*) FROM message WHERE keep = :keep AND received_at <= :before
-- name: check_blobs
-- scan meant: every raw mail that lies in a file
SELECT m.key, m.content_sha256 FROM message_raw r JOIN message m ON m.id = r.message_id WHERE r.bytes IS NULL
