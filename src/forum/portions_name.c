/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "zu 3:", "Re: #3", "Zu 1 und 2:", "Idee 42:", "[3]", "Mehr Busse:" at the head of an answer. A number that ends in a blank is no
 * name of an entry ("zu 3 Euro"), one that ends in a point may be a date or a list: then something else must speak for it.
 */
#include "forum/portions_private.h"

#include <string.h>

#include "base/limits.h"
#include "forum/command_words.h"

#define MAX_WORDS   3 /* "Antwort zu Punkt" */
#define MAX_NUMBERS 8 /* "zu 1, 2 und 3" */
#define MAX_DIGITS  6
#define MAX_REMARK  60  /* bytes beside a number */
#define MAX_BYTES   200 /* of what may stand before the author's words in a line */

enum end { END_NONE, END_COLON, END_LINE, END_BRACKET, END_DASH, END_POINT };

struct reading { /* of the head of a line */
    gint64 numbers[MAX_NUMBERS];
    guint n_numbers;
    bool has_word, has_sign, is_idea; /* "zu"; "#", "@"; the number of an idea may be meant */
    bool is_written, is_glued;        /* "zu zwei"; "zu2" */
    bool is_range;                    /* "3-5" */
    enum end end;
    const char *rest;
};

static const char *const words[] = {"zu",      "zum",       "zur",      "re",       "to",         "do",       "ad",
                                    "fikir",   "nr",        "no",       "number",   "nummer",     "numer",    "punkt",
                                    "pkt",     "point",     "item",     "punktu",   "numara",     "madde",    "beitrag",
                                    "thema",   "topic",     "eintrag",  "entry",    "antwort",    "auf",      "answer",
                                    "idee",    "idea",      "ziffer",   "position", "regarding",  "betrifft", "betr",
                                    "betreff", "vorschlag", "proposal", "aw",       "concerning", "dot"};

/* What may follow such a word: "zu den Nummern 3 und 4". */
static const char *const more_words[] = {"den",     "der",     "dem",   "ihrer",  "ihrem",   "eurer", "eurem", "the",   "your",
                                         "nummern", "punkten", "ideen", "themen", "numbers", "items", "ideas", "points"};

/* From one to ten, in German and English, and as the first to the tenth. */
static const char *const number_words[][4] = {{"eins", "one", "ersten", "first"},        {"zwei", "two", "zweiten", "second"},
                                              {"drei", "three", "dritten", "third"},     {"vier", "four", "vierten", "fourth"},
                                              {"fünf", "five", "fünften", "fifth"},      {"sechs", "six", "sechsten", "sixth"},
                                              {"sieben", "seven", "siebten", "seventh"}, {"acht", "eight", "achten", "eighth"},
                                              {"neun", "nine", "neunten", "ninth"},      {"zehn", "ten", "zehnten", "tenth"}};

static const char *skip(const char *p, const char *end, const char *signs)
{
    while (p < end && strchr(signs, *p) != NULL)
        p++;
    return p;
}

static const char *skip_one_of(const char *p, const char *end, const char *const *list, gsize n_list)
{
    gsize n = 0;

    while (p + n < end && g_ascii_isalpha(p[n]))
        n++;
    for (gsize i = 0; i < n_list; i++)
        if (strlen(list[i]) == n && g_ascii_strncasecmp(p, list[i], n) == 0)
            return p + n;
    return NULL;
}

/* A word of the list at P, and what joins it to a number; NULL none. */
static const char *skip_word(const char *p, const char *end, bool *is_idea)
{
    gsize n = 0;

    while (p + n < end && g_ascii_isalpha(p[n]))
        n++;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == n && g_ascii_strncasecmp(p, words[i], n) == 0) {
            *is_idea |= strcmp(words[i], "idee") == 0 || strcmp(words[i], "idea") == 0 || strcmp(words[i], "fikir") == 0;
            return p + n;
        }
    return NULL;
}

static const char *read_number(const char *p, const char *end, struct reading *r)
{
    const char *digits = p;
    gint64 n = 0;

    for (; p < end && g_ascii_isdigit(*p) && p - digits <= MAX_DIGITS; p++)
        n = 10 * n + (*p - '0');
    if (p == digits || p - digits > MAX_DIGITS || r->n_numbers == MAX_NUMBERS)
        return NULL;
    r->numbers[r->n_numbers++] = n;
    return p;
}

