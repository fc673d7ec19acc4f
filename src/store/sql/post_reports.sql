-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who reported a post.

-- columns post_report: post_id, mailbox, forum_id, at, is_proved

-- name: post_report_add
-- Somebody says it again: it stands as it was, but what is proved now is proved.
INSERT INTO post_report ($post_report) VALUES ($post_report(:))
ON CONFLICT (post_id, mailbox) DO UPDATE SET is_proved = 1 WHERE excluded.is_proved = 1 AND post_report.is_proved = 0
-- name: post_report_count
-- Those that a moderator has decided about count no more. That its author took it back, or wrote it anew, is no decision.
SELECT count(*) AS n, count(CASE WHEN is_proved = 1 AND at > coalesce((SELECT max(h.decided_at) FROM hold h
    WHERE h.post_id = :post_id AND h.kind = 'review' AND (h.why = 'reported' OR h.why = 'corrected' AND h.state = 'released') AND h.state <> 'open'
        AND coalesce(h.decided_by, 0) <> (SELECT person_id FROM post WHERE id = :post_id)), 0) THEN 1 END) AS n_proved
FROM post_report WHERE post_id = :post_id
-- name: post_report_recent
SELECT count(*) FROM (SELECT 1 FROM post_report WHERE forum_id = :forum_id AND at >= :since LIMIT :most)
