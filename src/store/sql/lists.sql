-- SPDX-License-Identifier: GPL-3.0-or-later
-- Newsletters: lists, editors, subscriptions, the record of consent, issues.

-- columns list: id, name, title, language, forum_id, n_release, is_members_only
-- columns editor: id, list_id, address, written
-- columns subscription: id, list_id, address, written, language, state, way, since, asked_at, changed_at
-- columns consent: id, list_id, address, at, kind, way, wording, message_key, authentication, notice_id
-- columns issue: id, list_id, number, subject, source, state, language, forum_id, role, joined_after, from_place, to_place, drafted_by,
--     released_by, message_id, created_at, release_at, started_at, ended_at, cursor, n_recipients, n_sent, n_failed, n_dropped
-- columns issue_file: id, name, type, n_bytes

-- name: list_all
-- scan meant: a few lists, all wanted
SELECT $list FROM list ORDER BY name
-- name: list_by_name
SELECT $list FROM list WHERE name = :name
-- name: list_by_id
SELECT $list FROM list WHERE id = :id
-- name: list_add
INSERT INTO list (name, title, language, forum_id, n_release, is_members_only, created_at)
VALUES (:name, :title, :language, :forum_id, :n_release, :is_members_only, :now)
-- name: list_figures
-- engine: sqlite
SELECT (SELECT count(*) FROM subscription s INDEXED BY subscription_active WHERE s.list_id = :id AND s.state = 'active') AS n_subscribers,
    (SELECT count(*) FROM issue i WHERE i.list_id = :id) AS n_issues,
    (SELECT max(i.started_at) FROM issue i WHERE i.list_id = :id) AS last_sent_at

-- name: editor_add
INSERT INTO editor (list_id, address, written, added_at) VALUES (:list_id, :address, :written, :now)
ON CONFLICT (list_id, address) DO NOTHING
-- name: editor_remove
DELETE FROM editor WHERE list_id = :list_id AND address = :address
-- name: editor_by_address
SELECT $editor FROM editor WHERE list_id = :list_id AND address = :address
-- name: editor_by_id
SELECT $editor FROM editor WHERE id = :id
-- name: editor_of_list
SELECT $editor FROM editor WHERE list_id = :list_id ORDER BY id

-- subscriptions

-- name: subscription_by_id
SELECT $subscription FROM subscription WHERE id = :id
-- name: subscription_by_address
SELECT $subscription FROM subscription
WHERE list_id = :list_id AND address = :address
-- name: subscription_of_address
SELECT $subscription FROM subscription
WHERE address = :address ORDER BY list_id
-- name: subscription_of_list
SELECT $subscription FROM subscription
WHERE list_id = :list_id ORDER BY address
-- name: subscription_want
-- Somebody wants it who is not in: a row to be asked about.
INSERT INTO subscription (list_id, address, written, language, state, way, changed_at)
VALUES (:list_id, :address, :written, :language, 'asked', :way, :now)
ON CONFLICT (list_id, address) DO UPDATE SET state = 'asked', way = excluded.way, changed_at = excluded.changed_at
WHERE subscription.state <> 'active'
-- name: subscription_join
-- In, whatever was before; active ones stay as they are.
INSERT INTO subscription (list_id, address, written, language, state, way, since, changed_at)
VALUES (:list_id, :address, :written, :language, 'active', :way, :now, :now)
ON CONFLICT (list_id, address) DO UPDATE SET state = 'active', way = excluded.way, since = excluded.since, changed_at = excluded.changed_at,
    written = excluded.written, language = coalesce(excluded.language, subscription.language)
WHERE subscription.state <> 'active'
-- name: subscription_activate
-- Whom the operator took off a list of members does not come back by a link or an answer of their own.
UPDATE subscription SET state = 'active', since = :now, changed_at = :now
WHERE id = :id AND (state = 'asked' OR state = 'unsubscribed')
    AND NOT (EXISTS (SELECT 1 FROM list l WHERE l.id = subscription.list_id AND l.is_members_only = 1)
        AND coalesce((SELECT c.way FROM consent c WHERE c.list_id = subscription.list_id AND c.address = subscription.address
            ORDER BY c.at DESC, c.id DESC LIMIT 1), '') = 'operator')
