/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contact lines; see contact.h.
 */
#include "forum/contact.h"

#include "forum/command_words.h"
#include "forum/fold.h"

#include <glib.h>
#include <string.h>

#define MAX_NAME_WORDS 6
#define LEAST_TOKEN    4 /* letters of a part of an address that may be a name */

bool contact_is_name(const char *line, bool any_case)
{
    static const char *const particles[] = {"von", "van", "der", "den", "de", "zu", "zur", "da", "di", "und", "and", "el", "ter"};
    g_auto(GStrv) words = g_strsplit_set(line, " \t", -1);
    int n = 0;

    if (command_words_objects(line) || command_words_match(line) != COMMAND_NONE || strpbrk(line, "?!:;") != NULL)
        return false;
    for (char **w = words; *w != NULL; w++) {
        gunichar first = g_utf8_get_char(*w);
        bool is_particle = false;
        if (**w == '\0')
            continue;
        for (gsize i = 0; i < G_N_ELEMENTS(particles); i++)
            is_particle |= strcmp(*w, particles[i]) == 0;
        if (++n > MAX_NAME_WORDS || (!is_particle && !g_unichar_isupper(first) && !(any_case && g_unichar_isalpha(first))))
            return false;
    }
    return n > 0;
}

/* How many of LINES stand before blank lines at the end. */
static guint without_blank_end(char *const *lines, guint n)
{
    while (n > 0 && *lines[n - 1] == '\0')
        n--;
    return n;
}

/* The lines of TEXT without blanks around them. */
static char **stripped_lines(const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);

    for (char **l = lines; *l != NULL; l++)
        g_strstrip(*l);
    return lines;
}

char *contact_cut(const char *text, guint *n_cut_out)
{
    g_auto(GStrv) whole = g_strsplit(text, "\n", -1), lines = stripped_lines(text);
    guint n = without_blank_end(lines, g_strv_length(lines)), kept = n, n_cut = 0;

    while (kept > 0 && (*lines[kept - 1] == '\0' || contact_is_line(lines[kept - 1], strlen(lines[kept - 1]))))
        n_cut += *lines[--kept] != '\0';
    /* Only below a name or a closing formula is it the sender's; else it is what the text is about. */
    bool is_closed = kept > 0 && command_words_formula(lines[kept - 1]) == FORMULA_CLOSING;
    bool is_signed = is_closed || (kept > 0 && contact_is_name(lines[kept - 1], kept > 1 && command_words_formula(lines[kept - 2]) == FORMULA_CLOSING));
    *n_cut_out = is_signed ? n_cut : 0;
    if (*n_cut_out == 0)
        return g_strdup(text);
    g_clear_pointer(&whole[kept], g_free);
    for (guint i = kept + 1; whole[i] != NULL; i++)
        g_clear_pointer(&whole[i], g_free);
    return g_strjoinv("\n", whole);
}

/* The first word of TEXT that is also a part of the address before the @. */
static char *word_of_address(const char *text, const char *address)
{
    g_autofree char *local = g_strndup(address, strcspn(address, "@+"));
    g_auto(GStrv) parts = g_strsplit_set(local, "._-0123456789", -1);
    g_auto(GStrv) words = g_regex_split_simple("[^\\p{L}]+", text, G_REGEX_OPTIMIZE, 0);
    static const char *const roles[] = {"info", "mail", "post", "kontakt", "contact", "office", "buero", "verein", "team",
                                        "email", "presse", "service", "verwaltung", "vorstand", NULL};

    for (char **p = parts; *p != NULL; p++) {
        g_autofree char *part = fold_words(*p);
        if (g_utf8_strlen(part, -1) < LEAST_TOKEN || g_strv_contains(roles, part))
            continue;
        for (char **w = words; w != NULL && *w != NULL; w++) {
            g_autofree char *word = fold_words(*w);
            if (strcmp(word, part) == 0)
                return g_strdup(*w);
        }
    }
    return NULL;
}

char *contact_name(const char *text, const char *address)
{
    g_auto(GStrv) lines = stripped_lines(text);
    guint n = without_blank_end(lines, g_strv_length(lines));
    guint above = n > 1 ? without_blank_end(lines, n - 1) : 0;
    bool is_below_formula = above > 0 && command_words_formula(lines[above - 1]) == FORMULA_CLOSING;
    bool is_apart = n > 1 && above < n - 1;

    if (n > 1 && (is_below_formula || is_apart) && command_words_formula(lines[n - 1]) == FORMULA_NONE &&
        contact_is_name(lines[n - 1], is_below_formula))
        return g_strdup(lines[n - 1]);
    return address != NULL ? word_of_address(text, address) : NULL;
}
