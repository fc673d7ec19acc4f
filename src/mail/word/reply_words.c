/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables attributions.def, heads.def, subjects.def and signatures.def and the questions that may be asked of them. Knows nothing of
 * mails as a whole: reply_lines.c and reply_head.c ask about lines.
 */
#include "mail/word/reply_words.h"

#include <string.h>

#include "mail/word/language.h"
#include "mail/word/reply_match.h"

struct row {
    const char *text;
    gsize n;
    int kind; /* enum head_role or enum marker_kind */
};
#define ROW(kind, text)              \
    {                                \
        text, sizeof(text) - 1, kind \
    }

static const struct row attributions[] = {
#define ATTRIBUTION(languages, pattern) ROW(0, pattern),
#include "mail/word/attributions.def"
};
static const struct row head_words[] = {
#define HEADER(languages, role, word) ROW(ROLE_##role, word),
#include "mail/word/heads.def"
};
static const struct row markers[] = {
#define MARKER(languages, kind, phrase) ROW(MARKER_##kind, phrase),
#include "mail/word/heads.def"
};
static const struct row adverts[] = {
#define ADVERT(language, clients, pattern) ROW(0, pattern),
#include "mail/word/signatures.def"
};
static const struct row last_adverts[] = {
#define LAST_ADVERT(language, pattern) ROW(0, pattern),
#include "mail/word/signatures.def"
};
static const char *const programs[] = {
#define PROGRAM(name) name,
#include "mail/word/signatures.def"
};
static const char *const brands[] = {
#define BRAND(name) name,
#include "mail/word/signatures.def"
};
static const char *const advert_links[] = {
#define LINK(part) part,
#include "mail/word/signatures.def"
};
static const char *const apologies[] = {
#define APOLOGY(language, word) word,
#include "mail/word/signatures.def"
};
static const char *const footers[] = {
#define FOOTER(language, phrase) phrase,
#include "mail/word/signatures.def"
};
static const char *const closings[] = {
#define CLOSING(language, words) words,
#include "mail/word/signatures.def"
};
/* Everything once more, for the test that each row is written as folding would write it. */
static const char *const all_rows[] = {
#define ATTRIBUTION(languages, pattern)    pattern,
#define HEADER(languages, role, word)      word,
#define MARKER(languages, kind, phrase)    phrase,
#define ADVERT(language, clients, pattern) pattern,
#define PRODUCT(word)                      word,
#define LAST_ADVERT(language, pattern)     pattern,
#define PROGRAM(name)                      name,
#define BRAND(name)                        name,
#define LINK(part)                         part,
#define APOLOGY(language, word)            word,
#define FOOTER(language, phrase)           phrase,
#define PREFIX(language, kind, word)       word,
#define WEAK_PREFIX(language, kind, word)  word,
#define LABEL(language, word)              word,
#define CLOSING(language, words)           words,
#define CONTACT(language, word)            word,
#include "mail/word/attributions.def"
#include "mail/word/heads.def"
#include "mail/word/subjects.def"
#include "mail/word/signatures.def"
};

const char *words_row(gsize i)
{
    return i < G_N_ELEMENTS(all_rows) ? all_rows[i] : NULL;
}

static const struct row *fitting_row(const struct row *rows, gsize n_rows, const char *text, gsize n)
{
    for (gsize i = 0; i < n_rows; i++)
        if (pattern_may_fit(rows[i].text, rows[i].n, text, n) && pattern_fits(rows[i].text, text, n))
            return &rows[i];
    return NULL;
}

static const struct row *equal_row(const struct row *rows, gsize n_rows, const char *text, gsize n)
{
    for (gsize i = 0; i < n_rows; i++)
        if (rows[i].n == n && !memcmp(rows[i].text, text, n))
            return &rows[i];
    return NULL;
}

enum attribution words_attribution(const char *text, gsize n, bool begins_with_gap)
{
    enum attribution best = ATTRIBUTION_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(attributions) && best != ATTRIBUTION_FULL; i++) {
        const struct row *row = &attributions[i];
        if ((*row->text == '{') != begins_with_gap || !pattern_may_fit(row->text, row->n, text, n) ||
            !pattern_fits(row->text, text, n))
            continue;
        bool tells_more = strstr(row->text, "{date}") || strstr(row->text, "{mail}") || strstr(row->text, "{stamp}");
        best = tells_more ? ATTRIBUTION_FULL : ATTRIBUTION_NAME;
    }
    return best;
}

