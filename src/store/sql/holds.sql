-- SPDX-License-Identifier: GPL-3.0-or-later
-- What waits for somebody: questions and reviews.

-- columns hold_new: kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
--     created_at, expires_at, asked_at, decided_at, decided_by, reason, mailbox, is_proved, waits, ask_at, shown_at, digest_id,
--     code, why, also, next, next_at, runs_at, ran_s, yes
-- columns hold: id, $hold_new

-- name: hold_by_id
SELECT $hold
FROM hold WHERE id = :id
-- name: hold_review_of_post
SELECT $hold
FROM hold WHERE post_id = :post_id AND kind = 'review' AND why <> 'removed' AND why <> 'redacted' ORDER BY id DESC LIMIT 1
-- name: hold_open_of_post
SELECT $hold
FROM hold WHERE post_id = :post_id AND state = 'open' AND +kind = :kind ORDER BY id DESC LIMIT 1
-- name: hold_reopen
UPDATE hold SET state = 'open', title = :title, text = :text, decided_at = NULL, decided_by = NULL, reason = NULL, code = NULL,
    next = 'none', next_at = NULL
WHERE id = :id
-- name: hold_next_unasked
-- What came with proof goes first.
SELECT $hold
FROM hold WHERE mailbox = :mailbox AND state = 'open' AND kind = 'confirm' AND asked_at IS NULL AND waits <> 'phase'
ORDER BY is_proved DESC, id LIMIT 1
-- name: hold_to_ask
SELECT $hold
FROM hold WHERE kind = :kind AND is_proved = :is_proved AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL
    AND ask_at <= :now
ORDER BY ask_at LIMIT :most
-- name: hold_queues
SELECT 1 FROM hold WHERE kind = 'confirm' AND is_proved = 0 AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL
    AND ask_at <= :now AND waits = 'ceiling' LIMIT 1
-- name: hold_without_mailbox
SELECT $hold
FROM hold WHERE mailbox = 0 AND state = 'open' AND kind = 'confirm' LIMIT :most
-- name: hold_set_mailbox
UPDATE hold SET mailbox = :mailbox WHERE id = :id
-- name: hold_of_address
SELECT $hold
FROM hold WHERE address = :address AND address <> '' ORDER BY id
-- name: hold_open
-- scan meant: the list of everything open, by an index of the open ones
SELECT $hold
FROM hold WHERE state = 'open' ORDER BY created_at, id
-- name: hold_for_staff
-- engine: sqlite
-- scan meant: everything that waits, by an index of the open ones
SELECT $hold(h)
FROM hold h CROSS JOIN member m ON m.person_id = :person_id
    AND m.forum_id = CASE h.kind WHEN 'second' THEN (SELECT i.forum_id FROM idea i WHERE i.id = h.idea_id) ELSE h.forum_id END
WHERE h.state = 'open' AND ((h.kind = 'review' AND (m.role IN ('lead', 'moderator') OR (m.role = 'office'
        AND EXISTS (SELECT 1 FROM notice n WHERE n.hold_id = h.id AND n.person_id = m.person_id AND (n.purpose = $purpose(MODERATE)
            OR n.purpose = $purpose(MODERATE_DEPUTY) OR n.purpose = $purpose(MODERATE_LATE))))))
    OR (h.kind = 'second' AND m.role IN ('lead', 'office')))
ORDER BY h.created_at, h.id
-- name: hold_listed
SELECT $hold(h) FROM hold h
WHERE h.state = 'open' AND h.kind = 'review' AND h.forum_id = :forum_id AND h.asked_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM post p WHERE p.id = h.post_id AND p.person_id = :person_id)
ORDER BY h.created_at LIMIT :most
-- name: hold_count_listed
SELECT count(*) FROM hold h
WHERE h.state = 'open' AND h.kind = 'review' AND h.forum_id = :forum_id AND h.asked_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM post p WHERE p.id = h.post_id AND p.person_id = :person_id)
-- name: hold_was_asked
SELECT EXISTS (SELECT 1 FROM notice n WHERE n.hold_id = :id AND n.person_id = :person_id
    AND (n.purpose = $purpose(MODERATE) OR n.purpose = $purpose(MODERATE_DEPUTY) OR n.purpose = $purpose(MODERATE_LATE)))
