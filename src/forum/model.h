/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The things we remember and decide about, as plain data; store/ reads and writes them, one family a file. Ids are
 * row ids (> 0; 0 means "none" and is NULL in the database). Times are unix seconds, 0 means "never". Strings are
 * owned, valid UTF-8; NULL where a comment says so. Names of states and kinds are the ones that stand in the
 * database, in --json and in templates; model_name tables give both directions.
 */
#pragma once

#include "forum/purpose.h"

#include <glib.h>
#include <stdbool.h>

typedef gint64 row_id;

enum ring { RING_PUBLIC, RING_MEMBERS };
enum role { ROLE_NONE, ROLE_READER, ROLE_MEMBER, ROLE_LEAD, ROLE_MODERATOR, ROLE_OFFICE };
enum delivery { DELIVERY_NONE, DELIVERY_EACH, DELIVERY_DAILY, DELIVERY_WEEKLY, DELIVERY_MISSED, DELIVERY_NEWS };
/* MISSED, NEWS: a digest's only; NEWS: what happened to several ideas, told in one mail */
enum moderation { MODERATION_NONE, MODERATION_PRE };
/* What becomes of a text about which nobody decides in time. No clock refuses anybody. */
enum undecided { UNDECIDED_HOLD, UNDECIDED_RELEASE };
enum post_kind { POST_IDEA, POST_REPLY, POST_OFFICIAL, POST_NOTE };
/* withdrawn by its author, hidden or removed by the operator: never public, and all but hidden are deleted some day */
enum post_state { POST_PUBLISHED, POST_IN_REVIEW, POST_REJECTED, POST_REMOVED, POST_WITHDRAWN, POST_HIDDEN };
/* entry asks which entry of a digest a text answers; withdraw asks an author whether their post is to be withdrawn; undo is open while that can be taken back; second: an
 * official answer waits for another person of the office (flow/step/official.h) */
enum hold_kind { HOLD_CONFIRM, HOLD_REVIEW, HOLD_WITHDRAW, HOLD_UNDO, HOLD_SECOND, HOLD_ENTRY, HOLD_LETTER };
enum hold_state { HOLD_OPEN, HOLD_CONFIRMED, HOLD_RELEASED, HOLD_REJECTED, HOLD_EXPIRED };
/* Why nobody was asked about a hold yet. */
enum wait {
    WAIT_NONE,     /* asked */
    WAIT_TURN,     /* this mailbox was asked about another text within the day */
    WAIT_CEILING,  /* too many questions to unproved senders within the hour */
    WAIT_STOPPED,  /* this mailbox answered STOPP to a question */
    WAIT_NO_REPLY, /* the mail must not be answered by a machine */
    WAIT_RATE,     /* the moderators were asked about enough texts within the hour */
    WAIT_PHASE,    /* no phase took it; its author is asked if one is extended (flow/step/late.h) */
};
/* Why a text waits for a moderator. */
enum why {
    WHY_FORUM,     /* every text of that forum does, until its author is trusted */
    WHY_RATE,      /* its author writes faster than one person does */
    WHY_NAME,      /* who wrote it is called like an office in From */
    WHY_IMPOSTOR,  /* a line of it looks like an official answer */
    WHY_RING,      /* to everybody, though it seems to answer what only members were sent: its author is asked */
    WHY_LATE,      /* what it answers is over, or nobody wrote there for half a year */
    WHY_REPORTED,  /* it is public, and several people reported it: it stays so until somebody decides */
    WHY_CORRECTED, /* a new version of a post that is public: the hold has its text, the post the old one */
    WHY_REMOVED,   /* it waits no more: the hold is what was decided about a text that was public (flow/step/decision.h) */
    WHY_REDACTED,  /* the same of passages of it; the hold has the text before */
    WHY_PERSONAL,  /* it tells of others where they live, how they are reached or how they are (forum/concern.h) */
    WHY_LINKS,     /* it leads elsewhere, and its author is not trusted yet */
};
/* What time brings about, if nobody acts, to a text that waits for a moderator or about which somebody complained. */
enum next {
    NEXT_NONE,
    NEXT_DEPUTY,    /* others are asked */
    NEXT_DEFAULT,   /* what the forum set for a text that nobody decides about */
    NEXT_ANSWER,    /* its author was asked something: the moderators hear that there is no answer */
    NEXT_COMPLAINT, /* whoever decides about the complaint is reminded, then others are asked */
    NEXT_AUTHOR,    /* its author hears that it takes longer */
};
/* What its author's yes to a question brings about. */
enum yes {
    YES_PUBLISH, /* the text that waits */
    YES_SUPPORT, /* one more is for the idea */
    YES_FORWARD, /* the same, and somebody of staff had passed it on */
    YES_CORRECT, /* the text that waits is the new version of their post */
    YES_KIND,    /* nothing: the answer is 1, such a version, or 2, a contribution of its own */
    YES_LATE,    /* the text that waits: it came when no phase took it */
    YES_VOICE,   /* the text that waits, and one more is for the idea */
};
enum remark_kind { REMARK_QUESTION, REMARK_ANSWER, REMARK_COMPLAINT, REMARK_NOTE, REMARK_REPORT, REMARK_LETTER };
enum notice_state { NOTICE_DUE, NOTICE_CLAIMED, NOTICE_SENT, NOTICE_FAILED, NOTICE_DROPPED };

