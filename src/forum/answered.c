/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See answered.h. The lines of the text are found again in the body, in their order; what the body has between them is the quote.
 */
#include "forum/answered.h"

#include "base/limits.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define LEAST_WORDS 5 /* that two people do not choose alike */

struct line {
    const char *at; /* without marks and blanks around it */
    gsize n;
    bool is_new;    /* of TEXT */
    bool is_quoted; /* words, and not of TEXT */
    bool is_ours;   /* of a mail of ours */
};

static struct line line_of(const char *from, gsize n)
{
    while (n > 0 && strchr("> \t|", *from) != NULL) {
        from++;
        n--;
    }
    while (n > 0 && g_ascii_isspace(from[n - 1]))
        n--;
    return (struct line){.at = from, .n = n};
}

static GArray *lines_of(const char *text)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct line));

    for (const char *p = text; *p != '\0';) {
        gsize n = strcspn(p, "\n");
        struct line l = line_of(p, n);
        g_array_append_val(lines, l);
        p += n + (p[n] == '\n');
    }
    return lines;
}

static struct line *line_at(const GArray *lines, guint i)
{
    return &g_array_index(lines, struct line, i);
}

/* Which lines of BODY are those of TEXT; false if one is in it in another form. */
static bool find_new(GArray *body, const GArray *text)
{
    guint at = 0;

    for (guint i = 0; i < body->len; i++) {
        struct line *l = line_at(body, i);
        while (at < text->len && line_at(text, at)->n == 0)
            at++;
        const struct line *next = at < text->len ? line_at(text, at) : NULL;
        l->is_new = next != NULL && l->n == next->n && memcmp(l->at, next->at, l->n) == 0;
        l->is_quoted = !l->is_new && l->n > 0;
        at += l->is_new;
    }
    while (at < text->len && line_at(text, at)->n == 0)
        at++;
    return at == text->len;
}

/* FROM to TO as one line, every space one blank. A mark alone within a line was before one that somebody's program joined to it. */
static void append_plain(GString *out, const char *from, const char *to)
{
    for (const char *p = from; p < to; p++) {
        bool is_apart = out->len == 0 || out->str[out->len - 1] == ' ';
        bool is_mark = *p == '>' && is_apart && (p + 1 == to || g_ascii_isspace(p[1]));
        if (!g_ascii_isspace(*p) && !is_mark)
            g_string_append_c(out, *p);
        else if (!is_apart)
            g_string_append_c(out, ' ');
    }
}

static char *plain(const char *text)
{
    GString *out = g_string_new(NULL);

    append_plain(out, text, text + strlen(text));
    return g_strchomp(g_string_free(out, FALSE));
}

/* The last sentences of TEXT that fit, whole ones if there is one. */
static const char *end_of(const char *text)
{
    gsize n = strlen(text);
    const char *least = text + n - MIN(n, LIMIT_ANSWERED_BYTES), *word = NULL;

    if (least == text)
        return text;
    for (const char *p = least; *p != '\0'; p++) {
        if (*p != ' ')
            continue;
        word = word != NULL ? word : p + 1;
        if (strchr(".!?:;", p[-1]) != NULL && p[1] != '\0')
            return p + 1;
    }
    return word; /* NULL: one endless word */
}

/* LINES FROM to TO as one. */
static char *joined(const GArray *lines, guint from, guint to)
{
    GString *words = g_string_new(NULL);

    for (guint i = from; i < to; i++) {
        append_plain(words, line_at(lines, i)->at, line_at(lines, i)->at + line_at(lines, i)->n);
        append_plain(words, " ", " " + 1);
    }
    return g_strchomp(g_string_free(words, FALSE));
}

/* The end of the paragraph right above line AT of BODY, as far as it is PARENT's and not too long; NULL if it is not. */
static char *paragraph_above(const GArray *body, guint at, const char *parent)
{
    guint to = at;
    char *found = NULL;

    while (to > 0 && line_at(body, to - 1)->n == 0)
        to--;
    for (guint from = to; from > 0 && line_at(body, from - 1)->is_quoted; from--) {
        g_autofree char *words = joined(body, from - 1, to);
        if (*words == '\0' || strstr(parent, words) == NULL)
            break;
        g_free(found);
        found = g_steal_pointer(&words);
        if (strlen(found) > LIMIT_ANSWERED_BYTES)
            break;
    }
    return found;
}

