-- SPDX-License-Identifier: GPL-3.0-or-later
-- Mails that came in, their raw bytes and what became of them.

-- columns message: id, key, received_at, envelope_from, from_address, message_id, content_sha256, body_sha256, subject, kind,
--     n_bytes, failed, keep, standing
-- columns verdict: recipient, kind, reason, post_id, hold_id

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
SELECT $message
FROM message WHERE id = :id
-- name: message_by_key
-- A key begins with when it came; a few mails of that second.
SELECT $message
FROM message WHERE keep IN ('text', 'waiting', 'other', 'report', 'failed', 'nothing', 'empty', 'bounce')
    AND received_at = :received_at AND key = :key
-- name: message_by_old_key
-- scan meant: somebody asks for a key that does not say when it came, or that was never given
SELECT $message
FROM message WHERE key = :key
-- name: message_same
-- The limit bounds the work when somebody sends the same Message-ID again and again. Of a mail that was deleted the hash
-- of its Message-ID is left.
SELECT $message
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
UNION SELECT message_id FROM verdict WHERE post_id = :post_id AND kind <> 'post'
UNION SELECT message_id FROM hold WHERE post_id = :post_id
UNION SELECT v.message_id FROM hold h JOIN verdict v ON v.hold_id = h.id WHERE h.post_id = :post_id
-- name: message_of_sender
-- scan meant: what is held about one person; the envelope has no index
SELECT $message
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
-- name: message_raw_cut
UPDATE message_raw SET bytes = :bytes WHERE message_id = :id
-- name: message_notices_forget
-- What is still due is sent first; notice_personal finds it later.
UPDATE notice SET address = NULL, detail = NULL, last_reply = CASE WHEN state = 'dropped' THEN last_reply END
WHERE message_id = :id AND (address IS NOT NULL OR detail IS NOT NULL OR last_reply IS NOT NULL)
    AND state <> 'due' AND state <> 'claimed'
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
INSERT INTO verdict (message_id, $verdict) VALUES (:message_id, $verdict(:))
-- name: verdict_delete_over
-- Deleted mails of which not even the verdicts are wanted any more.
DELETE FROM verdict WHERE message_id IN (SELECT id FROM message WHERE keep = 'nothing' AND received_at <= :before
    ORDER BY received_at LIMIT :most)
-- name: message_empty_over
UPDATE message SET keep = 'empty' WHERE id IN (SELECT id FROM message WHERE keep = 'nothing' AND received_at <= :before
    ORDER BY received_at LIMIT :most)
-- name: verdict_of
SELECT $verdict FROM verdict WHERE message_id = :message_id ORDER BY recipient
-- name: report_forget_message
UPDATE report SET detail = NULL WHERE message_id = :id
-- name: check_over_messages
SELECT count(*) FROM message WHERE keep = :keep AND received_at <= :before
