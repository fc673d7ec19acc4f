/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checks of what was typed; see given.h.
 */
#include "forum/given.h"

#include "base/limits.h"
#include "forum/name.h"
#include "forum/route.h"
#include "mail/write/compose.h"

#include <string.h>

/* Where a text is shown such a sign would hide something, or turn what stands beside it. */
static bool is_invisible(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
        return true;
    default: /* GLib's own enum, which grows with Unicode */
        return false;
    }
}

static gunichar first_invisible(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (is_invisible(g_utf8_get_char(p)))
            return g_utf8_get_char(p);
    return 0;
}

char *given_line(const char *what, const char *text, glong n_max_chars, struct err *e)
{
    if (!g_utf8_validate(text, -1, NULL)) {
        err_set(e, ERR_VALUE, "%s is written in UTF-8; this is something else", what);
        return NULL;
    }
    g_autofree char *line = g_strstrip(g_strdup(text));
    gunichar invisible = first_invisible(line);
    if (*line == '\0')
        err_set(e, ERR_VALUE, "%s must not be empty", what);
    else if (invisible != 0)
        err_set(e, ERR_VALUE, "%s is one line without control or invisible characters; there is U+%04X in it", what, invisible);
    else if (g_utf8_strlen(line, -1) > n_max_chars)
        err_set(e, ERR_VALUE, "%s has at most %ld characters; this one has %ld", what, n_max_chars, g_utf8_strlen(line, -1));
    else
        return g_steal_pointer(&line);
    return NULL;
}

char *given_forum_name(const char *text, struct err *e)
{
    g_autofree char *line = given_line("a forum's name", text, LIMIT_FORUM_NAME_CHARS, e);
    g_autofree char *name = line != NULL ? route_fold_name(line) : NULL;

    if (line == NULL)
        return NULL;
    if (name == NULL || !route_is_local_part(name))
        err_set(e, ERR_VALUE,
                "'%s' cannot be a forum's address; take letters, and digits and - . _ between them, like 'mobilitaet'", line);
    else if (strlen(name) > LIMIT_FORUM_NAME_CHARS) /* its umlauts written out */
        err_set(e, ERR_VALUE, "a forum's name has at most %d characters", LIMIT_FORUM_NAME_CHARS);
    else if (route_is_taken(name))
        err_set(e, ERR_VALUE, "'%s' is an address of the gateway itself; take another name", name);
    else if (route_is_file_word(name))
        err_set(e, ERR_VALUE, "'%s' would be the file of another page; take a name without 'html', 'gone' and 'index'", name);
    else
        return g_steal_pointer(&name);
    return NULL;
}

bool given_is_address(const char *text, struct err *e)
{
    return outgoing_is_address(text) || err_set(e, ERR_VALUE, "'%s' is not a mail address; write it like anna@example.net", text);
}

char *given_address(const char *text, const char *own_domain, struct err *e)
{
    g_autofree char *address = given_line("a mail address", text, LIMIT_SMTP_ADDRESS_BYTES, e);

    if (address == NULL)
        return NULL;
    if (!given_is_address(address, e))
        return NULL;
    if (route_is_own(address, own_domain))
        err_set(e, ERR_VALUE, "%s is an address of the gateway itself; take one where a person reads", address);
    else
        return g_steal_pointer(&address);
    return NULL;
}

char *given_public_name(const char *text, struct err *e)
{
    g_autofree char *name = given_line("a public name", text, LIMIT_GIVEN_NAME_CHARS, e);
    enum name_fault fault = name != NULL ? name_form(name) : NAME_FINE;

    if (fault == NAME_FINE)
        return g_steal_pointer(&name);
    err_set(e, ERR_VALUE,
            fault == NAME_ADDRESS ? "'%s' holds an address or a number to call, and everybody will read it; take a name"
            : fault == NAME_MIXED ? "'%s' mixes letters of several scripts, and could be read as another name"
                                  : "'%s' is no name that people can read: take letters",
            name);
    return NULL;
}

char *given_language(const char *text, char *const *known, struct err *e)
{
    if (g_strv_contains((const char *const *)known, text))
        return g_strdup(text);
    g_autofree char *list = g_strjoinv(", ", (char **)known);
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    err_set(e, ERR_VALUE, "'%s' is none of the languages of this initiative: %s ([initiative] languages)", valid, list);
    return NULL;
}
