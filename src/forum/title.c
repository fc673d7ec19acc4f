/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Subjects without what mail programs put in front of them, and titles made of them; see policy.h.
 */
#include "forum/policy.h"

#include "base/limits.h"
#include "forum/command_words.h"
#include "mail/word/subject.h"

#include <string.h>

char *policy_base_subject(const char *subject, bool takes_weak)
{
    char *base = g_strstrip(subject_base(subject, takes_weak));

    for (char *tag = strrchr(base, '['); tag != NULL && tag > base && base[strlen(base) - 1] == ']'; tag = NULL) {
        *tag = '\0'; /* our own "[Idee 42]" at the end */
        g_strchomp(base);
    }
    return base;
}

/* The first line of TEXT that says something, and is no greeting if another one follows. Caller frees. */
static char *first_line(const char *text)
{
    g_autofree char *first = NULL;

    for (const char *p = text + strspn(text, " \t\n"); *p != '\0'; p += strspn(p, " \t\n")) {
        gsize n = strcspn(p, "\n");
        g_autofree char *line = g_strndup(p, n);
        if (command_words_formula(line) != FORMULA_GREETING)
            return g_steal_pointer(&line);
        if (first == NULL)
            first = g_steal_pointer(&line);
        p += n;
    }
    return first != NULL ? g_steal_pointer(&first) : g_strdup("");
}

char *policy_title(const struct message *m, bool is_ours)
{
    g_autofree char *title = is_ours ? g_strdup("") : policy_base_subject(m->subject, false);

    if (*title == '\0') {
        g_free(title);
        title = first_line(m->text);
    }
    for (char *p = title; *p != '\0'; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    if (g_utf8_strlen(title, -1) <= LIMIT_TITLE_CHARS)
        return g_steal_pointer(&title);
    *g_utf8_offset_to_pointer(title, LIMIT_TITLE_CHARS - 1) = '\0';
    return g_strconcat(g_strchomp(title), "…", NULL);
}
