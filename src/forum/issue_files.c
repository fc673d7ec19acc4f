/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See issue_files.h.
 */
#include "forum/issue_files.h"

#include "base/limits.h"

#include <string.h>

static bool is_attached(const struct attachment *a)
{
    return a->disposition != NULL && g_ascii_strcasecmp(a->disposition, "attachment") == 0;
}

bool issue_file_is_decoration(const struct attachment *a)
{
    static const char *const signatures[] = {"application/pkcs7-signature", "application/x-pkcs7-signature",
                                             "application/pgp-signature", "application/pgp-keys"};
    bool is_shown_inside = g_str_has_prefix(a->type, "image/") && a->content_id != NULL && !is_attached(a);

    for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++)
        if (strcmp(a->type, signatures[i]) == 0)
            return true;
    return is_shown_inside;
}

bool issue_file_goes_along(const struct attachment *a)
{
    return a->n_raw > 0 && !issue_file_is_decoration(a);
}

bool issue_files_fit(const GPtrArray *attachments)
{
    guint64 n_bytes = 0;
    guint n = 0;

    for (guint i = 0; i < attachments->len; i++) {
        const struct attachment *a = attachments->pdata[i];
        if (!issue_file_goes_along(a))
            continue;
        n++;
        n_bytes += a->n_bytes;
    }
    return n <= LIMIT_ISSUE_FILES && n_bytes <= LIMIT_ISSUE_FILES_BYTES;
}

/* Outlook writes a link into its plain form as "eine Idee<https://example.org/>", where Markdown would glue the address to the word, and
 * a picture as "[cid:image001.png@01DB]". */
static char *from_outlook(const char *text)
{
    g_autoptr(GRegex) link = g_regex_new("([^\\s<>\\[\\](){}*_`„“\"']+)<((?:https?://|mailto:)[^<>\\s]+)>", 0, 0, NULL);
    g_autoptr(GRegex) picture = g_regex_new("\\[cid:[^\\]\\s]+\\]", 0, 0, NULL);
    g_autofree char *linked = g_regex_replace(link, text, -1, 0, "[\\1](\\2)", 0, NULL);
    char *whole = linked != NULL ? g_regex_replace(picture, linked, -1, 0, "", 0, NULL) : NULL;

    return whole != NULL ? whole : g_strdup(text);
}

static char *words_of(const struct message *m)
{
    bool is_answer = m->in_reply_to->len > 0 || m->references->len > 0 || m->forwarded != NULL;

    if (is_answer || *m->elided == '\0')
        return g_strdup(m->text);
    g_autofree char *body = g_strchomp(g_strdup(m->body)), *signature = g_strstrip(g_strdup(m->signature));
    gsize n = strlen(body), n_signature = strlen(signature);
    if (n_signature > 0 && n >= n_signature && strcmp(body + n - n_signature, signature) == 0)
        body[n - n_signature] = '\0';
    return g_strdup(g_strchomp(body));
}

char *issue_words(const struct message *m)
{
    g_autofree char *words = words_of(m);

    return strstr(words, "<http") != NULL || strstr(words, "<mailto:") != NULL || strstr(words, "[cid:") != NULL
               ? from_outlook(words)
               : g_steal_pointer(&words);
}
