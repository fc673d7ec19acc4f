/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Subjects without what mail programs put in front of them, and titles made of them; see policy.h.
 */
#include "forum/policy.h"

#include "base/limits.h"
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

char *policy_title(const struct message *m)
{
    g_autofree char *title = policy_base_subject(m->subject, false);

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
