/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text as a row of words, each a hash and the number of its line, and the runs of SHINGLE words in it; see memory.h.
 */
#include "forum/memory_private.h"

#include <string.h>

#include "base/letter.h"
#include "base/limits.h"
#include "base/token.h"

static guint64 hash_byte(guint64 hash, guchar byte)
{
    return (hash ^ byte) * G_GUINT64_CONSTANT(1099511628211);
}

/* Room is made for as many words and lines as a text of such a length has. */
#define WORD_BYTES   5
#define LINE_BYTES   32
#define MOST_AT_ONCE 4096

#define HASH_START G_GUINT64_CONSTANT(14695981039346656037)

/* What is passed over within a word: Latin letters beyond ASCII and what they turn into by a wrong charset
 * (U+0080 to U+024F, the replacement character, the euro and trade mark of a broken apostrophe), apostrophes,
 * soft hyphens. */
static bool is_soft(gunichar c)
{
    return (c >= 0x80 && c <= 0x24f && c != 0xa0 && c != 0xab && c != 0xbb) || c == 0xfffd || c == 0x20ac || c == 0x2122 ||
           c == '\'' || c == 0x2018 || c == 0x2019 || (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff ||
           (c >= 0x300 && c <= 0x36f);
}

static bool is_word(gunichar c)
{
    return c < 0x80 ? g_ascii_isalnum((char)c) : g_unichar_isalnum(c);
}

static bool ends_link(char c)
{
    static const bool ends[256] = {
        ['\0'] = true, ['\t'] = true, ['\r'] = true, [' '] = true, ['"'] = true, ['('] = true,
        [')'] = true,  ['<'] = true,  ['>'] = true,  ['['] = true, [']'] = true,
    };

    return ends[(guchar)c];
}

/* Bytes of the address of the web or of mail that starts at S, 0 if none does. */
static gsize link_length(const char *s, gsize n)
{
    gsize end = 0, at_sign = 0;
    for (; end < n && !ends_link(s[end]); end++)
        if (s[end] == '@' && at_sign == 0)
            at_sign = end;
    bool is_mail = at_sign > 0 && s[0] != '@' && at_sign + 1 < end;                 /* "a@b" is the shortest */
    if (is_mail || end < 8 || (letter_lower(*s) != 'h' && letter_lower(*s) != 'm')) /* most words */
        return is_mail ? end : 0;
    bool is_web = (end > 7 && !g_ascii_strncasecmp(s, "http://", 7)) || (end > 8 && !g_ascii_strncasecmp(s, "https://", 8)) ||
                  (end > 7 && !g_ascii_strncasecmp(s, "mailto:", 7));
    return is_web ? end : 0;
}

#define BATCH 32 /* words that are appended together */

struct reading {
    struct words w;
    struct word batch[BATCH];
    guint n_batch;
};

static void flush(struct reading *r)
{
    g_array_append_vals(r->w.words, r->batch, r->n_batch);
    r->n_batch = 0;
}

static void add_word(struct reading *r, guint line, const char *at, gsize n_bytes, guint64 hash, bool is_link)
{
    if (r->n_batch == BATCH)
        flush(r);
    r->batch[r->n_batch++] = (struct word){.at = at, .n_bytes = (guint)n_bytes, .hash = hash, .line = line, .is_link = is_link};
    g_array_index(r->w.lines, struct line, line).n_words++;
}

/* How much of a link of N bytes is the same in each mail: not the reader's token behind "/p/", in which a day stands (forum/link.h). */
static gsize without_token(const char *s, gsize n)
{
    gsize at = n;
    while (at > 0 && s[at - 1] != '/')
        at--;
    bool is_kind = at >= 3 && s[at - 3] == '/' && strchr("cpsu", letter_lower(s[at - 2])) != NULL;
    if (!is_kind || n - at <= TOKEN_MAC_CHARS || s[n - TOKEN_MAC_CHARS - 1] != '-')
        return n;
    for (gsize i = at; i < n; i++) {
        bool is_of_ids = g_ascii_isdigit(s[i]) || s[i] == '-' || i == at;
        if (!is_of_ids && !(i >= n - TOKEN_MAC_CHARS && g_ascii_isalnum(s[i])))
            return n;
    }
    return at;
}

/* The link for which a mail server put one of its own ("https://links.example/?url=https%3A%2F%2F..."); NULL if none stands in it. */
static char *unwrapped(const char *s, gsize n)
{
    const char *at = g_strstr_len(s, (gssize)n, "=http");
    if (at == NULL)
        return NULL;
    gsize n_inner = 0, most = n - (gsize)(at + 1 - s);
    while (n_inner < most && at[1 + n_inner] != '&')
        n_inner++;
    char *inner = g_uri_unescape_segment(at + 1, at + 1 + n_inner, NULL);
    if (inner != NULL && link_length(inner, strlen(inner)) == strlen(inner))
        return inner;
    g_free(inner);
    return NULL;
}

static gsize read_link(struct reading *r, guint line, const char *s, gsize n)
{
    guint64 hash = HASH_START;
    g_autofree char *inner = unwrapped(s, n);
    const char *link = inner != NULL ? inner : s;
    gsize end = inner != NULL ? strlen(inner) : n;
    while (end > 0 && strchr(".,;:!?/", link[end - 1]))
        end--;
    end = without_token(link, end);
    for (gsize i = 0; i < end; i++)
        hash = hash_byte(hash, (guchar)letter_lower(link[i]));
    add_word(r, line, s, n, hash, true);
    return n;
}

/* A question mark between letters stands for a letter that a charset lost; at the end of a word it is itself.
 */
static bool is_lost_letter(const char *p, const char *end)
{
    return *p == '?' && p + 1 < end && g_ascii_isalpha(p[1]);
}

static gsize read_word(struct reading *r, guint line, const char *s, const char *end)
{
    guint64 hash = HASH_START;
    const char *p = s;
    bool has_letter = false;
    while (p < end) {
        if (g_ascii_isalnum(*p)) { /* nearly every letter, and the same as below */
            hash = hash_byte(hash, (guchar)letter_lower(*p++));
            has_letter = true;
            continue;
        }
        if (*p == '\'' || (has_letter && is_lost_letter(p, end))) {
            p++;
            continue;
        }
        if ((guchar)*p < 0x80)
            break;
        gunichar c = g_utf8_get_char(p);
        if (!is_soft(c) && !is_word(c))
            break;
        const char *next = g_utf8_next_char(p);
        has_letter |= is_word(c) || c == 0xfffd;
        if (is_word(c) && !is_soft(c)) {
            guint32 folded = g_unichar_tolower(c);
            for (; folded; folded >>= 8)
                hash = hash_byte(hash, (guchar)folded);
        }
        p = next;
    }
    if (has_letter && hash != HASH_START)
        add_word(r, line, s, (gsize)(p - s), hash, false);
    return (gsize)(p - s);
}

/* Empty, a bare mark or a rule: nothing that anybody said. */
static bool is_bare(const struct line *l)
{
    for (const char *p = l->at, *end = p + l->n_bytes; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!(c < 0x80 && strchr(" \t\r>|-_=*#~+", (char)c)) && c != 0xa0 && c != 0x2013 && c != 0x2014)
            return false;
    }
    return true;
}