-- name: hold_asked_roles
-- As they are now, in the numbers of enum role.
SELECT DISTINCT CASE m.role WHEN 'lead' THEN 3 WHEN 'moderator' THEN 4 ELSE 5 END
FROM notice n JOIN member m ON m.person_id = n.person_id AND m.forum_id = (SELECT h.forum_id FROM hold h WHERE h.id = :id)
WHERE n.hold_id = :id AND m.role IN ('lead', 'moderator', 'office') AND (n.purpose = $purpose(MODERATE) OR n.purpose = $purpose(MODERATE_DEPUTY)
    OR n.purpose = $purpose(MODERATE_LATE) OR n.purpose = $purpose(MODERATE_ANSWER) OR n.purpose = $purpose(COMPLAINT)
    OR n.purpose = $purpose(RELEASE_SECOND) OR n.purpose = $purpose(STEP_SECOND))
-- name: hold_was_sent
SELECT EXISTS (SELECT 1 FROM notice n WHERE n.hold_id = :id AND n.person_id = :person_id AND n.purpose = $purpose(RELEASE_SECOND))
-- name: hold_set_expiry
UPDATE hold SET expires_at = :expires_at WHERE id = :id
-- name: hold_revise
UPDATE hold SET text = :text, decided_by = :decided_by WHERE id = :id AND state = 'open'
-- name: hold_complained
-- scan meant: by an index of these alone
SELECT $hold
FROM hold WHERE next = 'complaint' AND state = 'rejected' ORDER BY decided_at, id
-- name: hold_complaints
-- engine: sqlite
SELECT $hold(h)
FROM member m CROSS JOIN hold h ON h.forum_id = m.forum_id AND h.next = 'complaint'
WHERE m.person_id = :person_id AND m.role IN ('lead', 'moderator', 'office') AND h.state = 'rejected'
ORDER BY h.decided_at, h.id
-- name: hold_add
INSERT INTO hold ($hold_new) VALUES ($hold_new(:))
-- name: hold_decide
-- The text is the post's now, or nobody's.
UPDATE hold SET state = :state, decided_at = :decided_at, decided_by = :decided_by, reason = :reason, code = :code,
    next = 'none', next_at = NULL, post_id = coalesce(:post_id, post_id), title = '', text = ''
WHERE id = :id AND state = 'open'
-- name: hold_keep_text
UPDATE hold SET text = :text WHERE id = :id
-- name: hold_is_redacted
SELECT EXISTS (SELECT 1 FROM hold WHERE post_id = :post_id AND why = 'redacted' AND state = 'rejected' AND id > :after)
-- name: hold_forget_kept
UPDATE hold SET title = '', text = '' WHERE decided_at <= :before AND decided_at IS NOT NULL AND text <> ''
-- name: hold_forget_of_post
UPDATE hold SET title = '', text = '' WHERE post_id = :post_id AND state <> 'open' AND text <> ''
-- name: hold_set_outcome
UPDATE hold SET decided_by = :decided_by, post_id = :post_id WHERE id = :id
-- name: hold_set_place
UPDATE hold SET ring = :ring, forum_id = :forum_id, idea_id = :idea_id WHERE id = :id
-- name: hold_set_asked
UPDATE hold SET asked_at = :now, waits = 'none', ask_at = NULL WHERE id = :id
-- name: hold_open_support
SELECT $hold
FROM hold WHERE mailbox = :mailbox AND state = 'open' AND kind = 'confirm' AND idea_id = :idea_id AND (yes = 'support' OR yes = 'voice') LIMIT 1
-- name: hold_same
SELECT 1 FROM hold WHERE mailbox = :mailbox AND state = 'open' AND kind = 'confirm' AND idea_id = :idea_id
    AND parent_id = :parent_id AND text = :text LIMIT 1
-- name: hold_forwarded
SELECT id FROM hold WHERE mailbox = :mailbox AND state = 'open' AND kind = 'confirm' AND forum_id = :forum_id
    AND yes = 'forward' AND text = :text LIMIT 1
-- name: hold_set_next
UPDATE hold SET next = :next, next_at = :next_at WHERE id = :id
-- name: hold_set_clock
UPDATE hold SET next = :next, next_at = :next_at, runs_at = :runs_at, ran_s = :ran_s WHERE id = :id
-- name: hold_next_due
SELECT $hold
FROM hold WHERE next_at IS NOT NULL AND next_at <= :now ORDER BY next_at LIMIT :most
-- name: hold_clamp_next
UPDATE hold SET next_at = :latest WHERE next_at IS NOT NULL AND next_at > :latest
-- name: hold_move
-- Asked anew there.
UPDATE hold SET forum_id = :forum_id, asked_at = NULL, waits = 'none', ask_at = NULL, next = 'none', next_at = NULL, runs_at = NULL,
    ran_s = 0
