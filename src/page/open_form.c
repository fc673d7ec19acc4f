/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The time a form was shown, signed; see open_form.h.
 */
#include "page/open_form.h"

#include "base/limits.h"
#include "base/token.h"

#include <string.h>

static char *mac_of(const struct page *p, const char *name, gint64 at)
{
    g_autofree char *subject = g_strdup_printf("page-open:%s:%" G_GINT64_FORMAT, name, at);

    return token_mac(p->g->key, subject);
}

void open_form_set(const struct page *p, struct value *data, const char *name)
{
    g_autofree char *mac = mac_of(p, name, p->now);

    value_set(data, "action_path", value_take(g_strconcat(p->prefix, p->path, NULL)));
    value_set(data, "form_token", value_take(g_strdup_printf("%" G_GINT64_FORMAT "-%s", p->now, mac)));
}

static bool is_ours(const struct page *p, const char *name, const char *token, gint64 *at_out)
{
    const char *dash = token != NULL ? strchr(token, '-') : NULL;
    g_autofree char *digits = dash != NULL ? g_strndup(token, (gsize)(dash - token)) : NULL;

    if (digits == NULL || !g_ascii_string_to_signed(digits, 10, 1, G_MAXINT64, at_out, NULL))
        return false;
    g_autofree char *subject = g_strdup_printf("page-open:%s:%" G_GINT64_FORMAT, name, *at_out);
    return token_verify(p->g->key, subject, dash + 1);
}

enum open_form open_form_check(const struct page *p, const char *name)
{
    const char *trap = page_field(p, "website");
    gint64 at;

    if (trap != NULL && *trap != '\0')
        return OPEN_FORM_ROBOT;
    if (!is_ours(p, name, page_field(p, "token"), &at))
        return OPEN_FORM_STALE;
    return p->now - at >= LIMIT_FORM_LEAST_S && p->now - at <= LIMIT_FORM_MOST_S ? OPEN_FORM_FINE : OPEN_FORM_STALE;
}
