/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See envelope.h.
 */
#include "flow/in/envelope.h"

#include "base/digest.h"
#include "base/token.h"

#include <string.h>

struct envelope *envelope_new(const char *sender, gint64 now)
{
    struct envelope *env = g_new0(struct envelope, 1);

    env->id = envelope_new_id(now);
    env->received_at = env->came_at = now;
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
    g_free(env->content_sha256);
    g_free(env->body_sha256);
    g_ptr_array_unref(env->recipients);
    g_free(env);
}

/* Where the header ends: behind the first empty line, or at the end. */
static gsize body_offset(const char *data, gsize n_bytes)
{
    for (const char *p = data; (p = memchr(p, '\n', n_bytes - (gsize)(p - data))) != NULL;) {
        p++;
        gsize at = (gsize)(p - data);
        if (at < n_bytes && *p == '\n')
            return at + 1;
        if (at + 1 < n_bytes && p[0] == '\r' && p[1] == '\n')
            return at + 2;
        if (at >= n_bytes)
            break;
    }
    return n_bytes;
}

void envelope_weigh(struct envelope *env, GBytes *bytes)
{
    gsize n_bytes;
    const char *given = g_bytes_get_data(bytes, &n_bytes), *data = given != NULL ? given : ""; /* a mail without a byte */
    gsize body = body_offset(data, n_bytes);

    g_free(env->content_sha256);
    g_free(env->body_sha256);
    env->content_sha256 = digest_sha256_hex(data, n_bytes);
    env->body_sha256 = digest_sha256_hex(data + body, n_bytes - body);
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