/* "drei", "dritten" at P; NULL none. */
static const char *read_word(const char *p, const char *end, struct reading *r)
{
    for (gsize i = 0; i < G_N_ELEMENTS(number_words); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(number_words[i]); k++) {
            gsize n = strlen(number_words[i][k]);
            bool is_it = (gsize)(end - p) >= n && g_ascii_strncasecmp(p, number_words[i][k], n) == 0;
            if (!is_it || (p + n < end && strchr(" \t:.)*_\r", p[n]) == NULL))
                continue;
            r->numbers[r->n_numbers++] = (gint64)i + 1;
            r->is_written = true;
            return p + n;
        }
    return NULL;
}

/* "und", "and", "&", "," before another number; NULL none. */
static const char *skip_and(const char *p, const char *end)
{
    static const char *const joins[] = {"und", "and", "ve", "i", "&", "+", ",", "/"};
    const char *from = skip(p, end, " \t");

    for (gsize i = 0; i < G_N_ELEMENTS(joins); i++) {
        gsize n = strlen(joins[i]);
        if ((gsize)(end - from) <= n || g_ascii_strncasecmp(from, joins[i], n) != 0)
            continue;
        const char *next = skip(from + n, end, " \t#");
        bool is_idea = false;
        const char *word = skip_word(next, end, &is_idea); /* "zu 6 und zu 7" */
        next = word != NULL ? skip(word, end, " \t.#") : next;
        if (next < end && g_ascii_isdigit(*next))
            return next;
    }
    return NULL;
}

/* Behind what somebody wrote beside a number to say which it is, "(Grubenwasser)"; P if they did not. */
static const char *skip_remark(const char *p, const char *end)
{
    const char *from = skip(p, end, " \t"), *close = from < end && *from == '(' ? memchr(from, ')', (gsize)(end - from)) : NULL;

    return close != NULL && close - from <= MAX_REMARK && close + 1 < end && close[1] == ':' ? close + 1 : p;
}

/* "3-5", "8 bis 10" from the number that was read last: what stands behind it is P, and is behind the range then; NULL it goes on and on,
 * or backwards. */
static const char *read_range(const char *p, const char *end, struct reading *r)
{
    static const char *const joins[] = {"-", "–", "bis", "to", "through", "do"};
    const char *from = skip(p, end, " \t");

    for (gsize i = 0; i < G_N_ELEMENTS(joins); i++) {
        gsize n = strlen(joins[i]);
        if ((gsize)(end - from) <= n || g_ascii_strncasecmp(from, joins[i], n) != 0)
            continue;
        const char *next = skip(from + n, end, " \t#");
        struct reading last = {0};
        const char *behind = next < end && g_ascii_isdigit(*next) ? read_number(next, end, &last) : NULL;
        if (behind == NULL)
            continue;
        gint64 number = r->numbers[r->n_numbers - 1];
        r->is_range = true;
        while (++number <= last.numbers[0] && r->n_numbers < MAX_NUMBERS)
            r->numbers[r->n_numbers++] = number;
        return number > last.numbers[0] && r->numbers[r->n_numbers - 1] == last.numbers[0] ? behind : NULL;
    }
    return p;
}

static bool is_digit_at(const char *p, const char *end)
{
    return p < end && g_ascii_isdigit(*p);
}

/* What ends the numbers at P: *REST_OUT is behind it. */
static enum end end_at(const char *p, const char *end, const char **rest_out)
{
    const char *q = skip(p, end, " \t*_");
    enum end found = END_NONE;

