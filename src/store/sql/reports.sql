-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reports to the operator.

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
-- name: report_forget
DELETE FROM report WHERE id IN (SELECT id FROM report WHERE notice_id IS NOT NULL AND at < :before LIMIT :most)
