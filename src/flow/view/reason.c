/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See reason.h.
 */
#include "flow/view/reason.h"

#include "forum/reason.h"

#include <string.h>

/* How many bytes of REASON are a code that we wrote before it; 0 none. */
static gsize code_in(const char *reason)
{
    gsize n = strcspn(reason, ":");

    for (unsigned i = 0; reason_code(i) != NULL; i++)
        if (strlen(reason_code(i)) == n && strncmp(reason_code(i), reason, n) == 0)
            return n;
    return 0;
}

const char *view_reason_sentence(const struct templates *t, const char *language, const char *reason, const char *which)
{
    gsize n = code_in(reason);
    g_autofree char *key = g_strdup_printf("reason_%.*s%s", (int)n, reason, which);

    return n > 0 ? templates_word(t, language, key) : NULL;
}

char *view_reason_code(const char *reason)
{
    gsize n = reason != NULL ? code_in(reason) : 0;

    return n > 0 ? g_strndup(reason, n) : NULL;
}

const char *view_reason_words(const char *reason)
{
    gsize n = code_in(reason);
    const char *words = reason + n + (n > 0 && reason[n] == ':');

    return words + strspn(words, " ");
}

char *view_reason(const struct templates *t, const char *language, const char *reason)
{
    const char *sentence = reason != NULL ? view_reason_sentence(t, language, reason, "") : NULL;
    const char *words = reason != NULL ? view_reason_words(reason) : "";

    if (g_strcmp0(reason, REASON_COMPLAINT) == 0)
        return g_strdup(templates_word(t, language, "after_complaint"));
    return sentence == NULL ? g_strdup(reason) : g_strconcat(sentence, *words != '\0' ? " " : "", words, NULL);
}
