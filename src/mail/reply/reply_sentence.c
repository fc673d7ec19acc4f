/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See reply_sentence.h. One walk over the words; numbers are looked at for what they may be.
 */
#include "mail/reply/reply_sentence.h"

#include <string.h>

#include "mail/word/language.h"
#include "mail/word/reply_match.h"

#define MAX_NAME_WORDS 8 /* before an address in angles */
#define LEAST_NAME     3 /* bytes of a name that is worth looking for */

/* Signs that mail programs set between the pieces, each in its own way, and that translators leave out. */
static bool is_punctuation(gunichar c)
{
    if (c < 0x80)
        return strchr(",\"'()-*_[]|~;/", (int)c) != NULL && c != 0;
    switch (c) {
    case 0xab:
    case 0xbb:
    case 0x60c:
    case 0x3001:
    case 0xff0c:
    case 0xff08:
    case 0xff09:
    case 0x300c:
    case 0x300d:
        return true;
    default:
        return (c >= 0x2010 && c <= 0x2015) || (c >= 0x2018 && c <= 0x201f);
    }
}

char *sentence_plain(const char *text, gsize n)
{
    GString *out = g_string_sized_new(n + 1);

    for (const char *p = text, *end = text + n; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool is_blank = c == ' ' || is_punctuation(c);
        bool after_blank = out->len == 0 || out->str[out->len - 1] == ' ';
        if (is_blank && !after_blank)
            g_string_append_c(out, ' ');
        if (is_blank)
            continue;
        if (c == ':' && out->len > 0 && after_blank)
            g_string_truncate(out, out->len - 1);
        g_string_append_unichar(out, c);
    }
    while (out->len > 0 && strchr(" :", out->str[out->len - 1]) != NULL)
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

struct numbers {
    guint n, n_short, n_years; /* all; of one or two digits; of four that can be a year */
    bool has_time;
};

static guint digits_at(const char **p, const char *end)
{
    guint n = 0;

    while (*p < end && g_unichar_isdigit(g_utf8_get_char(*p))) {
        *p = g_utf8_next_char(*p);
        n++;
    }
    return n;
}

/* A run of digits at *P, and "9:01" if that is what it begins. */
static void take_number(struct numbers *x, const char **p, const char *end)
{
    guint n = digits_at(p, end);

    x->n++;
    x->n_short += n <= 2;
    x->n_years += n == 4;
    if (n > 2 || *p >= end || **p != ':')
        return;
    const char *behind = *p + 1;
    if (digits_at(&behind, end) != 2)
        return;
    x->has_time = true; /* and is no part of a date */
    x->n--;
    x->n_short--;
    *p = behind;
}

static void read_numbers(const char *word, gsize n, struct numbers *x)
{
    for (const char *p = word, *end = word + n; p < end;) {
        if (g_unichar_isdigit(g_utf8_get_char(p)))
            take_number(x, &p, end);
        else
            p = g_utf8_next_char(p);
    }
}

static bool has_letter(const char *word, gsize n)
{
    for (const char *p = word; p < word + n; p = g_utf8_next_char(p))
        if (g_unichar_isalpha(g_utf8_get_char(p)))
            return true;
    return false;
}

/* The sentence without the first of NAMES that stands in it; NULL if none does. */
static char *without_name(const char *plain, const GPtrArray *names)
{
    for (guint i = 0; names != NULL && i < names->len; i++) {
        const char *name = names->pdata[i];
        const char *at = strlen(name) >= LEAST_NAME ? strstr(plain, name) : NULL;
        if (at == NULL || (at > plain && at[-1] != ' ' && (guchar)at[-1] < 0x80))
            continue;
        return g_strdup_printf("%.*s %s", (int)(at - plain), plain, at + strlen(name));
    }
    return NULL;
}

struct known {
    guint n[MAX_LANGUAGES];
};

static void count_known(struct known *known, const char *word, gsize n)
{
    guint set = language_of_word(word, n);

    for (guint i = 0; set != 0; i++, set >>= 1)
        known->n[i] += set & 1;
}

static guint most_known(const struct known *known)
{
    guint most = 0;

    for (guint i = 0; i < MAX_LANGUAGES; i++)
        most = MAX(most, known->n[i]);
    return most;
}

/* Words with a letter that are no part of an address; those right before one in angles are its name. */
static guint walk_words(const char *plain, struct numbers *x, struct known *known)
{
    guint n_words = 0, n_before = 0;

    for (const char *p = plain; *p != '\0';) {
        gsize n = strcspn(p, " ");
        bool opens = memchr(p, '<', n) != NULL;
        if (opens || memchr(p, '@', n) != NULL) {
            n_words -= opens ? MIN(MIN(n_before, MAX_NAME_WORDS), n_words) : 0;
            n_before = 0;
        } else {
            guint before = x->n;
            read_numbers(p, n, x);
            n_words += has_letter(p, n);
            count_known(known, p, n);
            n_before = x->n > before ? 0 : n_before + has_letter(p, n); /* a name begins behind the date */
        }
        p += n + (p[n] == ' ');
    }
    return n_words;
}

/* Is one of the words of NAMES a word of PLAIN? */
static bool has_part_of(const char *plain, const GPtrArray *names)
{
    for (guint i = 0; names != NULL && i < names->len; i++)
        for (const char *p = names->pdata[i]; *p != '\0';) {
            gsize n = strcspn(p, " ");
            g_autofree char *word = n > LEAST_NAME ? g_strndup(p, n) : NULL;
            const char *at = word != NULL ? strstr(plain, word) : NULL;
            if (at != NULL && (at == plain || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
                return true;
            p += n + (p[n] == ' ');
        }
    return false;
}

/* Without a name in quotes before its address: "Karl Beispiel" k@example.org */
static char *without_quoted_name(const char *text, gsize n)
{
    const char *open = memchr(text, '"', n);
    const char *close = open != NULL ? memchr(open + 1, '"', n - (gsize)(open + 1 - text)) : NULL;
    const char *word = close != NULL && close[1] == ' ' ? close + 2 : NULL;

    if (word == NULL || memchr(word, '@', strcspn(word, " ")) == NULL)
        return g_strndup(text, n);
    return g_strdup_printf("%.*s%.*s", (int)(open - text), text, (int)(n - (gsize)(word - text)), word);
}

static bool ends_like_a_sentence(const char *text, gsize n)
{
    return n > 0 && strchr(".!?", text[n - 1]) != NULL;
}

bool sentence_is_of_domain(const char *text, const char *domain)
{
    gsize n = domain != NULL ? strlen(domain) : 0;

    for (const char *at = n > 0 ? strchr(text, '@') : NULL; at != NULL; at = strchr(at + 1, '@'))
        if (g_ascii_strncasecmp(at + 1, domain, n) == 0 && !g_ascii_isalnum(at[1 + n]) && at[1 + n] != '-')
            return true;
    return false;
}

void sentence_read(const char *text, gsize n, const struct sentence_names *names, struct sentence *out)
{
    g_autofree char *plain = sentence_plain(text, n);
    g_autofree char *unquoted = without_quoted_name(text, n);
    g_autofree char *short_plain = sentence_plain(unquoted, strlen(unquoted));
    g_autofree char *by_person = names != NULL ? without_name(plain, names->persons) : NULL;
    g_autofree char *by_ours = names != NULL && by_person == NULL ? without_name(plain, names->ours) : NULL;
    const char *rest = by_person != NULL ? by_person : by_ours != NULL ? by_ours : short_plain;
    struct numbers x = {0};
    struct known known = {0};
    guint n_words = walk_words(rest, &x, &known);

    *out = (struct sentence){
        .has_address = has_address(text, n),
        .has_angles = memmem(text, n, "<", 1) != NULL,
        .is_ours = names != NULL && sentence_is_of_domain(plain, names->own_domain),
        .has_date = (x.n_years > 0 && x.n >= 2) || x.n_short >= 3,
        .has_time = x.has_time,
        .has_person = by_person != NULL,
        .has_part = by_person != NULL || (names != NULL && has_part_of(plain, names->persons)),
        .has_name = by_ours != NULL,
        .has_colon = n > 0 && text[n - 1] == ':',
        .has_stop = ends_like_a_sentence(text, n),
        .n_words = n_words,
        .n_known = most_known(&known),
    };
}

static void add_names(struct sentence_names *names, const GPtrArray *mailboxes)
{
    for (guint i = 0; mailboxes != NULL && i < mailboxes->len; i++) {
        const struct mailbox *m = mailboxes->pdata[i];
        const char *both[] = {m->name, m->address};
        bool is_ours = m->address != NULL && sentence_is_of_domain(m->address, names->own_domain);
        for (guint j = 0; j < G_N_ELEMENTS(both); j++) {
            g_autofree char *folded = both[j] != NULL ? fold_line(both[j], strlen(both[j])) : NULL;
            if (folded != NULL && *folded != '\0')
                g_ptr_array_add(is_ours ? names->ours : names->persons, sentence_plain(folded, strlen(folded)));
        }
    }
}

void sentence_names_init(struct sentence_names *names, const GPtrArray *to, const GPtrArray *cc, const char *own_domain)
{
    *names = (struct sentence_names){.persons = g_ptr_array_new_with_free_func(g_free),
                                     .ours = g_ptr_array_new_with_free_func(g_free),
                                     .own_domain = own_domain};
    add_names(names, to);
    add_names(names, cc);
}

void sentence_names_clear(struct sentence_names *names)
{
    g_ptr_array_unref(names->persons);
    g_ptr_array_unref(names->ours);
}
