/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Subjects without what mail programs put in front of them, and titles made of them; see policy.h.
 */
#include "forum/policy.h"

#include "base/limits.h"

#include <string.h>

/* Reply and forward marks of mail programs, folded; each may be followed by a counter ("Re[2]:", "AW (3):"). */
static const char *const marks[] = {
    "re",  "aw",  "antw", "antwort", "sv", "vs", "odp", "ynt", "r",  "rif", "res", "回复", "答复",
    "fwd", "fw",  "wg",   "tr",      "rv", "pd", "i",   "vb",  "vl", "doorst", "ilt", "enc", "转发",
};

/* Length of one mark with its colon at the start of TEXT, 0 if there is none. */
static gsize mark_length(const char *text)
{
    gsize end = strcspn(text, ":[( \t");
    g_autofree char *lower = NULL;
    bool is_known = false;

    if (end == 0 || end > 24)
        return 0;
    g_autofree char *word = g_strndup(text, end);
    lower = g_utf8_strdown(word, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        is_known = is_known || strcmp(lower, marks[i]) == 0;
    if (!is_known)
        return 0;
    const char *p = text + end;
    p += strspn(p, " \t");
    if (*p == '[' || *p == '(') {
        p++;
        p += strspn(p, "0123456789");
        if (*p != ']' && *p != ')')
            return 0;
        p++;
    }
    return *p == ':' ? (gsize)(p + 1 - text) : 0;
}

/* Length of a "[tag]" at the start of TEXT, 0 if there is none. */
static gsize tag_length(const char *text)
{
    const char *end = *text == '[' ? strchr(text, ']') : NULL;

    return end != NULL && end - text < 64 ? (gsize)(end + 1 - text) : 0;
}

char *policy_base_subject(const char *subject)
{
    const char *p = subject;

    for (;;) {
        p += strspn(p, " \t\n");
        gsize n = mark_length(p);
        if (n == 0 && p[tag_length(p)] != '\0')
            n = tag_length(p);
        if (n == 0)
            break;
        p += n;
    }
    char *base = g_strstrip(g_strdup(p));
    for (char *tag = strrchr(base, '['); tag != NULL && tag > base && base[strlen(base) - 1] == ']'; tag = NULL) {
        *tag = '\0'; /* our own "[Idee 42]" at the end */
        g_strchomp(base);
    }
    return base;
}

char *policy_title(const struct message *m)
{
    g_autofree char *title = policy_base_subject(m->subject);

    if (*title == '\0') {
        const char *text = m->text + strspn(m->text, " \t\n");
        g_free(title);
        title = g_strndup(text, strcspn(text, "\n"));
    }
    for (char *p = title; *p != '\0'; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    if (g_utf8_strlen(title, -1) <= LIMIT_TITLE_CHARS)
        return g_steal_pointer(&title);
    *g_utf8_offset_to_pointer(title, LIMIT_TITLE_CHARS - 1) = '\0';
    return g_strconcat(g_strchomp(title), "…", NULL);
}
