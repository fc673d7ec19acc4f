/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contact lines; see contact.h.
 */
#include "forum/contact.h"

#include "base/limits.h"
#include "forum/command_words.h"
#include "forum/fold.h"

#include <glib.h>
#include <string.h>

#define MAX_NAME_WORDS    6
#define MAX_SHOUTED_WORDS 3    /* of a name in capitals */
#define MAX_NAME_BYTES    1000 /* of a line that is a formula or a name */
#define LEAST_TOKEN       4    /* letters of a part of an address that may be a name */

/* A blank of any kind: programs that write HTML like those that break no line. */
static const char *behind_blanks(const char *p)
{
    while (*p != '\0' && g_unichar_isspace(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    return p;
}

static gsize word_bytes(const char *word)
{
    const char *p = word;

    while (*p != '\0' && !g_unichar_isspace(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    return (gsize)(p - word);
}

/* A few words, each with a capital or a particle. */
static bool are_names(const char *line, bool any_case)
{
    static const char *const particles[] = {"von", "van", "der", "den", "de", "zu", "zur", "da", "di", "und", "and", "el", "ter"};
    int n = 0;

    for (const char *w = behind_blanks(line); *w != '\0'; w = behind_blanks(w)) {
        gsize bytes = word_bytes(w);
        gunichar first = g_utf8_get_char(w);
        bool is_particle = false;
        for (gsize i = 0; i < G_N_ELEMENTS(particles); i++)
            is_particle |= strlen(particles[i]) == bytes && memcmp(w, particles[i], bytes) == 0;
        if (++n > MAX_NAME_WORDS || (!is_particle && !g_unichar_isupper(first) && !(any_case && g_unichar_isalpha(first))))
            return false;
        w += bytes;
    }
    return n > 0;
}

/* "DIE BUSSE KOMMEN NIE": where all is written large, capitals tell no name. */
static bool is_shouted(const char *line)
{
    guint n_blanks = 0;

    for (const char *p = line; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_unichar_islower(g_utf8_get_char(p)))
            return false;
        n_blanks += g_unichar_isspace(g_utf8_get_char(p));
    }
    return n_blanks >= MAX_SHOUTED_WORDS;
}

/* What most lines fail at is asked first: it costs least. */
bool contact_is_name(const char *line, bool any_case)
{
    return are_names(line, any_case) && (any_case || !is_shouted(line)) && strpbrk(line, "?!:;") == NULL &&
           !command_words_objects(line) && command_words_match(line) == COMMAND_NONE;
}

bool contact_is_signature(const char *line)
{
    gsize n = strlen(line);
    bool is_sentence = n > 2 && line[n - 1] == '.' && line[n - 2] != '.' && n > 3 && line[n - 3] != ' ' && line[n - 3] != '.';

    return !is_sentence && contact_is_name(line, false);
}

bool contact_is_courtesy(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool found = false;

    for (char **l = lines; *l != NULL; l++) {
        const char *line = g_strstrip(*l);
        enum formula f = command_words_formula(line);
        if (*line == '\0')
            continue;
        bool is_greeting = !found && f == FORMULA_GREETING && g_str_has_suffix(line, ","); /* "Sehr gute Idee!" is none */
        if (f != FORMULA_CLOSING && !is_greeting && !(found && contact_is_signature(line)))
            return false;
        found |= f == FORMULA_CLOSING;
    }
    return found;
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

/* The line of TEXT that ends at END, without blanks around it; *N_OUT is its length. */
static const char *line_before(const char *text, const char *end, gsize *n_out)
{
    const char *from = end;

    while (from > text && from[-1] != '\n')
        from--;
    while (from < end && g_ascii_isspace(*from))
        from++;
    while (end > from && g_ascii_isspace(end[-1]))
        end--;
    *n_out = (gsize)(end - from);
    return from;
}

/* Where the line above the one that ends at END ends; NULL if that is the first. */
static const char *end_above(const char *text, const char *end)
{
    while (end > text && end[-1] != '\n')
        end--;
    return end > text ? end - 1 : NULL;
}

/* Is the line that ends at END a closing formula, or the name that may stand below one? */
static bool is_signed(const char *text, const char *end)
{
    gsize n, n_above = 0;
    const char *line = line_before(text, end, &n), *above = end_above(text, end);
    const char *line_above = above != NULL ? line_before(text, above, &n_above) : "";
    g_autofree char *last = g_strndup(line, MIN(n, MAX_NAME_BYTES + 1)),
                    *formula = g_strndup(line_above, MIN(n_above, MAX_NAME_BYTES + 1));

    return n <= MAX_NAME_BYTES &&
           (command_words_formula(last) == FORMULA_CLOSING ||
            contact_is_name(last, n_above <= MAX_NAME_BYTES && command_words_formula(formula) == FORMULA_CLOSING));
}

char *contact_cut(const char *text, guint *n_cut_out)
{
    const char *kept = text + strlen(text); /* where what stays ends */
    guint n_lines = 0, n_cut = 0;
    bool is_contact = true;

    while (kept != NULL && is_contact && n_lines <= LIMIT_CONTACT_LINES) {
        gsize n;
        const char *line = line_before(text, kept, &n);
        is_contact = n == 0 || contact_is_line(line, n);
        n_cut += is_contact && n > 0;
        n_lines += n > 0;
        kept = is_contact ? end_above(text, kept) : kept;
    }
    /* Only below a name or a closing formula is it the sender's; else it is what the text is about. */
    *n_cut_out = kept != NULL && !is_contact && is_signed(text, kept) ? n_cut : 0;
    return *n_cut_out == 0 ? g_strdup(text) : g_strndup(text, (gsize)(kept - text));
}

/* The first word of TEXT that is also a part of the address before the @. */
static char *word_of_address(const char *text, const char *address)
{
    g_autofree char *local = g_strndup(address, strcspn(address, "@+"));
    g_auto(GStrv) parts = g_strsplit_set(local, "._-0123456789", -1);
    g_auto(GStrv) words = g_regex_split_simple("[^\\p{L}]+", text, G_REGEX_OPTIMIZE, 0);
    static const char *const roles[] = {"info", "mail",  "post",   "kontakt", "contact",    "office",   "buero", "verein",
                                        "team", "email", "presse", "service", "verwaltung", "vorstand", NULL};

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
