/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much may come. Whoever is proved by our mail server may send what they like. All others have a quota an hour, each
 * mailbox in From for itself and all of them together, so that nobody fills the disk in somebody's name: what is over
 * it stays with the mail server (451), which comes again. And below a low-water mark of the disk nothing more is taken
 * from anybody (452), while everything else goes on. Zero in a setting means no limit.
 */
#pragma once

#include "flow/gateway.h"
#include "mail/message/message.h"

/* Does the disk of the database or of the spool have less room than [storage] low_water_mb? ERR_SPACE says so. That there is room
 * is known for a second (each mail asks twice); a full disk is asked again each time. */
bool quota_has_room(struct gateway *g, struct err *e);

/* Threads may share one, each with a gateway of its own. */
struct quota;
struct quota *quota_new(void);
void quota_free(struct quota *q);
/* Before anything of the mail is kept. What Q let pass counts for the next ones, though it may not be stored yet. M NULL: no
 * reader could read it. Of machines' mails (delivery reports come in numbers) only the bytes count. */
bool quota_admit(struct quota *q, struct gateway *g, const struct message *m, const char *envelope_from, gsize n_bytes,
                 gint64 now, struct err *e);
/* A mail that passed is stored now, or will not be: from here on the database says whether it counts. For who keeps Q longer than
 * the mails take to be stored. */
void quota_settle(struct quota *q, struct gateway *g, const struct message *m, const char *envelope_from, gsize n_bytes);

typedef struct quota quota_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(quota_autoptr_t, quota_free)
#define quota_auto g_autoptr(quota_autoptr_t)
