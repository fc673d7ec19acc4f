/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See listed.h.
 */
#include "forum/listed.h"

#include <stdbool.h>
#include <string.h>

#define DIGITS_MOST 15

void listed_line_free(struct listed_line *l)
{
    g_free(l->text);
    g_free(l);
}

/* "4 frei", "#4: frei", "zu 4: frei". NULL: LINE does not begin with a number and go on with a word. */
static struct listed_line *read_line(const char *line)
{
    static const char *const before[] = {"#", "zu ", "Zu ", "re ", "Re "};
    const char *at = line;

    for (guint i = 0; i < G_N_ELEMENTS(before); i++)
        if (g_str_has_prefix(line, before[i]))
            at = line + strlen(before[i]) + strspn(line + strlen(before[i]), " #");
    gsize n_digits = strspn(at, "0123456789");
    const char *rest = at + n_digits;
    if (n_digits == 0 || n_digits > DIGITS_MOST)
        return NULL;
    rest += strspn(rest, ":.) \t");
    if (!g_unichar_isalpha(g_utf8_get_char_validated(rest, -1)))
        return NULL;
    struct listed_line *l = g_new0(struct listed_line, 1);
    l->number = g_ascii_strtoll(at, NULL, 10);
    l->text = g_strdup(rest);
    return l;
}

static void go_on(struct listed_line *l, const char *line)
{
    char *longer = g_strconcat(l->text, "\n", line, NULL);

    g_free(l->text);
    l->text = longer;
}

GPtrArray *listed_parse(const char *text, guint most)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func((GDestroyNotify)listed_line_free);
    bool is_open = false, is_over = false;

    for (char **line = lines; *line != NULL && !is_over; line++) {
        struct listed_line *l = read_line(g_strstrip(*line));
        bool is_salutation = out->len == 0 && g_str_has_suffix(*line, ",");
        if (l != NULL)
            g_ptr_array_add(out, l);
        else if (is_open && **line != '\0')
            go_on(out->pdata[out->len - 1], *line);
        else if (**line != '\0' && !is_salutation && out->len == 0)
            return NULL;
        else
            is_over = **line != '\0' && out->len > 0;
        is_open = **line != '\0' && out->len > 0;
    }
    return out->len > 0 && out->len <= most ? g_steal_pointer(&out) : NULL;
}
