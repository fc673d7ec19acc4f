/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every story needs at hand: the settings, one connection to the database and the installation's row. One
 * gateway belongs to one thread.
 */
#pragma once

#include "flow/settings.h"
#include "forum/model.h"
#include "store/db.h"

struct pose;
struct templates;

struct gateway {
    const struct settings *settings; /* borrowed */
    struct db *db;
    struct installation *installation;
    const char *domain;                      /* of the settings */
    const guint8 *key;                       /* of the installation */
    gint64 scrub_next, scrub_n, scrubbed_at; /* clock/pages.c: page to go on with, 0 none; what was left then; since when */
    struct templates *templates;             /* of sent.c, owned; NULL not read */
    bool has_tried_templates;
    GHashTable *memories;  /* of sent.c, owned: what was sent about a post -> GBytes; NULL none yet */
    gsize n_memory_bytes;  /* of them together */
    GHashTable *inner;     /* of inner.c, owned: forum -> what its members said; NULL none yet */
    struct pose *pose;     /* of pose.c, owned; NULL not read */
    bool is_by_cron;       /* the clock runs now and then (clock --once), and is there no second later than that */
    gint64 room_until_us;  /* of quota.c, monotonic: until then the disk is known to have room */
    gint64 swept_files_at; /* when the clock last looked for files that nothing refers to; 0 not yet */
};

/* NULL on failure; a database without `init` is ERR_CONFIG and says so. */
struct gateway *gateway_open(const struct settings *settings, enum db_mode mode, struct err *e);
void gateway_close(struct gateway *g);
/* The number by which a mailbox is counted: 63 bits of a keyed hash of the canonical address (mail/word/canonical.h), so that
 * erasing an address leaves nothing behind that names it. 0 for NULL. */
gint64 gateway_mailbox(const struct gateway *g, const char *address);

typedef struct gateway gateway_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gateway_autoptr_t, gateway_close)
#define gateway_auto g_autoptr(gateway_autoptr_t)