static void read_line(struct reading *r, guint line)
{
    struct line l = g_array_index(r->w.lines, struct line, line);
    const char *end = l.at + l.n_bytes;
    const char *p = l.at;
    bool is_start = true;
    while (p < end && r->w.words->len + r->n_batch < LIMIT_MEMORY_WORDS) {
        gsize n = is_start ? link_length(p, (gsize)(end - p)) : 0;
        if (n > 0)
            p += read_link(r, line, p, n);
        else if ((n = read_word(r, line, p, end)) > 0)
            p += n;
        else
            p = g_utf8_next_char(p);
        is_start = p < end && p[-1] != '\r' && ends_link(p[-1]);
    }
    if (p < end)
        g_array_index(r->w.lines, struct line, line).n_words++; /* one that nobody can know */
    else if (!g_array_index(r->w.lines, struct line, line).n_words && !is_bare(&l))
        read_link(r, line, l.at, l.n_bytes); /* ":-)", a heart: known as a whole or not at all */
}

struct words memory_words_read(const char *text)
{
    gsize n_bytes = strlen(text);
    struct reading r = {.n_batch = 0};
    r.w.words = g_array_sized_new(FALSE, FALSE, sizeof(struct word), (guint)MIN(n_bytes / WORD_BYTES, MOST_AT_ONCE));
    r.w.lines = g_array_sized_new(FALSE, FALSE, sizeof(struct line), (guint)MIN(n_bytes / LINE_BYTES, MOST_AT_ONCE));
    for (const char *p = text; *p;) {
        gsize n = r.w.lines->len + 1 < LIMIT_REPLY_LINES ? (gsize)(strchrnul(p, '\n') - p) : strlen(p);
        gsize blanks = strspn(p, " \t");
        struct line l = {.at = p, .n_bytes = (guint)n, .is_marked = p[blanks] == '>' || p[blanks] == '|'};
        g_array_append_val(r.w.lines, l);
        read_line(&r, r.w.lines->len - 1);
        p += n + (p[n] == '\n');
    }
    flush(&r);
    return r.w;
}

void memory_words_free(struct words *w)
{
    g_array_unref(w->words);
    g_array_unref(w->lines);
}

void memory_each_shingle(const struct words *w, void (*take)(void *user, guint64 hash, const guint *at, guint n), void *user)
{
    guint at[SHINGLE], n = 0;
    for (guint i = 0; i < w->words->len; i++) {
        const struct word *word = memory_word_at(w, i);
        if (word->is_link) {
            take(user, word->hash, &i, 1);
            continue;
        }
        for (guint k = 1; n == SHINGLE && k < SHINGLE; k++)
            at[k - 1] = at[k];
        n = MIN(n + 1, SHINGLE);
        at[n - 1] = i;
        if (n < SHINGLE)
            continue;
        guint64 hash = HASH_START;
        for (guint j = 0; j < SHINGLE; j++)
            hash = (hash ^ memory_word_at(w, at[j])->hash) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + j;
        take(user, hash, at, SHINGLE);
    }
}