-- name: subscription_revive
UPDATE subscription SET state = 'active', changed_at = :now WHERE id = :id AND state = 'suspended'
-- name: subscription_end
UPDATE subscription SET state = :state, changed_at = :now WHERE id = :id AND state <> :state AND state <> 'unsubscribed'
-- name: subscription_count_orders
-- By the form for anybody, and not answered yet. More than the limit is more than any rule asks for.
SELECT count(*) FROM (SELECT 1 FROM subscription WHERE state = 'asked' AND changed_at BETWEEN :since AND :now AND way = 'page' LIMIT :most)
-- name: subscription_set_asked
UPDATE subscription SET asked_at = :now WHERE id = :id
-- name: subscription_over
-- Who never answered. Who was in once has a record that is kept.
SELECT $subscription FROM subscription WHERE state = 'asked' AND changed_at < :before AND since IS NULL ORDER BY changed_at LIMIT :most
-- name: subscription_forget_notices
UPDATE notice SET subscription_id = NULL,
    last_reply = CASE WHEN state = 'due' OR state = 'claimed' THEN 'its subscription is gone' ELSE last_reply END,
    state = CASE WHEN state = 'due' OR state = 'claimed' THEN 'dropped' ELSE state END
WHERE subscription_id = :id
-- name: subscription_forget_consent
DELETE FROM consent WHERE list_id = :list_id AND address = :address
-- name: subscription_forget
DELETE FROM subscription WHERE id = :id
-- name: subscription_erase
DELETE FROM subscription WHERE address = :address
-- name: subscription_erase_notices
UPDATE notice SET subscription_id = NULL,
    last_reply = CASE WHEN state = 'due' OR state = 'claimed' THEN 'its subscription is gone' ELSE last_reply END,
    state = CASE WHEN state = 'due' OR state = 'claimed' THEN 'dropped' ELSE state END
WHERE subscription_id IN (SELECT id FROM subscription WHERE address = :address)
-- name: subscription_languages
-- engine: sqlite
-- Who gets an issue, counted for its editors.
SELECT coalesce(s.language, l.language) AS word, count(*) AS n
FROM list l JOIN subscription s INDEXED BY subscription_active ON s.list_id = l.id AND s.state = 'active'
JOIN issue i ON i.id = :issue_id AND i.list_id = l.id
WHERE (i.language IS NULL OR coalesce(s.language, l.language) = i.language)
    AND (i.joined_after IS NULL OR s.since > i.joined_after)
    AND (i.forum_id IS NULL AND i.role IS NULL OR EXISTS (SELECT 1 FROM address a JOIN member m ON m.person_id = a.person_id
        WHERE a.address = s.address AND (i.forum_id IS NULL OR m.forum_id = i.forum_id) AND (i.role IS NULL OR m.role = i.role)))
GROUP BY word ORDER BY n DESC
-- name: subscription_forums
-- engine: sqlite
-- The same by forum; who is in several is counted in each.
SELECT f.title AS word, count(DISTINCT s.id) AS n
FROM list l JOIN subscription s INDEXED BY subscription_active ON s.list_id = l.id AND s.state = 'active'
JOIN issue i ON i.id = :issue_id AND i.list_id = l.id
JOIN address a ON a.address = s.address JOIN member m ON m.person_id = a.person_id JOIN forum f ON f.id = m.forum_id
WHERE (i.language IS NULL OR coalesce(s.language, l.language) = i.language)
    AND (i.joined_after IS NULL OR s.since > i.joined_after)
    AND (i.forum_id IS NULL OR m.forum_id = i.forum_id) AND (i.role IS NULL OR m.role = i.role)
GROUP BY f.id ORDER BY n DESC

-- consent

-- name: consent_add
INSERT INTO consent (list_id, address, at, kind, way, wording, message_key, authentication, notice_id)
VALUES (:list_id, :address, :at, :kind, :way, :wording, :message_key, :authentication, :notice_id)
-- name: consent_ask
-- One confirm mail an address and list in 24 hours, three in 30 days: who asks more often changes nothing.
INSERT INTO consent (list_id, address, at, kind, way, message_key, authentication)
SELECT :list_id, :address, :at, 'asked', :way, :message_key, :authentication
WHERE NOT EXISTS (SELECT 1 FROM consent c WHERE c.list_id = :list_id AND c.address = :address AND c.kind = 'asked' AND c.at > :day)
    AND (SELECT count(*) FROM consent c WHERE c.list_id = :list_id AND c.address = :address AND c.kind = 'asked' AND c.at > :month) < :most
