/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chooses the engine; see way_out.h.
 */
#include "wire/way_out.h"

#include "wire/curl_pool.h"
#include "wire/relay_url.h"

struct way_out {
    struct smtp_pool *plain; /* one of the two */
    struct curl_pool *secured;
};

struct way_out *way_out_new(const struct way_out_spec *spec, const struct smtp_pool_callbacks *callbacks, void *user,
                            struct err *e)
{
    struct way_out *w = g_new0(struct way_out, 1);

    if (relay_url_is(spec->relay))
        w->secured = curl_pool_new(spec, callbacks, user, e);
    else
        w->plain = smtp_pool_new(spec->relay, spec->name, spec->n_most, callbacks, user);
    if (w->secured == NULL && w->plain == NULL)
        g_clear_pointer(&w, g_free);
    return w;
}

void way_out_wake(struct way_out *w)
{
    if (w->plain != NULL)
        smtp_pool_wake(w->plain);
    else
        curl_pool_wake(w->secured);
}

void way_out_stop(struct way_out *w)
{
    if (w->plain != NULL)
        smtp_pool_stop(w->plain);
    else
        curl_pool_stop(w->secured);
}

void way_out_cut(struct way_out *w)
{
    if (w->plain != NULL)
        smtp_pool_cut(w->plain);
    else
        curl_pool_cut(w->secured);
}

bool way_out_is_busy(const struct way_out *w)
{
    return w->plain != NULL ? smtp_pool_is_busy(w->plain) : curl_pool_is_busy(w->secured);
}

guint way_out_n_open(const struct way_out *w)
{
    return w->plain != NULL ? smtp_pool_n_open(w->plain) : curl_pool_n_open(w->secured);
}

const char *way_out_trouble(const struct way_out *w)
{
    return w->plain != NULL ? smtp_pool_trouble(w->plain) : curl_pool_trouble(w->secured);
}

void way_out_free(struct way_out *w)
{
    if (w == NULL)
        return;
    smtp_pool_free(w->plain);
    curl_pool_free(w->secured);
    g_free(w);
}