enum head_role words_role(const char *word, gsize n)
{
    const struct row *row = equal_row(head_words, G_N_ELEMENTS(head_words), word, n);
    return row ? (enum head_role)row->kind : ROLE_NONE;
}

enum marker_kind words_marker(const char *text, gsize n)
{
    const struct row *row = fitting_row(markers, G_N_ELEMENTS(markers), text, n);
    return row ? (enum marker_kind)row->kind : MARKER_NONE;
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
        if (strchr(".,;!", *p) && (p[1] == ' ' || !p[1]) && (!p[1] || has_one_of(p, apologies, G_N_ELEMENTS(apologies))))
            return (gsize)(p - text);
    const char *dash = strstr(text, " - ");
    return dash && has_one_of(dash, apologies, G_N_ELEMENTS(apologies)) ? (gsize)(dash - text) : n;
}

static bool is_link(const char *at)
{
    return (*at == 'h' && (!strncmp(at, "http://", 7) || !strncmp(at, "https://", 8))) ||
           (*at == 'm' && !strncmp(at, "mailto:", 7));
}

#define SIGNS_ABOVE " <>()[*_-\"" /* at the start of an advert */

/* Without "<https://...>", "(https://...)", "https://..." and the brackets of "[text](https://...)". */
static char *without_links(const char *text, gsize n)
{
    GString *out = g_string_sized_new(n + 1);
    for (gsize i = 0; i < n; i++) {
        bool opens = text[i] == '<' || text[i] == '(';
        const char *rest = text + i + opens;
        if (is_link(rest)) {
            i += opens + strcspn(rest, opens ? ">)" : " ");
            opens = true;
        } else if (text[i] != '[' && text[i] != ']')
            g_string_append_c(out, text[i]);
    }
    while (out->len && strchr(" <>()*_.:\"", out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    g_string_erase(out, 0, (gssize)strspn(out->str, SIGNS_ABOVE));
    return g_string_free(out, FALSE);
}

#define MAX_GAP_FIRST_BYTES 60 /* of an advert whose row begins with a gap */

/* Where to look first among the adverts and the names of programs. */
struct words_index {
    guint16 first_advert[256];                  /* by first byte: 1 + row, 0 none */
    guint16 next_advert[G_N_ELEMENTS(adverts)]; /* of the same first byte, likewise */
    guint16 n_begin[G_N_ELEMENTS(adverts)];     /* bytes of the row's first word */
    struct {
        const char *at;
        gsize n;
    } behind_gap[G_N_ELEMENTS(adverts)]; /* what follows the gap of a row that begins with one */
    guint n_gaps;
    guint16 first_program[256], next_program[G_N_ELEMENTS(programs)]; /* names of mail programs, likewise */
};

static void make_index(struct words_index *index)
{
    for (gsize i = 0; i < G_N_ELEMENTS(adverts); i++) {
        const char *row = adverts[i].text;
        index->n_begin[i] = (guint16)strcspn(row, " {");
        index->next_advert[i] = index->first_advert[(guchar)*row];
        index->first_advert[(guchar)*row] = (guint16)(i + 1);
        if (*row != '{')
            continue;
        const char *piece = strchr(row, '}') + 1;
        index->behind_gap[index->n_gaps].at = piece;
        index->behind_gap[index->n_gaps++].n = strcspn(piece, "{");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        guchar first = (guchar)*programs[i];
        index->next_program[i] = index->first_program[first];
        index->first_program[first] = (guint16)(i + 1);
    }
}

/* Made once; lives as long as the process. */
static const struct words_index *words_index(void)
{
    static gsize made;

    if (g_once_init_enter(&made)) {
        struct words_index *index = g_new0(struct words_index, 1);
        make_index(index);
        g_once_init_leave(&made, GPOINTER_TO_SIZE(index));
    }
    return GSIZE_TO_POINTER(made);
}

/* Begins the text like an advert, or, for rows that begin with a gap, holds what follows it? Most lines do
 * not. */
static bool may_be_advert(const struct words_index *index, const char *text, gsize n)
{
    const char *start = text + strspn(text, SIGNS_ABOVE);
    for (guint i = index->first_advert[(guchar)*start]; i != 0; i = index->next_advert[i - 1]) {
        const char *row = adverts[i - 1].text;
        bool may_begin = row[1] == start[1] || row[1] == ' ' || row[1] == '{';
        if (may_begin && !strncmp(start, row, index->n_begin[i - 1]))
            return true;
    }
    for (gsize i = 0; n <= MAX_GAP_FIRST_BYTES && i < index->n_gaps; i++)
        if (memmem(text, n, index->behind_gap[i].at, index->behind_gap[i].n))
            return true;
    return false;
}

/* Of the rows that begin like the text, or with a gap: does one fit? */
static bool fits_advert(const struct words_index *index, const char *text, gsize n)
{
    const guchar firsts[] = {(guchar)*text, '{'};

    for (gsize k = 0; k < G_N_ELEMENTS(firsts); k++)
        for (guint i = index->first_advert[firsts[k]]; i != 0; i = index->next_advert[i - 1])
            if (pattern_may_fit(adverts[i - 1].text, adverts[i - 1].n, text, n) && pattern_fits(adverts[i - 1].text, text, n))
                return true;
    return false;
}

#define MAX_PRAISE_WORDS 12 /* beside the program's name, of a language that the tables do not know */

/* How long the name of a mail program is that stands at AT; 0 if none does. */
static gsize program_at(const struct words_index *index, const char *at)
{
    for (guint i = index->first_program[(guchar)*at]; i != 0; i = index->next_program[i - 1]) {
        const char *name = programs[i - 1];
        gsize n = at[1] == name[1] ? strlen(name) : 0; /* the first letter is the index's */
        if (n > 0 && strncmp(at, name, n) == 0)
            return n;
    }
    return 0;
}

/* Where the clause with the name of a mail program ends, 0 if there is none: "sent from mailspring, the best ..." */
static gsize program_clause(const struct words_index *index, const char *text)
{
    const char *at = text;
    gsize n = 0;

    while (*at != '\0' &&
           (index->first_program[(guchar)*at] == 0 || (at > text && g_ascii_isalnum(at[-1])) || (n = program_at(index, at)) == 0))
        at++;
    for (const char *p = at + n; n > 0 && *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == ',' || c == 0x60c || c == 0x3001 || c == 0xff0c)
            return (gsize)(p - text);
    }
    return n > 0 ? strlen(text) : 0;
}

/* No small word of a language that we know: no person's sentence in one of those. */
static bool is_foreign(const char *text, gsize n)
{
    guint n_words = 0;

    for (const char *p = text; p < text + n;) {
        gsize length = strcspn(p, " ");
        length = MIN(length, (gsize)(text + n - p));
        if (length > 2 && language_has_word(p, length)) /* shorter ones are shared by half the world */
            return false;
        n_words++;
        p += length + 1;
    }
    return n_words <= MAX_PRAISE_WORDS;
}

bool words_are_advert(const char *text, gsize n)
{
    const struct words_index *index = words_index();
    gsize clause = program_clause(index, text);

    if (clause == 0 && !may_be_advert(index, text, n))
        return false;
    g_autofree char *plain = without_links(text, n);
    if (fits_advert(index, plain, length_without_apology(plain)))
        return true;
    clause = program_clause(index, plain);
    return clause > 0 && (fits_advert(index, plain, clause) || is_foreign(plain, clause));
}

/* A name that stands for itself in every language, and no small word of one that we know. */
static bool is_foreign_advert(const char *plain)
{
    gsize n = strlen(plain);

    return strchr(plain, ' ') != NULL && has_one_of(plain, brands, G_N_ELEMENTS(brands)) && is_foreign(plain, n) && n > 0 &&
           strchr("?!", plain[n - 1]) == NULL;
}

bool words_are_last_advert(const char *text, gsize n)
{
    g_autofree char *plain = without_links(text, n);

    if (strlen(plain) < n && has_one_of(text, advert_links, G_N_ELEMENTS(advert_links)))
        return true;
    return is_foreign_advert(plain) ||
           fitting_row(last_adverts, G_N_ELEMENTS(last_adverts), plain, length_without_apology(plain)) != NULL;
}

bool words_have_footer(const char *text)
{
    return has_one_of(text, footers, G_N_ELEMENTS(footers));
}

bool words_are_closing(const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(closings); i++) {
        if (*closings[i] != *text)
            continue;
        gsize n = strlen(closings[i]);
        if (!strncmp(text, closings[i], n) && !text[n + strspn(text + n, " ,.!-")])
            return true;
    }
    return false;
}