    *rest_out = q;
    if (q >= end || *q == '\r')
        return END_LINE;
    bool is_known = false;
    const char *noun = skip_word(skip(q, end, " \t."), end, &is_known); /* "zum 2. Punkt:", "zur dritten Idee:" */
    if (noun != NULL && noun < end && *noun == ':') {
        *rest_out = skip(noun + 1, end, " \t*_");
        return END_COLON;
    }
    if (*q == '.' && q + 1 < end && q[1] == ':') /* "zu 1.:" */
        q++;
    if (*q == ':' && !is_digit_at(q + 1, end))
        found = END_COLON;
    else if ((*q == ')' || *q == ']') && !is_digit_at(q + 1, end))
        found = q + 1 < end && q[1] == ':' ? END_COLON : END_BRACKET;
    else if (*q == '.' && (q + 1 == end || strchr(" \t)*_\r", q[1]) != NULL))
        found = END_POINT;
    else if (q > p && (*q == '-' || g_str_has_prefix(q, "–") || g_str_has_prefix(q, "—")))
        found = END_DASH;
    *rest_out = skip(q + (found == END_DASH && *q != '-' ? 3 : 1), end, " \t*_:)-");
    return found;
}

/* Reads the head of LINE; false if it is none, whatever the numbers. */
static bool read_head(const char *line, gsize n_bytes, struct reading *r)
{
    const char *end = line + MIN(n_bytes, MAX_BYTES), *p = skip(line, end, " \t*_([");
    bool is_open = p > line && (p[-1] == '(' || p[-1] == '[');

    *r = (struct reading){0};
    for (guint i = 0; i < MAX_WORDS; i++) {
        const char *behind = skip_word(p, end, &r->is_idea);
        if (behind == NULL && r->has_word)
            behind = skip_one_of(p, end, more_words, G_N_ELEMENTS(more_words));
        if (behind == NULL || behind == end)
            break;
        r->has_word = true;
        p = skip(behind, end, " \t.:-");
        r->is_glued = p == behind && *p != '#'; /* "zu3": a slip, or a name of something else */
    }
    r->has_sign = p < end && (*p == '#' || *p == '@');
    const char *number = skip(p, end, "#@");
    p = read_number(number, end, r);
    if (p == NULL && r->has_word && !r->is_glued)
        p = read_word(number, end, r);
    if (p == NULL)
        return false;
    if (!r->is_written && (p = read_range(p, end, r)) == NULL)
        return false;
    for (const char *next; (next = skip_and(p, end)) != NULL;)
        if ((p = read_number(next, end, r)) == NULL || (p = read_range(p, end, r)) == NULL)
            return false;
    if (is_open && p < end && (*p == ')' || *p == ']')) {
        r->end = END_COLON; /* "[3]" */
        r->rest = skip(p + 1, line + n_bytes, " \t*_:-");
        return true;
    }
    r->end = end_at(skip_remark(p, end), end, &r->rest);
    if (r->end == END_NONE && r->has_sign && !r->has_word && p < end && *p == ' ') {
        r->end = END_BRACKET; /* "#3 gern" */
        r->rest = skip(p, end, " \t");
    }
    bool is_loose = r->is_glued || r->is_written; /* then the colon must say what it is */
    bool ends_well = r->end == END_COLON || (r->end == END_LINE && !is_loose);
    return r->end != END_NONE && (ends_well || (!is_loose && !r->is_range));
}

static bool is_month(const char *p)
{
    static const char *const months[] = {"jan", "feb", "mär", "mar", "apr", "mai", "may", "jun",
                                         "jul", "aug", "sep", "okt", "oct", "nov", "dez", "dec"};

    for (gsize i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_ascii_strncasecmp(p, months[i], strlen(months[i])) == 0)
            return true;
    return false;
}

/* The newest entry of the discussion with NUMBER, or of idea NUMBER; -1 none, -2 two are meant. */
static gint entry_numbered(const struct names *n, gint64 number, bool is_idea)
{
    gint by_number = -1, by_idea = -1;

    for (guint i = 0; i < n->n_entries; i++) {
        by_number = n->entries[i].number == number ? (gint)i : by_number;
        by_idea = is_idea && n->entries[i].idea == number ? (gint)i : by_idea;
    }
    if (by_idea < 0 || by_number < 0)
        return MAX(by_idea, by_number);
    return n->entries[by_idea].number == number ? by_idea : -2;
}

/* ---- Titles */
static const char *trim_end(const char *p, const char *end, const char *signs)
{
    while (end > p && strchr(signs, end[-1]) != NULL)
        end--;
    return end;
}

