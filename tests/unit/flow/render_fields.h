/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which header fields our mails have, for test_render.c.
 */
#pragma once

#include "flow/out/render.h"
#include "forum/purpose.h"

#include <string.h>

/* The fields of each stream, in their order, but for those that thread: a question, what goes to many, and what asks whether
 * somebody is there. */
static const struct {
    enum purpose purpose;
    const char *names;
} goldens[] = {
    {PURPOSE_CONFIRM_IDEA, "Date From To Reply-To Subject Message-ID Content-Language Auto-Submitted "
                           "Feedback-ID X-Auto-Response-Suppress X-Forumpost-Loop MIME-Version Content-Type"},
    {PURPOSE_POST, "Date From To Reply-To Subject Message-ID Content-Language Auto-Submitted "
                   "List-Id List-Help List-Owner List-Post List-Unsubscribe Feedback-ID X-Auto-Response-Suppress "
                   "X-Forumpost-Loop MIME-Version Content-Type"},
    {PURPOSE_DIGEST_DAILY, "Date From To Reply-To Subject Message-ID Content-Language Auto-Submitted "
                           "List-Id List-Help List-Owner List-Unsubscribe Feedback-ID X-Auto-Response-Suppress X-Forumpost-Loop "
                           "MIME-Version Content-Type"},
    {PURPOSE_PROBE, "Date From To Subject Message-ID Content-Language Auto-Submitted "
                    "Feedback-ID X-Auto-Response-Suppress X-Forumpost-Loop MIME-Version Content-Type"},
};

/* Each field once, none that RFC 2076 discourages; and the goldens. */
static void assert_fields(const struct rendered *mail, enum purpose purpose)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(mail->bytes->str, "\r\n", -1);
    g_autoptr(GString) names = g_string_new(NULL);

    for (char **line = lines; **line != '\0'; line++) {
        if (**line == ' ' || **line == '\t')
            continue;
        char *name = g_strndup(*line, strcspn(*line, ":"));
        if (strcmp(name, "In-Reply-To") != 0 && strcmp(name, "References") != 0)
            g_string_append_printf(names, "%s%s", names->len > 0 ? " " : "", name);
        g_assert_cmpstr(name, !=, "Precedence");
        g_assert_true(g_hash_table_add(seen, name));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(goldens); i++)
        if (goldens[i].purpose == purpose)
            g_assert_cmpstr(names->str, ==, goldens[i].names);
}
