/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may stand around a word in a mail and says nothing itself: blank lines, quotation, greetings, names, signatures.
 */
#include "forum/command_tail.h"

#include "forum/command_words.h"
#include "forum/contact.h"
#include "forum/fold.h"

#include <string.h>

#define MAX_TAIL_LINES   40
#define MAX_SENDER_BYTES 80 /* of a line below a formula */

bool command_is_blank(const char *line)
{
    char first[FOLD_FIRST_BYTES];

    if (fold_first_word(line, first))
        return *first == '\0';
    g_autofree char *folded = fold_words(line);
    return *folded == '\0';
}

/* "-- ", "__", "***": what follows is a signature. */
bool command_is_rule(const char *line)
{
    gsize n = strspn(line, "-_=*~ \t");

    return n >= 2 && line[n] == '\0';
}

bool command_is_quote(const char *line)
{
    return *line == '>' || *line == '|';
}

/* Blanks, signs of no width, and what clients make of bold words. Signs that turn the direction stay: no name has one. */
static bool is_dress(gunichar c)
{
    return g_unichar_isspace(c) || c == 0x200b || c == 0xfeff || c == 0xad || c == '*' || c == '_' || c == '~';
}

static bool is_mark(gunichar c)
{
    GUnicodeType t = g_unichar_type(c);

    return c == '"' || c == '\'' || t == G_UNICODE_INITIAL_PUNCTUATION || t == G_UNICODE_FINAL_PUNCTUATION || c == 0x201a ||
           c == 0x201e;
}

/* TEXT without the signs at both ends that IS_ONE takes; if IS_PAIR only where one stands at each. */
static void undress(GString *text, bool (*is_one)(gunichar c), bool is_pair)
{
    const char *from = text->str, *end = text->str + text->len;

    while (from < end && is_one(g_utf8_get_char(from)))
        from = g_utf8_next_char(from);
    while (end > from && is_one(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    if (is_pair && (from == text->str || end == text->str + text->len))
        return;
    g_string_truncate(text, (gsize)(end - text->str));
    g_string_erase(text, 0, (gssize)(from - text->str));
}

char *command_bare(const char *line)
{
    GString *out = g_string_new(line);

    undress(out, is_dress, false);
    undress(out, is_mark, true);
    undress(out, is_dress, false);
    return g_string_free(out, FALSE);
}

char *command_name_given(const char *line)
{
    static const char *const words[] = {"name", "ad", "nazwa", NULL};
    const char *colon = strchr(line, ':');
    char first[FOLD_FIRST_BYTES];

    if (colon == NULL || (fold_first_word(line, first) && *first != '\0' && !g_strv_contains(words, first)))
        return NULL; /* nearly every line */
    g_autofree char *bare = command_bare(line);
    const char *at = strchr(bare, ':');
    g_autofree char *word = g_strndup(bare, at != NULL ? (gsize)(at - bare) : 0);
    g_autofree char *folded = fold_words(word);
    g_auto(GStrv) parts = at != NULL && g_strv_contains(words, folded) ? g_regex_split_simple("\\s+", at + 1, 0, 0) : NULL;
    g_autofree char *value = parts != NULL ? g_strjoinv(" ", parts) : NULL; /* blanks of any kind */
    return value != NULL ? command_bare(value) : NULL;
}

/* How somebody signs, or may be reached. */
static bool is_senders(const char *line, bool is_closed)
{
    g_autofree char *bare = command_bare(line), *name = command_name_given(line);

    return name != NULL || contact_is_name(bare, is_closed) || contact_is_line(line, strlen(line));
}

bool command_is_tail(char *const *lines)
{
    bool closed = false;
    int n = 0;

    for (; *lines != NULL; lines++) {
        if (command_is_rule(*lines))
            return true;
        if (command_is_blank(*lines) || command_is_quote(*lines))
            continue;
        if (++n > MAX_TAIL_LINES)
            return false;
        if (command_words_formula(*lines) == FORMULA_CLOSING)
            closed = true;
        else if (!is_senders(*lines, closed))
            return false;
    }
    return true;
}

/* Below a formula: something, and nothing that reads like a sentence. */
static bool is_sender(char *const *lines)
{
    guint n = 0;

    for (; *lines != NULL; lines++) {
        g_autofree char *line = g_strstrip(g_strdup(*lines));
        gsize length = strlen(line);
        if (length > MAX_SENDER_BYTES ||
            (length > 0 && strchr(".?!", line[length - 1]) != NULL && !contact_is_line(line, length)))
            return false;
        n += length > 0;
    }
    return n > 0;
}

static char *without_sender(const char *text, bool is_office)
{
    if (contact_is_courtesy(text)) /* "ablehnen" above "Viele Grüße": no reason was given */
        return g_strdup("");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) out = g_string_new(NULL);

    for (char **l = lines; *l != NULL; l++) {
        g_autofree char *line = g_strstrip(g_strdup(*l));
        if (command_words_formula(line) == FORMULA_CLOSING && out->len > 0 && is_sender(l + 1))
            break;
        if (out->len == 0 || is_office || !contact_is_line(line, strlen(line)))
            g_string_append_printf(out, "%s\n", *l);
    }
    g_strstrip(out->str);
    return is_office ? contact_mask_but_phones(out->str, "de", NULL) : contact_mask(out->str, "de", NULL, NULL);
}

char *command_without_sender(const char *text)
{
    return without_sender(text, false);
}

char *command_words_of_office(const char *text)
{
    return without_sender(text, true);
}
