-- SPDX-License-Identifier: GPL-3.0-or-later
-- Words of texts that were taken back, in what others say.

-- columns unsaid_new: post_id, idea_id, person_id, hold_id, mark, state, at, words, phrases, said, place, pass, from_line, after
-- columns unsaid: id, $unsaid_new

-- name: unsaid_add
INSERT INTO unsaid ($unsaid_new) VALUES ($unsaid_new(:))
-- name: unsaid_by_id
SELECT $unsaid FROM unsaid WHERE id = :id
-- name: unsaid_of_post
SELECT $unsaid FROM unsaid WHERE post_id = :post_id ORDER BY id
-- name: unsaid_of_hold
SELECT $unsaid FROM unsaid WHERE hold_id = :hold_id ORDER BY id
-- name: unsaid_of_idea
SELECT $unsaid FROM unsaid WHERE idea_id = :idea_id AND state <> 'back' ORDER BY id
-- name: unsaid_that_hide
-- engine: sqlite
-- What the post is shown without.
SELECT $unsaid(u) FROM unsaid_in o CROSS JOIN unsaid u ON u.id = o.unsaid_id WHERE o.post_id = :post_id ORDER BY u.id
-- name: unsaid_newest
SELECT $unsaid FROM unsaid WHERE id > :after ORDER BY id DESC LIMIT :most
-- name: unsaid_last
SELECT max(id) FROM unsaid
-- name: unsaid_words_after
SELECT id, words FROM unsaid WHERE id > :after ORDER BY id
-- name: unsaid_to_do
SELECT $unsaid FROM unsaid WHERE pass < 9 AND id > :after ORDER BY id LIMIT 1
-- name: unsaid_update
UPDATE unsaid SET mark = :mark, state = :state, words = :words, phrases = :phrases, said = :said, place = :place, pass = :pass, from_line = :from_line,
    after = :after
WHERE id = :id
-- name: unsaid_drop
DELETE FROM unsaid WHERE id = :id
-- name: unsaid_over
-- scan meant: passages that were taken out, once in a while; the table holds what was taken back lately
SELECT id FROM unsaid WHERE mark = 'redacted' AND state = 'taken' AND at <= :before LIMIT :most
-- name: unsaid_find
-- engine: sqlite
-- scan meant: the index of words is walked from one post to another, as far as the limit wants
SELECT rowid AS id FROM post_fts WHERE post_fts MATCH :expression AND rowid > :after AND rowid < :before ORDER BY rowid LIMIT :most
-- name: unsaid_discussion
-- Later ones of the same discussion.
SELECT id FROM post WHERE idea_id = :idea_id AND number > (SELECT number FROM post WHERE id = :after) ORDER BY number LIMIT :most
-- name: unsaid_discussion_newest
SELECT id FROM post WHERE idea_id = :idea_id AND number > (SELECT number FROM post WHERE id = :after) ORDER BY number DESC LIMIT :most
-- name: unsaid_discussion_before
SELECT text FROM post WHERE idea_id = :idea_id AND number < (SELECT number FROM post WHERE id = :before) AND state = 'published'
    AND person_id <> :person_id
ORDER BY number DESC LIMIT :most
-- name: unsaid_place
-- Is what was public then in the index of words? What was last may be public no more.
SELECT CASE WHEN EXISTS (SELECT 1 FROM post WHERE published > (SELECT place FROM indexed WHERE id = 1))
    THEN (SELECT place FROM indexed WHERE id = 1) ELSE 9223372036854775807 END
-- name: unsaid_titles
-- Twelve words have so many letters.
SELECT id FROM idea WHERE id > :after AND length(title) > 22 ORDER BY id LIMIT :most
-- name: unsaid_reasons
SELECT id FROM step WHERE id > :after AND length(reason) > 22 ORDER BY id LIMIT :most
-- name: unsaid_reason_set
UPDATE step SET reason = :reason WHERE id = :id
-- name: unsaid_holds
-- Texts that wait.
SELECT id FROM hold WHERE state = 'open' AND text <> '' AND id > :after ORDER BY id LIMIT :most
-- name: unsaid_hold_text
UPDATE hold SET text = :text, title = :title WHERE id = :id AND state = 'open'
-- name: whole_text
SELECT text FROM whole WHERE post_id = :post_id
-- name: whole_set
INSERT INTO whole (post_id, text) VALUES (:post_id, :text) ON CONFLICT (post_id) DO UPDATE SET text = :text
-- name: whole_drop
DELETE FROM whole WHERE post_id = :post_id
-- name: unsaid_in_add
INSERT INTO unsaid_in (unsaid_id, post_id) VALUES (:unsaid_id, :post_id) ON CONFLICT (unsaid_id, post_id) DO NOTHING
-- name: unsaid_in_drop
DELETE FROM unsaid_in WHERE post_id = :post_id
-- name: unsaid_in_of
SELECT post_id FROM unsaid_in WHERE unsaid_id = :unsaid_id AND post_id > :after ORDER BY post_id LIMIT :most
