-- SPDX-License-Identifier: GPL-3.0-or-later
-- Wishes that wait for a yes.

-- columns wish_new: kind, address, written, other, person_id, message_id, language, is_proved, created_at, expires_at, asked_at,
--     told, forum_id, idea_id, post_id, seen
-- columns wish: id, $wish_new

-- name: wish_by_id
SELECT $wish FROM wish WHERE id = :id
-- name: wish_find
SELECT $wish FROM wish WHERE address = :address AND kind = :kind
-- name: wish_of_address
SELECT $wish FROM wish WHERE address = :address ORDER BY id
-- name: wish_add
INSERT INTO wish ($wish_new) VALUES ($wish_new(:))
-- name: wish_set_asked
UPDATE wish SET asked_at = :now WHERE id = :id
-- name: wish_remove
DELETE FROM wish WHERE id = :id
-- name: wish_remove_kind
DELETE FROM wish WHERE address = :address AND kind = :kind
-- name: wish_trim
-- The oldest go, so that MOST of that address and kind are left.
DELETE FROM wish WHERE id IN (SELECT id FROM wish WHERE address = :address AND kind = :kind ORDER BY id DESC LIMIT 1000 OFFSET :most)
-- name: wish_unasked
-- scan meant: those that wait for their turn, by an index of them
SELECT $wish FROM wish WHERE asked_at IS NULL ORDER BY created_at LIMIT :most
-- name: wish_remove_over
DELETE FROM wish WHERE expires_at <= :now
-- name: wish_erase
-- scan meant: an erasure
DELETE FROM wish WHERE address = :address OR person_id = :person_id OR (kind <> 'order' AND lower(other) = :address)
