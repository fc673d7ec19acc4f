-- SPDX-License-Identifier: GPL-3.0-or-later
-- The mails that we owe. Who is told of a post is said once, as a view, in tests/unit/store/test_who_is_told.c; the statement
-- for a post and those of digests.sql find the same people each by the index that is quick for it, and are held to it.

-- columns notice_new: stream, purpose, person_id, address, language, forum_id, idea_id, post_id, hold_id, digest_id, message_id,
--     detail, due_at, mailbox, issue_id, subscription_id
-- columns notice: id, $notice_new, state, sent_at, claimed_at, n_tries, last_reply

-- name: notice_add
INSERT INTO notice ($notice_new) VALUES ($notice_new(:))
-- name: notice_add_for_post
-- engine: sqlite
-- Followers first. A member who takes a digest of the forum hears of it there and not twice. Of an idea in several forums whoever is in
-- more than one hears as they chose it to be quickest: one by one, daily, weekly.
-- Then members of its forum, and of the others in which it stands; who said STOPP for the idea has a row of follow, too. Without
-- statistics SQLite would read all members of the forum; a list of forums (IN) would be a table of its own, made for each post.
INSERT INTO notice (stream, purpose, person_id, forum_id, idea_id, post_id, due_at)
SELECT $stream(POST), $purpose(POST), f.person_id, p.forum_id, p.idea_id, p.id, :now
FROM post p CROSS JOIN idea i ON i.id = p.idea_id CROSS JOIN idea_follower f ON f.idea_id = p.idea_id
CROSS JOIN address a ON a.person_id = f.person_id AND a.is_primary = 1
LEFT JOIN member m ON m.forum_id = p.forum_id AND m.person_id = f.person_id
WHERE p.id = :id AND f.person_id <> p.person_id AND a.suspended_at IS NULL
    AND (m.delivery = 'each' OR EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = f.person_id AND x.delivery = 'each')
        OR (m.delivery IS NULL OR m.delivery = 'none') AND NOT EXISTS (SELECT 1 FROM also_member x WHERE x.idea_id = p.idea_id AND x.person_id = f.person_id AND x.delivery IN ('daily', 'weekly')))
    AND (i.ring = 'public' OR m.role <> 'reader')
UNION ALL
SELECT $stream(POST), $purpose(POST), m.person_id, p.forum_id, p.idea_id, p.id, :now
FROM post p CROSS JOIN idea i ON i.id = p.idea_id
CROSS JOIN member m INDEXED BY member_each ON m.forum_id = p.forum_id AND m.delivery = 'each'
CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
WHERE p.id = :id AND m.person_id <> p.person_id AND a.suspended_at IS NULL
    AND (i.ring = 'public' OR m.role <> 'reader')
    AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.idea_id = p.idea_id AND f.person_id = m.person_id)
UNION ALL
SELECT $stream(POST), $purpose(POST), m.person_id, p.forum_id, p.idea_id, p.id, :now
FROM post p CROSS JOIN idea i ON i.id = p.idea_id CROSS JOIN idea_also o ON o.idea_id = p.idea_id
CROSS JOIN member m INDEXED BY member_each ON m.forum_id = o.forum_id AND m.delivery = 'each'
CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
WHERE p.id = :id AND m.person_id <> p.person_id AND a.suspended_at IS NULL
    AND (i.ring = 'public' OR m.role <> 'reader')
    AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.idea_id = p.idea_id AND f.person_id = m.person_id)
ON CONFLICT DO NOTHING
-- name: notice_add_news
-- engine: sqlite
-- detail: the first step that the mail tells of. What waits already tells of this one, too.
INSERT INTO notice (stream, purpose, person_id, forum_id, idea_id, post_id, detail, due_at)
SELECT DISTINCT $stream(NEWS), $purpose(NEWS), f.person_id, i.forum_id, i.id, p.id, :detail, :due_at
FROM idea i CROSS JOIN idea_follower f ON f.idea_id = i.id CROSS JOIN address a ON a.person_id = f.person_id AND a.is_primary = 1
LEFT JOIN member m ON m.forum_id = i.forum_id AND m.person_id = f.person_id
LEFT JOIN post p ON p.idea_id = i.id AND p.number = 1
WHERE i.id = :id AND f.person_id <> :but AND (:for_others = 0 OR f.person_id <> i.author_id) AND a.suspended_at IS NULL AND (i.ring = 'public' OR m.role <> 'reader')
    AND (m.delivery IS NULL OR m.delivery NOT IN ('daily', 'weekly')
        OR f.person_id IN (SELECT g.author_id FROM idea g WHERE g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id)))