/* Life of an idea, design.md 3; life.h says who may step where. */
enum idea_state {
    IDEA_SUBMITTED,
    IDEA_EXPIRED,
    IDEA_CONFIRMED,
    IDEA_IN_REVIEW,
    IDEA_PUBLISHED,
    IDEA_REJECTED,
    IDEA_ASSIGNED,
    IDEA_MERGED,
    IDEA_FORWARDED,
    IDEA_IN_DELIBERATION,
    IDEA_PROPOSAL,
    IDEA_ADOPTED,
    IDEA_IN_PROGRESS,
    IDEA_DONE,
    IDEA_NOT_PURSUED,
    IDEA_WITHDRAWN,
    IDEA_REMOVED,
};

/* Every way a message can end for one recipient; exactly one each. */
enum verdict_kind {
    VERDICT_POST,      /* published at once */
    VERDICT_REVIEW,    /* waits for a moderator */
    VERDICT_CONFIRM,   /* waits for its author's yes */
    VERDICT_ACCEPTED,  /* an answer that did something: JA, frei, STOPP, hilfe */
    VERDICT_REFUSED,   /* not taken, and its author is told why where that is safe */
    VERDICT_BOUNCE,    /* counted as a delivery report of a mail of ours */
    VERDICT_IGNORE,    /* a machine's mail: kept, never answered, never posted */
    VERDICT_DUPLICATE, /* we have it already */
    VERDICT_OPERATOR,  /* passed on to the operator (postmaster@, abuse@) */
    VERDICT_SET_ASIDE, /* could not be read; in spool/failed */
};

/* Why a mail's bytes, subject and sender are still kept; each has its own time. */
enum keep {
    KEEP_TEXT,    /* a text came of it, or it decided something: proof of a yes */
    KEEP_WAITING, /* its text waits for an answer */
    KEEP_OTHER,   /* refused, a duplicate, passed on to the operator */
    KEEP_REPORT,  /* a delivery report or another machine's mail */
    KEEP_FAILED,  /* no reader could read it: until somebody did */
    KEEP_NOTHING, /* they are gone */
    KEEP_EMPTY,   /* the verdicts, too */
    KEEP_BOUNCE,  /* a report about a mail of ours */
};
/* How far a mail is its author's: the stronger of two copies counts. */
enum standing {
    STANDING_NONE,   /* a machine's, or nobody could read it */
    STANDING_PERSON, /* a person's, From not proved */
    STANDING_PROVED, /* From proved by our mail server */
};

const char *ring_name(enum ring r);
const char *role_name(enum role r);
const char *delivery_name(enum delivery d);
const char *moderation_name(enum moderation m);
const char *undecided_name(enum undecided u);
const char *post_kind_name(enum post_kind k);
const char *post_state_name(enum post_state s);
const char *hold_kind_name(enum hold_kind k);
const char *hold_state_name(enum hold_state s);
const char *wait_name(enum wait w);
const char *why_name(enum why w);
const char *next_name(enum next n);
const char *notice_state_name(enum notice_state s);
const char *idea_state_name(enum idea_state s);
const char *verdict_name(enum verdict_kind v);
const char *stream_name(enum stream s);
const char *keep_name(enum keep k);
/* The same as tables, by value, NULL at the end: for the columns of the database. */
extern const char *const ring_names[];
extern const char *const role_names[];
extern const char *const delivery_names[];
extern const char *const moderation_names[];
extern const char *const undecided_names[];
extern const char *const post_kind_names[];
extern const char *const post_state_names[];
extern const char *const hold_kind_names[];
extern const char *const hold_state_names[];
extern const char *const wait_names[];
extern const char *const why_names[];
extern const char *const next_names[];
extern const char *const yes_names[];
extern const char *const remark_kind_names[];
extern const char *const notice_state_names[];
extern const char *const idea_state_names[];
extern const char *const verdict_names[];
extern const char *const keep_names[];
/* The other way; false if NAME is none of them. */
bool role_parse(const char *name, enum role *out);
bool delivery_parse(const char *name, enum delivery *out);
bool moderation_parse(const char *name, enum moderation *out);
bool undecided_parse(const char *name, enum undecided *out);
bool idea_state_parse(const char *name, enum idea_state *out);

