-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 1 to 2.

-- Who did it at the command line.
ALTER TABLE event ADD COLUMN actor TEXT;
DROP INDEX event_by_message;
DROP INDEX event_by_idea;
CREATE INDEX event_of_life ON event (idea_id) WHERE idea_id IS NOT NULL AND kind <> 'post.published';

-- Deleting what was promised to be deleted: why a mail is kept, when a text was taken back, what is left to do.

ALTER TABLE person ADD COLUMN erased_at INTEGER;
ALTER TABLE person ADD COLUMN erased_reason TEXT;
ALTER TABLE idea ADD COLUMN state_before TEXT;
CREATE TABLE message_new (
    id             INTEGER PRIMARY KEY,
    key            TEXT NOT NULL,
    received_at    INTEGER NOT NULL,
    envelope_from  TEXT NOT NULL,
    from_address   TEXT,
    sender_hash    INTEGER NOT NULL,
    message_id     TEXT,
    message_hash   INTEGER NOT NULL,
    content_sha256 TEXT NOT NULL,
    body_sha256    TEXT NOT NULL,
    subject        TEXT NOT NULL,
    kind           TEXT NOT NULL,
    n_bytes        INTEGER NOT NULL,
    failed         TEXT,
    standing       INTEGER NOT NULL DEFAULT 0,
    keep           TEXT NOT NULL DEFAULT 'text'
        CHECK (keep = 'text' OR keep = 'waiting' OR keep = 'other' OR keep = 'report' OR keep = 'failed'
            OR keep = 'nothing' OR keep = 'empty' OR keep = 'bounce'),
    left_out       TEXT
) STRICT;
INSERT INTO message_new (id, key, received_at, envelope_from, from_address, sender_hash, message_id, message_hash, content_sha256,
    body_sha256, subject, kind, n_bytes, failed)
SELECT id, key, received_at, envelope_from, from_address, sender_hash, message_id, message_hash, content_sha256, body_sha256, subject,
    kind, n_bytes, failed FROM message;
