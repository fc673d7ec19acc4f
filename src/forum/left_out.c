/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counting and keeping what was left out; see left_out.h. Kept as "pictures=1 files=2 contact=3 forums=heimat,kunst".
 */
#include "forum/left_out.h"

#include <string.h>

#define DECORATION_BYTES (20 * 1024) /* an inline picture below that belongs to the form of a mail */

static bool is_decoration(const struct attachment *a)
{
    bool is_inline = a->disposition == NULL || g_ascii_strcasecmp(a->disposition, "inline") == 0;

    return is_inline && a->content_id != NULL && a->n_bytes < DECORATION_BYTES;
}

void left_out_count(const struct message *m, struct left_out *out)
{
    *out = (struct left_out){0};
    for (guint i = 0; i < m->attachments->len; i++) {
        const struct attachment *a = m->attachments->pdata[i];
        bool is_picture = g_str_has_prefix(a->type, "image/");
        if (is_picture && is_decoration(a))
            continue;
        if (is_picture)
            out->n_pictures++;
        else
            out->n_files++;
    }
}

char *left_out_write(const struct left_out *l)
{
    GString *out = g_string_new(NULL);

    if (l->n_pictures > 0)
        g_string_append_printf(out, "pictures=%u ", l->n_pictures);
    if (l->n_files > 0)
        g_string_append_printf(out, "files=%u ", l->n_files);
    if (l->n_contact_lines > 0)
        g_string_append_printf(out, "contact=%u ", l->n_contact_lines);
    if (l->n_masked > 0)
        g_string_append_printf(out, "masked=%u ", l->n_masked);
    if (l->forums != NULL && l->forums[0] != NULL) {
        g_autofree char *names = g_strjoinv(",", l->forums);
        g_string_append_printf(out, "forums=%s ", names);
    }
    if (l->word != NULL)
        g_string_append_printf(out, "word=%s ", l->word);
    if (l->is_led)
        g_string_append(out, "led=1 ");
    if (out->len == 0)
        return g_string_free(out, TRUE);
    g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

void left_out_read(const char *line, struct left_out *out)
{
    g_auto(GStrv) words = g_strsplit(line != NULL ? line : "", " ", -1);

    *out = (struct left_out){0};
    for (char **w = words; *w != NULL; w++) {
        char *value = strchr(*w, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        guint n = (guint)MIN(g_ascii_strtoull(value, NULL, 10), 99999);
        if (strcmp(*w, "pictures") == 0)
            out->n_pictures = n;
        else if (strcmp(*w, "files") == 0)
            out->n_files = n;
        else if (strcmp(*w, "contact") == 0)
            out->n_contact_lines = n;
        else if (strcmp(*w, "masked") == 0)
            out->n_masked = n;
        else if (strcmp(*w, "led") == 0)
            out->is_led = n > 0;
        else if (strcmp(*w, "word") == 0 && out->word == NULL)
            out->word = g_strdup(value);
        else if (strcmp(*w, "forums") == 0 && out->forums == NULL)
            out->forums = g_strsplit(value, ",", -1);
    }
}

void left_out_clear(struct left_out *l)
{
    g_clear_pointer(&l->forums, g_strfreev);
    g_clear_pointer(&l->word, g_free);
}
