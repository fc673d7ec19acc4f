/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables quotes.def and signatures.def and the questions that may be asked of them. Knows nothing of mails as a whole:
 * reply_lines.c and reply_head.c ask about lines.
 */
#include "mail/reply_words.h"

#include <string.h>

#include "mail/reply_match.h"

struct head_word {
    enum head_role role;
    const char *word;
};
struct marker_word {
    enum marker_kind kind;
    const char *word;
};

static const char *const attributions[] = {
#define ATTRIBUTION(language, clients, pattern) pattern,
#include "mail/quotes.def"
};
static const struct head_word head_words[] = {
#define HEADER(language, role, word) {ROLE_##role, word},
#include "mail/quotes.def"
};
static const struct marker_word markers[] = {
#define MARKER(language, clients, kind, phrase) {MARKER_##kind, phrase},
#include "mail/quotes.def"
};
static const struct marker_word prefixes[] = {
#define PREFIX(language, kind, word) {MARKER_##kind, word},
#include "mail/quotes.def"
};
static const char *const adverts[] = {
#define ADVERT(language, clients, pattern) pattern,
#include "mail/signatures.def"
};
static const char *const apologies[] = {
#define APOLOGY(language, word) word,
#include "mail/signatures.def"
};
static const char *const footers[] = {
#define FOOTER(language, phrase) phrase,
#include "mail/signatures.def"
};
static const char *const closings[] = {
#define CLOSING(language, words) words,
#include "mail/signatures.def"
};
static const char *const contacts[] = {
#define CONTACT(language, word) word,
#include "mail/signatures.def"
};
/* Everything once more, for the test that each row is written as folding would write it. */
static const char *const all_rows[] = {
#define ATTRIBUTION(language, clients, pattern) pattern,
#define HEADER(language, role, word)            word,
#define MARKER(language, clients, kind, phrase) phrase,
#define ADVERT(language, clients, pattern)      pattern,
#define PRODUCT(word)                           word,
#define APOLOGY(language, word)                 word,
#define FOOTER(language, phrase)                phrase,
#define PREFIX(language, kind, word)            word,
#define CLOSING(language, words)                words,
#define CONTACT(language, word)                 word,
#include "mail/quotes.def"
#include "mail/signatures.def"
};

const char *words_row(gsize i)
{
    return i < G_N_ELEMENTS(all_rows) ? all_rows[i] : NULL;
}

bool words_are_attribution(const char *text, gsize n, bool begins_with_gap)
{
    for (gsize i = 0; i < G_N_ELEMENTS(attributions); i++)
        if ((*attributions[i] == '{') == begins_with_gap && pattern_fits(attributions[i], text, n))
            return true;
    return false;
}

enum head_role words_role(const char *word, gsize n)
{
    for (gsize i = 0; i < G_N_ELEMENTS(head_words); i++)
        if (!strncmp(head_words[i].word, word, n) && !head_words[i].word[n])
            return head_words[i].role;
    return ROLE_NONE;
}

enum marker_kind words_marker(const char *text, gsize n)
{
    for (gsize i = 0; i < G_N_ELEMENTS(markers); i++)
        if (pattern_fits(markers[i].word, text, n))
            return markers[i].kind;
    return MARKER_NONE;
}

static bool has_one_of(const char *text, const char *const *words, gsize n_words)
{
    for (gsize i = 0; i < n_words; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

/* "sent from my cell, please excuse any typos." -> without the clause that apologises */
static gsize length_without_apology(const char *text)
{
    gsize n = strlen(text);
    for (const char *p = text; *p; p++)
        if (strchr(".,;!", *p) && (p[1] == ' ' || !p[1]) &&
            (!p[1] || has_one_of(p, apologies, G_N_ELEMENTS(apologies))))
            return (gsize)(p - text);
    const char *dash = strstr(text, " - ");
    return dash && has_one_of(dash, apologies, G_N_ELEMENTS(apologies)) ? (gsize)(dash - text) : n;
}

/* Without "<https://...>", "(https://...)", "https://..." and the brackets of "[text](https://...)". */
static char *without_links(const char *text, gsize n)
{
    GString *out = g_string_sized_new(n + 1);
    for (gsize i = 0; i < n; i++) {
        bool opens = text[i] == '<' || text[i] == '(';
        const char *rest = text + i + opens;
        if (!strncmp(rest, "http://", 7) || !strncmp(rest, "https://", 8) || !strncmp(rest, "mailto:", 7)) {
            i += opens + strcspn(rest, opens ? ">)" : " ");
            opens = true;
        } else if (text[i] != '[' && text[i] != ']')
            g_string_append_c(out, text[i]);
    }
    while (out->len && strchr(" <>()*_.\"", out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    g_string_erase(out, 0, (gssize)strspn(out->str, " <>()*_\""));
    return g_string_free(out, FALSE);
}

bool words_are_advert(const char *text, gsize n)
{
    g_autofree char *plain = without_links(text, n);
    gsize length = length_without_apology(plain);
    for (gsize i = 0; i < G_N_ELEMENTS(adverts); i++)
        if (pattern_fits(adverts[i], plain, length))
            return true;
    return false;
}

bool words_have_footer(const char *text)
{
    return has_one_of(text, footers, G_N_ELEMENTS(footers));
}

bool words_are_closing(const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(closings); i++) {
        gsize n = strlen(closings[i]);
        if (!strncmp(text, closings[i], n) && !text[n + strspn(text + n, " ,.!-")])
            return true;
    }
    return false;
}

bool words_have_contact(const char *text)
{
    if (strstr(text, "http://") || strstr(text, "https://") || strstr(text, "www.") ||
        has_address(text, strlen(text)))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(contacts); i++)
        if (starts_with_word(text, contacts[i]) && has_digit(text, strlen(text)))
            return true;
    gsize digits = strspn(text, "0123456789");
    bool is_postcode = digits == 5 && text[5] == ' ' && !has_digit(text + 5, strlen(text + 5));
    return is_postcode || (text[0] == '+' && g_ascii_isdigit(text[1]));
}

static enum marker_kind prefix_kind(const char *word, gsize n)
{
    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (!strncmp(prefixes[i].word, word, n) && !prefixes[i].word[n])
            return prefixes[i].kind;
    return MARKER_NONE;
}

enum marker_kind words_subject(const char *subject)
{
    if (!subject)
        return MARKER_NONE;
    g_autofree char *folded = fold_line(subject, strlen(subject));
    const char *p = folded;
    while (*p == '[') { /* "[list] Re: ..." */
        p += strcspn(p, "]");
        p += strspn(p, "] ");
    }
    gsize n = strcspn(p, ":[(");
    while (n && p[n - 1] == ' ')
        n--;
    return prefix_kind(p, n);
}
