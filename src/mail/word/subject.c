/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See subject.h. Marks are read one after the other from the start, each a word of the tables with its counter and colon, or
 * something in brackets or between stars.
 */
#include "mail/word/subject.h"

#include <string.h>

#include "mail/word/reply_match.h"

#define WORD_BYTES    64 /* of a word of the tables, as written */
#define BRACKET_BYTES 64 /* of what a list or a mail server puts in brackets */
#define COUNTER_BYTES 8

enum strength { STRENGTH_NONE, STRENGTH_WEAK, STRENGTH_LOUD, STRENGTH_SURE };

struct word {
    const char *text;
    enum marker_kind kind;
    enum strength strength;
};

static const struct word words[] = {
#define REPLY                             MARKER_REPLY
#define FORWARD                           MARKER_FORWARD
#define PREFIX(language, kind, word)      {word, kind, STRENGTH_SURE},
#define WEAK_PREFIX(language, kind, word) {word, kind, STRENGTH_WEAK},
#define LABEL(language, word)             {word, MARKER_NONE, STRENGTH_LOUD},
#include "mail/word/subjects.def"
#undef REPLY
#undef FORWARD
};

struct mark {
    gsize n; /* bytes, 0 if there is none */
    enum marker_kind kind;
    bool is_weak;  /* counts only beside a sure one */
    bool is_whole; /* "[Fwd: subject]": the bracket at the end belongs to it */
};

static gsize blank_bytes(const char *p)
{
    const char *at = p;

    while (*at != '\0') {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isspace(c) && g_unichar_type(c) != G_UNICODE_FORMAT)
            break;
        at = g_utf8_next_char(at);
    }
    return (gsize)(at - p);
}

/* "[2]", "(3)", "^4", "*5", "6" behind the word; 0 if there is none. */
static gsize counter_bytes(const char *p)
{
    gsize from = *p != '\0' && strchr("[(^*", *p) != NULL ? 1 : 0;
    gsize digits = strspn(p + from, "0123456789");

    if (digits == 0 || digits > COUNTER_BYTES)
        return 0;
    bool is_closed = (*p == '[' && p[from + digits] == ']') || (*p == '(' && p[from + digits] == ')');
    bool is_open = *p == '[' || *p == '(';
    return is_open && !is_closed ? 0 : from + digits + (is_closed ? 1 : 0);
}

static gsize colon_bytes(const char *p)
{
    gsize n = 0;

    while (p[n] != '\0' && is_colon(g_utf8_get_char(p + n)))
        n += (gsize)(g_utf8_next_char(p + n) - (p + n));
    return n;
}

static const struct word *find_word(const char *text, gsize n)
{
    g_autofree char *folded = fold_line(text, n);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].text, folded) == 0)
            return &words[i];
    return NULL;
}

static bool is_loud(const char *text, gsize n)
{
    g_autofree char *upper = g_utf8_strup(text, (gssize)n);

    return strncmp(upper, text, n) == 0;
}

/* "Odp.:", "Re[2] :", "AW (3)：", "EXTERN:" */
static struct mark read_word(const char *p)
{
    gsize n = 0;
    const char *end = p;

    while (n < WORD_BYTES && *end != '\0' && !is_colon(g_utf8_get_char(end)) && strchr("[(^*", *end) == NULL &&
           !g_ascii_isdigit(*end)) {
        end = g_utf8_next_char(end);
        n = (gsize)(end - p);
    }
    const char *at = end + blank_bytes(end);
    gsize counter = counter_bytes(at);
    at += counter;
    at += blank_bytes(at);
    gsize colon = colon_bytes(at);
    while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == '.' || p[n - 1] == '!' || p[n - 1] == '?' || p[n - 1] == '\t'))
        n--;
    const struct word *word = n > 0 && colon > 0 ? find_word(p, n) : NULL;
    if (word == NULL)
        return (struct mark){0};
    bool is_weak = word->strength == STRENGTH_WEAK || (word->strength == STRENGTH_LOUD && !is_loud(p, n));
    return (struct mark){.n = (gsize)(at - p) + colon, .kind = word->kind, .is_weak = is_weak};
}

/* "[list]", "【外部】", "***SPAM***", "{Spam?}"; a colon may follow. What fills the subject alone is its text. */
static struct mark read_bracket(const char *p)
{
    static const char *const pairs[][2] = {{"[", "]"}, {"{", "}"}, {"\343\200\220", "\343\200\221"}};
    const char *end = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(pairs) && end == NULL; i++)
        if (g_str_has_prefix(p, pairs[i][0])) {
            const char *close = strstr(p, pairs[i][1]);
            end = close != NULL ? close + strlen(pairs[i][1]) : NULL;
        }
    gsize stars = strspn(p, "*");
    if (stars >= 2) {
        const char *close = strstr(p + stars, "**");
        end = close != NULL && close > p + stars ? close + strspn(close, "*") : NULL;
    }
    if (end == NULL || end - p > BRACKET_BYTES)
        return (struct mark){0};
    const char *at = end + blank_bytes(end);
    at += colon_bytes(at);
    at += blank_bytes(at);
    return (struct mark){.n = *at != '\0' ? (gsize)(at - p) : 0};
}

/* END: of the subject. MAY_BE_WHOLE: no brackets around all of it were seen yet; they are looked for once, so that a long row of
 * marks takes linear time. */
static struct mark read_mark(const char *p, const char *end, bool may_be_whole)
{
    bool is_around = may_be_whole && *p == '[' && end - p > 2 && end[-1] == ']';
    struct mark inner = is_around ? read_word(p + 1) : (struct mark){0};

    if (inner.n > 0 && strchr(p, ']') == end - 1) {
        inner.n++;
        inner.is_whole = true;
        return inner;
    }
    struct mark word = read_word(p);
    return word.n > 0 ? word : read_bracket(p);
}

/* Where the subject itself begins. What is weak counts if a sure mark came before it or comes right behind it. */
static const char *skip(const char *subject, bool takes_weak, enum marker_kind *kind_out, bool *is_whole_out)
{
    const char *p = subject, *start = subject, *end = subject + strlen(subject);
    enum marker_kind kind = MARKER_NONE, weak_kind = MARKER_NONE;
    bool is_sure = takes_weak, may_be_whole = true;

    *is_whole_out = false;
    while (end > subject && g_ascii_isspace(end[-1]))
        end--;
    for (;;) {
        p += blank_bytes(p);
        struct mark mark = read_mark(p, end, may_be_whole);
        if (mark.n == 0)
            break;
        p += mark.n;
        may_be_whole &= !mark.is_whole;
        is_sure = is_sure || (!mark.is_weak && mark.kind != MARKER_NONE);
        weak_kind = weak_kind == MARKER_NONE ? mark.kind : weak_kind;
        if (mark.is_weak && !is_sure)
            continue;
        *is_whole_out |= mark.is_whole;
        kind = kind == MARKER_NONE ? weak_kind : kind;
        start = p;
    }
    *kind_out = kind;
    return start + blank_bytes(start);
}

enum marker_kind subject_kind(const char *subject)
{
    enum marker_kind kind = MARKER_NONE;
    bool is_whole;

    if (subject != NULL)
        skip(subject, false, &kind, &is_whole);
    return kind;
}

char *subject_base(const char *subject, bool takes_weak)
{
    enum marker_kind kind;
    bool is_whole;
    char *base = g_strchomp(g_strdup(skip(subject, takes_weak, &kind, &is_whole)));
    gsize n = strlen(base);

    if (is_whole && n > 0 && base[n - 1] == ']')
        base[n - 1] = '\0';
    return g_strchomp(base);
}
