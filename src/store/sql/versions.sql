-- SPDX-License-Identifier: GPL-3.0-or-later
-- What posts said before they were corrected.

-- columns version_new: post_id, at, message_id, text
-- columns version: id, $version_new

-- name: version_add
INSERT INTO version ($version_new) VALUES ($version_new(:))
-- name: version_of_post
SELECT $version FROM version WHERE post_id = :post_id ORDER BY id
-- name: version_set_text
UPDATE version SET text = :text WHERE id = :id
-- name: version_forget
DELETE FROM version WHERE post_id = :post_id
