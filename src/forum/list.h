/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Newsletters as plain data: lists, who may write for them, who gets them, the issues, and the record of every yes and no.
 * As model.h has it: ids are row ids, 0 none; times are unix seconds, 0 never; strings are owned, NULL where it says so.
 */
#pragma once

#include "forum/model.h"

/* draft: waits to be released; released: waits for its hour; sending: mails are made for one subscriber after the other;
 * stopped in the middle; sent: there is a mail for everybody */
enum issue_state { ISSUE_DRAFT, ISSUE_RELEASED, ISSUE_SENDING, ISSUE_STOPPED, ISSUE_SENT };
/* asked: the yes is missing; suspended: the address refuses our mails */
enum subscription_state { SUBSCRIPTION_ASKED, SUBSCRIPTION_ACTIVE, SUBSCRIPTION_UNSUBSCRIBED, SUBSCRIPTION_SUSPENDED };
/* How somebody said it. */
enum way { WAY_MAIL, WAY_PAGE, WAY_ONE_CLICK, WAY_IMPORT, WAY_OPERATOR, WAY_COMPLAINT, WAY_BOUNCE };
/* What happened to a subscription; the rows are only added to. */
enum consent_kind {
    CONSENT_ASKED,
    CONSENT_CONFIRMED,
    CONSENT_IMPORTED,
    CONSENT_ADDED,
    CONSENT_DECLINED,
    CONSENT_UNSUBSCRIBED,
    CONSENT_SUSPENDED,
    CONSENT_REVIVED
};
/* What an address NAME+WORD@ wants of a list. */
enum list_word { LIST_WORD_NONE, LIST_WORD_SUBSCRIBE, LIST_WORD_UNSUBSCRIBE };
/* What an address with a subscription's token is for. */
enum reader { READER_CONFIRM, READER_ANSWER, READER_STOP };
#define N_READERS 3

struct list {
    row_id id;
    const char *name; /* local part, lower case ASCII; no forum has it */
    const char *title;
    const char *language; /* of mails to subscribers whose language is not known */
    row_id forum_id;      /* whose discussions the blocks tell of; 0 all */
    gint64 n_release;     /* 2: another editor releases; 1: the same one, by a second mail */
    bool is_members_only; /* nobody subscribes, the operator adds */
};
struct editor {
    row_id id, list_id;
    const char *address; /* key: lower case */
    const char *written; /* what we send to */
};
struct subscription {
    row_id id, list_id;
    const char *address, *written;
    const char *language; /* NULL the list's */
    enum subscription_state state;
    enum way way;    /* of the first yes */
    gint64 since;    /* active since, last time; 0 never */
    gint64 asked_at; /* last confirm mail */
    gint64 changed_at;
};
struct issue {
    row_id id, list_id;
    gint64 number; /* within the list, from 1 */
    const char *subject;
    const char *source; /* Markdown, as it was written */
    enum issue_state state;
    const char *language;           /* segment: only who gets mails in it; NULL all */
    row_id forum_id;                /* segment: only members of it; 0 all */
    const char *role;               /* segment: only members in that role; NULL all */
    gint64 joined_after;            /* segment: only who subscribed later; 0 all */
    gint64 from_place, to_place;    /* (from, to] in the order of publication: what the blocks tell of */
    row_id drafted_by, released_by; /* editor; 0 the operator */
    row_id message_id;              /* the mail it came with; 0 a file */
    gint64 created_at;
    gint64 release_at; /* when it may go; 0 not released */
    gint64 started_at, ended_at;
    row_id cursor;                                    /* subscriptions up to this one have their mail */
    gint64 n_recipients, n_sent, n_failed, n_dropped; /* dropped: unsubscribed since it was queued */
};
struct issue_file {
    row_id id;
    const char *name, *type; /* as its writer called it; media type */
    gint64 n_bytes;
    GBytes *content; /* NULL: not looked at */
};
struct consent {
    row_id id, list_id;
    const char *address;
    gint64 at;
    enum consent_kind kind;
    enum way way;
    const char *wording;        /* asked: the mail word for word, once it was sent; imported: the proof; NULL */
    const char *message_key;    /* of the mail that said it; NULL none */
    const char *authentication; /* what our mail server found about that mail's sender; NULL nothing */
    row_id notice_id;           /* asked: the confirm mail */
};

extern const char *const issue_state_names[], *const subscription_state_names[], *const way_names[], *const consent_kind_names[];
const char *issue_state_name(enum issue_state s);
const char *subscription_state_name(enum subscription_state s);
const char *way_name(enum way w);
const char *consent_kind_name(enum consent_kind k);

void list_free(struct list *x);
void editor_free(struct editor *x);
void subscription_free(struct subscription *x);
void issue_free(struct issue *x);
void issue_file_free(struct issue_file *x);
void consent_free(struct consent *x);

typedef struct list list_autoptr_t;
typedef struct editor editor_autoptr_t;
typedef struct subscription subscription_autoptr_t;
typedef struct issue issue_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(list_autoptr_t, list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(editor_autoptr_t, editor_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(subscription_autoptr_t, subscription_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(issue_autoptr_t, issue_free)
#define list_auto         g_autoptr(list_autoptr_t)
#define editor_auto       g_autoptr(editor_autoptr_t)
#define subscription_auto g_autoptr(subscription_autoptr_t)
#define issue_auto        g_autoptr(issue_autoptr_t)
