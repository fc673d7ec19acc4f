/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The domains that dispatch writes to, and whether it may just now: those that refuse all of us are read from the database
 * (flow/step/bounce.c writes them), what they bear is remembered here (forum/pace.h).
 */
#pragma once

#include "forum/pace.h"
#include "store/db.h"

struct domains;

/* DB is borrowed. */
struct domains *domains_new(struct db *db, const struct pace_rule *rule);
void domains_free(struct domains *d);
/* Which are paused at NOW. */
bool domains_read(struct domains *d, gint64 now, struct err *e);
/* True: a mail to RECIPIENT may go, and counts as on its way until domains_landed(). False: not before *AT_OUT. */
bool domains_ask(struct domains *d, const char *recipient, gint64 now, gint64 *at_out);
guint domains_n_known(const struct domains *d);
void domains_landed(struct domains *d, const char *recipient, bool is_deferred, gint64 now);
