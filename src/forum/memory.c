/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See memory.h. A text becomes a row of words, each a hash and the number of its line; runs of SHINGLE words
 * are looked up among the memories. Called by flow/ before a reply becomes a post, and when a mail of ours is
 * made.
 */
#include "forum/memory.h"

#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "forum/memory_private.h"

#define MIN_RUN_MARKED   6
#define MIN_RUN_UNMARKED 12

static guint64 hash_byte(guint64 hash, guchar byte)
{
    return (hash ^ byte) * G_GUINT64_CONSTANT(1099511628211);
}

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
    return c == ' ' || c == '\t' || c == '\r' || c == '<' || c == '>' || c == '"' || c == '(' || c == ')' || c == '[' ||
           c == ']' || c == '\0';
}

/* Bytes of the address of the web or of mail that starts at S, 0 if none does. */
static gsize link_length(const char *s, gsize n)
{
    gsize end = 0;
    while (end < n && !ends_link(s[end]))
        end++;
    if (end < 3) /* most words; "a@b" is the shortest */
        return 0;
    bool is_web = (end > 7 && !g_ascii_strncasecmp(s, "http://", 7)) || (end > 8 && !g_ascii_strncasecmp(s, "https://", 8)) ||
                  (end > 7 && !g_ascii_strncasecmp(s, "mailto:", 7));
    const char *at = memchr(s, '@', end);
    return is_web || (at && at > s && at + 1 < s + end) ? end : 0;
}

static void add_word(struct words *w, guint line, const char *at, gsize n_bytes, guint64 hash, bool is_link)
{
    struct word word = {.at = at, .n_bytes = (guint)n_bytes, .hash = hash, .line = line, .is_link = is_link};
    g_array_append_val(w->words, word);
    g_array_index(w->lines, struct line, line).n_words++;
}

static gsize read_link(struct words *w, guint line, const char *s, gsize n)
{
    guint64 hash = HASH_START;
    gsize end = n;
    while (end > 0 && strchr(".,;:!?/", s[end - 1]))
        end--;
    for (gsize i = 0; i < end; i++)
        hash = hash_byte(hash, (guchar)g_ascii_tolower(s[i]));
    add_word(w, line, s, n, hash, true);
    return n;
}

/* A question mark between letters stands for a letter that a charset lost; at the end of a word it is itself.
 */
static bool is_lost_letter(const char *p, const char *end)
{
    return *p == '?' && p + 1 < end && g_ascii_isalpha(p[1]);
}

