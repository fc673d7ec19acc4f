/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See file_number.h.
 */
#include "forum/file_number.h"

#include "base/limits.h"
#include "forum/command_tail.h"
#include "forum/command_words.h"
#include "forum/order.h"

#include <string.h>

#define DASH "[-\\x{2010}-\\x{2014}/ \\t]\\s*"

/* Nearly no text has it, and a pattern costs more than that to know. */
static bool may_have(const char *text, const char *prefix)
{
    gsize n = strlen(prefix);
    bool is_ascii = g_str_is_ascii(prefix), found = !is_ascii;

    for (const char *p = text; *prefix != '\0' && !found && *p != '\0'; p++)
        found = g_ascii_strncasecmp(p, prefix, n) == 0;
    return *prefix != '\0' && found;
}

struct plain {
    file_number_fn *find;
    void *user;
    bool found;
};

static gint64 part(const GMatchInfo *m, gint n)
{
    g_autofree char *digits = g_match_info_fetch(m, n);

    return g_ascii_strtoll(digits, NULL, 10);
}

static gboolean put_number(const GMatchInfo *m, GString *out, gpointer data)
{
    struct plain *p = data;

    p->found = true;
    g_string_append_printf(out, "%" G_GINT64_FORMAT, p->find(part(m, 1), part(m, 2), p->user));
    return FALSE;
}

char *file_number_line(const char *line, const char *prefix, file_number_fn *find, void *user)
{
    struct plain p = {.find = find, .user = user};

    if (!may_have(line, prefix) || strlen(line) > LIMIT_COMMAND_BYTES || !g_utf8_validate(line, -1, NULL))
        return NULL;
    g_autofree char *escaped = g_regex_escape_string(prefix, -1);
    g_autofree char *pattern =
        g_strconcat("(?<![\\p{L}\\p{N}])#?", escaped, "\\s*", DASH, "(\\d{4})\\s*", DASH, "(\\d{1,12})(?![\\p{L}\\p{N}])", NULL);
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
    g_autofree char *out = regex != NULL ? g_regex_replace_eval(regex, line, -1, 0, 0, put_number, &p, NULL) : NULL;
    return p.found ? g_steal_pointer(&out) : NULL;
}

/* Words that are sought, or somebody's name, are no idea's number. */
static bool takes_number(enum command c)
{
    enum wants wants = command_row(c)->wants;

    return c != COMMAND_NONE && wants != WANTS_WORDS && wants != WANTS_NAME && wants != WANTS_ADDRESS;
}

static bool is_command(const char *line, bool *takes_number_out)
{
    struct block_line l = {0};
    g_autofree char *head = g_strndup(line, strcspn(line, ":"));
    bool is_order = order_read(line, &l);
    enum command c = is_order ? l.command : command_words_match(head);
    g_autofree char *bare = g_strstrip(g_strdup(line));
    bool is_number = *bare != '\0' && strspn(bare, "0123456789#") == strlen(bare);

    g_free(l.name);
    g_free(l.argument);
    *takes_number_out = is_number || takes_number(c);
    return is_number || c != COMMAND_NONE;
}

/* What LINE is for a command; NULL as it stands. *GOES_ON_OUT: may a command stand below it? */
static char *read_line(const char *line, const char *prefix, const struct plain *p, bool *goes_on_out)
{
    gsize n = strcspn(line, ":");
    g_autofree char *head = g_strndup(line, n), *plain = file_number_line(head, prefix, p->find, p->user);
    g_autofree char *whole = plain != NULL ? g_strconcat(plain, line + n, NULL) : NULL;
    bool takes = false;

    *goes_on_out = command_is_blank(line) || *line == '#' || command_words_formula(line) == FORMULA_GREETING ||
                   is_command(whole != NULL ? whole : line, &takes);
    return whole != NULL && takes ? g_steal_pointer(&whole) : NULL;
}

char *file_number_text(const char *text, const char *prefix, file_number_fn *find, void *user)
{
    const struct plain p = {.find = find, .user = user};
    bool goes_on = true, found = false;

    if (!may_have(text, prefix))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; goes_on && lines[i] != NULL && i < LIMIT_COMMAND_LINES; i++) {
        char *plain = read_line(lines[i], prefix, &p, &goes_on);
        if (plain == NULL)
            continue;
        found = true;
        g_free(lines[i]);
        lines[i] = plain;
    }
    return found ? g_strjoinv("\n", lines) : NULL;
}
