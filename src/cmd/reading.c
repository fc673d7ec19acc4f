/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mail in a sandboxed reader; see reading.h.
 */
#include "cmd/reading.h"

struct reading {
    bool is_done;
    enum reader_outcome outcome;
    struct message *m;
    char *reason;
};

static void on_read(enum reader_outcome outcome, struct message *m, const char *reason, void *user)
{
    struct reading *r = user;

    r->is_done = true;
    r->outcome = outcome;
    r->m = m;
    r->reason = g_strdup(reason);
}

struct reader_pool *reading_pool(const struct settings *settings, struct err *e)
{
    const struct read_options options = {.own_domain = settings->initiative_domain,
                                         .authserv_id = settings->intake_authserv_id,
                                         .authserv_hops = (guint)settings->intake_authserv_hops};

    return reader_pool_new(1, &options, e);
}

struct message *reading_one(struct reader_pool *pool, GBytes *bytes, const char *id, struct err *e)
{
    struct reading r = {0};

    reader_pool_read(pool, bytes, id, on_read, &r);
    while (!r.is_done)
        g_main_context_iteration(NULL, TRUE);
    g_autofree char *reason = r.reason;
    switch (r.outcome) {
    case READER_OK:
        return r.m;
    case READER_FATAL:
        err_set(e, ERR_INPUT, "%s still cannot be read: %s", id, reason);
        break;
    case READER_GONE:
        err_set(e, ERR_LATER, "%s: %s", id, reason);
        break;
    }
    return NULL;
}
