-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was said about a text that waits or was refused.

-- columns remark_new: hold_id, at, kind, person_id, message_id, text
-- columns remark: id, $remark_new

-- name: remark_add
INSERT INTO remark ($remark_new) VALUES ($remark_new(:))
-- name: remark_of_hold
SELECT $remark FROM remark WHERE hold_id = :hold_id ORDER BY id
-- name: remark_of_person
SELECT $remark(r) FROM remark r JOIN hold h ON h.id = r.hold_id
WHERE r.person_id = :person_id AND h.kind <> 'letter' ORDER BY r.id
-- name: letter_of_address
-- What was written to somebody alone, and their answers.
SELECT $remark(r) FROM hold h JOIN remark r ON r.hold_id = h.id WHERE h.address = :address AND h.address <> '' AND h.kind = 'letter' ORDER BY r.id
-- name: letter_of_writer
SELECT $remark(r) FROM remark r JOIN hold h ON h.id = r.hold_id
WHERE r.person_id = :person_id AND r.kind = 'letter' ORDER BY r.id
-- name: letter_count_of_idea
SELECT count(*) AS n FROM hold h JOIN remark r ON r.hold_id = h.id
WHERE h.idea_id = :idea_id AND h.kind = 'letter' AND r.kind = :kind AND r.at > :since
-- name: letter_count_of_writer
SELECT count(*) AS n FROM remark WHERE person_id = :person_id AND kind = 'letter' AND at > :since
-- name: remark_forget_person
DELETE FROM remark WHERE person_id = :id
-- name: remark_move
UPDATE remark SET hold_id = :to_id WHERE hold_id = :hold_id
-- name: remark_forget
DELETE FROM remark WHERE hold_id = :hold_id