WHERE id = :id AND state = 'open'
-- name: hold_move_of_idea
-- scan meant: all that waits, when somebody moves an idea
-- The moderators there are asked at the clock's next turn.
UPDATE hold SET forum_id = :forum_id,
    asked_at = CASE kind WHEN 'review' THEN NULL ELSE asked_at END,
    waits = CASE kind WHEN 'review' THEN 'rate' ELSE waits END,
    ask_at = CASE kind WHEN 'review' THEN :now ELSE ask_at END,
    next = CASE kind WHEN 'review' THEN 'none' ELSE next END,
    next_at = CASE kind WHEN 'review' THEN NULL ELSE next_at END
WHERE state = 'open' AND idea_id = :idea_id
-- name: hold_late
-- What waits, by an index of the open ones.
SELECT $hold
FROM hold WHERE state = 'open' AND +kind = 'confirm' AND yes = 'late' AND (:forum_id IS NULL OR forum_id = :forum_id)
    AND id > :after
ORDER BY id LIMIT :most
-- name: hold_set_late
UPDATE hold SET waits = :waits, ask_at = NULL, asked_at = NULL, expires_at = :expires_at WHERE id = :id
-- name: hold_set_waits
UPDATE hold SET waits = :waits, ask_at = :ask_at WHERE id = :id
-- name: hold_set_proved
UPDATE hold SET is_proved = 1 WHERE id = :id AND state = 'open'
-- name: hold_set_shown
UPDATE hold SET shown_at = :now WHERE id = :id AND shown_at IS NULL
-- name: hold_count_open
SELECT count(*) FROM (SELECT 1 FROM hold
    WHERE mailbox = :mailbox AND is_proved = :is_proved AND state = 'open' AND kind = 'confirm' AND waits <> 'phase' LIMIT :most)
-- name: hold_count_asked
SELECT count(*) FROM (SELECT 1 FROM hold
    WHERE mailbox = :mailbox AND is_proved = 1 AND state = 'open' AND kind = 'confirm' AND asked_at BETWEEN :since AND :now LIMIT :most)
-- name: hold_count_reviews
SELECT count(*) FROM (SELECT 1 FROM hold
    WHERE kind = 'review' AND forum_id = :forum_id AND asked_at IS NOT NULL AND asked_at BETWEEN :since AND :now AND mailbox = :mailbox LIMIT :most)
-- name: hold_has_waiting_review
-- engine: sqlite
-- Asked for every text that goes to review; thousands may wait, so both go by an index of what waits in this forum alone.
SELECT 1 FROM hold INDEXED BY hold_unasked WHERE kind = 'review' AND is_proved = 0 AND state = 'open' AND asked_at IS NULL
    AND ask_at IS NOT NULL AND forum_id = :forum_id LIMIT 1
-- name: hold_has_waiting_review_of
-- engine: sqlite
SELECT 1 FROM hold INDEXED BY hold_unasked WHERE kind = 'review' AND is_proved = 0 AND state = 'open' AND asked_at IS NULL
    AND ask_at IS NOT NULL AND forum_id = :forum_id AND mailbox = :mailbox LIMIT 1
-- name: hold_clamp_ask
UPDATE hold SET ask_at = :now
WHERE kind = :kind AND is_proved = :is_proved AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL AND ask_at > :latest
-- name: hold_clamp_expiry
UPDATE hold SET expires_at = CASE WHEN yes = 'late' OR kind = 'letter' THEN :late ELSE :latest END
WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at > :latest AND ((yes <> 'late' AND kind <> 'letter') OR expires_at > :late)
-- name: hold_over
SELECT $hold
FROM hold WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at <= :now ORDER BY expires_at LIMIT :most
-- name: hold_forget
UPDATE hold SET title = '', text = '', address = '', reason = NULL, next = 'none', next_at = NULL WHERE id = :id
-- name: hold_notices_forget
-- Without an address a notice that is still due goes nowhere; one to a person stays theirs.
UPDATE notice SET address = NULL, detail = NULL, last_reply = CASE WHEN state = 'dropped' THEN last_reply END WHERE hold_id = :id
-- name: check_over_holds
SELECT count(*) FROM hold WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at <= :before
