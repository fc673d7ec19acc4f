/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast we may write to one domain, and when to try again what did not go. Pure: whoever asks gives the time.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Seconds until the next try of a mail after N_TRIES in vain. */
gint64 pace_retry_s(gint64 n_tries);
/* How long a domain that refuses all of us is left in peace, the Nth time in a row (from 1). */
gint64 pace_pause_s(gint64 n);

struct pace_rule {
    gint64 per_minute; /* mails to one domain; 0 no limit */
    gint64 at_once;    /* on their way to one domain at the same time; 0 no limit */
};
struct pace {              /* of one domain; all 0 at first */
    gint64 paused_until;   /* seconds */
    gint64 deferred_until; /* seconds */
    guint n_deferred;      /* mails put off one after the other */
    guint n_flying;
    guint n_waiting; /* put off by the rate */
    gint64 next_us;  /* when the rate has room for one more */
};
enum pace_answer {
    PACE_GO,
    PACE_BUSY,  /* when one of those that fly has landed */
    PACE_LATER, /* not before *AT_OUT */
};
/* May a mail go out to the domain now? With PACE_GO it counts as flying until pace_landed(). *AT_OUT (seconds) is
 * the later the more are put off already, so that of ten thousand mails each is looked at once or twice and not every second. */
enum pace_answer pace_ask(struct pace *p, const struct pace_rule *rule, gint64 now_us, gint64 *at_out);
/* A mail that was let go has come to an end. IS_DEFERRED: the answer was 421, 450 or the like. */
void pace_landed(struct pace *p, bool is_deferred, gint64 now);
/* Nothing is remembered that a new one would not say. */
bool pace_is_idle(const struct pace *p, gint64 now);
