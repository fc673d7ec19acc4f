/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a report in words says about one address: beside it, below it, in the SMTP dialogue, or anywhere. The
 * first of these that tells something counts. See dsn_lines.h.
 */
#include "mail/report/dsn.h"
#include "mail/report/dsn_lines.h"

#include "base/limits.h"
#include "mail/report/dsn_code.h"

#include <string.h>

/* What is said of the address at spot number AT of SPOTS: the rest of its line and the lines below it, until
 * the next of SPOTS or, if there are several, a drawn line. */
static char *words_after(const struct dsn_lines *l, GPtrArray *spots, guint at)
{
    const struct spot *s = g_ptr_array_index(spots, at);
    const struct spot *next = NULL;
    g_autoptr(GString) words = g_string_new(l->lines[s->line] + s->rest_at);

    for (guint i = at + 1; i < spots->len && next == NULL; i++)
        if (((struct spot *)spots->pdata[i])->line > s->line &&
            g_ascii_strcasecmp(((struct spot *)spots->pdata[i])->address, s->address) != 0)
            next = spots->pdata[i];
    for (guint i = s->line + 1; i < (next == NULL ? l->n_report : next->line); i++) {
        if (words->len > LIMIT_DIAGNOSTIC_BYTES ||
            (spots->len > 1 && g_str_has_prefix(l->lines[i] + strspn(l->lines[i], " \t"), "---")))
            break;
        g_string_append_printf(words, "\n%s", l->lines[i]);
    }
    g_string_truncate(words, MIN(words->len, LIMIT_DIAGNOSTIC_BYTES));
    return g_utf8_make_valid(words->str, (gssize)words->len);
}

/* The lines elsewhere that speak of the address, each with the one below it. */
static char *words_elsewhere(const struct dsn_lines *l, const char *address, guint but)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (guint i = 0; i < l->spots->len && words->len < LIMIT_DIAGNOSTIC_BYTES; i++) {
        const struct spot *s = g_ptr_array_index(l->spots, i);

        if (s->line == but || g_ascii_strcasecmp(s->address, address) != 0)
            continue;
        g_string_append_printf(words, "%s\n", l->lines[s->line]);
        if (s->line + 1 < l->n_report)
            g_string_append_printf(words, "%s\n", l->lines[s->line + 1]);
    }
    g_string_truncate(words, MIN(words->len, LIMIT_DIAGNOSTIC_BYTES));
    return g_utf8_make_valid(words->str, (gssize)words->len);
}

char *dsn_said_in_all(const struct dsn_lines *l)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (guint i = 0; i < l->n_report && words->len < LIMIT_DIAGNOSTIC_BYTES; i++)
        if (l->lines[i][0] != '\0')
            g_string_append_printf(words, "%s\n", l->lines[i]);
    g_string_truncate(words, MIN(words->len, LIMIT_DIAGNOSTIC_BYTES));
    return g_utf8_make_valid(words->str, (gssize)words->len);
}

static bool has_code(const char *words)
{
    struct dsn_codes codes;

    dsn_code_read(words, &codes);
    return codes.smtp[0] != '\0' || codes.status[0] != '\0';
}

/* An SMTP dialogue says it on the line itself, the answer above, or the one below. */
static char *words_of_dialogue(const struct dsn_lines *l, const struct spot *s)
{
    const char *above = s->line > 0 ? l->lines[s->line - 1] : "", *below = l->lines[s->line + 1];

    if (!g_str_has_prefix(above + strspn(above, " \t>"), "<<<"))
        above = "";
    if (s->line + 1 >= l->n_report || !g_str_has_prefix(below + strspn(below, " \t>"), "<<<"))
        below = "";
    return g_strdup_printf("%s\n%s\n%s", above, l->lines[s->line], below);
}

char *dsn_said_of_spot(const struct dsn_lines *l, GPtrArray *spots, guint at)
{
    const struct spot *s = g_ptr_array_index(spots, at);
    g_autofree char *after = words_after(l, spots, at);
    g_autofree char *elsewhere = words_elsewhere(l, s->address, s->line);
    bool is_telling = dsn_code_is_telling(after);

    if (s->rank == SPOT_TRANSCRIPT) {
        g_autofree char *dialogue = words_of_dialogue(l, s);

        if (has_code(dialogue))
            return g_steal_pointer(&dialogue);
    }
    if (has_code(after) || (is_telling && !has_code(elsewhere)))
        return g_steal_pointer(&after);
    if (has_code(elsewhere) || dsn_code_is_telling(elsewhere))
        return g_steal_pointer(&elsewhere);
    return dsn_said_in_all(l);
}

char *dsn_words_about(const char *text, const char *address)
{
    struct dsn_lines l = {0};
    char *words = NULL;

    dsn_lines_read(text, &l);
    for (guint i = 0; i < l.spots->len && words == NULL; i++)
        if (g_ascii_strcasecmp(((struct spot *)l.spots->pdata[i])->address, address) == 0)
            words = dsn_said_of_spot(&l, l.spots, i);
    dsn_lines_clear(&l);
    return words == NULL ? g_strdup("") : words;
}
