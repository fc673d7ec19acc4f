-- SPDX-License-Identifier: GPL-3.0-or-later
-- What deletions leave.

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
