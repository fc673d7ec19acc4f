-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reports about mails of ours, what an address has of them, domains that refuse all of us.

-- columns bounce_new: at, kind, deed, stream, notice_id, person_id, address, domain, message_id, status, said
-- columns bounce: id, $bounce_new, undone_at
-- columns trouble: points, bounced_at, suspended_at, probe_at, probed_at, complained_at

-- name: bounce_add
INSERT INTO bounce (at, kind, deed, stream, notice_id, person_id, address, domain, message_id, status, said)
VALUES (:at, :kind, :deed, :stream, :notice_id, :person_id, :address, :domain, :message_id, :status, :said)
-- name: bounce_by_id
SELECT $bounce FROM bounce WHERE id = :id
-- name: bounce_all
-- scan meant: the administrator's list
SELECT $bounce FROM bounce ORDER BY id DESC
-- name: bounce_of_address
SELECT $bounce FROM bounce WHERE address = :address ORDER BY id DESC
-- name: bounce_count_deed
SELECT count(*) FROM (SELECT 1 FROM bounce WHERE domain = :domain AND at >= :since AND deed = :deed AND undone_at IS NULL LIMIT :most)
-- name: bounce_count_refused
SELECT count(*) FROM (SELECT DISTINCT address FROM bounce
    WHERE domain = :domain AND at >= :since AND kind = :kind AND address IS NOT NULL LIMIT :most)
-- name: bounce_unknown
-- The run of an issue as it was when the newest of its mails went out that is known to have found nobody, near the one that is reported now.
-- Mails that were queued since, or are of another issue, say nothing about it. Without the + SQLite would read all mails of the issue.
SELECT count(*) AS n_last, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM bounce b WHERE b.notice_id = n.id AND b.kind = 'hard')) AS n_unknown
FROM (SELECT id FROM notice WHERE id > :notice_id - :far AND id <= coalesce((SELECT max(b.notice_id) FROM bounce b
        WHERE b.notice_id BETWEEN :notice_id AND :notice_id + :most AND b.kind = 'hard'), :notice_id)
    AND +issue_id = :issue_id AND purpose = $purpose(NEWSLETTER) AND (state = 'sent' OR state = 'failed') ORDER BY id DESC LIMIT :most) n
-- name: bounce_undo
UPDATE bounce SET undone_at = :now WHERE address = :address AND undone_at IS NULL
-- name: bounce_erase
-- scan meant: an erasure
UPDATE bounce SET address = NULL, person_id = NULL, said = NULL WHERE address = :address OR person_id = :person_id
-- name: bounce_forget
DELETE FROM bounce WHERE id IN (SELECT id FROM bounce WHERE at < :before ORDER BY at LIMIT :most)
-- name: trouble_is_known
-- Somebody of ours has that address; who was only asked about a newsletter is a stranger.
SELECT EXISTS (SELECT 1 FROM address WHERE address = :address)
    OR EXISTS (SELECT 1 FROM subscription WHERE address = :address AND state <> 'asked')
-- name: trouble_by_address
SELECT $trouble FROM trouble WHERE address = :address
-- name: trouble_put
INSERT INTO trouble (address, points, bounced_at, suspended_at, probe_at, probed_at, complained_at)
VALUES (:address, :points, :bounced_at, :suspended_at, :probe_at, :probed_at, :complained_at)
ON CONFLICT (address) DO UPDATE SET points = excluded.points, bounced_at = excluded.bounced_at,
    suspended_at = excluded.suspended_at, probe_at = excluded.probe_at, probed_at = excluded.probed_at,
    complained_at = excluded.complained_at
-- name: trouble_over
DELETE FROM trouble WHERE address = :address
-- name: trouble_mirror
UPDATE address SET suspended_at = :suspended_at, complained_at = :complained_at WHERE address = :address
-- name: trouble_probes
SELECT t.address, coalesce(a.written, (SELECT s.written FROM subscription s WHERE s.address = t.address LIMIT 1), t.address) AS written, a.person_id, $trouble(t)
FROM trouble t LEFT JOIN address a ON a.address = t.address
WHERE t.probe_at IS NOT NULL AND t.probe_at <= :now ORDER BY t.probe_at LIMIT :most
-- name: destination_by_domain
SELECT domain, paused_at, paused_until, n_pauses, said FROM destination WHERE domain = :domain
-- name: destination_put
INSERT INTO destination (domain, paused_at, paused_until, n_pauses, said)
VALUES (:domain, :paused_at, :paused_until, :n_pauses, :said)
ON CONFLICT (domain) DO UPDATE SET paused_at = excluded.paused_at, paused_until = excluded.paused_until,
    n_pauses = excluded.n_pauses, said = excluded.said
-- name: destination_paused
SELECT domain, paused_at, paused_until, n_pauses, said FROM destination WHERE paused_until > :now
-- name: destination_forget
DELETE FROM destination WHERE paused_until < :before