DROP TABLE message;
ALTER TABLE message_new RENAME TO message;
CREATE INDEX message_by_hash ON message (message_hash);
CREATE TABLE leftover (
    kind TEXT NOT NULL CHECK (kind = 'blob' OR kind = 'words' OR kind = 'pages'),
    name TEXT NOT NULL,
    at   INTEGER NOT NULL,
    n    INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- New words in a CHECK need a new table.
DROP VIEW post_public;
CREATE TABLE post_new (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    idea_id      INTEGER NOT NULL REFERENCES idea,
    forum_id     INTEGER NOT NULL REFERENCES forum,
    number       INTEGER NOT NULL,
    parent_id    INTEGER REFERENCES post,
    person_id    INTEGER NOT NULL REFERENCES person,
    message_id   INTEGER REFERENCES message,
    kind         TEXT NOT NULL CHECK (kind = 'idea' OR kind = 'reply' OR kind = 'official' OR kind = 'note'),
    state        TEXT NOT NULL
        CHECK (state = 'published' OR state = 'in_review' OR state = 'rejected' OR state = 'removed' OR state = 'withdrawn'
            OR state = 'hidden'),
    at           INTEGER NOT NULL,
    published    INTEGER,
    text         TEXT NOT NULL,
    language     TEXT,
    taken_at     INTEGER,
    taken_from   TEXT,
    taken_place  INTEGER,
    taken_reason TEXT,
    taken_by     INTEGER REFERENCES person,
    forgotten_at INTEGER,
    edited_at    INTEGER,
    is_edit_shown INTEGER NOT NULL DEFAULT 0,
    UNIQUE (idea_id, number)
) STRICT;
INSERT INTO post_new (id, idea_id, forum_id, number, parent_id, person_id, message_id, kind, state, at, published, text, language,
    taken_at, taken_from)
SELECT id, idea_id, forum_id, number, parent_id, person_id, message_id, kind, state, at, published, text, language,
    CASE WHEN state = 'rejected' OR state = 'removed' THEN at END, CASE WHEN state = 'rejected' OR state = 'removed' THEN 'in_review' END
FROM post;
DROP TABLE post;
ALTER TABLE post_new RENAME TO post;
CREATE INDEX post_by_message ON post (message_id);
CREATE INDEX post_taken ON post (state, taken_at) WHERE taken_at IS NOT NULL AND forgotten_at IS NULL;
CREATE UNIQUE INDEX post_by_publication ON post (published) WHERE published IS NOT NULL;
CREATE UNIQUE INDEX post_by_old_place ON post (taken_place) WHERE taken_place IS NOT NULL;
CREATE INDEX post_by_forum ON post (forum_id, published) WHERE published IS NOT NULL;
CREATE INDEX post_official ON post (idea_id, number) WHERE kind = 'official';
CREATE TABLE indexed (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    place INTEGER NOT NULL,
    idea  INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO indexed (id, place) SELECT 1, coalesce(max(published), 0) FROM post;
CREATE VIEW post_public AS SELECT id, text FROM post WHERE +published <= (SELECT place FROM indexed WHERE id = 1);

CREATE TABLE hold_new (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind = 'confirm' OR kind = 'review' OR kind = 'withdraw' OR kind = 'undo' OR kind = 'second' OR kind = 'entry'
        OR kind = 'letter'),
    state      TEXT NOT NULL
        CHECK (state = 'open' OR state = 'confirmed' OR state = 'released' OR state = 'rejected' OR state = 'expired'),
    message_id INTEGER REFERENCES message,
    forum_id   INTEGER NOT NULL REFERENCES forum,
    idea_id    INTEGER REFERENCES idea,
    parent_id  INTEGER REFERENCES post,
    post_id    INTEGER REFERENCES post,
    ring       TEXT NOT NULL CHECK (ring IN ('public', 'members')),
    address    TEXT NOT NULL,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    language   TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    asked_at   INTEGER,
    decided_at INTEGER,
    decided_by INTEGER REFERENCES person,
    reason     TEXT
) STRICT;
INSERT INTO hold_new SELECT id, kind, state, message_id, forum_id, idea_id, parent_id, post_id, ring, address, title, text, language,
    created_at, expires_at, asked_at, decided_at, decided_by, reason FROM hold;
DROP TABLE hold;
ALTER TABLE hold_new RENAME TO hold;
CREATE INDEX hold_open_by_address ON hold (address) WHERE state = 'open' AND kind = 'confirm';
CREATE INDEX hold_open ON hold (created_at) WHERE state = 'open';
CREATE INDEX hold_expiring ON hold (expires_at) WHERE state = 'open' AND expires_at IS NOT NULL;
CREATE INDEX hold_by_post ON hold (post_id) WHERE post_id IS NOT NULL;

CREATE INDEX verdict_by_post ON verdict (post_id) WHERE post_id IS NOT NULL AND kind <> 'post';
CREATE INDEX verdict_by_hold ON verdict (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX notice_by_message ON notice (message_id)
    WHERE message_id IS NOT NULL AND (address IS NOT NULL OR detail IS NOT NULL OR last_reply IS NOT NULL);
CREATE INDEX notice_by_hold ON notice (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX notice_personal ON notice (due_at) WHERE address IS NOT NULL OR detail IS NOT NULL;

-- What was kept too long goes now: decided texts stand in their posts, the others were to be deleted.
UPDATE message SET keep = 'report' WHERE EXISTS (SELECT 1 FROM verdict v WHERE v.message_id = message.id
    AND (v.kind = 'bounce' OR v.kind = 'ignore'));
UPDATE message SET keep = 'other' WHERE EXISTS (SELECT 1 FROM verdict v WHERE v.message_id = message.id
    AND (v.kind = 'refused' OR v.kind = 'duplicate' OR v.kind = 'operator'));
UPDATE message SET keep = 'text' WHERE EXISTS (SELECT 1 FROM verdict v WHERE v.message_id = message.id
    AND (v.kind = 'post' OR v.kind = 'review' OR v.kind = 'accepted' OR v.kind = 'confirm'));
UPDATE message SET keep = 'waiting' WHERE EXISTS (SELECT 1 FROM hold h WHERE h.message_id = message.id
    AND h.kind = 'confirm' AND h.state = 'open');
UPDATE message SET keep = 'failed' WHERE failed IS NOT NULL;
INSERT INTO leftover (kind, name, at, n)
SELECT 'blob', m.content_sha256, unixepoch(), 1 FROM message m JOIN message_raw r ON r.message_id = m.id
WHERE r.bytes IS NULL AND EXISTS (SELECT 1 FROM hold h WHERE h.message_id = m.id AND h.kind = 'confirm'
    AND (h.state = 'expired' OR h.state = 'rejected'))
GROUP BY m.content_sha256;
DELETE FROM message_raw WHERE message_id IN (SELECT message_id FROM hold WHERE kind = 'confirm'
    AND (state = 'expired' OR state = 'rejected'));
UPDATE message SET keep = 'nothing', subject = '', envelope_from = '', from_address = NULL, sender_hash = 0
WHERE id IN (SELECT message_id FROM hold WHERE kind = 'confirm' AND (state = 'expired' OR state = 'rejected'));
UPDATE notice SET address = NULL, detail = NULL, last_reply = NULL WHERE state <> 'due' AND state <> 'claimed'
    AND hold_id IN (SELECT id FROM hold WHERE kind = 'confirm' AND (state = 'expired' OR state = 'rejected'));
UPDATE hold SET text = '', title = '' WHERE state <> 'open';
UPDATE hold SET address = '', reason = NULL WHERE kind = 'confirm' AND (state = 'expired' OR state = 'rejected');
INSERT INTO leftover (kind, name, at, n) VALUES ('pages', '', unixepoch(), 1), ('words', '', unixepoch(), 1);
CREATE INDEX message_by_keep ON message (keep, received_at);
CREATE INDEX message_by_blob ON message (content_sha256) WHERE n_bytes > 131072;
-- Whom STOPP for a forum or for everything concerns.
CREATE INDEX follow_by_person ON follow (person_id) WHERE stopped_at IS NULL;
-- An empty mail was taken for one whose bytes lie in the spool.
UPDATE message_raw SET bytes = x'' WHERE bytes IS NULL AND message_id IN (SELECT id FROM message WHERE n_bytes = 0);


-- Questions, reports and rates
CREATE INDEX message_by_sender ON message (sender_hash, received_at) WHERE standing <> 2;
UPDATE message SET standing = 1 WHERE kind IN ('human', 'command', 'encrypted', 'empty');
ALTER TABLE hold ADD COLUMN mailbox INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hold ADD COLUMN is_proved INTEGER NOT NULL DEFAULT 0 CHECK (is_proved = 0 OR is_proved = 1);
ALTER TABLE hold ADD COLUMN waits TEXT NOT NULL DEFAULT 'none';
ALTER TABLE hold ADD COLUMN ask_at INTEGER;
ALTER TABLE hold ADD COLUMN shown_at INTEGER;
UPDATE hold SET asked_at = created_at WHERE kind = 'review';
UPDATE hold SET waits = 'turn', ask_at = created_at WHERE state = 'open' AND asked_at IS NULL;
DROP INDEX hold_open_by_address;
CREATE INDEX hold_open_by_mailbox ON hold (mailbox, is_proved) WHERE state = 'open' AND kind = 'confirm';
CREATE INDEX hold_to_ask ON hold (kind, is_proved, ask_at) WHERE state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL;
ALTER TABLE notice ADD COLUMN mailbox INTEGER;
DROP INDEX notice_answers;
CREATE INDEX notice_answers ON notice (mailbox, due_at) WHERE mailbox IS NOT NULL;
CREATE TABLE mailbox (id INTEGER PRIMARY KEY, asked_at INTEGER NOT NULL, stopped_at INTEGER) STRICT;
CREATE INDEX mailbox_asked ON mailbox (asked_at);
CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    message_id INTEGER REFERENCES message ON DELETE CASCADE,
    detail TEXT,
    notice_id INTEGER REFERENCES notice ON DELETE CASCADE
) STRICT;
CREATE INDEX report_waiting ON report (at) WHERE notice_id IS NULL;
CREATE INDEX report_by_notice ON report (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX report_by_purpose ON report (purpose, at);
CREATE INDEX report_told ON report (at) WHERE notice_id IS NOT NULL;
CREATE INDEX report_by_message ON report (message_id) WHERE message_id IS NOT NULL;
CREATE TABLE announcement (
    forum_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    post_id INTEGER NOT NULL REFERENCES post,
    idea_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    late INTEGER NOT NULL CHECK (late = 0 OR late = 1 OR late = 2),
    PRIMARY KEY (forum_id, at, post_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_waiting ON announcement (at) WHERE late = 1;
CREATE INDEX announcement_late ON announcement (post_id) WHERE late <> 0;
ALTER TABLE member ADD COLUMN paused_until INTEGER;
ALTER TABLE member ADD COLUMN paused_from TEXT;
ALTER TABLE member ADD COLUMN is_initiative INTEGER NOT NULL DEFAULT 0 CHECK (is_initiative = 0 OR is_initiative = 1);
CREATE INDEX member_initiative ON member (person_id) WHERE is_initiative = 1;
CREATE INDEX member_paused ON member (paused_until) WHERE paused_until IS NOT NULL;
CREATE INDEX member_told ON member (told_since);
CREATE INDEX hold_asked ON hold (forum_id, asked_at) WHERE kind = 'review' AND asked_at IS NOT NULL;
CREATE INDEX hold_unasked ON hold (forum_id, mailbox)
    WHERE kind = 'review' AND is_proved = 0 AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL;

-- Moderation: why a text waits, why it was refused, what was said about it, what time brings about.
ALTER TABLE hold ADD COLUMN code TEXT;
ALTER TABLE hold ADD COLUMN why TEXT NOT NULL DEFAULT 'forum';
ALTER TABLE hold ADD COLUMN also TEXT;
ALTER TABLE hold ADD COLUMN next TEXT NOT NULL DEFAULT 'none';
ALTER TABLE hold ADD COLUMN next_at INTEGER;
ALTER TABLE hold ADD COLUMN runs_at INTEGER;
ALTER TABLE hold ADD COLUMN ran_s INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hold ADD COLUMN yes TEXT NOT NULL DEFAULT 'publish';
UPDATE hold SET next = 'deputy', next_at = created_at + 86400, runs_at = created_at WHERE kind = 'review' AND state = 'open';
UPDATE hold SET code = 'sonstiges' WHERE kind = 'review' AND state = 'rejected' AND reason IS NOT NULL;
ALTER TABLE forum ADD COLUMN undecided TEXT NOT NULL DEFAULT 'hold'
    CHECK (undecided = 'hold' OR undecided = 'release');
CREATE INDEX hold_next ON hold (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX hold_listed ON hold (forum_id, created_at) WHERE state = 'open' AND kind = 'review' AND asked_at IS NOT NULL;
CREATE INDEX hold_letters ON hold (idea_id) WHERE kind = 'letter';
CREATE INDEX hold_by_address ON hold (address) WHERE address <> '';
CREATE INDEX hold_complaint ON hold (forum_id) WHERE next = 'complaint';
CREATE INDEX hold_kept ON hold (decided_at) WHERE decided_at IS NOT NULL AND text <> '';
CREATE TABLE post_report (
    post_id   INTEGER NOT NULL REFERENCES post,
    mailbox   INTEGER NOT NULL,
    forum_id  INTEGER NOT NULL REFERENCES forum,
    at        INTEGER NOT NULL,
    is_proved INTEGER NOT NULL,
    PRIMARY KEY (post_id, mailbox)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_report_by_forum ON post_report (forum_id, at);
CREATE TABLE remark (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    hold_id    INTEGER NOT NULL REFERENCES hold,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind = 'question' OR kind = 'answer' OR kind = 'complaint' OR kind = 'note' OR kind = 'report'
        OR kind = 'letter'),
    person_id  INTEGER REFERENCES person,
    message_id INTEGER REFERENCES message,
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX remark_by_hold ON remark (hold_id, id);
CREATE INDEX remark_by_person ON remark (person_id, id) WHERE person_id IS NOT NULL;
CREATE TABLE version (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id    INTEGER NOT NULL REFERENCES post,
    at         INTEGER NOT NULL,
    message_id INTEGER REFERENCES message,
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX version_by_post ON version (post_id, id);
-- What others have of texts that were taken back.
CREATE TABLE unsaid (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id   INTEGER NOT NULL REFERENCES post,
    idea_id   INTEGER NOT NULL REFERENCES idea,
    person_id INTEGER NOT NULL REFERENCES person,
    hold_id   INTEGER REFERENCES hold,
    mark      TEXT NOT NULL CHECK (mark = 'wish' OR mark = 'removed' OR mark = 'redacted'),
    state     TEXT NOT NULL CHECK (state = 'taken' OR state = 'back' OR state = 'gone'),
    at        INTEGER NOT NULL,
    words     BLOB NOT NULL,
    phrases   TEXT NOT NULL,
    said      TEXT,
    place     INTEGER NOT NULL,
    pass      INTEGER NOT NULL,
    from_line INTEGER NOT NULL,
    after     INTEGER NOT NULL
) STRICT;
CREATE INDEX unsaid_by_post ON unsaid (post_id);
CREATE INDEX unsaid_by_idea ON unsaid (idea_id);
CREATE INDEX unsaid_by_hold ON unsaid (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX unsaid_to_do ON unsaid (id) WHERE pass < 9;
CREATE TABLE whole (
    post_id INTEGER PRIMARY KEY REFERENCES post,
    text    TEXT NOT NULL
) STRICT;
CREATE TABLE unsaid_in (
    unsaid_id INTEGER NOT NULL REFERENCES unsaid,
    post_id   INTEGER NOT NULL REFERENCES post,
    PRIMARY KEY (unsaid_id, post_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX unsaid_in_by_post ON unsaid_in (post_id);
CREATE TABLE unproved (slot INTEGER PRIMARY KEY, n_bytes INTEGER NOT NULL) STRICT;
CREATE INDEX post_by_person ON post (person_id, at);
CREATE TABLE digest_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person,
    delivery TEXT NOT NULL CHECK (delivery IN ('each', 'daily', 'weekly', 'missed', 'news')),
    from_post INTEGER NOT NULL,
    to_post INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    entries TEXT,
    UNIQUE (person_id, delivery, from_post)
) STRICT;
INSERT INTO digest_new SELECT id, person_id, delivery, from_post, to_post, made_at, NULL FROM digest;
DROP TABLE digest;
ALTER TABLE digest_new RENAME TO digest;
CREATE INDEX digest_by_range ON digest (person_id, delivery, to_post);
ALTER TABLE hold ADD COLUMN digest_id INTEGER REFERENCES digest;
CREATE INDEX hold_by_digest ON hold (digest_id) WHERE digest_id IS NOT NULL;

-- A person's number is never given twice.
CREATE TABLE person_new (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    public_name    TEXT,
    language       TEXT,
    confirmed_at   INTEGER,
    digest_hour    INTEGER CHECK (digest_hour BETWEEN 0 AND 23),
    digest_weekday INTEGER CHECK (digest_weekday BETWEEN 1 AND 7),
    created_at     INTEGER NOT NULL,
    erased_at      INTEGER,
    erased_reason  TEXT,
    is_organisation INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO person_new (id, public_name, language, confirmed_at, digest_hour, digest_weekday, created_at, erased_at, erased_reason)
SELECT id, public_name, language, confirmed_at, digest_hour, digest_weekday, created_at, erased_at, erased_reason FROM person;
DROP TABLE person;
ALTER TABLE person_new RENAME TO person;

-- The life of ideas.
ALTER TABLE idea ADD COLUMN merged_into INTEGER REFERENCES idea;
ALTER TABLE idea ADD COLUMN merged_from TEXT;
ALTER TABLE idea ADD COLUMN deadline_at INTEGER;
ALTER TABLE idea ADD COLUMN lead_id INTEGER REFERENCES idea;
CREATE INDEX idea_listed ON idea (forum_id) WHERE ring = 'public' AND published_at IS NOT NULL
    AND state NOT IN ('submitted', 'expired', 'confirmed', 'in_review', 'rejected', 'withdrawn', 'removed');
CREATE INDEX idea_among_members ON idea (forum_id) WHERE ring = 'members';
CREATE INDEX idea_by_lead ON idea (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX notice_silence ON notice (idea_id, due_at) WHERE purpose = 'silence';
CREATE INDEX notice_actions ON notice (person_id, due_at) WHERE purpose = 'daily-actions';
CREATE INDEX notice_weekly ON notice (person_id, forum_id, due_at) WHERE purpose = 'weekly-office';
CREATE UNIQUE INDEX notice_news ON notice (person_id, idea_id) WHERE purpose = 'news' AND state = 'due';
CREATE UNIQUE INDEX notice_news_digest ON notice (person_id, idea_id) WHERE purpose = 'news-digest' AND state = 'due';
CREATE INDEX notice_for_digest ON notice (person_id) WHERE state = 'due' AND (purpose = 'news-digest' OR purpose = 'phase-changed-digest');
CREATE INDEX notice_news_told ON notice (person_id, sent_at) WHERE purpose = 'news' OR purpose = 'news-many';
CREATE INDEX notice_on_way ON notice (person_id)
    WHERE (purpose = 'news-many' OR purpose = 'digest-late') AND (state = 'due' OR state = 'claimed');
CREATE INDEX notice_lists ON notice (person_id, forum_id, due_at) WHERE purpose = 'moderate-list';
CREATE INDEX notice_told ON notice (person_id, stream, sent_at) WHERE person_id IS NOT NULL AND (state = 'sent' OR state = 'claimed');
CREATE INDEX notice_by_digest ON notice (digest_id) WHERE digest_id IS NOT NULL;
CREATE VIEW idea_follower AS
SELECT i.id AS idea_id, f.person_id AS person_id
FROM idea i CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
CROSS JOIN follow f ON f.idea_id = g.id
WHERE f.stopped_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM follow s WHERE s.idea_id = i.id AND s.person_id = f.person_id AND s.stopped_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM follow s WHERE s.idea_id = i.lead_id AND s.person_id = f.person_id AND s.stopped_at IS NOT NULL);

CREATE TABLE support (
    idea_id   INTEGER NOT NULL REFERENCES idea,
    person_id INTEGER NOT NULL REFERENCES person,
    at        INTEGER NOT NULL,
    how       TEXT NOT NULL CHECK (how = 'mail' OR how = 'reaction' OR how = 'cli'),
    ended_at  INTEGER,
    mailbox   INTEGER NOT NULL DEFAULT 0,
    is_annulled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (idea_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX support_by_mailbox ON support (mailbox) WHERE mailbox <> 0 AND ended_at IS NULL;
CREATE INDEX support_annulled ON support (mailbox) WHERE mailbox <> 0 AND is_annulled = 1;
CREATE INDEX support_by_person ON support (person_id);
CREATE INDEX support_recent ON support (idea_id, at);

CREATE TABLE proposal (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    idea_id INTEGER NOT NULL UNIQUE REFERENCES idea,
    at      INTEGER NOT NULL,
    inner_id INTEGER REFERENCES idea,
    public_id INTEGER REFERENCES idea
) STRICT;
CREATE UNIQUE INDEX proposal_by_public ON proposal (public_id) WHERE public_id IS NOT NULL;
CREATE TABLE proposal_idea (
    proposal_id INTEGER NOT NULL REFERENCES proposal,
    idea_id     INTEGER NOT NULL REFERENCES idea,
    PRIMARY KEY (proposal_id, idea_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_idea_by_idea ON proposal_idea (idea_id);

CREATE TABLE topic (
    kind     TEXT NOT NULL CHECK (kind = 'field' OR kind = 'goal' OR kind = 'phase'),
    name     TEXT NOT NULL,
    language TEXT NOT NULL,
    title    TEXT NOT NULL,
    PRIMARY KEY (kind, name, language)
) STRICT, WITHOUT ROWID;
CREATE TABLE proposal_topic (
    proposal_id INTEGER NOT NULL REFERENCES proposal,
    kind        TEXT NOT NULL CHECK (kind = 'field' OR kind = 'goal'),
    name        TEXT NOT NULL,
    PRIMARY KEY (proposal_id, kind, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE phase (
    name      TEXT PRIMARY KEY,
    forum_id  INTEGER REFERENCES forum,
    from_at   INTEGER NOT NULL,
    to_at     INTEGER,
    allows    INTEGER NOT NULL,
    n_changes INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER,
    changed_by INTEGER REFERENCES person,
    journaled INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE step (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    idea_id    INTEGER NOT NULL REFERENCES idea,
    at         INTEGER NOT NULL,
    from_state TEXT,
    to_state   TEXT NOT NULL,
    by         TEXT NOT NULL,
    person_id  INTEGER REFERENCES person,
    message_id INTEGER REFERENCES message,
    reason     TEXT,
    by_second   TEXT,
    proposal_id INTEGER REFERENCES proposal,
    was        TEXT
) STRICT;
CREATE INDEX step_by_idea ON step (idea_id, id);

-- Forums beside its own that an idea is shown in, and who is in those.
CREATE TABLE idea_also (
    idea_id   INTEGER NOT NULL REFERENCES idea,
    forum_id  INTEGER NOT NULL REFERENCES forum,
    is_merged INTEGER NOT NULL CHECK (is_merged = 0 OR is_merged = 1),
    PRIMARY KEY (idea_id, forum_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_also_by_forum ON idea_also (forum_id, idea_id);
CREATE VIEW also_member AS
SELECT o.idea_id AS idea_id, m.person_id AS person_id, m.role AS role, m.delivery AS delivery
FROM idea_also o CROSS JOIN member m ON m.forum_id = o.forum_id;

-- What the members of a forum say among themselves about a public idea: a discussion of its own for each forum that it was in.
CREATE TABLE inner_talk (
    idea_id  INTEGER NOT NULL REFERENCES idea,
    forum_id INTEGER NOT NULL REFERENCES forum,
    inner_id INTEGER NOT NULL UNIQUE REFERENCES idea,
    PRIMARY KEY (idea_id, forum_id)
) STRICT, WITHOUT ROWID;

-- What somebody asked for and must say yes to.
CREATE TABLE wish (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind = 'data' OR kind = 'erase' OR kind = 'address' OR kind = 'address-new'
        OR kind = 'order' OR kind = 'writer'),
    address    TEXT NOT NULL,
    written    TEXT NOT NULL,
    other      TEXT,
    person_id  INTEGER REFERENCES person,
    message_id INTEGER,
    language   TEXT,
    is_proved  INTEGER NOT NULL CHECK (is_proved = 0 OR is_proved = 1),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    asked_at   INTEGER,
    told       TEXT,
    forum_id   INTEGER REFERENCES forum,
    idea_id    INTEGER REFERENCES idea,
    post_id    INTEGER REFERENCES post,
    seen       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX wish_by_address ON wish (address, kind);
CREATE INDEX wish_unasked ON wish (created_at) WHERE asked_at IS NULL;
CREATE INDEX wish_over ON wish (expires_at);

-- Reports about mails of ours
CREATE TABLE trouble (
    address       TEXT PRIMARY KEY,
    points        INTEGER NOT NULL,
    bounced_at    INTEGER,
    suspended_at  INTEGER,
    probe_at      INTEGER,
    probed_at     INTEGER,
    complained_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX trouble_probe ON trouble (probe_at) WHERE probe_at IS NOT NULL;
INSERT INTO trouble (address, points, bounced_at, suspended_at)
SELECT address, bounce_points, bounced_at, suspended_at FROM address WHERE bounced_at IS NOT NULL OR suspended_at IS NOT NULL;
ALTER TABLE address DROP COLUMN bounce_points;
ALTER TABLE address DROP COLUMN bounced_at;
ALTER TABLE address ADD COLUMN complained_at INTEGER;
CREATE TABLE bounce (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    deed       TEXT NOT NULL,
    stream     INTEGER NOT NULL,
    notice_id  INTEGER NOT NULL,
    person_id  INTEGER REFERENCES person,
    address    TEXT,
    domain     TEXT NOT NULL,
    message_id INTEGER REFERENCES message,
    status     TEXT NOT NULL,
    said       TEXT,
    undone_at  INTEGER
) STRICT;
CREATE INDEX bounce_by_time ON bounce (at);
CREATE INDEX bounce_by_domain ON bounce (domain, at);
CREATE INDEX bounce_by_deed ON bounce (domain, deed, at);
CREATE INDEX bounce_by_notice ON bounce (notice_id);
CREATE INDEX bounce_by_address ON bounce (address) WHERE address IS NOT NULL;
CREATE TABLE destination (
    domain       TEXT PRIMARY KEY,
    paused_at    INTEGER NOT NULL,
    paused_until INTEGER NOT NULL,
    n_pauses     INTEGER NOT NULL,
    said         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX destination_paused ON destination (paused_until);

-- Words are merged beside the writer.
INSERT INTO post_fts (post_fts, rank) VALUES ('automerge', 0);
INSERT INTO post_fts (post_fts, rank) VALUES ('usermerge', 16);
INSERT INTO post_fts (post_fts, rank) VALUES ('crisismerge', 500);
-- Of titles: filled by the upkeep or the clock.
CREATE VIRTUAL TABLE title_fts USING fts5 (title, columnsize = 0, tokenize = "trigram case_sensitive 1");
INSERT INTO title_fts (title_fts, rank) VALUES ('automerge', 0);
INSERT INTO title_fts (title_fts, rank) VALUES ('usermerge', 16);
INSERT INTO title_fts (title_fts, rank) VALUES ('crisismerge', 500);
-- Newsletters.
CREATE TABLE list (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT NOT NULL UNIQUE,
    title           TEXT NOT NULL,
    language        TEXT NOT NULL,
    forum_id        INTEGER REFERENCES forum,
    n_release       INTEGER NOT NULL CHECK (n_release = 1 OR n_release = 2),
    is_members_only INTEGER NOT NULL CHECK (is_members_only = 0 OR is_members_only = 1),
    created_at      INTEGER NOT NULL
) STRICT;
CREATE TABLE editor (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id  INTEGER NOT NULL REFERENCES list,
    address  TEXT NOT NULL,
    written  TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    UNIQUE (list_id, address)
) STRICT;

CREATE TABLE subscription (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id    INTEGER NOT NULL REFERENCES list,
    address    TEXT NOT NULL,
    written    TEXT NOT NULL,
    language   TEXT,
    state      TEXT NOT NULL
        CHECK (state = 'asked' OR state = 'active' OR state = 'unsubscribed' OR state = 'suspended'),
    way        TEXT NOT NULL,
    since      INTEGER,
    asked_at   INTEGER,
    changed_at INTEGER NOT NULL,
    UNIQUE (list_id, address)
) STRICT;
CREATE INDEX subscription_active ON subscription (list_id, id) WHERE state = 'active';
CREATE INDEX subscription_by_address ON subscription (address);
CREATE INDEX subscription_over ON subscription (changed_at) WHERE state = 'asked';
CREATE TABLE consent (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id        INTEGER NOT NULL REFERENCES list,
    address        TEXT NOT NULL,
    at             INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    way            TEXT NOT NULL,
    wording        TEXT,
    message_key    TEXT,
    authentication TEXT,
    notice_id      INTEGER
) STRICT;
CREATE INDEX consent_by_address ON consent (address, list_id, at);
CREATE INDEX consent_by_notice ON consent (notice_id) WHERE notice_id IS NOT NULL;

CREATE TABLE issue (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id      INTEGER NOT NULL REFERENCES list,
    number       INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    source       TEXT NOT NULL,
    state        TEXT NOT NULL
        CHECK (state = 'draft' OR state = 'released' OR state = 'sending' OR state = 'stopped' OR state = 'sent'),
    language     TEXT,
    forum_id     INTEGER REFERENCES forum,
    role         TEXT,
    joined_after INTEGER,
    from_place   INTEGER NOT NULL,
    to_place     INTEGER NOT NULL,
    drafted_by   INTEGER,
    released_by  INTEGER,
    message_id   INTEGER REFERENCES message,
    created_at   INTEGER NOT NULL,
    release_at   INTEGER,
    started_at   INTEGER,
    ended_at     INTEGER,
    cursor       INTEGER NOT NULL DEFAULT 0,
    n_recipients INTEGER NOT NULL DEFAULT 0,
    n_sent       INTEGER NOT NULL DEFAULT 0,
    n_failed     INTEGER NOT NULL DEFAULT 0,
    n_dropped    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (list_id, number)
) STRICT;
CREATE INDEX issue_under_way ON issue (release_at) WHERE state = 'released' OR state = 'sending';
CREATE TABLE issue_file (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    issue_id INTEGER NOT NULL REFERENCES issue,
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,
    n_bytes  INTEGER NOT NULL,
    content  BLOB NOT NULL
) STRICT;
CREATE INDEX issue_file_of_issue ON issue_file (issue_id);
CREATE TABLE channel (
    name     TEXT PRIMARY KEY,
    event_id INTEGER NOT NULL,
    n_tries  INTEGER NOT NULL,
    try_at   INTEGER NOT NULL,
    said     TEXT
) STRICT, WITHOUT ROWID;
ALTER TABLE notice ADD COLUMN issue_id INTEGER REFERENCES issue;
ALTER TABLE notice ADD COLUMN subscription_id INTEGER REFERENCES subscription;
CREATE UNIQUE INDEX notice_once_an_issue ON notice (issue_id, subscription_id) WHERE purpose = 'newsletter';
CREATE INDEX notice_by_subscription ON notice (subscription_id) WHERE subscription_id IS NOT NULL;

CREATE TABLE duty (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    forum_id  INTEGER NOT NULL REFERENCES forum,
    person_id INTEGER NOT NULL REFERENCES person,
    kind      TEXT NOT NULL CHECK (kind = 'on' OR kind = 'away'),
    from_at   INTEGER NOT NULL,
    to_at     INTEGER
) STRICT;
CREATE INDEX duty_by_person ON duty (forum_id, person_id, kind);
-- Who was a member of a forum and is none any more: what they say in public is still compared with what they read there.
CREATE TABLE was_member (
    person_id INTEGER NOT NULL REFERENCES person,
    forum_id  INTEGER NOT NULL REFERENCES forum,
    PRIMARY KEY (person_id, forum_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_staff ON member (person_id) WHERE role IN ('lead', 'moderator', 'office');
CREATE INDEX member_leading ON member (forum_id) WHERE role IN ('lead', 'moderator', 'office');
