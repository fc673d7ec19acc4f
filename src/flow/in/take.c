/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See take.h.
 */
#include "flow/in/take.h"

#include "base/log.h"
#include "flow/spool.h"

/* Kept with its envelope and the reason, so that it can be answered 250 and put through again with `forumpost retry`. */
static bool set_aside(const struct settings *settings, const struct incoming *in, struct err *e)
{
    const struct envelope *env = in->env;
    g_auto(GStrv) recipients = g_new0(char *, env->recipients->len + 1);
    struct spooled s = {.id = env->id,
                        .sender = env->sender != NULL ? env->sender : "",
                        .recipients = recipients,
                        .reason = (char *)in->failure,
                        .received_at = env->received_at,
                        .bytes = in->bytes};

    log_event(LOG_LEVEL_ERROR, env->id, "mail.set-aside", "why", in->failure, NULL);
    for (guint i = 0; i < env->recipients->len; i++)
        recipients[i] = g_strdup(env->recipients->pdata[i]);
    return spool_failed_keep(settings->storage_spool, &s, e);
}

bool take_prepare(struct gateway *g, struct quota *q, const struct incoming *in, struct err *e)
{
    /* A mail that kills its reader fills the disk like any other. */
    if (q != NULL && !quota_admit(q, g, in->m, in->env->sender, g_bytes_get_size(in->bytes), in->env->received_at, e))
        return false;
    return (in->m != NULL || set_aside(g->settings, in, e)) && receive_keep_bytes(g, in->bytes, e);
}

bool take_mail(struct gateway *g, struct quota *q, const struct incoming *in, take_also *also, void *user,
               GPtrArray *verdicts_out, struct err *e)
{
    bool ok = take_prepare(g, q, in, e) && db_begin(g->db, e) &&
              receive_message(g, in->env, in->bytes, in->m, in->failure, verdicts_out, e) &&
              (also == NULL || also(g, in, user, e)) && db_commit(g->db, e);

    if (!ok && db_is_in_transaction(g->db))
        db_rollback(g->db);
    return ok;
}