static bool is_title(const char *p, gsize n, const char *title)
{
    gsize n_title = strlen(title);

    if (n_title == 0 || n > 4 * n_title + 16)
        return false;
    g_autofree char *a = g_utf8_casefold(p, (gssize)n), *b = g_utf8_casefold(title, -1);
    return strcmp(a, b) == 0;
}

gint names_heading(const char *line, gsize n_bytes, const struct portions_entry *entries, guint n_entries)
{
    const char *end = trim_end(line, line + n_bytes, " \t\r*"), *p = skip(line, end, "> \t*#");
    gint64 number = 0;

    for (; p < end && g_ascii_isdigit(*p) && number < 1000000; p++)
        number = 10 * number + (*p - '0');
    if (number == 0 || p >= end || *p != '.')
        return -1;
    p = skip(p + 1, end, " \t*");
    gint found = -1;
    for (guint i = 0; i < n_entries; i++)
        if (entries[i].number == number && is_title(p, (gsize)(end - p), entries[i].title))
            found = (gint)i;
    return found;
}

/* "Mehr Busse am Abend:", alone or before what is said about it. */
static bool find_title(const struct names *n, const char *line, gsize n_bytes, struct name *out)
{
    static const char *const quotes[] = {"„", "“", "”", "»", "«", "\""};
    const char *end = line + n_bytes, *p = skip(line, end, " \t*_"), *colon = memchr(p, ':', (gsize)(end - p));
    bool is_idea = false;
    const char *word = skip_word(p, end, &is_idea);
    p = word != NULL ? skip(word, end, " \t") : p;
    const char *stop = trim_end(p, colon != NULL ? colon : end, " \t\r*_.");
    for (gsize i = 0; i < G_N_ELEMENTS(quotes); i++) {
        if (g_str_has_prefix(p, quotes[i]))
            p += strlen(quotes[i]);
        gsize len = strlen(quotes[i]);
        if ((gsize)(stop - p) > len && memcmp(stop - len, quotes[i], len) == 0)
            stop -= len;
    }
    gint found = -1;
    for (guint i = 0; stop > p && i < n->n_entries; i++) {
        if (!is_title(p, (gsize)(stop - p), n->entries[i].title))
            continue;
        out->is_unknown |= found >= 0 && n->entries[found].number != n->entries[i].number;
        found = (gint)i;
    }
    if (found < 0)
        return false;
    out->rest = colon != NULL ? skip(colon + 1, end, " \t*_") : end;
    if (out->is_unknown) {
        out->rest = line;
        return true;
    }
    out->entries = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(out->entries, found);
    return true;
}

/* ---- Numbers */
static bool is_bare_point(const struct reading *r)
{
    return !r->has_word && !r->has_sign && (r->end == END_POINT || r->end == END_BRACKET || r->end == END_DASH);
}

/* May it name an entry, given how its author counts elsewhere? */
static bool is_name(const struct names *n, const struct reading *r, bool is_start, bool is_below)
{
    bool is_word = r->has_word || r->has_sign;

    if (r->end == END_COLON)
        return is_word || is_start;
    if (!is_start)
        return false;
    if (r->end == END_POINT && is_month(r->rest))
        return false;
    return !is_bare_point(r) || (!is_below && !n->has_words && !n->is_list);
}

/* "Zu 3. möchte ich sagen": the number belongs to the sentence. */
static bool is_in_sentence(const struct reading *r)
{
    return r->has_word && r->end == END_POINT && g_unichar_islower(g_utf8_get_char(r->rest));
}

static void resolve(const struct names *n, const struct reading *r, struct name *out)
{
    out->entries = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < r->n_numbers; i++) {
        gint found = entry_numbered(n, r->numbers[i], r->is_idea);
        guint entry = (guint)MAX(found, 0);
        out->is_unknown |= found < 0;
        g_array_append_val(out->entries, entry);
    }
    if (out->is_unknown)
        g_clear_pointer(&out->entries, g_array_unref);
}

