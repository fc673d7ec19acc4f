/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See aside.h.
 */
#include "flow/in/aside.h"

#include "base/log.h"
#include "flow/spool.h"

bool aside_keep(const struct settings *settings, const struct envelope *env, GBytes *bytes, const char *reason,
                struct err *e)
{
    g_auto(GStrv) recipients = g_new0(char *, env->recipients->len + 1);
    struct spooled s = {.id = env->id, .sender = env->sender != NULL ? env->sender : (char *)"", .recipients = recipients,
                        .reason = (char *)reason, .received_at = env->received_at, .bytes = bytes};

    log_event(LOG_LEVEL_ERROR, env->id, "mail.set-aside", "why", reason, NULL);
    for (guint i = 0; i < env->recipients->len; i++)
        recipients[i] = g_strdup(env->recipients->pdata[i]);
    return spool_failed_keep(settings->storage_spool, &s, e);
}
