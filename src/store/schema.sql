-- SPDX-License-Identifier: GPL-3.0-or-later
-- The newest schema. Times are unix seconds, NULL where it has not happened; ids are row ids; texts are UTF-8.
-- An older database is brought here by migrate/NNNN.sql, one after the other; never edit those.
-- A CHECK says a = 'x' OR a = 'y' and never a IN (...): SQLite builds a table of such a list for every row it writes.

-- The one row about this database.
CREATE TABLE installation (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    token_key  BLOB NOT NULL CHECK (length(token_key) = 32), -- signs reply, confirm and bounce addresses
    instance   TEXT NOT NULL,    -- random; what X-Forumpost-Loop of our mails says
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE forum (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE, -- local part of its address, lower case ASCII
    title      TEXT NOT NULL,
    ministry   TEXT,                 -- who leads it, NULL nobody
    language   TEXT NOT NULL,        -- of our mails where the person's is not known
    moderation TEXT NOT NULL CHECK (moderation IN ('none', 'pre')),
    closed_at  INTEGER,              -- from then on nothing is taken; NULL open
    created_at INTEGER NOT NULL,
    undecided  TEXT NOT NULL DEFAULT 'hold' -- what becomes of a text about which no moderator decides in time
        CHECK (undecided = 'hold' OR undecided = 'release')
) STRICT;

-- Other local parts that lead to a forum ('mobility', 'verkehr').
CREATE TABLE forum_alias (
    name     TEXT PRIMARY KEY,
    forum_id INTEGER NOT NULL REFERENCES forum
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: the number of a person who is gone (with a lost day after a backup) stands in addresses that they were
-- sent, and must not become somebody else's.
CREATE TABLE person (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    public_name    TEXT,             -- what others see; NULL without name (the default)
    language       TEXT,             -- BCP 47; NULL not known
    confirmed_at   INTEGER,          -- first time they proved that an address is theirs; NULL never
    digest_hour    INTEGER CHECK (digest_hour BETWEEN 0 AND 23),   -- NULL the initiative's
    digest_weekday INTEGER CHECK (digest_weekday BETWEEN 1 AND 7), -- 1 Monday; NULL the initiative's
    created_at     INTEGER NOT NULL,
    erased_at      INTEGER,          -- then nothing but this row is left of them; NULL never
    erased_reason  TEXT,             -- why, in the operator's words
    is_organisation INTEGER NOT NULL DEFAULT 0 -- the name is an organisation's: its voice is counted apart
) STRICT;

CREATE TABLE address (
    address       TEXT PRIMARY KEY,  -- lower case, domain as U-labels
    person_id     INTEGER NOT NULL REFERENCES person,
    written       TEXT NOT NULL,     -- as the person writes it: what we send to
    is_primary    INTEGER NOT NULL DEFAULT 1, -- the one we write to
    suspended_at  INTEGER,           -- as in trouble, so that who is told is found by one index
    complained_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX address_by_person ON address (person_id);
CREATE UNIQUE INDEX address_primary ON address (person_id) WHERE is_primary = 1;

CREATE TABLE member (
    forum_id  INTEGER NOT NULL REFERENCES forum,
    person_id INTEGER NOT NULL REFERENCES person,
    role      TEXT NOT NULL
        CHECK (role = 'reader' OR role = 'member' OR role = 'lead' OR role = 'moderator' OR role = 'office'),
    delivery  TEXT NOT NULL
        CHECK (delivery = 'each' OR delivery = 'daily' OR delivery = 'weekly' OR delivery = 'none'),
    joined_at INTEGER NOT NULL,
    told_since INTEGER NOT NULL, -- since when by this delivery: a digest starts here and repeats nothing
    paused_until INTEGER,        -- until when nothing is sent; NULL there is no such end
    paused_from TEXT,            -- and the delivery that comes back then
    is_initiative INTEGER NOT NULL DEFAULT 0 CHECK (is_initiative = 0 OR is_initiative = 1), -- of the initiative's office, too
    PRIMARY KEY (forum_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_person ON member (person_id);
CREATE INDEX member_told ON member (told_since);
CREATE INDEX member_initiative ON member (person_id) WHERE is_initiative = 1;
CREATE INDEX member_paused ON member (paused_until) WHERE paused_until IS NOT NULL;
-- Whose names nobody else may have.
CREATE INDEX member_staff ON member (person_id) WHERE role IN ('lead', 'moderator', 'office');
-- Whom a forum asks, among all who read it.
CREATE INDEX member_leading ON member (forum_id) WHERE role IN ('lead', 'moderator', 'office');
CREATE INDEX member_each ON member (forum_id) WHERE delivery = 'each';
-- Who was a member of a forum and is none any more: what they say in public is still compared with what they read there.
CREATE TABLE was_member (
    person_id INTEGER NOT NULL REFERENCES person,
    forum_id  INTEGER NOT NULL REFERENCES forum,
    PRIMARY KEY (person_id, forum_id)
) STRICT, WITHOUT ROWID;

-- Who moderates when: on, asked first; away, not asked.
CREATE TABLE duty (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    forum_id  INTEGER NOT NULL REFERENCES forum,
    person_id INTEGER NOT NULL REFERENCES person,
    kind      TEXT NOT NULL CHECK (kind = 'on' OR kind = 'away'),
    from_at   INTEGER NOT NULL,
    to_at     INTEGER -- the first second after it; NULL no end
) STRICT;
CREATE INDEX duty_by_person ON duty (forum_id, person_id, kind);

-- An idea's id is its number; AUTOINCREMENT, so that a number is never given twice.
CREATE TABLE idea (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    forum_id     INTEGER NOT NULL REFERENCES forum,
    author_id    INTEGER NOT NULL REFERENCES person,
    title        TEXT NOT NULL, -- '' once its text is deleted
    state        TEXT NOT NULL,
    ring         TEXT NOT NULL CHECK (ring IN ('public', 'members')),
    created_at   INTEGER NOT NULL,
    published_at INTEGER,
    n_posts      INTEGER NOT NULL DEFAULT 0, -- published ones
    last_number  INTEGER NOT NULL DEFAULT 0, -- highest post number given
    state_before TEXT,                       -- withdrawn, removed, hidden: what it was, for undoing; NULL otherwise
    merged_into  INTEGER REFERENCES idea,    -- goes on with that one; NULL it is not merged
    merged_from  TEXT,                       -- and what it was before
    deadline_at  INTEGER,                    -- when its next step is due, the first second after that day; NULL none set
    lead_id      INTEGER REFERENCES idea     -- the end of that chain; NULL itself. A group is a lead and all that name it
) STRICT;
CREATE INDEX idea_by_forum ON idea (forum_id);
-- Those that a forum's page counts: $listed and $readable in sql/ideas.sql say the same, and more.
CREATE INDEX idea_listed ON idea (forum_id) WHERE ring = 'public' AND published_at IS NOT NULL
    AND state NOT IN ('submitted', 'expired', 'confirmed', 'in_review', 'rejected', 'withdrawn', 'removed');
-- Few among many: what members say among themselves.
CREATE INDEX idea_among_members ON idea (forum_id) WHERE ring = 'members';
CREATE INDEX idea_by_lead ON idea (lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE post (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    idea_id      INTEGER NOT NULL REFERENCES idea,
    forum_id     INTEGER NOT NULL REFERENCES forum, -- the idea's, here too so that a digest is found by index
    number       INTEGER NOT NULL, -- within the idea, from 1
    parent_id    INTEGER REFERENCES post,
    person_id    INTEGER NOT NULL REFERENCES person,
    message_id   INTEGER REFERENCES message, -- the mail it came with; NULL entered otherwise
    kind         TEXT NOT NULL CHECK (kind = 'idea' OR kind = 'reply' OR kind = 'official' OR kind = 'note'),
    state        TEXT NOT NULL
        CHECK (state = 'published' OR state = 'in_review' OR state = 'rejected' OR state = 'removed' OR state = 'withdrawn'
            OR state = 'hidden'),
    at           INTEGER NOT NULL, -- when the mail came
    published    INTEGER,          -- place in the order of publication, the scale of digests; NULL not public
    text         TEXT NOT NULL,    -- '' once it is deleted
    language     TEXT,
    taken_at     INTEGER,          -- rejected, removed, withdrawn or hidden: since when; NULL it is not
    taken_from   TEXT,             -- and what it was, for undoing
    taken_place  INTEGER,          -- and its place in the order of publication
    taken_reason TEXT,             -- removed, hidden: why, in the operator's words
    taken_by     INTEGER REFERENCES person, -- removed: by whom; NULL by the operator, or not removed
    forgotten_at INTEGER,          -- when its text was deleted; NULL it is there
    edited_at    INTEGER,          -- its text was corrected while it was public: last; NULL never
    is_edit_shown INTEGER NOT NULL DEFAULT 0, -- and somebody had answered or supported it before that
    UNIQUE (idea_id, number)
) STRICT;
CREATE INDEX post_by_message ON post (message_id);
CREATE INDEX post_by_person ON post (person_id, at);
-- What must be deleted some day.
CREATE INDEX post_taken ON post (state, taken_at) WHERE taken_at IS NOT NULL AND forgotten_at IS NULL;
CREATE UNIQUE INDEX post_by_publication ON post (published) WHERE published IS NOT NULL;
-- A place is never given twice, or digests would pass over the second one.
CREATE UNIQUE INDEX post_by_old_place ON post (taken_place) WHERE taken_place IS NOT NULL;
CREATE INDEX post_by_forum ON post (forum_id, published) WHERE published IS NOT NULL;
CREATE INDEX post_official ON post (idea_id, number) WHERE kind = 'official';

-- Who is told about an idea: its author and everybody who wrote in it, until they say STOPP.
CREATE TABLE follow (
    idea_id   INTEGER NOT NULL REFERENCES idea,
    person_id INTEGER NOT NULL REFERENCES person,
    stopped_at INTEGER, -- NULL is told
    PRIMARY KEY (idea_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_by_person ON follow (person_id) WHERE stopped_at IS NULL;
CREATE INDEX follow_stopped ON follow (person_id) WHERE stopped_at IS NOT NULL;

-- Who is told of an idea: whoever follows any of its group and has stopped neither it nor its lead.
CREATE VIEW idea_follower AS
SELECT i.id AS idea_id, f.person_id AS person_id
FROM idea i CROSS JOIN idea g ON (g.id = coalesce(i.lead_id, i.id) OR g.lead_id = coalesce(i.lead_id, i.id))
CROSS JOIN follow f ON f.idea_id = g.id
WHERE f.stopped_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM follow s WHERE s.idea_id = i.id AND s.person_id = f.person_id AND s.stopped_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM follow s WHERE s.idea_id = i.lead_id AND s.person_id = f.person_id AND s.stopped_at IS NOT NULL);

-- Who is for an idea, each person once.
CREATE TABLE support (
    idea_id   INTEGER NOT NULL REFERENCES idea,
    person_id INTEGER NOT NULL REFERENCES person,
    at        INTEGER NOT NULL,
    how       TEXT NOT NULL CHECK (how = 'mail' OR how = 'reaction' OR how = 'cli'),
    ended_at  INTEGER, -- taken back; NULL it counts
    mailbox   INTEGER NOT NULL DEFAULT 0, -- mailbox.id of who gave it: "erika+2@" is no second person; 0 not known
    is_annulled INTEGER NOT NULL DEFAULT 0, -- the operator says that it is none: it ended, and does not come back
    PRIMARY KEY (idea_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX support_by_mailbox ON support (mailbox) WHERE mailbox <> 0 AND ended_at IS NULL;
CREATE INDEX support_annulled ON support (mailbox) WHERE mailbox <> 0 AND is_annulled = 1;
CREATE INDEX support_by_person ON support (person_id);
CREATE INDEX support_recent ON support (idea_id, at);

-- Proposals, made of ideas. A proposal is a discussion, too: a row of idea, which is none that somebody sent.
CREATE TABLE proposal (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    idea_id INTEGER NOT NULL UNIQUE REFERENCES idea, -- its discussion
    at      INTEGER NOT NULL,
    inner_id INTEGER REFERENCES idea,                -- where its forum's members discussed the draft; NULL it is one, or never was
    public_id INTEGER REFERENCES idea                -- what it is to the public while it is a draft again; NULL it is not
) STRICT;
CREATE UNIQUE INDEX proposal_by_public ON proposal (public_id) WHERE public_id IS NOT NULL;
CREATE TABLE proposal_idea (
    proposal_id INTEGER NOT NULL REFERENCES proposal,
    idea_id     INTEGER NOT NULL REFERENCES idea,
    PRIMARY KEY (proposal_id, idea_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_idea_by_idea ON proposal_idea (idea_id);

-- Fields of action and goals of the initiative, and the names of its phases, in each language; a proposal serves some.
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

-- When what is taken. No row at all: everything, always.
CREATE TABLE phase (
    name      TEXT PRIMARY KEY,
    forum_id  INTEGER REFERENCES forum, -- NULL the whole initiative
    from_at   INTEGER NOT NULL,
    to_at     INTEGER,                  -- the first second after it; NULL no end
    allows    INTEGER NOT NULL,         -- bits of enum phase_kind
    n_changes INTEGER NOT NULL DEFAULT 0, -- of its end
    changed_at INTEGER,                   -- when somebody made it what it is; NULL not known
    changed_by INTEGER REFERENCES person, -- and who; NULL the operator
    journaled INTEGER NOT NULL DEFAULT 0  -- bits of enum phase_instant: what stands in the journal
) STRICT, WITHOUT ROWID;

-- Forums beside its own that a public idea is shown in: by a word, or (is_merged) because it goes on with one of theirs, which is
-- written anew with its group.
CREATE TABLE idea_also (
    idea_id   INTEGER NOT NULL REFERENCES idea,
    forum_id  INTEGER NOT NULL REFERENCES forum,
    is_merged INTEGER NOT NULL CHECK (is_merged = 0 OR is_merged = 1),
    PRIMARY KEY (idea_id, forum_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_also_by_forum ON idea_also (forum_id, idea_id);
-- And who is in those.
CREATE VIEW also_member AS
SELECT o.idea_id AS idea_id, m.person_id AS person_id, m.role AS role, m.delivery AS delivery
FROM idea_also o CROSS JOIN member m ON m.forum_id = o.forum_id;

-- The life of each idea, step by step: what its history shows. The reason is somebody's words, so it stands here and not in
-- the journal.
CREATE TABLE step (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    idea_id    INTEGER NOT NULL REFERENCES idea,
    at         INTEGER NOT NULL,
    from_state TEXT,             -- NULL it came
    to_state   TEXT NOT NULL,    -- or 'moved:FORUM', 'also:FORUM', 'not-also:FORUM', 'merged:IDEA', 'unmerged', 'deadline:DAY',
                                 -- 'in-proposal:N', 'out-of-proposal:N'
    by         TEXT NOT NULL,    -- in which capacity
    person_id  INTEGER REFERENCES person,
    message_id INTEGER REFERENCES message,
    reason     TEXT,
    by_second  TEXT,                       -- in which capacity another person agreed; NULL nobody had to
    proposal_id INTEGER REFERENCES proposal, -- that it went along with; NULL none
    was        TEXT -- of 'moved:' the forum it came from, of 'deadline:' the day before or 'none', of 'unmerged' the idea that left
) STRICT;
CREATE INDEX step_by_idea ON step (idea_id, id);

-- Every mail that was answered 250.
CREATE TABLE message (
    id             INTEGER PRIMARY KEY,
    key            TEXT NOT NULL,        -- the id born with its first byte: log lines, spool files; begins with received_at
    received_at    INTEGER NOT NULL,
    envelope_from  TEXT NOT NULL,        -- '' null path
    from_address   TEXT,                 -- lower case; NULL none usable
    sender_hash    INTEGER NOT NULL,     -- 64 bits of from_address's canonical form, 0 none: for counting by sender
    message_id     TEXT,                 -- as written, without <>; NULL none
    message_hash   INTEGER NOT NULL,     -- 64 bits of message_id, 0 none: small index for threads and duplicates
    content_sha256 TEXT NOT NULL,        -- of the bytes as they came
    body_sha256    TEXT NOT NULL,        -- of what follows the header: the same mail delivered twice has other trace fields
    subject        TEXT NOT NULL,
    kind           TEXT NOT NULL,
    n_bytes        INTEGER NOT NULL,
    failed         TEXT,                 -- why no reader could read it; NULL read
    standing       INTEGER NOT NULL DEFAULT 0, -- 0 a machine's or unread, 1 a person's, From not proved, 2 From proved
    -- Why its bytes, subject and sender are still there, which decides how long: 'waiting' for an answer to a question,
    -- a 'text' came of it, a machine's 'report', a 'bounce' of a mail of ours, 'failed' to be read, any 'other'. 'nothing' of them is left (and
    -- message_id may be 'gone:' and its SHA-256); 'empty': the verdicts are gone, too.
    keep           TEXT NOT NULL DEFAULT 'text'
        CHECK (keep = 'text' OR keep = 'waiting' OR keep = 'other' OR keep = 'report' OR keep = 'failed'
            OR keep = 'nothing' OR keep = 'empty' OR keep = 'bounce'),
    left_out       TEXT                  -- what of it is not part of the text (forum/left_out.h); NULL nothing
) STRICT;
CREATE INDEX message_by_hash ON message (message_hash);
-- What came unproved is counted.
CREATE INDEX message_by_sender ON message (sender_hash, received_at) WHERE standing <> 2;
CREATE INDEX message_by_keep ON message (keep, received_at);
-- Those whose bytes lie in a file.
CREATE INDEX message_by_blob ON message (content_sha256) WHERE n_bytes > 131072;

-- The bytes as they came; NULL: in spool/blob/<content_sha256>.
CREATE TABLE message_raw (
    message_id INTEGER PRIMARY KEY REFERENCES message,
    bytes      BLOB
) STRICT;

CREATE TABLE verdict (
    message_id INTEGER NOT NULL REFERENCES message,
    recipient  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    post_id    INTEGER REFERENCES post,
    hold_id    INTEGER REFERENCES hold,
    PRIMARY KEY (message_id, recipient)
) STRICT, WITHOUT ROWID;
-- The mail that a post came with the post names itself.
CREATE INDEX verdict_by_post ON verdict (post_id) WHERE post_id IS NOT NULL AND kind <> 'post';
CREATE INDEX verdict_by_hold ON verdict (hold_id) WHERE hold_id IS NOT NULL;

-- What a deletion leaves to be done outside its transaction: a file of spool/blob (name: its SHA-256), old words in the
-- index ('words'), old pages in the WAL ('pages').
CREATE TABLE leftover (
    kind TEXT NOT NULL CHECK (kind = 'blob' OR kind = 'words' OR kind = 'pages'),
    name TEXT NOT NULL, -- '' where there is only one
    at   INTEGER NOT NULL, -- when it was left first
    n    INTEGER NOT NULL, -- how often since: who did it removes the row only if none was added meanwhile
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- confirm: a text waits for its author's yes; entry: to be told which entry of a digest it answers; review: for a moderator; withdraw: its author is asked whether it is to be
-- withdrawn; undo: it was, and they may take that back until it expires; second: an official answer waits for a second person;
-- letter: who leads a forum wrote to the author of an idea alone, who may answer until it expires.
CREATE TABLE hold (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind = 'confirm' OR kind = 'review' OR kind = 'withdraw' OR kind = 'undo' OR kind = 'second' OR kind = 'entry'
        OR kind = 'letter'),
    state      TEXT NOT NULL
        CHECK (state = 'open' OR state = 'confirmed' OR state = 'released' OR state = 'rejected' OR state = 'expired'),
    message_id INTEGER REFERENCES message, -- NULL second: not by mail
    forum_id   INTEGER NOT NULL REFERENCES forum,
    idea_id    INTEGER REFERENCES idea, -- NULL a new idea
    parent_id  INTEGER REFERENCES post,
    post_id    INTEGER REFERENCES post, -- review: the post that waits; confirm: what became of it
    ring       TEXT NOT NULL CHECK (ring IN ('public', 'members')),
    address    TEXT NOT NULL,           -- of the author, lower case; '' once expired or disowned
    title      TEXT NOT NULL,           -- '' once decided
    text       TEXT NOT NULL,           -- exactly what will be public; '' once decided: the post has it then
    language   TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,                 -- NULL never (review)
    asked_at   INTEGER,                 -- when its author, or the moderators, were asked; NULL not yet
    decided_at INTEGER,
    decided_by INTEGER REFERENCES person,
    reason     TEXT,
    mailbox    INTEGER NOT NULL DEFAULT 0, -- of the author: mailbox.id; 0 unknown
    is_proved  INTEGER NOT NULL DEFAULT 0 CHECK (is_proved = 0 OR is_proved = 1), -- From was proved: asked word for word
    waits      TEXT NOT NULL DEFAULT 'none', -- why nobody was asked yet (wait_names)
    ask_at     INTEGER,                 -- when that is looked at again; NULL never by itself
    shown_at   INTEGER,                 -- when the whole text was sent on demand; NULL never
    digest_id  INTEGER REFERENCES digest, -- entry: of which digest
    code       TEXT,                    -- rejected: why, as forum/reason.def has it; NULL not rejected
    why        TEXT NOT NULL DEFAULT 'forum', -- review: why it waits (why_names)
    also       TEXT,                    -- further reasons, with blanks between (forum/whys.h); NULL none
    next       TEXT NOT NULL DEFAULT 'none',  -- what time brings about if nobody acts (next_names)
    next_at    INTEGER,                 -- and when; NULL never
    runs_at    INTEGER,                 -- since when the moderators' clock runs; NULL it stands
    ran_s      INTEGER NOT NULL DEFAULT 0, -- and how many seconds of working days it ran before
    yes        TEXT NOT NULL DEFAULT 'publish' -- confirm: what a yes brings about (yes_names)
) STRICT;
CREATE INDEX hold_open_by_mailbox ON hold (mailbox, is_proved) WHERE state = 'open' AND kind = 'confirm';
CREATE INDEX hold_to_ask ON hold (kind, is_proved, ask_at) WHERE state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL;
CREATE INDEX hold_asked ON hold (forum_id, asked_at) WHERE kind = 'review' AND asked_at IS NOT NULL;
CREATE INDEX hold_listed ON hold (forum_id, created_at) WHERE state = 'open' AND kind = 'review' AND asked_at IS NOT NULL;
CREATE INDEX hold_unasked ON hold (forum_id, mailbox)
    WHERE kind = 'review' AND is_proved = 0 AND state = 'open' AND asked_at IS NULL AND ask_at IS NOT NULL;
CREATE INDEX hold_open ON hold (created_at) WHERE state = 'open';
CREATE INDEX hold_expiring ON hold (expires_at) WHERE state = 'open' AND expires_at IS NOT NULL;
CREATE INDEX hold_by_post ON hold (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX hold_by_digest ON hold (digest_id) WHERE digest_id IS NOT NULL;
CREATE INDEX hold_next ON hold (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX hold_letters ON hold (idea_id) WHERE kind = 'letter';
CREATE INDEX hold_by_address ON hold (address) WHERE address <> '';
CREATE INDEX hold_complaint ON hold (forum_id) WHERE next = 'complaint';
CREATE INDEX hold_kept ON hold (decided_at) WHERE decided_at IS NOT NULL AND text <> '';

-- What a post said before its author corrected it: nobody reads it but who holds the database, and it goes when the post goes.
CREATE TABLE version (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id    INTEGER NOT NULL REFERENCES post,
    at         INTEGER NOT NULL,              -- until when it stood
    message_id INTEGER REFERENCES message,    -- the mail that corrected it; NULL not by mail
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX version_by_post ON version (post_id, id);

-- Texts that were taken back, and passages that were taken out: what others have of their words is not shown until they come back,
-- and goes for good when they are deleted. The clock looks for it (forum/memory.h), a little at a time.
CREATE TABLE unsaid (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id   INTEGER NOT NULL REFERENCES post,
    idea_id   INTEGER NOT NULL REFERENCES idea,   -- the post's
    person_id INTEGER NOT NULL REFERENCES person, -- and who wrote it
    hold_id   INTEGER REFERENCES hold, -- of a passage: the decision; NULL none was kept, or the whole text
    mark      TEXT NOT NULL CHECK (mark = 'wish' OR mark = 'removed' OR mark = 'redacted'), -- what stands in place of its words
    state     TEXT NOT NULL CHECK (state = 'taken' OR state = 'back' OR state = 'gone'),
    at        INTEGER NOT NULL,
    words     BLOB NOT NULL,    -- every four words in a row, hashed
    phrases   TEXT NOT NULL,    -- a line each, what the index of words is asked for; '' once it was
    said      TEXT,             -- once it is deleted: what it was, for lines quoted in its discussion, until the row goes
    place     INTEGER NOT NULL, -- of the last publication: what comes later is looked at when it comes
    pass      INTEGER NOT NULL, -- what is done now (enum unsaid_pass)
    from_line INTEGER NOT NULL, -- of phrases
    after     INTEGER NOT NULL  -- and behind which post, mail or hold
) STRICT;
CREATE INDEX unsaid_by_post ON unsaid (post_id);
CREATE INDEX unsaid_by_idea ON unsaid (idea_id);
CREATE INDEX unsaid_by_hold ON unsaid (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX unsaid_to_do ON unsaid (id) WHERE pass < 9;
-- Posts that are shown without such words, and what they say with them.
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

-- What was said about a text that waits or was refused, and in a letter: the moderators' questions, its author's answers and complaints.
CREATE TABLE remark (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    hold_id    INTEGER NOT NULL REFERENCES hold,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind = 'question' OR kind = 'answer' OR kind = 'complaint' OR kind = 'note' OR kind = 'report'
        OR kind = 'letter'),
    person_id  INTEGER REFERENCES person,  -- who said it; NULL the operator
    message_id INTEGER REFERENCES message, -- the mail it came with; NULL none
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX remark_by_hold ON remark (hold_id, id);
CREATE INDEX remark_by_person ON remark (person_id, id) WHERE person_id IS NOT NULL;

-- MELDEN: who thinks that a public post breaks the rules, each mailbox once.
CREATE TABLE post_report (
    post_id   INTEGER NOT NULL REFERENCES post,
    mailbox   INTEGER NOT NULL, -- mailbox.id
    forum_id  INTEGER NOT NULL REFERENCES forum,
    at        INTEGER NOT NULL,
    is_proved INTEGER NOT NULL, -- somebody we know, and it was them
    PRIMARY KEY (post_id, mailbox)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_report_by_forum ON post_report (forum_id, at);

-- What the members of a forum say among themselves about a public idea: a discussion of its own for each forum that it was in.
CREATE TABLE inner_talk (
    idea_id  INTEGER NOT NULL REFERENCES idea,
    forum_id INTEGER NOT NULL REFERENCES forum,
    inner_id INTEGER NOT NULL UNIQUE REFERENCES idea,
    PRIMARY KEY (idea_id, forum_id)
) STRICT, WITHOUT ROWID;

-- What somebody asked for that only the owner of an address may say yes to; gone when it is answered or over.
CREATE TABLE wish (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- stands in addresses: never given twice
    kind       TEXT NOT NULL CHECK (kind = 'data' OR kind = 'erase' OR kind = 'address' OR kind = 'address-new'
        OR kind = 'order' OR kind = 'writer'),
    address    TEXT NOT NULL,             -- who is asked, lower case
    written    TEXT NOT NULL,             -- what we write to
    other      TEXT,                      -- address, writer: the other one, as written; order: what was commanded
    person_id  INTEGER REFERENCES person, -- NULL nobody whom we know
    message_id INTEGER,                   -- the mail that said so; NULL a page
    language   TEXT,
    is_proved  INTEGER NOT NULL CHECK (is_proved = 0 OR is_proved = 1),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    asked_at   INTEGER,                   -- NULL its turn has not come
    told       TEXT,                      -- orders of who leads a forum: what was said about them
    forum_id   INTEGER REFERENCES forum,  -- and where they were written to
    idea_id    INTEGER REFERENCES idea,
    post_id    INTEGER REFERENCES post,
    seen       INTEGER NOT NULL DEFAULT 0 -- the last step of any idea when that was said
) STRICT;
CREATE INDEX wish_by_address ON wish (address, kind);
CREATE INDEX wish_unasked ON wish (created_at) WHERE asked_at IS NULL;
CREATE INDEX wish_over ON wish (expires_at);

-- One mail we owe to one recipient. The row is the queue.
CREATE TABLE notice (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    stream     INTEGER NOT NULL CHECK (stream BETWEEN 0 AND 2), -- 0 transactional, 1 forum, 2 bulk: sent in this order
    purpose    TEXT NOT NULL,                   -- name of the template
    person_id  INTEGER REFERENCES person,       -- NULL somebody not known yet
    address    TEXT,                            -- NULL the person's at sending time
    language   TEXT,                            -- NULL the person's, else the forum's
    forum_id   INTEGER REFERENCES forum,
    idea_id    INTEGER REFERENCES idea,
    post_id    INTEGER REFERENCES post,
    hold_id    INTEGER REFERENCES hold,
    digest_id  INTEGER REFERENCES digest,
    message_id INTEGER REFERENCES message,      -- the mail it answers
    detail     TEXT,
    state      TEXT NOT NULL DEFAULT 'due'
        CHECK (state = 'due' OR state = 'claimed' OR state = 'sent' OR state = 'failed' OR state = 'dropped'),
    due_at     INTEGER NOT NULL,
    claimed_at INTEGER,
    sent_at    INTEGER,                         -- when the mail server took it
    n_tries    INTEGER NOT NULL DEFAULT 0,
    last_reply TEXT,                            -- what the mail server said last
    mailbox    INTEGER,                         -- of an automatic answer: mailbox.id of the address; NULL otherwise
    issue_id   INTEGER REFERENCES issue,        -- of a newsletter
    subscription_id INTEGER REFERENCES subscription -- to whom: its address is written to
) STRICT;
CREATE INDEX notice_due ON notice (stream, due_at) WHERE state = 'due';
CREATE INDEX notice_claimed ON notice (claimed_at) WHERE state = 'claimed';
-- What happens to an idea until the mail leaves stands in one mail.
CREATE INDEX notice_silence ON notice (idea_id, due_at) WHERE purpose = 'silence';
CREATE INDEX notice_actions ON notice (person_id, due_at) WHERE purpose = 'daily-actions';
CREATE INDEX notice_weekly ON notice (person_id, forum_id, due_at) WHERE purpose = 'weekly-office';
CREATE UNIQUE INDEX notice_news ON notice (person_id, idea_id) WHERE purpose = 'news' AND state = 'due';
-- How often somebody was told of ideas, which of them one mail told of.
CREATE UNIQUE INDEX notice_news_digest ON notice (person_id, idea_id) WHERE purpose = 'news-digest' AND state = 'due';
CREATE INDEX notice_for_digest ON notice (person_id) WHERE state = 'due' AND (purpose = 'news-digest' OR purpose = 'phase-changed-digest');
CREATE INDEX notice_news_told ON notice (person_id, sent_at) WHERE purpose = 'news' OR purpose = 'news-many';
CREATE INDEX notice_on_way ON notice (person_id)
    WHERE (purpose = 'news-many' OR purpose = 'digest-late') AND (state = 'due' OR state = 'claimed');
-- What forums brought to somebody lately.
CREATE INDEX notice_lists ON notice (person_id, forum_id, due_at) WHERE purpose = 'moderate-list';
CREATE INDEX notice_told ON notice (person_id, stream, sent_at) WHERE person_id IS NOT NULL AND (state = 'sent' OR state = 'claimed');
CREATE INDEX notice_by_digest ON notice (digest_id) WHERE digest_id IS NOT NULL;
CREATE UNIQUE INDEX notice_once_a_post ON notice (post_id, person_id) WHERE purpose = 'post';
-- Automatic answers to one mailbox are counted before another one is written (RFC 3834).
CREATE INDEX notice_answers ON notice (mailbox, due_at) WHERE mailbox IS NOT NULL;
-- What is deleted with a mail, a waiting text or by time.
CREATE INDEX notice_by_message ON notice (message_id)
    WHERE message_id IS NOT NULL AND (address IS NOT NULL OR detail IS NOT NULL OR last_reply IS NOT NULL);
CREATE INDEX notice_by_hold ON notice (hold_id) WHERE hold_id IS NOT NULL;
-- An issue goes to each subscriber once, however often it is stopped and resumed.
CREATE UNIQUE INDEX notice_once_an_issue ON notice (issue_id, subscription_id) WHERE purpose = 'newsletter';
CREATE INDEX notice_by_subscription ON notice (subscription_id) WHERE subscription_id IS NOT NULL;
CREATE INDEX notice_personal ON notice (due_at) WHERE address IS NOT NULL OR detail IS NOT NULL;

-- A newsletter; its address is NAME@ and no forum has that name.
CREATE TABLE list (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT NOT NULL UNIQUE, -- local part, lower case ASCII
    title           TEXT NOT NULL,
    language        TEXT NOT NULL,        -- of mails to subscribers whose language is not known
    forum_id        INTEGER REFERENCES forum, -- whose discussions the blocks tell of; NULL all
    n_release       INTEGER NOT NULL CHECK (n_release = 1 OR n_release = 2), -- 2: another editor releases an issue
    is_members_only INTEGER NOT NULL CHECK (is_members_only = 0 OR is_members_only = 1), -- the operator subscribes
    created_at      INTEGER NOT NULL
) STRICT;

-- Who may write issues and release them; AUTOINCREMENT, as numbers stand in addresses.
CREATE TABLE editor (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id  INTEGER NOT NULL REFERENCES list,
    address  TEXT NOT NULL, -- lower case, domain as U-labels
    written  TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    UNIQUE (list_id, address)
) STRICT;

CREATE TABLE subscription (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id    INTEGER NOT NULL REFERENCES list,
    address    TEXT NOT NULL, -- lower case, domain as U-labels
    written    TEXT NOT NULL, -- what we send to
    language   TEXT,          -- NULL the list's
    state      TEXT NOT NULL
        CHECK (state = 'asked' OR state = 'active' OR state = 'unsubscribed' OR state = 'suspended'),
    way        TEXT NOT NULL, -- how the first yes came (way_names)
    since      INTEGER,       -- active since, the last time; NULL never
    asked_at   INTEGER,       -- the last confirm mail
    changed_at INTEGER NOT NULL,
    UNIQUE (list_id, address)
) STRICT;
CREATE INDEX subscription_active ON subscription (list_id, id) WHERE state = 'active';
CREATE INDEX subscription_by_address ON subscription (address);
CREATE INDEX subscription_over ON subscription (changed_at) WHERE state = 'asked';

-- Proof of every yes and no: rows are added, never changed but for the words of the question once they were sent.
CREATE TABLE consent (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id        INTEGER NOT NULL REFERENCES list,
    address        TEXT NOT NULL,
    at             INTEGER NOT NULL,
    kind           TEXT NOT NULL, -- consent_kind_names
    way            TEXT NOT NULL, -- way_names
    wording        TEXT,    -- asked: the question word for word; imported: where and when they consented
    message_key    TEXT,    -- of the mail that said it
    authentication TEXT,    -- what our mail server found about its sender
    notice_id      INTEGER  -- asked: the confirm mail
) STRICT;
CREATE INDEX consent_by_address ON consent (address, list_id, at);
CREATE INDEX consent_by_notice ON consent (notice_id) WHERE notice_id IS NOT NULL;

CREATE TABLE issue (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id      INTEGER NOT NULL REFERENCES list,
    number       INTEGER NOT NULL, -- within the list, from 1
    subject      TEXT NOT NULL,
    source       TEXT NOT NULL,    -- Markdown, as it was written
    state        TEXT NOT NULL
        CHECK (state = 'draft' OR state = 'released' OR state = 'sending' OR state = 'stopped' OR state = 'sent'),
    language     TEXT,    -- only to who gets mails in it; NULL all
    forum_id     INTEGER REFERENCES forum, -- only to its members; NULL all
    role         TEXT,    -- only to members in that role; NULL all
    joined_after INTEGER, -- only to who subscribed later; NULL all
    from_place   INTEGER NOT NULL, -- (from, to] in the order of publication: what the blocks tell of
    to_place     INTEGER NOT NULL,
    drafted_by   INTEGER, -- editor; NULL the operator
    released_by  INTEGER,
    message_id   INTEGER REFERENCES message, -- the mail it came with; NULL a file
    created_at   INTEGER NOT NULL,
    release_at   INTEGER, -- when it may go; NULL not released
    started_at   INTEGER,
    ended_at     INTEGER, -- when the last mail was queued
    cursor       INTEGER NOT NULL DEFAULT 0, -- subscriptions up to this one have their mail
    n_recipients INTEGER NOT NULL DEFAULT 0,
    n_sent       INTEGER NOT NULL DEFAULT 0,
    n_failed     INTEGER NOT NULL DEFAULT 0,
    n_dropped    INTEGER NOT NULL DEFAULT 0, -- unsubscribed or erased since it was queued
    UNIQUE (list_id, number)
) STRICT;
CREATE INDEX issue_under_way ON issue (release_at) WHERE state = 'released' OR state = 'sending';

-- Files that go along with an issue, in their order.
CREATE TABLE issue_file (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    issue_id INTEGER NOT NULL REFERENCES issue,
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,    -- media type
    n_bytes  INTEGER NOT NULL,
    content  BLOB NOT NULL
) STRICT;
CREATE INDEX issue_file_of_issue ON issue_file (issue_id);

-- How far each channel of news is in the journal.
CREATE TABLE channel (
    name     TEXT PRIMARY KEY, -- 'mastodon', 'webhook'
    event_id INTEGER NOT NULL, -- the last line of the journal that was told, or was nothing to tell
    n_tries  INTEGER NOT NULL, -- of the next one, that came to nothing
    try_at   INTEGER NOT NULL, -- not before; 0 at once
    said     TEXT              -- why the last try came to nothing; NULL it did not
) STRICT, WITHOUT ROWID;

-- Whom we asked about mails that came unproved in their name, and who does not want that. No address: the id is 64 bits of
-- a keyed hash of its canonical form.
CREATE TABLE mailbox (
    id         INTEGER PRIMARY KEY,
    asked_at   INTEGER NOT NULL, -- the last such question
    stopped_at INTEGER           -- answered STOPP to a question; NULL never
) STRICT;
CREATE INDEX mailbox_asked ON mailbox (asked_at);

-- What the operator is to hear; told in one mail an hour.
CREATE TABLE report (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    purpose    TEXT NOT NULL, -- name of the template if it is told alone
    message_id INTEGER REFERENCES message ON DELETE CASCADE,
    detail     TEXT,
    notice_id  INTEGER REFERENCES notice ON DELETE CASCADE -- the mail that tells it; NULL waits
) STRICT;
CREATE INDEX report_waiting ON report (at) WHERE notice_id IS NULL;
CREATE INDEX report_by_notice ON report (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX report_by_purpose ON report (purpose, at);
CREATE INDEX report_told ON report (at) WHERE notice_id IS NOT NULL;
CREATE INDEX report_by_message ON report (message_id) WHERE message_id IS NOT NULL;

-- What was published lately, for the rates at which people are told of it one by one. Beyond them its readers are told
-- of several posts together.
CREATE TABLE announcement (
    forum_id  INTEGER NOT NULL,
    at        INTEGER NOT NULL, -- when it was published
    post_id   INTEGER NOT NULL REFERENCES post,
    idea_id   INTEGER NOT NULL,
    person_id INTEGER NOT NULL, -- who wrote it
    late      INTEGER NOT NULL CHECK (late = 0 OR late = 1 OR late = 2), -- 0 told one by one, 1 waits to be told with others, 2 was
    PRIMARY KEY (forum_id, at, post_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_waiting ON announcement (at) WHERE late = 1;
CREATE INDEX announcement_late ON announcement (post_id) WHERE late <> 0;

-- How much came from unproved senders, a row for every ten minutes: for the quota of all of them together.
CREATE TABLE unproved (
    slot    INTEGER PRIMARY KEY, -- unix time / 600
    n_bytes INTEGER NOT NULL
) STRICT;

-- Reports about mails of ours: what came back, and what was made of it.
CREATE TABLE bounce (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL, -- hard, soft, infrastructure, policy, complaint
    deed       TEXT NOT NULL, -- noted, late, counted, paused, off, spared, stopped
    stream     INTEGER NOT NULL, -- of the mail
    notice_id  INTEGER NOT NULL, -- the mail; its row may be gone
    person_id  INTEGER REFERENCES person, -- NULL somebody not known
    address    TEXT,          -- lower case; NULL once erased
    domain     TEXT NOT NULL, -- of the address
    message_id INTEGER REFERENCES message, -- the report; NULL our relay said it
    status     TEXT NOT NULL, -- enhanced status code, '' none
    said       TEXT,          -- the other server's words, addresses masked; NULL none
    undone_at  INTEGER        -- the operator took it back; NULL it stands
) STRICT;
CREATE INDEX bounce_by_time ON bounce (at);
CREATE INDEX bounce_by_domain ON bounce (domain, at);
CREATE INDEX bounce_by_deed ON bounce (domain, deed, at);
CREATE INDEX bounce_by_notice ON bounce (notice_id);
CREATE INDEX bounce_by_address ON bounce (address) WHERE address IS NOT NULL;

-- Addresses of which mail came back, a person's or a subscriber's.
CREATE TABLE trouble (
    address       TEXT PRIMARY KEY,  -- lower case, domain as U-labels
    points        INTEGER NOT NULL,  -- one a day at most; they fade
    bounced_at    INTEGER,           -- the last one that counted
    suspended_at  INTEGER,           -- from then on nothing unasked is sent; NULL it is
    probe_at      INTEGER,           -- when a small mail asks whether somebody reads it, then: when it is over; NULL none
    probed_at     INTEGER,           -- when that was sent; NULL not yet
    complained_at INTEGER            -- the reader called a mail spam: nothing unasked is sent
) STRICT, WITHOUT ROWID;
CREATE INDEX trouble_probe ON trouble (probe_at) WHERE probe_at IS NOT NULL;

-- Domains that refuse all of us for now.
CREATE TABLE destination (
    domain       TEXT PRIMARY KEY,
    paused_at    INTEGER NOT NULL, -- since when, the last time
    paused_until INTEGER NOT NULL,
    n_pauses     INTEGER NOT NULL, -- one after the other: each is longer
    said         TEXT NOT NULL     -- the provider's own words
) STRICT, WITHOUT ROWID;
CREATE INDEX destination_paused ON destination (paused_until);

-- One digest: what one person is told of the posts (from_post, to_post] in the order of publication.
CREATE TABLE digest (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person,
    delivery  TEXT NOT NULL CHECK (delivery IN ('each', 'daily', 'weekly', 'missed', 'news')), -- each: of late posts; missed: while paused
    from_post INTEGER NOT NULL, -- news, which tells of no range: the notice of the first idea in it
    to_post   INTEGER NOT NULL,
    made_at   INTEGER NOT NULL,
    entries   TEXT, -- what the mail showed, in its order: 'NUMBER:POST ...' (forum/digest.h); NULL it was not sent yet
    UNIQUE (person_id, delivery, from_post)
) STRICT;
CREATE INDEX digest_by_range ON digest (person_id, delivery, to_post);

-- How far the order of publication had come in the hour for which digests were made: what is published after that hour
-- waits for the next one, however late and often that hour's digests are looked at.
CREATE TABLE digest_cut (
    delivery TEXT NOT NULL CHECK (delivery IN ('daily', 'weekly')),
    slot_at  INTEGER NOT NULL, -- the full hour
    to_post  INTEGER NOT NULL,
    done_at  INTEGER,          -- when all digests due at that hour had been made; NULL not yet
    PRIMARY KEY (delivery, slot_at)
) STRICT, WITHOUT ROWID;

-- Append-only journal; each row's hash covers the row before it, so that a removed or changed row shows.
CREATE TABLE event (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    message_id INTEGER,
    person_id  INTEGER,
    forum_id   INTEGER,
    idea_id    INTEGER,
    post_id    INTEGER,
    hold_id    INTEGER,
    notice_id  INTEGER,
    detail     TEXT,
    hash       BLOB NOT NULL, -- SHA-256 over the previous hash and this row's fields
    actor      TEXT           -- who did it at the command line, "operator LOGIN"; NULL the message's author, or time
) STRICT;
-- What happened to an idea, but for the posts in it. Nothing else that an operator may ask has an index: each line would pay for it.
CREATE INDEX event_of_life ON event (idea_id) WHERE idea_id IS NOT NULL AND kind <> 'post.published';

-- How far the index of words has come in the order of publication, and that of titles by the ids of ideas. What comes after is put there
-- soon (store/words.h).
CREATE TABLE indexed (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    place INTEGER NOT NULL,
    idea  INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO indexed (id, place) VALUES (1, 0);

-- The words of what is public, up to that place. Written from C (triggers do not work with trusted_schema off); the texts
-- themselves stay in post. The + keeps who reads all of it, by id, from going by publication.
CREATE VIEW post_public AS SELECT id, text FROM post WHERE +published <= (SELECT place FROM indexed WHERE id = 1);
CREATE VIRTUAL TABLE post_fts USING fts5 (text, content = 'post_public', content_rowid = 'id',
                                          tokenize = "unicode61 remove_diacritics 2");
-- Each transaction that adds words adds a small part and merges none: that took up to 90 ms of one (bench/statements). The upkeep
-- beside the writer does (store/upkeep.h), and the clock; a commit only where 500 of one size wait because neither runs.
INSERT INTO post_fts (post_fts, rank) VALUES ('automerge', 0);
INSERT INTO post_fts (post_fts, rank) VALUES ('usermerge', 16);
INSERT INTO post_fts (post_fts, rank) VALUES ('crisismerge', 500);
-- The titles of all ideas up to that id, folded (forum/find.h), by any three letters of them: a title is found by the middle of its words.
CREATE VIRTUAL TABLE title_fts USING fts5 (title, columnsize = 0, tokenize = "trigram case_sensitive 1");
INSERT INTO title_fts (title_fts, rank) VALUES ('automerge', 0);
INSERT INTO title_fts (title_fts, rank) VALUES ('usermerge', 16);
INSERT INTO title_fts (title_fts, rank) VALUES ('crisismerge', 500);
