/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mail in a sandboxed reader; see reading.h.
 */
#include "cmd/reading.h"

struct reader_pool *reading_pool(const struct settings *settings, struct err *e)
{
    const struct read_options options = {.own_domain = settings->initiative_domain,
                                         .authserv_id = settings->intake_authserv_id,
                                         .authserv_hops = (guint)settings->intake_authserv_hops,
                                         .without_sums = true};

    return reader_pool_new(1, &options, e);
}

struct message *reading_one(struct reader_pool *pool, GBytes *bytes, const char *id, struct err *e)
{
    struct message *m;
    g_autofree char *reason = NULL;

    switch (reader_pool_read_now(pool, bytes, id, &m, &reason)) {
    case READER_OK:
        return m;
    case READER_FATAL:
        err_set(e, ERR_INPUT, "%s still cannot be read: %s", id, reason);
        break;
    case READER_LATER:
    case READER_GONE:
        err_set(e, ERR_LATER, "%s: %s", id, reason);
        break;
    }
    return NULL;
}
