/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See envelope.h.
 */
#include "flow/in/envelope.h"

#include "base/token.h"

struct envelope *envelope_new(const char *sender, gint64 now)
{
    struct envelope *env = g_new0(struct envelope, 1);

    env->id = envelope_new_id(now);
    env->received_at = now;
    env->sender = g_strdup(sender);
    env->recipients = g_ptr_array_new_with_free_func(g_free);
    return env;
}

void envelope_free(struct envelope *env)
{
    if (env == NULL)
        return;
    g_free(env->id);
    g_free(env->sender);
    g_ptr_array_unref(env->recipients);
    g_free(env);
}

char *envelope_new_id(gint64 now)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    g_autofree char *random = token_random(7);
    guint64 at = (guint64)now << 10 | (guint64)(g_get_real_time() % G_USEC_PER_SEC / 1000);
    char time[10] = {0};

    for (int i = 8; i >= 0; i--, at >>= 5)
        time[i] = digits[at & 31];
    return g_strconcat(time, random, NULL);
}
