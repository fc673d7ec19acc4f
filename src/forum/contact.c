/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contact lines; see contact.h.
 */
#include "forum/contact.h"

#include "forum/fold.h"

#include <glib.h>
#include <string.h>

#define MAX_LINE_BYTES 120
#define MAX_WORDS      8

/* What stands before a number or an address. */
static const char *const labels[] = {
    "tel", "telefon", "fon", "mobil", "mobiltelefon", "handy", "fax", "telefax", "email", "mail", "internet", "web", "phone",
    "mobile", "cell", "gsm", "cep", "kom", "www", "http", "https", "adresse", "address", "adres",
};

/* How a street's name ends or begins; folded. */
static const char *const streets[] = {
    "strasse", "str", "weg", "gasse", "platz", "allee", "ring", "damm", "ufer", "chaussee", "steig", "pfad", "street", "road",
    "avenue", "lane", "sokak", "caddesi", "ulica", "ul", "aleja",
};

static bool is_in(const char *word, const char *const *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

static bool is_number(const char *word)
{
    return g_ascii_isdigit(*word);
}

/* "musterstr", "muster strasse": the word before a house number. */
static bool is_street(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(streets); i++)
        if (g_str_has_suffix(word, streets[i]) && (strlen(streets[i]) > 2 || strcmp(word, streets[i]) == 0))
            return true;
    return false;
}

static gsize count_digits(const char *line)
{
    gsize n = 0;

    for (; *line != '\0'; line++)
        n += g_ascii_isdigit(*line);
    return n;
}

/* "0231 50-0", "+49 (0)231 ...": digits and what people put between them. */
static bool is_bare_number(const char *line)
{
    return count_digits(line) >= 6 && line[strspn(line, "+0123456789 ()/-.\t")] == '\0';
}

static bool is_mail_or_web(const char *line)
{
    const char *at = strchr(line, '@');

    return strchr(line, ' ') == NULL && ((at != NULL && at > line && strchr(at, '.') != NULL) ||
                                         strncmp(line, "www.", 4) == 0 || strstr(line, "://") != NULL);
}

static bool is_postcode(char *const *words, guint n)
{
    return n >= 2 && n <= 5 && strlen(words[0]) == 5 && count_digits(words[0]) == 5 && count_digits(words[1]) == 0;
}

static bool is_street_line(char *const *words, guint n)
{
    for (guint i = 0; i + 1 < n; i++)
        if (is_street(words[i]) && is_number(words[i + 1]))
            return true;
    return false;
}

bool contact_is_line(const char *line)
{
    g_autofree char *bare = g_strstrip(g_strdup(line));
    g_autofree char *folded = fold_words(bare);
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);
    guint n = g_strv_length(words);

    if (n == 0 || strlen(bare) > MAX_LINE_BYTES || n > MAX_WORDS)
        return is_bare_number(bare);
    bool is_labelled = is_in(words[0], labels, G_N_ELEMENTS(labels)) &&
                       (count_digits(bare) >= 3 || strchr(bare, '@') != NULL || strchr(bare, '.') != NULL);
    return is_labelled || is_bare_number(bare) || is_mail_or_web(bare) || is_postcode(words, n) ||
           is_street_line(words, n);
}