ON CONFLICT (idea_id, person_id) WHERE purpose = $purpose(NEWS) AND state = 'due'
DO UPDATE SET due_at = excluded.due_at WHERE due_at > excluded.due_at
-- name: notice_add_news_digest
-- engine: sqlite
-- The others: in their digest.
INSERT INTO notice (stream, purpose, person_id, forum_id, idea_id, post_id, detail, due_at)
SELECT DISTINCT $stream(NEWS_DIGEST), $purpose(NEWS_DIGEST), f.person_id, i.forum_id, i.id, p.id, :detail,
    CASE m.delivery WHEN 'daily' THEN :daily_at ELSE :weekly_at END
FROM idea i CROSS JOIN idea_follower f ON f.idea_id = i.id CROSS JOIN address a ON a.person_id = f.person_id AND a.is_primary = 1
JOIN member m ON m.forum_id = i.forum_id AND m.person_id = f.person_id
LEFT JOIN post p ON p.idea_id = i.id AND p.number = 1
WHERE i.id = :id AND f.person_id <> :but AND a.suspended_at IS NULL AND (i.ring = 'public' OR m.role <> 'reader')
    AND +m.delivery IN ('daily', 'weekly')
    AND f.person_id NOT IN (SELECT g.author_id FROM idea g WHERE g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
ON CONFLICT (idea_id, person_id) WHERE purpose = $purpose(NEWS_DIGEST) AND state = 'due' DO NOTHING
-- name: notice_for_digest
-- engine: sqlite
-- scan meant: all that waits for digests, once an hour
-- Who has any digest of that kind hears of all that waits for one.
SELECT n.person_id, n.id FROM notice n INDEXED BY notice_for_digest
WHERE n.state = 'due' AND (n.purpose = $purpose(NEWS_DIGEST) OR n.purpose = $purpose(PHASE_CHANGED_DIGEST))
    AND EXISTS (SELECT 1 FROM member m WHERE m.person_id = n.person_id AND +m.delivery = :delivery)
ORDER BY n.person_id
-- name: notice_add_news_for_office
-- engine: sqlite
INSERT INTO notice (stream, purpose, person_id, forum_id, idea_id, post_id, detail, due_at)
SELECT $stream(NEWS), $purpose(NEWS), m.person_id, i.forum_id, i.id, p.id, :detail, :due_at
FROM idea i CROSS JOIN member m INDEXED BY member_leading ON m.forum_id = i.forum_id AND m.role IN ('lead', 'moderator', 'office') AND m.role = 'office'
CROSS JOIN address a ON a.person_id = m.person_id AND a.is_primary = 1
LEFT JOIN post p ON p.idea_id = i.id AND p.number = 1
WHERE i.id = :id AND m.person_id <> i.author_id AND a.suspended_at IS NULL
ON CONFLICT (idea_id, person_id) WHERE purpose = $purpose(NEWS) AND state = 'due' DO NOTHING
-- name: notice_news_waiting
SELECT id FROM notice WHERE person_id = :person_id AND purpose = $purpose(NEWS) AND state = 'due' ORDER BY idea_id LIMIT :most
-- name: notice_news_told
-- What the clock's going back left in the future is not counted.
SELECT count(*) AS n, max(sent_at) AS last_at FROM (SELECT sent_at FROM notice
    WHERE person_id = :person_id AND sent_at BETWEEN :since AND :now AND (purpose = $purpose(NEWS) OR purpose = $purpose(NEWS_MANY))
    ORDER BY sent_at DESC LIMIT :most)
-- name: notice_news_on_way
SELECT EXISTS (SELECT 1 FROM notice
    WHERE person_id = :person_id AND purpose = $purpose(NEWS_MANY) AND (state = 'due' OR state = 'claimed'))
-- name: notice_told_now
SELECT id, idea_id, CASE WHEN purpose = $purpose(POST) THEN 1 ELSE 0 END AS is_post, :now AS at FROM notice
WHERE person_id = :person_id AND stream = $stream(POST) AND state = 'claimed' AND sent_at IS NULL
-- name: notice_told_lately
-- What the clock's going back left in the future is not counted.
SELECT id, idea_id, CASE WHEN purpose = $purpose(POST) THEN 1 ELSE 0 END AS is_post, sent_at AS at FROM notice
WHERE person_id = :person_id AND stream = $stream(POST) AND state = 'sent' AND sent_at BETWEEN :since AND :now
ORDER BY sent_at DESC LIMIT :most
-- name: notice_asked_lately
-- Mails about one waiting text each, sent or on their way.
SELECT id FROM notice
WHERE person_id = :person_id AND stream = $stream(MODERATE) AND state = 'claimed' AND sent_at IS NULL
    AND purpose IN ($purpose(MODERATE), $purpose(MODERATE_DEPUTY), $purpose(MODERATE_LATE), $purpose(MODERATE_ANSWER))
UNION ALL
SELECT id FROM notice
WHERE person_id = :person_id AND stream = $stream(MODERATE) AND state = 'sent' AND sent_at BETWEEN :since AND :now
    AND purpose IN ($purpose(MODERATE), $purpose(MODERATE_DEPUTY), $purpose(MODERATE_LATE), $purpose(MODERATE_ANSWER))
LIMIT :most
-- name: notice_listed
UPDATE notice SET state = 'dropped', claimed_at = NULL, last_reply = 'told together with others' WHERE id = :id
-- name: notice_last_list
-- The list of FORUM to one person that waits, or when the last one left.
SELECT CASE WHEN state = 'due' OR state = 'claimed' THEN 1 ELSE 0 END AS is_waiting, coalesce(sent_at, due_at) AS at FROM notice
WHERE person_id = :person_id AND forum_id = :forum_id AND purpose = $purpose(MODERATE_LIST) AND detail IS NULL
ORDER BY due_at DESC LIMIT 1
-- name: notice_digest_waiting
SELECT digest_id FROM notice WHERE person_id = :person_id AND purpose = $purpose(DIGEST_LATE) AND state = 'due' LIMIT 1
-- name: notice_news_put_off
-- engine: sqlite
UPDATE notice INDEXED BY notice_news SET due_at = :due_at
WHERE person_id = :person_id AND purpose = $purpose(NEWS) AND state = 'due' AND due_at < :due_at
-- name: notice_join
UPDATE notice SET state = 'dropped', claimed_at = NULL, last_reply = 'told together with others', digest_id = :digest_id WHERE id = :id
-- name: notice_joined
-- The reader's own ideas first.
SELECT $notice(n) FROM notice n LEFT JOIN idea i ON i.id = n.idea_id
WHERE n.digest_id = :digest_id
    AND (n.purpose = $purpose(NEWS) OR n.purpose = $purpose(NEWS_DIGEST) OR n.purpose = $purpose(PHASE_CHANGED_DIGEST))
ORDER BY n.idea_id IS NULL, i.author_id = n.person_id DESC, n.idea_id
-- name: notice_claim
UPDATE notice SET state = 'claimed', claimed_at = :now
WHERE id IN (SELECT id FROM notice WHERE state = 'due' AND stream = :stream AND due_at <= :now ORDER BY due_at LIMIT :most)
RETURNING $notice
-- name: notice_end
-- Who was erased is nobody's any more when the last mail has left.
UPDATE notice SET state = :state, sent_at = :sent_at, claimed_at = NULL, last_reply = :last_reply,
    address = CASE WHEN purpose = $purpose(WISH_DONE) AND detail = 'erase' THEN NULL ELSE address END
WHERE id = :id
-- name: notice_again
-- engine: sqlite
-- A claimed piece of news tells also of what came meanwhile: that row is not needed any more.
UPDATE OR REPLACE notice SET state = 'due', due_at = :due_at, claimed_at = NULL, n_tries = n_tries + 1, last_reply = :last_reply
WHERE id = :id
-- name: notice_postpone
-- engine: sqlite
-- A claimed piece of news tells also of what came meanwhile: that row is not needed any more.
UPDATE OR REPLACE notice SET state = 'due', claimed_at = NULL, due_at = :due_at WHERE id = :id
-- name: notice_take_back
-- What was not sent yet.
UPDATE notice SET state = 'dropped', last_reply = :reason WHERE hold_id = :hold_id AND +purpose = :purpose AND state = 'due'
-- name: notice_set_detail
UPDATE notice SET detail = :detail WHERE id = :id AND detail = :before
-- name: notice_return
-- engine: sqlite
-- A claimed piece of news tells also of what came meanwhile: that row is not needed any more.
UPDATE OR REPLACE notice SET state = 'due', claimed_at = NULL WHERE id = :id
-- name: notice_release_claims
-- engine: sqlite
UPDATE OR REPLACE notice SET state = 'due', claimed_at = NULL
WHERE id IN (SELECT id FROM notice WHERE state = 'claimed' AND claimed_at >= 0)
-- name: notice_drop_news
UPDATE notice SET state = 'dropped', last_reply = 'not sent again after a backup was put back'
WHERE id IN (SELECT id FROM notice WHERE state = 'due' AND (stream = 1 OR stream = 2))
-- name: notice_about_post
SELECT $notice FROM notice WHERE post_id = :post_id AND person_id = :person_id AND purpose = $purpose(POST)
-- name: notice_by_id
SELECT $notice
FROM notice WHERE id = :id
-- name: notice_count_answers
-- What the clock's going back left in the future is not counted.
-- Of who proves to be the writer the answers to commands, and texts that came back, are counted by themselves: a day's work must not
-- silence what is said of a mistake. Of nobody else anything is left out.
SELECT count(*) FILTER (WHERE :is_own = 0 OR purpose NOT IN ($ceiling(COMMANDS), $ceiling(WORDS))) AS n_all, count(*) FILTER (WHERE purpose = :purpose) AS n_purpose
FROM (SELECT purpose FROM notice WHERE mailbox = :mailbox AND due_at BETWEEN :since AND :now LIMIT :most)
-- name: notice_count_answers_of_hold
SELECT count(*) FROM (SELECT 1 FROM notice WHERE hold_id = :hold_id AND +purpose = :purpose AND +mailbox = :mailbox
    AND due_at BETWEEN :since AND :now LIMIT :most)
-- name: notice_clamp
UPDATE notice SET due_at = :now WHERE id IN (SELECT id FROM notice WHERE state = 'due' AND stream = :stream AND due_at > :latest
    AND purpose <> $purpose(NEWS_DIGEST) AND purpose <> $purpose(PHASE_CHANGED_DIGEST)
    AND (stream <> $stream(POST) OR purpose = $purpose(POST) OR due_at > :latest_news))
-- name: notice_waiting
-- scan meant: the list of the whole queue, by the indexes of what is due and claimed
SELECT $notice
FROM notice WHERE state = 'due'
UNION ALL
SELECT $notice
FROM notice WHERE state = 'claimed'
-- name: notice_of_person
-- scan meant: what is held about one person
SELECT $notice
FROM notice WHERE person_id = :person_id OR lower(address) = :address ORDER BY id
-- name: notice_in_state
-- scan meant: the administrator's list of what was sent or failed
SELECT $notice
FROM notice WHERE state = :state ORDER BY id
-- name: notice_forget_over
-- What ended notices say of people who have no row. Why one was dropped says nothing of anybody.
UPDATE notice SET address = NULL, detail = NULL, last_reply = CASE WHEN state = 'dropped' THEN last_reply END
WHERE id IN (SELECT id FROM notice WHERE (address IS NOT NULL OR detail IS NOT NULL) AND due_at <= :before
    AND state <> 'due' AND state <> 'claimed' ORDER BY due_at LIMIT :most)
-- name: notice_delete_over
-- scan meant: a few from the old end
DELETE FROM notice WHERE id IN (SELECT id FROM notice ORDER BY id LIMIT :most)
    AND state <> 'due' AND state <> 'claimed' AND due_at <= :before
-- name: notice_readers_of_hold
SELECT DISTINCT person_id FROM notice WHERE hold_id = :hold_id AND +purpose = :purpose AND person_id IS NOT NULL
-- name: notice_is_owed
SELECT 1 FROM notice WHERE hold_id = :hold_id AND +purpose = :purpose LIMIT 1
-- name: notice_revive
-- They were dropped because the post was not public for a while.
UPDATE notice SET state = 'due', last_reply = NULL
WHERE post_id = :post_id AND purpose = $purpose(POST) AND state = 'dropped' AND last_reply = :reason
-- name: notice_revive_joined
-- engine: sqlite
-- They were told together with others, but the post was not public when that mail was sent, or dropped since nothing else was in it.
UPDATE notice SET state = 'due', last_reply = NULL, digest_id = NULL
WHERE post_id = :post_id AND purpose = $purpose(POST) AND state = 'dropped' AND digest_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM notice d CROSS JOIN digest g ON g.id = d.digest_id
        WHERE d.digest_id = notice.digest_id AND d.purpose = $purpose(DIGEST_LATE)
        AND (d.state = 'dropped' OR d.state = 'sent' AND (d.sent_at > :taken_at
            OR d.sent_at = :taken_at AND instr(coalesce(g.entries, '') || ' ', ':' || :post_id || ' ') = 0)))
-- name: notice_revive_questions
-- scan meant: what is open, by an index of its own, when an idea can be read again
-- They were dropped because a yes would have been refused: whoever wrote meanwhile is asked after all.
UPDATE notice SET state = 'due', last_reply = NULL
WHERE hold_id IN (SELECT id FROM hold WHERE state = 'open' AND idea_id = :idea_id) AND state = 'dropped' AND last_reply = :reason
-- name: notice_count_due
-- scan meant: counts the index of what is due
SELECT count(*) FROM notice WHERE state = 'due'
-- name: notice_count
-- scan meant: the administrator's figures of what was sent or failed
SELECT count(*) FROM notice WHERE state = :state
-- name: notice_next_due
SELECT min(due_at) FROM notice WHERE state = 'due' AND stream = :stream