static gsize read_word(struct words *w, guint line, const char *s, const char *end)
{
    guint64 hash = HASH_START;
    const char *p = s;
    bool has_letter = false;
    while (p < end) {
        if (g_ascii_isalnum(*p)) { /* nearly every letter, and the same as below */
            hash = hash_byte(hash, (guchar)g_ascii_tolower(*p++));
            has_letter = true;
            continue;
        }
        gunichar c = g_utf8_get_char(p);
        if (!is_soft(c) && !is_word(c) && !(has_letter && is_lost_letter(p, end)))
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
        add_word(w, line, s, (gsize)(p - s), hash, false);
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

static void read_line(struct words *w, guint line)
{
    struct line l = g_array_index(w->lines, struct line, line);
    const char *end = l.at + l.n_bytes;
    const char *p = l.at;
    bool is_start = true;
    while (p < end && w->words->len < LIMIT_MEMORY_WORDS) {
        gsize n = is_start ? link_length(p, (gsize)(end - p)) : 0;
        if (n > 0)
            p += read_link(w, line, p, n);
        else if ((n = read_word(w, line, p, end)) > 0)
            p += n;
        else
            p = g_utf8_next_char(p);
        is_start = p < end && p[-1] != '\r' && ends_link(p[-1]);
    }
    if (p < end)
        g_array_index(w->lines, struct line, line).n_words++; /* one that nobody can know */
    else if (!g_array_index(w->lines, struct line, line).n_words && !is_bare(&l))
        read_link(w, line, l.at, l.n_bytes); /* ":-)", a heart: known as a whole or not at all */
}

struct words memory_words_read(const char *text)
{
    struct words w = {.words = g_array_new(FALSE, TRUE, sizeof(struct word)),
                      .lines = g_array_new(FALSE, TRUE, sizeof(struct line))};
    for (const char *p = text; *p;) {
        gsize n = w.lines->len + 1 < LIMIT_REPLY_LINES ? strcspn(p, "\n") : strlen(p);
        gsize blanks = strspn(p, " \t");
        struct line l = {.at = p, .n_bytes = (guint)n, .is_marked = p[blanks] == '>' || p[blanks] == '|'};
        g_array_append_val(w.lines, l);
        read_line(&w, w.lines->len - 1);
        p += n + (p[n] == '\n');
    }
    return w;
}

void memory_words_free(struct words *w)
{
    g_array_unref(w->words);
    g_array_unref(w->lines);
}

/* Calls back with each shingle: its hash and where its words stand. Links are single, other words four in a
 * row. */
void memory_each_shingle(const struct words *w, void (*take)(void *user, guint64 hash, const guint *at, guint n), void *user)
{
    guint at[SHINGLE], n = 0;
    for (guint i = 0; i < w->words->len; i++) {
        if (memory_word_at(w, i)->is_link) {
            take(user, memory_word_at(w, i)->hash, &i, 1);
            continue;
        }
        if (n == SHINGLE)
            memmove(at, at + 1, sizeof at - sizeof *at);
        else
            n++;
        at[n - 1] = i;
        guint64 hash = HASH_START;
        for (guint j = 0; j < n; j++)
            hash = (hash ^ memory_word_at(w, at[j])->hash) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + j;
        if (n == SHINGLE)
            take(user, hash, at, n);
    }
}

void memory_hashes_init(struct hashes *h, gsize n_slots)
{
    *h = (struct hashes){.n_slots = n_slots, .slots = g_new0(guint64, n_slots), .factor = hash_word("", 0) | 1};
}

/* Where HASH, which is not 0, is or may be put. */
guint64 *memory_slot(const struct hashes *h, guint64 hash)
{
    gsize i = (gsize)((hash * h->factor) >> 32) & (h->n_slots - 1);

    while (h->slots[i] != 0 && h->slots[i] != hash)
        i = (i + 1) & (h->n_slots - 1);
    return &h->slots[i];
}

static void hashes_add(struct hashes *h, guint64 hash)
{
    guint64 *slot = memory_slot(h, hash != 0 ? hash : 1);

    if (*slot != 0)
        return;
    *slot = hash != 0 ? hash : 1;
    if (2 * ++h->n <= h->n_slots)
        return;
    struct hashes larger;
    memory_hashes_init(&larger, 2 * h->n_slots);
    for (gsize i = 0; i < h->n_slots; i++)
        if (h->slots[i] != 0)
            *memory_slot(&larger, h->slots[i]) = h->slots[i];
    larger.n = h->n;
    g_free(h->slots);
    *h = larger;
}

static void keep_hash(void *user, guint64 hash, const guint *at, guint n)
{
    (void)at;
    (void)n;
    hashes_add(user, hash);
}

/* Takes the slots. */
static GBytes *hashes_pack(struct hashes *set)
{
    gsize n = 0;

    for (gsize i = 0; i < set->n_slots; i++)
        if (set->slots[i] != 0)
            set->slots[n++] = set->slots[i];
    set->slots = g_renew(guint64, set->slots, MAX(n, 1));
    return g_bytes_new_take(set->slots, n * sizeof *set->slots);
}

GBytes *memory_of(const char *text)
{
    struct words w = memory_words_read(text);
    struct hashes set;

    memory_hashes_init(&set, FIRST_SLOTS);
    memory_each_shingle(&w, keep_hash, &set);
    memory_words_free(&w);
    return hashes_pack(&set);
}

static void join(GBytes *const *memories, gsize n_memories, struct hashes *out)
{
    memory_hashes_init(out, FIRST_SLOTS);
    for (gsize i = 0; i < n_memories; i++) {
        gsize n;
        const guint8 *bytes = g_bytes_get_data(memories[i], &n);
        for (gsize j = 0; n % sizeof(guint64) == 0 && j < n; j += sizeof(guint64)) {
            guint64 hash;
            memcpy(&hash, bytes + j, sizeof hash);
            hashes_add(out, hash);
        }
    }
}

GBytes *memory_join(GBytes *const *memories, gsize n_memories)
{
    struct hashes all;

    join(memories, n_memories, &all);
    return hashes_pack(&all);
}

struct look_up {
    struct words *words;
    const struct hashes *all;
};

static void mark(void *user, guint64 hash, const guint *at, guint n)
{
    struct look_up *l = user;

    if (*memory_slot(l->all, hash != 0 ? hash : 1) == 0)
        return;
    for (guint i = 0; i < n; i++)
        memory_word_at(l->words, at[i])->is_ours = true;
}

/* Marks the words of W that are ours. */
static void mark_words(struct words *w, GBytes *const *memories, gsize n_memories)
{
    struct hashes all;
    struct look_up look_up = {.words = w, .all = &all};

    join(memories, n_memories, &all);
    memory_each_shingle(w, mark, &look_up);
    g_free(all.slots);
}

static void measure_runs(struct words *w)
{
    for (guint i = 0; i < w->words->len;) {
        guint end = i, n = 0;
        while (end < w->words->len && (memory_word_at(w, end)->is_ours || memory_word_at(w, end)->is_link))
            n += !memory_word_at(w, end++)->is_link;
        for (guint j = i; j < end; j++)
            memory_word_at(w, j)->run = n;
        i = MAX(end, i + 1);
    }
}

/* So much of ours that it is a quote; then its short pieces are one too. */
static bool has_long_runs(const struct words *w)
{
    guint n = 0;
    for (guint i = 0; i < w->words->len; i++)
        n += memory_word_at(w, i)->is_ours && memory_word_at(w, i)->run >= MIN_RUN_UNMARKED;
    return n >= 2 * MIN_RUN_UNMARKED;
}

/* A line is ours if each of its words is, within a long enough run. A link may have been rewritten, but a
 * line that is nothing but links must be known. */
static void mark_lines(struct words *w)
{
    g_autofree guint *n_texts = g_new0(guint, w->lines->len + 1);
    guint need_unmarked = has_long_runs(w) ? MIN_RUN_MARKED : MIN_RUN_UNMARKED;
    for (guint i = 0; i < w->words->len; i++) {
        struct word *word = memory_word_at(w, i);
        struct line *l = &g_array_index(w->lines, struct line, word->line);
        n_texts[word->line] += !word->is_link;
        l->n_known += word->is_ours;
        guint need = l->is_marked ? MIN_RUN_MARKED : need_unmarked;
        l->n_ours += word->run >= need && (word->is_ours || word->is_link);
    }
    for (guint i = 0; i < w->words->len; i++) { /* links alone in their line */
        struct word *word = memory_word_at(w, i);
        struct line *l = &g_array_index(w->lines, struct line, word->line);
        if (!n_texts[word->line] && !word->is_ours)
            l->n_ours = 0;
    }
    for (guint i = 0; i < w->lines->len; i++) {
        struct line *l = &g_array_index(w->lines, struct line, i);
        l->is_ours = l->n_words > 0 && l->n_ours >= l->n_words;
    }
}

/* Empty lines, bare marks and rules go with the lines of ours around them: those between two of them, and
 * bare marks next to one. */
static void mark_between(struct words *w)
{
    bool is_after = false;
    for (guint i = 0; i < w->lines->len;) {
        guint end = i;
        while (end < w->lines->len && !g_array_index(w->lines, struct line, end).n_words)
            end++;
        bool is_before = end < w->lines->len && g_array_index(w->lines, struct line, end).is_ours;
        for (guint j = i; j < end; j++) {
            struct line *l = &g_array_index(w->lines, struct line, j);
            l->is_ours = (is_after && is_before) || (l->is_marked && (is_after || is_before));
        }
        is_after = is_before;
        i = end + 1;
    }
}

/* Where a program put no marks, those there are stood in our own mail. A marked line next to ours that knows none of our
 * words was written behind such a mark. */
static void mark_authors(struct words *w)
{
    const struct line *above = NULL;
    guint n_unmarked = 0;
    for (guint i = 0; i < w->lines->len; i++) {
        const struct line *l = &g_array_index(w->lines, struct line, i);
        n_unmarked += l->is_ours && !l->is_marked ? l->n_words : 0;
    }
    for (guint i = 0; n_unmarked >= MIN_RUN_UNMARKED && i < w->lines->len; i++) {
        struct line *l = &g_array_index(w->lines, struct line, i);
        bool is_below = above != NULL && above->is_ours && above->is_marked;
        l->is_authors = is_below && l->is_marked && !l->is_ours && l->n_words >= SHINGLE && l->n_known == 0;
        above = l->n_words > 0 ? l : above;
    }
}

/* Without the mark of ours that stands before it. */
static void append_line(GString *out, const struct line *l)
{
    guint from = 0;
    while (l->is_authors && from < l->n_bytes && strchr("> \t", l->at[from]) != NULL)
        from++;
    g_string_append_len(out, l->at + from, l->n_bytes - from);
}

static bool is_line_blank(const struct line *l)
{
    for (guint i = 0; i < l->n_bytes; i++)
        if (!strchr(" \t\r", l->at[i]))
            return false;
    return true;
}

/* Lines of ours or not, with at most one empty line where others were cut out. */
static char *collect(const struct words *w, bool is_ours)
{
    GString *out = g_string_new(NULL);
    guint n_empty = 0;
    bool has_gap = false;
    for (guint i = 0; i < w->lines->len; i++) {
        const struct line *l = &g_array_index(w->lines, struct line, i);
        if (l->is_ours != is_ours) {
            has_gap = true;
            continue;
        }
        if (is_line_blank(l)) {
            n_empty++;
            continue;
        }
        for (guint j = 0; out->len && j < (has_gap ? 1 : n_empty) + 1; j++)
            g_string_append_c(out, '\n');
        append_line(out, l);
        n_empty = 0;
        has_gap = false;
    }
    return g_string_free(out, FALSE);
}

static bool has_ours(const struct words *w)
{
    for (guint i = 0; i < w->lines->len; i++)
        if (g_array_index(w->lines, struct line, i).is_ours)
            return true;
    return false;
}

/* Which lines of W are ours. */
static void mark_all(struct words *w, GBytes *const *memories, gsize n_memories)
{
    mark_words(w, memories, n_memories);
    measure_runs(w);
    mark_lines(w);
    mark_between(w);
    mark_authors(w);
}

char *memory_cut(const char *text, GBytes *const *memories, gsize n_memories, char **cut_out)
{
    struct words w = memory_words_read(text);
    mark_all(&w, memories, n_memories);
    bool is_cut = has_ours(&w);
    char *left = is_cut ? collect(&w, false) : g_strdup(text);
    if (cut_out)
        *cut_out = is_cut ? collect(&w, true) : g_strdup("");
    memory_words_free(&w);
    return left;
}

char *memory_quote(const char *text, GBytes *const *memories, gsize n_memories)
{
    struct words w = memory_words_read(text);
    GString *out = g_string_new(NULL);

    mark_all(&w, memories, n_memories);
    for (guint i = 0; i < w.lines->len; i++) {
        const struct line *l = &g_array_index(w.lines, struct line, i);
        if (l->is_ours && l->at[strspn(l->at, " \t")] != '>') /* "|" is a mark to us, but to no reader of replies */
            g_string_append(out, "> ");
        append_line(out, l);
        if (i + 1 < w.lines->len)
            g_string_append_c(out, '\n');
    }
    memory_words_free(&w);
    return g_string_free(out, FALSE);
}

char *memory_replace(const char *text, GBytes *memory, const char *mark_text)
{
    struct words w = memory_words_read(text);
    GString *out = g_string_new(NULL);
    const char *done = text;

    mark_words(&w, &memory, 1);
    measure_runs(&w);
    for (guint i = 0, n; i < w.words->len; i += n) {
        const struct word *first = memory_word_at(&w, i), *last = first;
        bool is_run = first->run >= MIN_RUN_UNMARKED && (first->is_ours || first->is_link);
        for (n = 1; is_run && i + n < w.words->len && (memory_word_at(&w, i + n)->is_ours || memory_word_at(&w, i + n)->is_link);
             n++)
            last = memory_word_at(&w, i + n);
        if (!is_run)
            continue;
        g_string_append_len(out, done, first->at - done);
        g_string_append(out, mark_text);
        done = last->at + last->n_bytes;
    }
    bool is_changed = done != text;
    g_string_append(out, done);
    memory_words_free(&w);
    return g_string_free(out, !is_changed);
}
