-- SPDX-License-Identifier: GPL-3.0-or-later
-- Mailboxes that were asked.

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
-- engine: sqlite
UPDATE mailbox SET asked_at = :now, stopped_at = min(stopped_at, :now) WHERE asked_at > :now
-- name: mailbox_forget
DELETE FROM mailbox WHERE asked_at < :before AND (stopped_at IS NULL OR stopped_at < :before)