struct installation { /* the one row about this database */
    guint8 token_key[32];
    const char *instance; /* random; value of X-Forumpost-Loop */
    gint64 created_at;
};
struct forum {
    row_id id;
    const char *name; /* local part, lower case ASCII */
    const char *title;
    const char *ministry; /* NULL if none leads */
    const char *language; /* of templates where nothing better is known, "de" */
    enum moderation moderation;
    gint64 closed_at; /* from then on nothing is taken; 0: open */
    enum undecided undecided;
};
struct person {
    row_id id;
    const char *public_name; /* NULL: without name */
    const char *language;    /* NULL: the forum's */
    const char *address;     /* the one we write to, as the person writes it; NULL after erasure */
    gint64 confirmed_at;
    bool is_organisation; /* the name is one of these; counted apart */
    bool is_suspended;    /* mail to it came back: nothing unasked is sent */
    bool has_complained;  /* called a mail of ours spam: likewise */
    int digest_hour;      /* 0-23, -1: the initiative's */
    int digest_weekday;   /* 1 Monday - 7, 0: the initiative's */
};
struct member {
    row_id forum_id, person_id;
    enum role role;
    enum delivery delivery;
    gint64 joined_at;
};
struct idea {
    row_id id; /* its number */
    row_id forum_id, author_id;
    const char *title;
    enum idea_state state;
    enum ring ring;
    gint64 created_at, published_at;
    gint64 n_posts;               /* published ones */
    enum idea_state state_before; /* of one that was taken back: what it was; IDEA_SUBMITTED nothing */
    row_id merged_into;           /* goes on with that one; 0 not merged */
    enum idea_state merged_from;  /* and what it was before; IDEA_SUBMITTED nothing */
    gint64 deadline_at;           /* the first second after the day on which its next step is due; 0 none set */
    row_id lead_id;               /* whose group it is in; 0 its own */
};
struct stage { /* of an idea's life */
    row_id id, idea_id;
    gint64 at;
    const char *from_state; /* NULL: it came */
    const char *to_state;   /* idea_state_name, or "moved:FORUM", "also:FORUM", "not-also:FORUM", "merged:IDEA", "unmerged",
                             * "deadline:DAY", "in-proposal:N", "out-of-proposal:N" */
    const char *by;         /* who_name */
    row_id person_id, message_id;
    const char *reason;    /* NULL none */
    const char *by_second; /* who_name of whoever agreed; NULL nobody had to */
    row_id proposal_id;    /* that it went along with; 0 none */
    const char *
        was; /* "moved:": the forum it came from; "deadline:": the day before, "none"; "unmerged": the idea that left; else NULL */
};
struct post {
    row_id id, idea_id;
    gint64 number; /* within the idea, from 1 */
    row_id parent_id, person_id, message_id;
    enum post_kind kind;
    enum post_state state;
    gint64 at;
    const char *text;           /* "" once it is deleted */
    const char *language;       /* NULL unknown */
    gint64 taken_at;            /* since when it is rejected, removed, withdrawn or hidden */
    enum post_state taken_from; /* and what it was before */
    gint64 taken_place;         /* and its place in the order of publication; 0 it had none */
    const char *taken_reason;   /* why, in the operator's words; NULL */
    gint64 forgotten_at;        /* when its text was deleted */
    gint64 edited_at;           /* when it was corrected last while it was public; 0 never */
    bool is_edit_shown;         /* somebody had answered or supported it by then: readers are told */
};
/* What a row is about: the things that a notice tells of, an event happened to, a hold keeps. 0: not about one. */
struct about {
    row_id forum, idea, post, hold, digest, message, person;
};
struct hold {
    row_id id;
    enum hold_kind kind;
    enum hold_state state;
    struct about about; /* message it came with, forum; idea: of a reply, 0 for a new idea; post: review: the waiting
                         * post; confirm: what became of it, 0 before */
    row_id parent_id;   /* of a reply: the post that it answers */
    enum ring ring;
    const char *address;  /* of the author, lower case; who must confirm */
    const char *title;    /* of a new idea */
    const char *text;     /* exactly what will be public; "" once expired */
    const char *language; /* NULL unknown */
    gint64 created_at, expires_at;
    gint64 asked_at; /* when its author, or the moderators, were asked; 0: not yet, see waits */
    gint64 decided_at;
    row_id decided_by;  /* person */
    const char *reason; /* NULL if none was given */
    gint64 mailbox;     /* of the author: gateway_mailbox(); 0 unknown */
    bool is_proved;     /* From was proved: the author is asked word for word */
    enum wait waits;
    gint64 ask_at;    /* when WAITS is looked at again; 0 never by itself */
    gint64 shown_at;  /* when the whole text was sent on demand; 0 never */
    const char *code; /* rejected: forum/reason.h; NULL not */
    enum why why;     /* review: why it waits; of several reasons the one that weighs most */
    const char *also; /* and the others (forum/whys.h); NULL none. confirm: what will be one, by what the text says */
    enum next next;   /* what time brings about, and when; 0 nothing */
    gint64 next_at;
    gint64 runs_at; /* since when the moderators' clock runs; 0 it stands */
    gint64 ran_s;   /* and how many seconds of working days it ran before */
    enum yes yes;   /* confirm: what a yes brings about */
};
struct remark { /* about a text that waits or was refused */
    row_id id, hold_id;
    gint64 at;
    enum remark_kind kind;
    row_id person_id, message_id; /* 0: the operator; no mail */
    const char *text;
};
struct version { /* what a post said before its author corrected it */
    row_id id, post_id;
    gint64 at;         /* until when */
    row_id message_id; /* the mail that corrected it; 0 none */
    const char *text;
};
struct notice {
    row_id id;
    enum purpose purpose; /* the mail we owe, a row of purpose.def */
    enum stream stream;   /* the row's: notices_add() sets it */
    row_id person_id;     /* 0: somebody not known yet, then address */
    const char *address;  /* NULL: the person's at sending time */
    const char *language; /* NULL: the person's, else the forum's */
    struct about about;   /* message: in answer to; person: none, it goes to person_id */
    const char *detail;   /* a reason or other short text for the template; NULL */
    enum notice_state state;
    gint64 due_at, sent_at, claimed_at;
    gint64 n_tries;
    const char *last_reply;           /* of the mail server; NULL */
    gint64 mailbox;                   /* of an automatic answer: whose, for counting; 0 otherwise */
    row_id issue_id, subscription_id; /* newsletters: what, and to whom; without a person and an address the subscription's */
};
struct digest {
    row_id id, person_id;
    gint64 from_post, to_post; /* (from, to] of post ids in the order of publication */
    gint64 made_at;
    enum delivery delivery;
};
struct stored_message { /* an incoming mail, kept */
    row_id id;
    const char *key; /* the id born with its first byte */
    gint64 received_at;
    const char *envelope_from;  /* "" null path */
    const char *from_address;   /* lower case, NULL if unusable */
    const char *message_id;     /* NULL if none */
    const char *content_sha256; /* hex, of the bytes as they came */
    const char *body_sha256;    /* hex, of what follows the header */
    const char *subject;
    const char *kind; /* message_kind_name */
    gint64 n_bytes;
    const char *failed; /* why the reader could not read it; NULL normally */
    enum keep keep;
    enum standing standing;
};
struct verdict {
    enum verdict_kind kind;
    const char *reason; /* one word or a short sentence; never NULL */
    row_id post_id, hold_id;
};
struct event {
    row_id id;
    gint64 at;
    const char *kind;   /* "idea.published", "post.published", "hold.opened", "notice.failed", ... */
    struct about about; /* person: who did it */
    row_id notice_id;
    const char *detail; /* NULL */
    const char *actor;  /* who did it at the command line: "operator LOGIN"; NULL: the message's author, or time */
};