-- name: consent_set_notice
UPDATE consent SET notice_id = :notice_id WHERE id = :id
-- name: consent_set_wording
UPDATE consent SET wording = :wording WHERE notice_id = :notice_id AND wording IS NULL
-- name: consent_of_address
SELECT $consent FROM consent
WHERE address = :address ORDER BY list_id, at, id
-- name: consent_erase
DELETE FROM consent WHERE address = :address

-- issues

-- name: issue_by_number
SELECT $issue
FROM issue WHERE list_id = :list_id AND number = :number
-- name: issue_by_id
SELECT $issue
FROM issue WHERE id = :id
-- name: issue_of_list
SELECT $issue
FROM issue WHERE list_id = :list_id ORDER BY number
-- name: issue_next
-- engine: sqlite
-- The one whose turn it is: mails are made for one issue after the other.
SELECT $issue
FROM issue INDEXED BY issue_under_way WHERE (state = 'released' OR state = 'sending') AND release_at <= :now ORDER BY release_at LIMIT 1
-- name: issue_next_at
-- engine: sqlite
SELECT min(release_at) FROM issue INDEXED BY issue_under_way WHERE state = 'released' OR state = 'sending'
-- name: issue_ended_since
-- scan meant: issues are few, and this is asked when somebody committed
SELECT count(*) FROM issue WHERE ended_at >= :since
-- name: issue_last_place
-- How far the blocks of earlier issues told.
SELECT max(to_place) FROM issue WHERE list_id = :list_id AND state <> 'draft'
-- name: issue_last_start
SELECT max(started_at) FROM issue WHERE list_id = :list_id
-- name: issue_add
INSERT INTO issue (list_id, number, subject, source, state, language, forum_id, role, joined_after, from_place, to_place, drafted_by,
    message_id, created_at)
VALUES (:list_id, (SELECT coalesce(max(number), 0) + 1 FROM issue WHERE list_id = :list_id), :subject, :source, 'draft', :language,
    :forum_id, :role, :joined_after, :from_place, :to_place, :drafted_by, :message_id, :created_at)
RETURNING id
-- name: issue_release
UPDATE issue SET state = 'released', released_by = :released_by, release_at = :release_at WHERE id = :id AND state = 'draft'
-- name: issue_stop
UPDATE issue SET state = 'stopped'
WHERE id = :id AND (state = 'released' OR state = 'sending' OR state = 'sent' AND n_sent + n_failed + n_dropped < n_recipients)
-- name: issue_resume
UPDATE issue SET state = CASE WHEN ended_at IS NOT NULL THEN 'sent' WHEN started_at IS NOT NULL THEN 'sending' ELSE 'released' END,
    release_at = :at
WHERE id = :id AND state = 'stopped'
-- name: issue_revive
-- What was not sent because the issue had been stopped.
UPDATE notice SET state = 'due', last_reply = NULL, due_at = :at
WHERE issue_id = :issue_id AND purpose = $purpose(NEWSLETTER) AND state = 'dropped' AND last_reply = :reason
-- name: issue_moved
UPDATE issue SET state = :state, cursor = :cursor, n_recipients = n_recipients + :n, started_at = coalesce(started_at, :now),
    ended_at = CASE WHEN :state = 'sent' THEN :now END
WHERE id = :id
-- name: issue_count
UPDATE issue SET n_sent = n_sent + :sent, n_failed = n_failed + :failed, n_dropped = n_dropped + :dropped WHERE id = :id
-- name: issue_missed
-- Issues that began since, the newest first; one that is halted comes when it goes on.
SELECT id FROM issue WHERE list_id = :list_id AND started_at >= :since AND (state = 'sending' OR state = 'sent') ORDER BY number DESC LIMIT :most
-- name: issue_missed_again
-- The mail that came back, or was not sent because the address was suspended.
UPDATE notice SET state = 'due', due_at = :now, n_tries = 0, last_reply = NULL, sent_at = NULL
WHERE issue_id = :issue_id AND subscription_id = :subscription_id AND purpose = $purpose(NEWSLETTER) AND state = :was
    AND (state = 'dropped' OR EXISTS (SELECT 1 FROM bounce b WHERE b.notice_id = notice.id AND (b.kind = 'hard' OR b.kind = 'soft')))
