/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which lines of a text are ours: those whose words stand in long enough runs that a memory knows; see memory.h. Called by flow/
 * before a reply becomes a post.
 */
#include "forum/memory.h"

#include <string.h>

#include "forum/memory_private.h"

#define MIN_RUN_MARKED   6
#define MIN_RUN_UNMARKED MEMORY_LONG_RUN

struct look_up {
    struct words *words;
    const struct hashes *all;
    bool found;
};

static void mark(void *user, guint64 hash, const guint *at, guint n)
{
    struct look_up *l = user;

    if (*memory_slot(l->all, hash != 0 ? hash : 1) == 0)
        return;
    l->found = true;
    for (guint i = 0; i < n; i++)
        memory_word_at(l->words, at[i])->is_ours = true;
}

bool memory_mark_words(struct words *w, GBytes *const *memories, gsize n_memories)
{
    struct hashes all;
    struct look_up look_up = {.words = w, .all = &all};

    memory_hashes_join(memories, n_memories, &all);
    memory_each_shingle(w, mark, &look_up);
    g_free(all.slots);
    return look_up.found;
}

void memory_measure_runs(struct words *w)
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

static guint depth(const struct line *l)
{
    guint n = 0;

    for (guint i = 0; i < l->n_bytes && strchr("> \t", l->at[i]) != NULL; i++)
        n += l->at[i] == '>';
    return n;
}

/* The lines from FROM on, marked as often as ABOVE, that know nothing of ours; where they end. *N_OUT: their words. */
static guint unknown_end(const struct words *w, guint from, const struct line *above, guint *n_out)
{
    guint i = from;

    for (*n_out = 0; i < w->lines->len; i++) {
        const struct line *l = &g_array_index(w->lines, struct line, i);
        if (l->n_words > 0 && (!l->is_marked || l->n_known > 0 || above == NULL || depth(l) < depth(above)))
            break;
        *n_out += l->n_words;
    }
    return i;
}

static bool is_mostly_ours(const struct words *w)
{
    guint n_ours = 0, n_all = 0;

    for (guint i = 0; i < w->lines->len; i++) {
        const struct line *l = &g_array_index(w->lines, struct line, i);
        n_all += l->is_marked ? l->n_words : 0;
        n_ours += l->is_marked && l->is_ours ? l->n_words : 0;
    }
    return n_ours >= MIN_RUN_UNMARKED && n_ours * 4 >= n_all * 3;
}

/* The program marked what its author wrote into the quote (Open-Xchange): lines between two of ours that know none of our words,
 * where nearly all that is marked is ours. What stands there with fewer marks is of somebody who wrote before. */
static void mark_within(struct words *w)
{
    const struct line *above = NULL; /* ours */

    for (guint i = 0, n, end; i < w->lines->len; i = end + 1) {
        end = unknown_end(w, i, above, &n);
        const struct line *below = end < w->lines->len ? &g_array_index(w->lines, struct line, end) : NULL;
        below = below != NULL && below->is_marked && below->is_ours ? below : NULL;
        bool is_within = above != NULL && n > 0 && below != NULL;
        for (guint j = i; is_within && j < end; j++) {
            struct line *l = &g_array_index(w->lines, struct line, j);
            l->is_authors = l->is_marked && !l->is_ours;
        }
        above = below;
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
    if (!memory_mark_words(w, memories, n_memories)) /* then no line is */
        return;
    memory_measure_runs(w);
    mark_lines(w);
    mark_between(w);
    mark_authors(w);
    if (is_mostly_ours(w))
        mark_within(w);
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

char *memory_replace_runs(const char *text, const struct words *w, guint least, const char *mark_text)
{
    GString *out = g_string_new(NULL);
    const char *done = text;

    for (guint i = 0, n; i < w->words->len; i += n) {
        const struct word *first = memory_word_at(w, i), *last = first;
        bool is_run = first->run >= least && (first->is_ours || first->is_link);
        for (n = 1; is_run && i + n < w->words->len && (memory_word_at(w, i + n)->is_ours || memory_word_at(w, i + n)->is_link);
             n++)
            last = memory_word_at(w, i + n);
        if (!is_run)
            continue;
        g_string_append_len(out, done, first->at - done);
        g_string_append(out, mark_text);
        done = last->at + last->n_bytes;
    }
    bool is_changed = done != text;
    g_string_append(out, done);
    return g_string_free(out, !is_changed);
}

struct run_look_up {
    struct words *words;
    struct memory_set *const *sets;
    gsize n_sets;
    const struct hashes *known;
};

static void mark_unknown(void *user, guint64 hash, const guint *at, guint n)
{
    struct run_look_up *l = user;
    bool is_ours = false;

    hash = hash != 0 ? hash : 1;
    for (gsize i = 0; i < l->n_sets && !is_ours; i++)
        is_ours = *memory_slot(memory_set_hashes(l->sets[i]), hash) != 0;
    if (!is_ours || *memory_slot(l->known, hash) != 0)
        return;
    for (guint i = 0; i < n; i++)
        memory_word_at(l->words, at[i])->is_ours = true;
}

/* The words of TEXT, those of the SETS that none of KNOWN has marked and measured. */
static struct words read_unknown(const char *text, struct memory_set *const *sets, gsize n_sets, GBytes *const *known,
                                 gsize n_known)
{
    struct words w = memory_words_read(text);
    struct hashes known_all;

    memory_hashes_join(known, n_known, &known_all);
    struct run_look_up l = {.words = &w, .sets = sets, .n_sets = n_sets, .known = &known_all};
    memory_each_shingle(&w, mark_unknown, &l);
    memory_measure_runs(&w);
    g_free(known_all.slots);
    return w;
}

char *memory_replace_run(const char *text, struct memory_set *const *sets, gsize n_sets, GBytes *const *known, gsize n_known,
                         guint n_words, const char *mark_text)
{
    struct words w = read_unknown(text, sets, n_sets, known, n_known);
    char *out = memory_replace_runs(text, &w, n_words, mark_text);

    memory_words_free(&w);
    return out;
}

bool memory_has_run(const char *text, struct memory_set *const *sets, gsize n_sets, GBytes *const *known, gsize n_known,
                    guint n_words)
{
    struct words w = read_unknown(text, sets, n_sets, known, n_known);
    bool found = false;

    for (guint i = 0; i < w.words->len && !found; i++)
        found = memory_word_at(&w, i)->is_ours && memory_word_at(&w, i)->run >= n_words;
    memory_words_free(&w);
    return found;
}