/* Answers: runs of new lines with a quote above. Is there one whose quote goes on below it, or more than one? */
static bool is_between(const GArray *body)
{
    guint n_below = 0;
    bool has_quote = false, goes_on = false, is_after_quote = false;

    for (guint i = 0; i < body->len; i++) {
        const struct line *l = line_at(body, i);
        n_below += l->is_new && is_after_quote;
        goes_on |= l->is_quoted && n_below > 0;
        has_quote |= l->is_quoted;
        is_after_quote = l->is_quoted || (is_after_quote && !l->is_new);
    }
    return has_quote && goes_on;
}

static guint words_in(const char *text)
{
    guint n = *text != '\0';

    for (const char *p = text; *p != '\0'; p++)
        n += *p == ' ';
    return n;
}

/* A line that memory took for its author's, for it is short, and that PARENT says word by word, is the line that is answered if an
 * answer stands right below it. */
static void find_short(GArray *body, const char *parent)
{
    for (guint i = 0; i + 1 < body->len; i++) {
        struct line *l = line_at(body, i);
        g_autoptr(GString) words = g_string_new(NULL);
        if (!l->is_new || !line_at(body, i + 1)->is_new)
            continue;
        append_plain(words, l->at, l->at + l->n);
        if (words_in(words->str) >= LEAST_WORDS && strstr(parent, words->str) != NULL) {
            l->is_new = false;
            l->is_quoted = true;
        }
    }
}

char *answered_keep(const char *body, const char *text, const char *parent)
{
    g_autoptr(GArray) lines = lines_of(body), words = lines_of(text);
    g_autofree char *said = plain(parent);
    GString *out = g_string_new(NULL);
    guint n_kept = 0, n_blank = 0;
    bool is_after_quote = false;

    if (!find_new(lines, words))
        return g_string_free(out, TRUE);
    find_short(lines, said);
    if (!is_between(lines))
        return g_string_free(out, TRUE);
    for (guint i = 0; i < lines->len; i++) {
        const struct line *l = line_at(lines, i);
        n_blank += l->n == 0;
        if (!l->is_new) {
            is_after_quote |= l->is_quoted;
            continue;
        }
        g_autofree char *above = is_after_quote ? paragraph_above(lines, i, said) : NULL;
        const char *end = above != NULL ? end_of(above) : NULL;
        if (out->len > 0)
            g_string_append(out, end != NULL || is_after_quote || n_blank > 0 ? "\n\n" : "\n");
        if (end != NULL)
            g_string_append_printf(out, "> %s%s\n", end == above ? "" : "… ", end);
        g_string_append_len(out, l->at, (gssize)l->n);
        n_kept += end != NULL;
        n_blank = 0;
        is_after_quote = false;
    }
    return g_string_free(out, n_kept == 0);
}

/* BODY's lines that are not in REST. */
static bool find_ours(GArray *body, const char *rest)
{
    g_autoptr(GArray) left = lines_of(rest);
    bool is_found = find_new(body, left);

    for (guint i = 0; i < body->len; i++) {
        struct line *l = line_at(body, i);
        l->is_ours = l->n > 0 && !l->is_new;
    }
    return is_found;
}

/* Do lines FROM to TO of BODY say what one of WRITTEN says? */
static bool says_written(const GArray *body, guint from, guint to, const GPtrArray *written)
{
    g_autofree char *words = joined(body, from, to);

    for (guint i = 0; *words != '\0' && i < written->len; i++) {
        g_autofree char *said = plain(written->pdata[i]);
        if (strstr(said, words) != NULL)
            return true;
    }
    return false;
}

/* Is what stands right above line AT the line by which a program says whose words follow? */
static bool is_below_head(const GArray *body, guint at)
{
    while (at > 0 && line_at(body, at - 1)->n == 0)
        at--;
    return at > 0 && !line_at(body, at - 1)->is_new && !line_at(body, at - 1)->is_ours;
}

