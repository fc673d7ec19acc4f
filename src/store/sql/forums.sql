-- SPDX-License-Identifier: GPL-3.0-or-later
-- Forums, their other names and their members.

-- columns forum: id, name, title, ministry, language, moderation, closed_at, undecided
-- columns member: forum_id, person_id, role, delivery, joined_at

-- name: forum_by_name
SELECT $forum FROM forum WHERE name = :name
-- name: forum_by_alias
SELECT $forum(f)
FROM forum_alias a JOIN forum f ON f.id = a.forum_id WHERE a.name = :name
-- name: forum_by_id
SELECT $forum FROM forum WHERE id = :id
-- name: forum_all
-- scan meant: a few dozen forums, all wanted
SELECT $forum FROM forum ORDER BY name
-- name: forum_put
INSERT INTO forum (name, title, ministry, language, moderation, closed_at, undecided, created_at)
VALUES (:name, :title, :ministry, :language, :moderation, :closed_at, :undecided, :now)
ON CONFLICT (name) DO UPDATE SET title = excluded.title, ministry = excluded.ministry, language = excluded.language,
    moderation = excluded.moderation, closed_at = excluded.closed_at, undecided = excluded.undecided
RETURNING id
-- name: forum_alias_put
INSERT INTO forum_alias (name, forum_id) VALUES (:name, :forum_id)
ON CONFLICT (name) DO UPDATE SET forum_id = excluded.forum_id
-- name: forum_alias_all
-- scan meant: a few dozen names, all wanted
SELECT a.name, a.forum_id, f.name AS forum FROM forum_alias a JOIN forum f ON f.id = a.forum_id ORDER BY f.name, a.name
-- name: forum_alias_remove
DELETE FROM forum_alias WHERE name = :name
-- name: forum_alias_remove_all
-- scan meant: a few dozen names
DELETE FROM forum_alias WHERE forum_id = :id
-- name: member_was_none
-- scan meant: a forum that nobody uses is removed
DELETE FROM was_member WHERE forum_id = :id
-- name: forum_remove
DELETE FROM forum WHERE id = :id
-- name: forum_uses
-- scan meant: an operator takes a forum away once in its life; what was sent or waited before has no index by forum
SELECT (SELECT count(*) FROM idea WHERE forum_id = :id) + (SELECT count(*) FROM idea_also WHERE forum_id = :id) AS n_ideas,
    (SELECT count(*) FROM member WHERE forum_id = :id) AS n_members,
    (SELECT count(*) FROM hold WHERE forum_id = :id) AS n_holds,
    (SELECT count(*) FROM notice WHERE forum_id = :id) AS n_notices
-- name: member_find
SELECT $member FROM member
WHERE forum_id = :forum_id AND person_id = :person_id
-- name: member_voice
-- Of the forums beside its own that an idea is shown in: 0 in none, 1 reader, 2 member of one, whatever they lead there.
SELECT coalesce(max(CASE m.role WHEN 'reader' THEN 1 ELSE 2 END), 0)
FROM also_member m WHERE m.idea_id = :idea_id AND m.person_id = :person_id
-- name: member_also
-- engine: sqlite
-- The forum beside an idea's own that somebody is a member of.
SELECT coalesce(min(o.forum_id), 0) FROM idea_also o CROSS JOIN member m ON m.forum_id = o.forum_id
WHERE o.idea_id = :idea_id AND m.person_id = :person_id AND m.role <> 'reader'
-- name: member_clamp
UPDATE member SET told_since = :now WHERE told_since > :now
-- name: member_put
INSERT INTO member (forum_id, person_id, role, delivery, joined_at, told_since)
VALUES (:forum_id, :person_id, :role, :delivery, :joined_at, :joined_at)
ON CONFLICT (forum_id, person_id) DO UPDATE SET role = excluded.role, delivery = excluded.delivery,
    told_since = CASE WHEN member.delivery = excluded.delivery THEN member.told_since ELSE excluded.joined_at END,
    paused_until = NULL, paused_from = NULL
-- name: member_set_initiative
UPDATE member SET is_initiative = :is_initiative WHERE person_id = :person_id
-- name: member_is_initiative
-- scan meant: the few who are of it; while nobody is named, every office is the initiative's
SELECT CASE WHEN EXISTS (SELECT 1 FROM member WHERE is_initiative = 1 AND role = 'office' AND person_id = :person_id) THEN 1
    WHEN EXISTS (SELECT 1 FROM member WHERE is_initiative = 1 AND role = 'office') THEN 0 ELSE 1 END
-- name: member_add_initiative
-- scan meant: the few who are of it, into a forum that was made since
INSERT INTO member (forum_id, person_id, role, delivery, joined_at, told_since, is_initiative)
SELECT DISTINCT :forum_id, person_id, 'office', 'none', :now, :now, 1 FROM member WHERE is_initiative = 1 AND role = 'office'
-- name: member_pause
-- Who gets nothing for good needs no end of it.
UPDATE member SET paused_from = CASE WHEN delivery = 'none' THEN paused_from ELSE delivery END, delivery = 'none', paused_until = :until
WHERE forum_id = :forum_id AND person_id = :person_id AND (delivery <> 'none' OR paused_from IS NOT NULL)
-- name: member_over
SELECT forum_id, person_id, role, paused_from AS delivery, joined_at FROM member
WHERE paused_until IS NOT NULL AND paused_until <= :now ORDER BY paused_until LIMIT :most
-- name: member_was
INSERT INTO was_member (person_id, forum_id)
SELECT person_id, forum_id FROM member WHERE forum_id = :forum_id AND person_id = :person_id AND role <> 'reader'
ON CONFLICT (person_id, forum_id) DO NOTHING
-- name: member_is_again
DELETE FROM was_member WHERE person_id = :person_id AND forum_id = :forum_id
-- name: member_knows
-- Forums whose inner talk PERSON reads, or read.
SELECT forum_id FROM member WHERE person_id = :person_id AND role <> 'reader'
UNION ALL SELECT forum_id FROM was_member WHERE person_id = :person_id
-- name: member_remove
DELETE FROM member WHERE forum_id = :forum_id AND person_id = :person_id
-- name: member_of_forum
SELECT $member FROM member WHERE forum_id = :forum_id ORDER BY person_id
-- name: member_of_person
SELECT $member FROM member WHERE person_id = :person_id ORDER BY forum_id
-- name: member_seconds
-- engine: sqlite
SELECT person_id FROM member INDEXED BY member_leading
WHERE forum_id = :forum_id AND role IN ('lead', 'moderator', 'office') AND role <> 'moderator' ORDER BY person_id
-- name: member_office
-- engine: sqlite
SELECT person_id FROM member INDEXED BY member_leading
WHERE forum_id = :forum_id AND role IN ('lead', 'moderator', 'office') AND role = 'office' ORDER BY person_id
-- name: member_moderators
-- engine: sqlite
SELECT person_id FROM member INDEXED BY member_leading
WHERE forum_id = :forum_id AND role IN ('lead', 'moderator', 'office') AND role <> 'office' ORDER BY person_id
