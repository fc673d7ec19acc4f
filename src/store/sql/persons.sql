-- SPDX-License-Identifier: GPL-3.0-or-later
-- Persons and their addresses. A person without an address (after erasure) has none here and is not suspended.

-- columns person: p.id, p.public_name, p.language, first.written AS address, p.confirmed_at, p.is_organisation,
--     first.suspended_at IS NOT NULL AS is_suspended, first.complained_at IS NOT NULL AS has_complained, coalesce(p.digest_hour, -1) AS digest_hour,
--     coalesce(p.digest_weekday, 0) AS digest_weekday

-- name: person_by_address
SELECT $person
FROM address a JOIN person p ON p.id = a.person_id
LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE a.address = :address
-- name: person_by_id
SELECT $person
FROM person p LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE p.id = :id
-- name: person_voice
SELECT p.id, p.public_name, CASE WHEN m.role IN ('member', 'lead') THEN 1 ELSE 0 END AS is_member
FROM person p LEFT JOIN member m ON m.forum_id = :forum_id AND m.person_id = p.id
WHERE p.id = :id
-- name: person_beside
-- scan meant: all members are asked whether they are staff, when somebody asks for a name
SELECT p.id, p.public_name FROM person p
WHERE p.public_name IS NOT NULL AND p.id <> :person_id
    AND p.id IN (SELECT person_id FROM post WHERE idea_id = :idea_id AND state = 'published'
        UNION SELECT other.person_id FROM post own JOIN post other ON other.idea_id = own.idea_id
            WHERE own.person_id = :person_id AND own.state = 'published' AND other.state = 'published'
        UNION SELECT person_id FROM member WHERE role IN ('lead', 'moderator', 'office'))
-- name: person_staff
-- scan meant: all who lead, moderate or speak for a forum, by an index of these alone
SELECT DISTINCT p.id, p.public_name FROM member m JOIN person p ON p.id = m.person_id
WHERE m.role IN ('lead', 'moderator', 'office')
-- name: person_all
-- scan meant: the administrator's list of everybody
SELECT $person
FROM person p LEFT JOIN address first ON first.person_id = p.id AND first.is_primary = 1
WHERE p.erased_at IS NULL
ORDER BY p.id
-- name: person_add
INSERT INTO person (public_name, language, confirmed_at, is_organisation, digest_hour, digest_weekday, created_at)
VALUES (:public_name, :language, :confirmed_at, :is_organisation, nullif(:digest_hour, -1), nullif(:digest_weekday, 0), :now)
-- name: person_update
UPDATE person SET public_name = :public_name, language = :language, confirmed_at = :confirmed_at, is_organisation = :is_organisation,
    digest_hour = nullif(:digest_hour, -1), digest_weekday = nullif(:digest_weekday, 0)
WHERE id = :id
-- name: address_add
INSERT INTO address (address, person_id, written, is_primary) VALUES (:address, :person_id, :written, :is_primary)
-- name: person_addresses
SELECT written FROM address WHERE person_id = :person_id ORDER BY is_primary DESC, address
-- name: person_follows
SELECT idea_id FROM follow WHERE person_id = :person_id AND stopped_at IS NULL ORDER BY idea_id
-- name: person_erase
UPDATE person SET public_name = NULL, language = NULL, confirmed_at = NULL, is_organisation = 0, digest_hour = NULL, digest_weekday = NULL,
    erased_at = :now, erased_reason = :reason
WHERE id = :id
-- name: person_erase_addresses
DELETE FROM address WHERE person_id = :id
-- name: person_erase_members
DELETE FROM member WHERE person_id = :id
-- name: person_erase_was_member
DELETE FROM was_member WHERE person_id = :id
-- name: person_erase_follows
-- scan meant: an erasure
DELETE FROM follow WHERE person_id = :id
-- name: person_erase_supports
DELETE FROM support WHERE person_id = :id
-- name: person_erase_notices
-- scan meant: an erasure
UPDATE notice SET address = NULL, detail = NULL, mailbox = NULL,
    last_reply = CASE WHEN state = 'due' OR state = 'claimed' OR state = 'dropped' THEN 'its reader is erased' END,
    state = CASE WHEN state = 'due' OR state = 'claimed' THEN 'dropped' ELSE state END
WHERE person_id = :id OR lower(address) = :address