char *answered_drop_written(const char *body, const char *rest, const char *text, const GPtrArray *written)
{
    g_autoptr(GArray) lines = lines_of(body), words = lines_of(text);
    GString *out = g_string_new(NULL);
    guint n_dropped = 0, n_blank = 0;

    if (!find_ours(lines, rest) || !find_new(lines, words))
        return g_string_free(out, TRUE);
    for (guint i = 0, to; i < lines->len; i = to) {
        for (to = i + 1; line_at(lines, i)->is_new && to < lines->len && line_at(lines, to)->is_new; to++)
            continue;
        n_blank += line_at(lines, i)->n == 0 || !line_at(lines, i)->is_new;
        if (!line_at(lines, i)->is_new)
            continue;
        bool is_dropped = is_below_head(lines, i) && says_written(lines, i, to, written);
        n_dropped += is_dropped;
        for (guint k = i; !is_dropped && k < to; k++) {
            if (out->len > 0)
                g_string_append(out, k == i && n_blank > 0 ? "\n\n" : "\n");
            g_string_append_len(out, line_at(lines, k)->at, (gssize)line_at(lines, k)->n);
            n_blank = 0;
        }
    }
    return g_string_free(out, n_dropped == 0 || out->len == 0);
}

/* Where the word after the one at P begins; the end of the text if there is none. */
static const char *next_word(const char *p)
{
    p += strcspn(p, " ");
    return p + strspn(p, " ");
}

/* Is WORDS in SAID, or has it LEAST_WORDS in a row that are? */
static bool shares_words(const char *words, const char *said)
{
    if (strstr(said, words) != NULL)
        return true;
    for (const char *from = words; *from != '\0'; from = next_word(from)) {
        const char *to = from;
        for (guint n = 0; n < LEAST_WORDS && *to != '\0'; n++)
            to = next_word(to);
        g_autofree char *some = g_strchomp(g_strndup(from, (gsize)(to - from)));
        if (words_in(some) < LEAST_WORDS)
            return false;
        if (strstr(said, some) != NULL)
            return true;
    }
    return false;
}

/* A quoted line that says something; what is longer than we keep has runs that memory_replace() finds. */
static char *quoted_words(const char *line, gsize n)
{
    bool is_quoted = n > 1 && *line == '>' && n <= LIMIT_ANSWERED_BYTES * 2;
    g_autofree char *whole = is_quoted ? g_strndup(line, n) : NULL;
    g_autofree char *words = whole != NULL ? plain(whole) : NULL;
    gsize n_cut = words != NULL && g_str_has_prefix(words, "… ") ? strlen("… ") : 0;

    return words != NULL && words[n_cut] != '\0' ? g_strdup(words + n_cut) : NULL;
}

/* SAID plain; NULL: every quote goes. */
static char *forget_in_quotes(const char *text, const GPtrArray *said, const char *mark)
{
    GString *out = g_string_new(NULL);
    guint n_gone = 0;

    for (const char *line = text; *line != '\0';) {
        gsize n = strcspn(line, "\n");
        g_autofree char *words = quoted_words(line, n);
        bool is_gone = words != NULL && said == NULL;
        for (guint i = 0; words != NULL && said != NULL && i < said->len; i++)
            is_gone |= shares_words(words, said->pdata[i]);
        if (is_gone)
            g_string_append_printf(out, "> %s", mark);
        else
            g_string_append_len(out, line, (gssize)n);
        n_gone += is_gone;
        line += n;
        if (*line == '\n')
            g_string_append_c(out, *line++);
    }
    return g_string_free(out, n_gone == 0);
}

char *answered_forget(const char *text, const GPtrArray *said, const char *mark)
{
    if (*text != '>' && strstr(text, "\n>") == NULL)
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < said->len; i++)
        g_ptr_array_add(all, plain(said->pdata[i]));
    return forget_in_quotes(text, all, mark);
}

char *answered_forget_all(const char *text, const char *mark)
{
    return forget_in_quotes(text, NULL, mark);
}
