/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a report about a mail of ours means for the address it went to. Pure tables; who reads and writes is
 * flow/step/bounce.c.
 *
 * An address is given up slowly, because reports err, are forged and come in storms: a report counts only for a mail that
 * we sent within LIMIT_BOUNCE_TOKEN_S; what is the fault of ours or of the way counts nothing; the rest is a point, one a
 * day at most, and points fade. Enough of them, or one that says there is no such mailbox, and nothing unasked is sent any
 * more, but a day later a small mail asks whether somebody reads it (the probe). If that comes back too, the address is off;
 * if nothing comes back, all is well again and what was missed is told.
 */
#pragma once

#include "mail/message/message.h"

#include <glib.h>

enum bounce_kind {
    BOUNCE_NOTHING,        /* still tried, delivered: no failure */
    BOUNCE_HARD,           /* there is no such mailbox */
    BOUNCE_SOFT,           /* full, closed, given up, no reason known: the mailbox's matter */
    BOUNCE_INFRASTRUCTURE, /* the way: they do not speak to us, or nobody could be reached. Nobody's fault who gets mail */
    BOUNCE_POLICY,         /* this mail, our syntax, our reputation */
    BOUNCE_COMPLAINT,      /* the reader called it spam */
};
#define N_BOUNCE_KINDS (BOUNCE_COMPLAINT + 1)
extern const char *const bounce_kind_names[]; /* NULL at the end */

enum bounce_deed {
    BOUNCE_NOTED,   /* counts nothing */
    BOUNCE_LATE,    /* nothing, for the mail is too old */
    BOUNCE_COUNTED, /* a point */
    BOUNCE_PAUSED,  /* nothing unasked is sent; a probe will be */
    BOUNCE_OFF,     /* the probe came back */
    BOUNCE_SPARED,  /* would have been paused, but too many of its domain were today: then it is their server that errs */
    BOUNCE_STOPPED, /* a complaint: nothing unasked is sent any more */
};
extern const char *const bounce_deed_names[];

/* Of one recipient of a report; R may be NULL where a report names none. */
enum bounce_kind bounce_kind_of(enum message_kind kind, const struct report_recipient *r);
/* Of a whole report: what weighs most of its recipients. */
enum bounce_kind bounce_kind_of_report(const struct message *m);

/* What is remembered of one address. Times are 0 where it has not happened. */
struct bounce_state {
    gint64 points, bounced_at; /* the last one that counted */
    gint64 suspended_at;       /* nothing unasked is sent */
    gint64 probe_at;  /* when the probe is due; once it was sent, when nothing more will come back; 0 none, or it came back */
    gint64 probed_at; /* when it was sent */
    gint64 complained_at;
};
struct bounce_case {
    enum bounce_kind kind;
    gint64 now;
    gint64 sent_at;  /* of the mail that it is about; 0 just now */
    bool is_probe;   /* which was the probe */
    gint64 n_paused; /* addresses of the domain that were paused within a day */
};
/* Changes S as C says. */
enum bounce_deed bounce_count(struct bounce_state *s, const struct bounce_case *c);
/* The probe has been out long enough and nothing came back. */
bool bounce_is_well_again(const struct bounce_state *s, gint64 now);
/* Must a run of mails to many stop? N_UNKNOWN of the last N_LAST had no mailbox; PERCENT are borne. With fewer than
 * LIMIT_RUN_LAST as many unknown ones are borne as of LIMIT_RUN_LAST. */
bool bounce_is_run_bad(gint64 n_unknown, gint64 n_last, gint64 percent);
