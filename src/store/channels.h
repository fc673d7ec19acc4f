/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far the channels of news are: each reads the journal at its own pace.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct channel {
    const char *name; /* "mastodon", "webhook" */
    row_id event_id;  /* the last line of the journal that was told, or was nothing to tell */
    gint64 n_tries;   /* of the next one, that came to nothing */
    gint64 try_at;    /* not before; 0 at once */
    const char *said; /* why the last try came to nothing; NULL it did not */
};
void channel_free(struct channel *x);
struct channel *channels_get(struct db *db, const char *name, struct err *e); /* NULL without E: it never told anything */
bool channels_put(struct db *db, const struct channel *x, struct err *e);

typedef struct channel channel_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(channel_autoptr_t, channel_free)
#define channel_auto g_autoptr(channel_autoptr_t)