/* The strings of a row from the store are its own and are not written to; those of a row made to be stored are borrowed.
 * Puts TEXT, which then belongs to the row, where FIELD's old text was; NULL: none. Only on rows that own their strings. */
void row_text_set(const char **field, char *text);
void row_text_free(const char *text);
void forum_free(struct forum *x);
void person_free(struct person *x);
void idea_free(struct idea *x);
void stage_free(struct stage *x);
void post_free(struct post *x);
void hold_free(struct hold *x);
void notice_free(struct notice *x);
void stored_message_free(struct stored_message *x);
void event_free(struct event *x);
void verdict_clear(struct verdict *v);

typedef struct forum forum_autoptr_t;
typedef struct person person_autoptr_t;
typedef struct idea idea_autoptr_t;
typedef struct post post_autoptr_t;
typedef struct hold hold_autoptr_t;
typedef struct stage stage_autoptr_t;
typedef struct notice notice_autoptr_t;
typedef struct stored_message stored_message_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(forum_autoptr_t, forum_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(person_autoptr_t, person_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(idea_autoptr_t, idea_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(post_autoptr_t, post_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(hold_autoptr_t, hold_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(stage_autoptr_t, stage_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(notice_autoptr_t, notice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(stored_message_autoptr_t, stored_message_free)
#define forum_auto          g_autoptr(forum_autoptr_t)
#define person_auto         g_autoptr(person_autoptr_t)
#define idea_auto           g_autoptr(idea_autoptr_t)
#define post_auto           g_autoptr(post_autoptr_t)
#define hold_auto           g_autoptr(hold_autoptr_t)
#define stage_auto          g_autoptr(stage_autoptr_t)
#define notice_auto         g_autoptr(notice_autoptr_t)
#define stored_message_auto g_autoptr(stored_message_autoptr_t)