bool names_find(const struct names *n, const char *line, gsize n_bytes, bool is_start, bool is_below, struct name *out)
{
    struct reading r;

    *out = (struct name){.rest = line};
    if (!read_head(line, n_bytes, &r) || !is_name(n, &r, is_start, is_below))
        return is_start && find_title(n, line, n_bytes, out);
    resolve(n, &r, out);
    if (out->is_unknown && !r.has_word && !r.has_sign)
        return false; /* "2027:", "18:" */
    out->rest = out->is_unknown || is_in_sentence(&r) ? line : r.rest;
    return true;
}

/* What stands before the first words of each paragraph. */
static void count_names(struct names *n, const char *text, gint64 *next)
{
    struct reading r;

    for (const char *line = text; *line != '\0';) {
        gsize len = strcspn(line, "\n");
        bool is_head = read_head(line, len, &r) && entry_numbered(n, r.numbers[0], r.is_idea) >= 0;
        n->has_words |= is_head && !is_bare_point(&r) && (r.end != END_LINE || r.has_word || r.has_sign);
        *next += is_head && is_bare_point(&r) && r.numbers[0] == *next;
        line += len + (line[len] == '\n');
    }
}

void names_init(struct names *n, const GPtrArray *pieces, const struct portions_entry *entries, guint n_entries)
{
    gint64 next = 1;

    *n = (struct names){.entries = entries, .n_entries = n_entries};
    for (guint i = 0; i < pieces->len; i++)
        count_names(n, ((const struct reply_piece *)pieces->pdata[i])->text, &next);
    n->is_list = next > 2;
}

void names_clear(struct names *n)
{
    n->n_entries = 0;
}

/* Does the head of the line say the one number that N has, with a word or a sign? */
static bool says_number(const struct names *n, const struct reading *r)
{
    bool is_word = r->has_word || r->has_sign;

    return is_word && r->n_numbers == 1 && entry_numbered(n, r->numbers[0], r->is_idea) >= 0 &&
           !(r->end == END_POINT && is_month(r->rest)) && !is_in_sentence(r);
}

char *portions_without_name(const char *text, guint number, row_id idea)
{
    const struct portions_entry entry = {.number = number, .idea = idea};
    const struct names n = {.entries = &entry, .n_entries = 1};
    const char *name = NULL, *rest = NULL;
    bool has_begun = false, is_other = false;

    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        gsize n_bytes = strcspn(line, "\n");
        g_autofree char *copy = g_strstrip(g_strndup(line, n_bytes));
        struct reading r;
        bool is_head = read_head(line, n_bytes, &r);
        if (*copy == '\0' || (!has_begun && !is_head && command_words_formula(copy) == FORMULA_GREETING))
            continue;
        if (!has_begun && is_head && says_number(&n, &r)) {
            name = line;
            rest = r.rest;
        } else if (is_head && r.end == END_COLON && (r.has_word || r.has_sign)) {
            is_other = true;
        }
        has_begun = true;
    }
    if (name == NULL || is_other || rest[strspn(rest, " \t\r\n")] == '\0')
        return g_strdup(text);
    rest += *rest == '\n';
    g_autofree char *before = g_strndup(text, (gsize)(name - text));
    return g_strconcat(before, rest, NULL);
}

bool names_read_whole(const char *line, const struct portions_entry *entries, guint n_entries, bool *has_colon_out,
                      struct name *out)
{
    const struct names n = {.entries = entries, .n_entries = n_entries};
    struct reading r;

    *out = (struct name){0};
    if (!read_head(line, strlen(line), &r) || *skip(r.rest, line + strlen(line), " \t") != '\0')
        return false;
    *has_colon_out = r.end == END_COLON;
    resolve(&n, &r, out);
    return true;
}

gint names_entry(const struct portions_entry *entries, guint n_entries, gint64 number)
{
    const struct names n = {.entries = entries, .n_entries = n_entries};

    return entry_numbered(&n, number, false);
}

gint names_title(const char *line, const struct portions_entry *entries, guint n_entries)
{
    const struct names n = {.entries = entries, .n_entries = n_entries};
    struct name name = {0};
    gint found = -1;

    if (find_title(&n, line, strlen(line), &name) && !name.is_unknown && *name.rest == '\0')
        found = (gint)g_array_index(name.entries, guint, 0);
    g_clear_pointer(&name.entries, g_array_unref);
    return found;
}