-- name: issue_missed_first
-- engine: sqlite
-- Or none was made. What began before somebody subscribed they did not miss.
INSERT INTO notice (stream, purpose, language, issue_id, subscription_id, due_at)
SELECT $stream(NEWSLETTER), $purpose(NEWSLETTER), coalesce(s.language, l.language), i.id, s.id, :now
FROM issue i CROSS JOIN list l ON l.id = i.list_id CROSS JOIN subscription s ON s.id = :subscription_id AND s.state = 'active'
WHERE i.id = :issue_id AND i.started_at >= s.since AND (i.language IS NULL OR coalesce(s.language, l.language) = i.language)
    AND (i.joined_after IS NULL OR s.since > i.joined_after)
    AND (i.forum_id IS NULL AND i.role IS NULL OR EXISTS (SELECT 1 FROM address a JOIN member m ON m.person_id = a.person_id
        WHERE a.address = s.address AND (i.forum_id IS NULL OR m.forum_id = i.forum_id) AND (i.role IS NULL OR m.role = i.role)))
ON CONFLICT DO NOTHING
-- name: issue_add_recipients
UPDATE issue SET n_recipients = n_recipients + :n WHERE id = :id
-- name: issue_step_end
-- engine: sqlite
-- Where the next step ends; subscriptions are passed in the order of their ids.
SELECT max(id) FROM (SELECT s.id FROM subscription s INDEXED BY subscription_active
    WHERE s.list_id = :list_id AND s.state = 'active' AND s.id > :cursor ORDER BY s.id LIMIT :most)
-- name: issue_step
-- engine: sqlite
-- What came back holds until the owner says yes anew; a list that somebody else brings says nothing about it.
INSERT INTO notice (stream, purpose, language, issue_id, subscription_id, due_at)
SELECT $stream(NEWSLETTER), $purpose(NEWSLETTER), coalesce(s.language, l.language), i.id, s.id, :now
FROM issue i CROSS JOIN list l ON l.id = i.list_id
CROSS JOIN subscription s INDEXED BY subscription_active ON s.list_id = l.id AND s.state = 'active' AND s.id > :cursor AND s.id <= :to
WHERE i.id = :issue_id AND (i.language IS NULL OR coalesce(s.language, l.language) = i.language)
    AND NOT EXISTS (SELECT 1 FROM trouble t WHERE t.address = s.address AND (t.suspended_at > s.since OR t.complained_at > s.since
        OR (s.way = 'import' OR s.way = 'operator') AND (t.suspended_at IS NOT NULL OR t.complained_at IS NOT NULL)))
    AND (i.joined_after IS NULL OR s.since > i.joined_after)
    AND (i.forum_id IS NULL AND i.role IS NULL OR EXISTS (SELECT 1 FROM address a JOIN member m ON m.person_id = a.person_id
        WHERE a.address = s.address AND (i.forum_id IS NULL OR m.forum_id = i.forum_id) AND (i.role IS NULL OR m.role = i.role)))
ON CONFLICT DO NOTHING

-- name: issue_file_add
INSERT INTO issue_file (issue_id, name, type, n_bytes, content) VALUES (:issue_id, :name, :type, :n_bytes, :content)
-- name: issue_file_of_issue
SELECT $issue_file FROM issue_file WHERE issue_id = :issue_id ORDER BY id
-- name: issue_file_content
SELECT content FROM issue_file WHERE id = :id

-- blocks: what happened in the discussions

-- name: news_last_place
SELECT max(published) FROM post WHERE published IS NOT NULL
-- name: news_ideas
-- engine: sqlite
SELECT p.id FROM post p CROSS JOIN idea i ON i.id = p.idea_id
WHERE p.published IS NOT NULL AND p.published > :from_place AND p.published <= :to_place AND p.state = 'published' AND $listed(i)
    AND p.kind = 'idea' AND (:forum_id IS NULL OR p.forum_id = :forum_id) ORDER BY p.published LIMIT :most
-- name: news_answers
-- engine: sqlite
SELECT p.id FROM post p CROSS JOIN idea i ON i.id = p.idea_id
WHERE p.published IS NOT NULL AND p.published > :from_place AND p.published <= :to_place AND p.state = 'published' AND $readable(i)
    AND p.kind = 'official' AND (:forum_id IS NULL OR p.forum_id = :forum_id) ORDER BY p.published LIMIT :most
-- name: news_in_state
-- scan meant: all ideas, once an issue is written
SELECT id FROM idea WHERE state = :state AND $listed(idea) AND (:forum_id IS NULL OR forum_id = :forum_id) ORDER BY id DESC LIMIT :most
