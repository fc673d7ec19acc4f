/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See personal.h.
 */
#include "forum/personal.h"

#include <stdbool.h>
#include <string.h>

#define MAC "[0-9a-hjkmnp-tv-z]{16}" /* base/token.h */

static const char *const masks[][2] = {{"[persönlicher Link entfernt]", "[personal link removed]"},
                                       {"[persönliche Adresse entfernt]", "[personal address removed]"}};

struct hiding {
    const char *mask;
    guint n;
};

static gboolean hide(const GMatchInfo *match, GString *out, gpointer user)
{
    struct hiding *h = user;
    g_autofree char *end = g_match_info_fetch_named(match, "line");

    if (end != NULL && *end != '\0') /* a line of its own */
        return FALSE;
    g_string_append(out, h->mask);
    h->n++;
    return FALSE;
}

/* Takes TEXT. What PATTERN finds goes; alone in its line, with the line. */
static char *without(char *text, const char *pattern, const char *mask, guint *n_out)
{
    g_autofree char *whole =
        g_strdup_printf("(?<line>^[ \\t>]*+<?(?:mailto:)?%s>?[ \\t\\r]*+(?:\\n|$))|<?%s>?", pattern, pattern);
    g_autoptr(GRegex) regex = g_regex_new(whole, G_REGEX_MULTILINE | G_REGEX_CASELESS, 0, NULL);
    struct hiding h = {.mask = mask};
    char *left = g_regex_replace_eval(regex, text, -1, 0, 0, hide, &h, NULL);

    bool is_changed = strcmp(left, text) != 0;
    *n_out += h.n;
    g_free(text);
    return is_changed ? g_strchomp(left) : left;
}

char *personal_hide(const char *text, const char *domain, const char *language, guint *n_out)
{
    int column = language != NULL && g_ascii_strncasecmp(language, "de", 2) == 0 ? 0 : 1;
    char *left = g_strdup(text);

    *n_out = 0;
    if (strstr(left, "://") != NULL)
        left = without(left,
                       "https?://[^\\s<>\"/]{1,255}(?:/[^\\s<>\"/]{0,60}){0,4}?/[cups]/s?[0-9]+(?:-[0-9]+){1,4}-" MAC
                       "(?:[/?#][^\\s<>\"]{0,300})?",
                       masks[0][column], n_out);
    if (strchr(left, '+') != NULL && strchr(left, '@') != NULL) {
        g_autofree char *own = g_regex_escape_string(domain, -1);
        g_autofree char *pattern = g_strdup_printf("\\b[a-z][a-z0-9-]{1,40}\\+[0-9-]{1,60}" MAC "@%s", own);
        left = without(left, pattern, masks[1][column], n_out);
    }
    return left;
}
