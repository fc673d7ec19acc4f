/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a field keeps to the grammar (RFC 2045 5.1) so plainly that every program reads it the same way.
 * Comments, escapes, single quotes, repeated or mixed parameters are allowed by the letter, but programs
 * differ in them: they count as odd.
 */
#include "base/limits.h"
#include "mail/word/param.h"

#include <stdbool.h>
#include <string.h>

struct lint {
    const char *at;
    char last_name[64];
    guint next_number; /* of the pieces of LAST_NAME; 0: it had none */
    GPtrArray *names;  /* seen, lower case, bare; few enough to compare each with each */
    guint n_params;
};

static gsize token_length(const char *at)
{
    gsize n = 0;

    while ((guchar)at[n] > 0x20 && (guchar)at[n] < 0x7f && strchr("()<>@,;:\\\"/[]?=", at[n]) == NULL)
        n++;
    return n;
}

static void skip_blanks(struct lint *l)
{
    l->at += strspn(l->at, " \t");
}

/* "type/subtype" or a word */
static bool lint_value(struct lint *l)
{
    gsize n = token_length(l->at);

    l->at += n;
    if (n == 0 || *l->at != '/')
        return n > 0;
    n = token_length(++l->at);
    l->at += n;
    return n > 0;
}

/* 'x' is a name of three signs by the letter, but some take the quotes off and some end it at a blank or
 * semicolon inside; only an extended value may start so: its charset is empty (RFC 2231 4). */
static bool lint_param_value(struct lint *l, bool is_boundary, bool is_extended)
{
    if (*l->at == '\'' && !is_extended)
        return false;
    if (*l->at != '"') {
        gsize n = token_length(l->at);
        l->at += n;
        return n > 0;
    }
    const char *start = ++l->at;
    while (*l->at != '\0' && *l->at != '"' && *l->at != '\\')
        l->at++;
    if (*l->at != '"' || l->at == start)
        return false;
    gsize n = (gsize)(l->at++ - start);
    if (*start == '\'' || memchr(start, ';', n) != NULL)
        return false; /* some take the quote for a part of it, some end at the semicolon */
    return !is_boundary || (n <= 70 && *start != ' ' && start[n - 1] != ' ' && memmem(start, n, "=?", 2) == NULL);
}

/* NAME is taken over. False if it was there. */
static bool add_name(struct lint *l, char *name)
{
    bool is_new = !g_ptr_array_find_with_equal_func(l->names, name, g_str_equal, NULL);

    g_ptr_array_add(l->names, name);
    return is_new;
}

/* Each name once; pieces "name*0", "name*1*" in order, and not beside a whole one. */
static bool lint_name(struct lint *l, const char *name, bool *is_boundary_out)
{
    g_autofree char *bare = g_strndup(name, strcspn(name, "*"));
    const char *star = strchr(name, '*');
    bool is_piece = star != NULL && g_ascii_isdigit(star[1]);

    *is_boundary_out = strcmp(bare, "boundary") == 0;
    if (*is_boundary_out && star != NULL)
        return false;
    if (is_piece && g_ascii_strtoull(star + 1, NULL, 10) == l->next_number &&
        (l->next_number == 0 || strcmp(bare, l->last_name) == 0)) {
        g_strlcpy(l->last_name, bare, sizeof l->last_name);
        bool is_first = l->next_number++ == 0;
        return !is_first || add_name(l, g_steal_pointer(&bare));
    }
    l->next_number = 0;
    return !is_piece && add_name(l, g_steal_pointer(&bare));
}

static bool lint_param(struct lint *l)
{
    gsize n = token_length(l->at);
    g_autofree char *name = g_ascii_strdown(l->at, (gssize)n);
    bool is_boundary, is_extended = n > 0 && name[n - 1] == '*';

    l->at += n;
    return n > 0 && *l->at++ == '=' && lint_name(l, name, &is_boundary) && lint_param_value(l, is_boundary, is_extended);
}

bool param_is_strict(const char *raw)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    struct lint l = {.at = raw, .names = names};

    skip_blanks(&l);
    if (!lint_value(&l))
        return false;
    for (;;) {
        skip_blanks(&l);
        if (*l.at == '\0')
            return true;
        if (*l.at++ != ';')
            return false;
        skip_blanks(&l);
        if (*l.at == '\0')
            return true; /* a semicolon too many at the end, met often */
        if (++l.n_params > LIMIT_PARAMETERS || !lint_param(&l))
            return false;
    }
}
