-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was said about a text that waits or was refused.

-- columns remark_new: hold_id, at, kind, person_id, message_id, text
-- columns remark: id, $remark_new

-- name: remark_add
INSERT INTO remark ($remark_new) VALUES ($remark_new(:))
-- name: remark_of_hold
SELECT $remark FROM remark WHERE hold_id = :hold_id ORDER BY id
-- name: remark_of_person
-- scan meant: what is held about one person
SELECT $remark FROM remark WHERE person_id = :person_id ORDER BY id
-- name: remark_forget_person
-- scan meant: an erasure
DELETE FROM remark WHERE person_id = :id
-- name: remark_move
UPDATE remark SET hold_id = :to_id WHERE hold_id = :hold_id
-- name: remark_forget
DELETE FROM remark WHERE hold_id = :hold_id
