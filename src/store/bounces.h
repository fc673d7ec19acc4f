/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports about mails of ours: the rows of bounce, what an address has of them, and domains that refuse all of us.
 */
#pragma once

#include "base/err.h"
#include "forum/bounce.h"
#include "forum/model.h"

struct db;

struct bounce {
    row_id id;
    gint64 at;
    enum bounce_kind kind;
    enum bounce_deed deed;
    int stream;                  /* enum stream of the mail */
    row_id notice_id, person_id; /* 0 person: somebody not known */
    const char *address;         /* lower case; NULL once erased */
    const char *domain;
    row_id message_id;  /* the report; 0: our relay said it */
    const char *status; /* "" none */
    const char *said;   /* addresses masked; NULL none */
    gint64 undone_at;
};
void bounce_free(struct bounce *b);

bool bounces_add(struct db *db, const struct bounce *b, row_id *id_out, struct err *e);
struct bounce *bounces_by_id(struct db *db, row_id id, struct err *e);
typedef bool bounces_each_fn(const struct bounce *b, void *user);
bool bounces_each(struct db *db, bounces_each_fn *each, void *user, struct err *e); /* newest first */
/* Reports of the address, newest first (struct bounce). */
GPtrArray *bounces_of(struct db *db, const char *address, struct err *e);
/* How many of DOMAIN since SINCE had this DEED and are not undone; and of how many addresses there were some of KIND. Counted as far as a
 * rule asks (LIMIT_BOUNCE_DOMAIN_DAY, LIMIT_DOMAIN_REFUSALS): in a storm each report would count all before it. -1 failure. */
gint64 bounces_count_deed(struct db *db, const char *domain, enum bounce_deed deed, gint64 since, struct err *e);
gint64 bounces_count_refused(struct db *db, const char *domain, enum bounce_kind kind, gint64 since, struct err *e);
/* Of at most MOST mails of ISSUE, up to NOTICE or what is known to have failed shortly after it: how many were sent, and how many had
 * no mailbox. */
bool bounces_unknown(struct db *db, row_id issue, row_id notice, gint64 most, gint64 *n_last_out, gint64 *n_unknown_out,
                     struct err *e);
/* All of ADDRESS are taken back. */
bool bounces_undo(struct db *db, const char *address, gint64 now, struct err *e);
/* Nothing of them names ADDRESS or the person any more. */
bool bounces_erase(struct db *db, row_id person, const char *address, struct err *e);
/* At most MOST of those before BEFORE. */
bool bounces_forget(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e);

/* Does somebody of ours have ADDRESS? Of strangers nothing is remembered. */
bool bounces_is_known(struct db *db, const char *address, bool *is_out, struct err *e);
/* What is remembered of ADDRESS; all zero if nothing is. */
bool bounces_state(struct db *db, const char *address, struct bounce_state *out, struct err *e);
bool bounces_set_state(struct db *db, const char *address, const struct bounce_state *s, struct err *e);

struct probe { /* an address whose probe is due, or out */
    const char *address, *written;
    row_id person_id; /* 0: a subscriber's, whom we know by nothing else */
    struct bounce_state state;
};
void probe_free(struct probe *p);
/* At most MOST whose probe is due, or over, at NOW (struct probe). */
GPtrArray *bounces_probes(struct db *db, gint64 now, gint64 most, struct err *e);

struct destination {
    const char *domain;
    gint64 paused_at, paused_until, n_pauses;
    const char *said;
};
void destination_free(struct destination *d);
/* NULL: it was never paused, or E. */
struct destination *destinations_by_domain(struct db *db, const char *domain, struct err *e);
bool destinations_put(struct db *db, const struct destination *d, struct err *e);
/* Those that are paused at NOW (struct destination). */
GPtrArray *destinations_paused(struct db *db, gint64 now, struct err *e);
bool destinations_forget(struct db *db, gint64 before, struct err *e);
