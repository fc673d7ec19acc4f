/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Splits a text into lines and gives each its class; see reply_lines.h. Called by reply.c. Decides nothing:
 * what a class means for a line's fate depends on its neighbours, and that is reply.c's work.
 */
#include "mail/reply/reply_lines.h"

#include <string.h>

#include "base/limits.h"
#include "mail/word/reply_match.h"

#define MAX_ADVERT_BYTES   200
#define MAX_INITIALS_BYTES 4 /* "Max> text": letters before the sign */
#define MIN_WRAPPED_BYTES  40
#define MAX_BEHIND_ADDRESS 40 /* a verb, and the colon */
#define MIN_RULE_BYTES     5  /* of a rule above a header block */
#define MIN_BOLD_SIGNS     3  /* of a line that is drawn with signs that mean bold, too */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static gsize leading_blanks(const struct line *l)
{
    gsize i = 0;
    while (i < l->n_bytes && is_blank(l->at[i]))
        i++;
    return i;
}

bool lines_have_footer(const GArray *lines, guint from, guint to)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    for (guint i = from; i < to && i < lines->len; i++) {
        fold(folded, line_at(lines, i)->at, line_at(lines, i)->n_bytes);
        g_string_append_c(folded, ' ');
    }
    return words_have_footer(folded->str);
}

/* Signs that draw lines. The last one is a tracker's mark that some extensions of Gmail leave. */
static bool is_rule(const char *folded)
{
    if (!strcmp(folded, "ᐧ") || !strcmp(folded, "—"))
        return true;
    guint n = 0;
    for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == ' ')
            continue;
        if (!(c < 0x80 && strchr("-_=*#~+", (char)c)) && c != 0x2014 && c != 0x2013 && c != 0x2500 && c != 0x2501)
            return false;
        n++;
    }
    return n >= 2;
}

/* "> meant as a joke <": as many signs at both ends, and no address that was broken at its own. */
static bool is_framed(const struct line *l, gsize from, gsize n)
{
    gsize left = 0, right = 0;

    while (from + left < n && l->at[from + left] == '>')
        left++;
    while (right < n && l->at[n - 1 - right] == '<')
        right++;
    bool goes_on = l->at[l->n_bytes] == '\n' && l->at[l->n_bytes + 1] == '>';
    return right >= 2 || (left == right && !goes_on && !has_digit(l->at, n));
}

/* ">>> see here <<<" is none. */
static bool is_quote(const struct line *l)
{
    gsize i = leading_blanks(l), n = l->n_bytes;
    while (n > i && is_blank(l->at[n - 1]))
        n--;
    return i < n && l->at[i] == '>' && !(l->at[n - 1] == '<' && is_framed(l, i, n));
}

/* GroupWise: ">>> Name <a@b> 03.05.2024 10:15 >>>" */
static bool is_groupwise(const struct line *l)
{
    gsize n = l->n_bytes;
    while (n && is_blank(l->at[n - 1]))
        n--;
    return n > 8 && n <= LIMIT_REPLY_SENTENCE_BYTES && !memcmp(l->at, ">>> ", 4) && !memcmp(l->at + n - 4, " >>>", 4) &&
           has_digit(l->at, n);
}

/* "C> text", the initials of who is quoted: only if a neighbour has the same. */
static gsize initials(const struct line *l)
{
    gsize from = leading_blanks(l), i = from;
    while (i < l->n_bytes && i <= from + MAX_INITIALS_BYTES && g_ascii_isalpha(l->at[i]))
        i++;
    return i > from && i <= from + MAX_INITIALS_BYTES && i < l->n_bytes && l->at[i] == '>' && g_ascii_isupper(l->at[from]) ? i + 1
                                                                                                                           : 0;
}

static void mark_initials(GArray *lines)
{
    for (guint i = 1; i < lines->len; i++) {
        struct line *a = line_at(lines, i - 1), *b = line_at(lines, i);
        gsize n = initials(a);
        if (n && n == initials(b) && !memcmp(a->at, b->at, n))
            a->class = b->class = LINE_QUOTE;
    }
}

/* "-----Original Message-----", "Begin forwarded message:", "---- On ... wrote ----" */
static enum marker_kind marker_of(GString *folded)
{
    const char *signs = "-_=*~#<>+ —–";
    gsize left = strspn(folded->str, signs), right = folded->len;
    while (right > left && strchr("-_=*~#<>+ :", folded->str[right - 1]))
        right--;
    bool is_drawn = left >= 2 || folded->len - right >= 3;
    bool is_closed = folded->str[folded->len - 1] == ':';
    if ((!is_drawn && !is_closed) || right == left)
        return MARKER_NONE;
    enum marker_kind kind = words_marker(folded->str + left, right - left);
    if (kind != MARKER_NONE && (is_drawn || kind == MARKER_FORWARD))
        return kind;
    if (left < 3 || folded->len - right < 3)
        return MARKER_NONE;
    g_autofree char *plain = sentence_plain(folded->str + left, right - left);
    return words_attribution(plain, strlen(plain), false) || words_attribution(plain, strlen(plain), true) ? MARKER_REPLY
                                                                                                           : MARKER_NONE;
}

/* Letters are counted: those of Georgia have three bytes. */
static bool is_advert_long(const char *text, gsize n)
{
    return n <= MAX_ADVERT_BYTES || (n <= 3 * MAX_ADVERT_BYTES && g_utf8_strlen(text, (gssize)n) <= MAX_ADVERT_BYTES);
}

/* Notes: "Name ---27.11.2026 09:01:22---The beginning of what is quoted" */
static bool is_notes(const char *folded)
{
    const char *at = strstr(folded, "---");

    if (at == NULL || at == folded || !g_ascii_isdigit(at[3]))
        return false;
    const char *end = at + 3 + strspn(at + 3, "0123456789.:/ apm");
    return end - at >= 3 + 12 && g_str_has_prefix(end, "---");
}

static void classify_folded(struct line *l, GString *folded)
{
    if (!folded->len)
        l->class = LINE_EMPTY;
    else if (!strcmp(folded->str, "--")) {
        l->class = LINE_SIGNATURE;
        l->is_exact = l->n_bytes == 3 && !memcmp(l->at, "-- ", 3);
    } else if (is_rule(folded->str))
        l->class = LINE_RULE;
    else if ((l->marker = (guint8)(is_notes(folded->str) ? MARKER_REPLY : marker_of(folded))) != MARKER_NONE)
        l->class = LINE_MARKER;
    else if (is_advert_long(folded->str, folded->len) && words_are_advert(folded->str, folded->len))
        l->class = LINE_ADVERT;
}

static void classify_one(struct line *l, GString *folded)
{
    l->class = LINE_TEXT;
    if (leading_blanks(l) == l->n_bytes)
        l->class = LINE_EMPTY;
    else if (is_groupwise(l)) {
        l->class = LINE_MARKER;
        l->marker = MARKER_REPLY;
    } else if (is_quote(l))
        l->class = LINE_QUOTE;
    else if (l->n_bytes <= LIMIT_REPLY_SENTENCE_BYTES) {
        g_string_truncate(folded, 0);
        fold(folded, l->at, l->n_bytes);
        classify_folded(l, folded);
    }
}

/* "Diese Nachricht wurde von meinem Android-Mobiltelefon mit\nK-9 Mail gesendet." */
static void mark_wrapped_adverts(GArray *lines, GString *folded)
{
    for (guint i = 1; i < lines->len; i++) {
        struct line *a = line_at(lines, i - 1), *b = line_at(lines, i);
        if (a->class != LINE_TEXT || b->class != LINE_TEXT || a->n_bytes < MIN_WRAPPED_BYTES || a->n_bytes > MAX_ADVERT_BYTES ||
            b->n_bytes > MIN_WRAPPED_BYTES)
            continue;
        g_string_truncate(folded, 0);
        fold(folded, a->at, a->n_bytes);
        g_string_append_c(folded, ' ');
        fold(folded, b->at, b->n_bytes);
        if (words_are_advert(folded->str, folded->len))
            a->class = b->class = LINE_ADVERT;
    }
}

/* "the last words.Sent from my Galaxy": where the advert begins in the line, 0 if there is none. */
static gsize glued_advert(const struct line *l)
{
    for (gsize i = 1; i + 1 < l->n_bytes; i++) {
        if (!strchr(".!?", l->at[i - 1]) || !g_unichar_isupper(g_utf8_get_char(l->at + i)))
            continue;
        g_autofree char *folded = fold_line(l->at + i, l->n_bytes - i);
        return is_advert_long(folded, strlen(folded)) && words_are_advert(folded, strlen(folded)) ? i : 0;
    }
    return 0;
}

/* Line I in two. */
static void break_line(GArray *lines, guint i, gsize at)
{
    struct line *l = line_at(lines, i), rest = *l;

    rest.at += at;
    rest.n_bytes -= (guint)at;
    rest.class = LINE_ADVERT;
    l->n_bytes = (guint)at;
    g_array_insert_val(lines, i + 1, rest);
    line_at(lines, i + 1)->is_glued = true;
}

/* Does all the rest belong to an earlier mail? */
static bool opens_old_mail(const GArray *lines, guint i)
{
    const struct line *l = line_at(lines, i);
    guint below = lines_skip_empty(lines, i + l->span);
    bool is_marked = below < lines->len && line_at(lines, below)->class == LINE_QUOTE;

    return !is_marked &&
           (l->class == LINE_HEAD || l->class == LINE_MARKER || (l->class == LINE_ATTRIBUTION && l->sureness == SURE_STRONG));
}

/* Below the last words of the author, where quotes or nothing follow. */
static void mark_last_advert(GArray *lines)
{
    bool has_below = false;

    for (guint i = lines->len; i-- > 0;) {
        struct line *l = line_at(lines, i);
        bool is_passed = l->class == LINE_EMPTY || l->class == LINE_RULE || l->class == LINE_ADVERT;
        bool is_old = l->class == LINE_QUOTE || l->class == LINE_ATTRIBUTION || l->class == LINE_HEAD || l->class == LINE_MARKER;
        if (is_old && opens_old_mail(lines, i))
            has_below = false;
        if (is_passed || is_old || has_below)
            continue;
        bool is_alone = i == 0 || line_at(lines, i - 1)->class != LINE_TEXT;
        gsize glued = l->n_bytes <= LIMIT_REPLY_SENTENCE_BYTES ? glued_advert(l) : 0;
        g_autofree char *folded = l->n_bytes <= 3 * MAX_ADVERT_BYTES ? fold_line(l->at, l->n_bytes) : NULL;
        has_below = true;
        if (glued > 0)
            break_line(lines, i, glued);
        else if (i > 0 && is_alone && folded != NULL && is_advert_long(folded, strlen(folded)) &&
                 words_are_last_advert(folded, strlen(folded))) {
            l->class = LINE_ADVERT;
            has_below = false;
        }
    }
}

static enum above above_of(const struct line *l)
{
    if (l->class == LINE_RULE && l->n_bytes >= MIN_RULE_BYTES)
        return ABOVE_RULE;
    return l->class == LINE_MARKER ? ABOVE_MARKER : ABOVE_OTHER;
}

/* How many signs that draw lines stand at the end of FOLDED, N bytes: backwards from it, or at its beginning. */
static guint n_drawing(const char *folded, gsize n, bool is_backwards)
{
    const char *p = is_backwards ? g_utf8_find_prev_char(folded, folded + n) : folded;
    guint found = 0;

    for (; p != NULL && p < folded + n; found++) {
        gunichar c = g_utf8_get_char(p);
        bool is_drawing = c < 0x80 ? c != '\0' && strchr("-_=*~#<>+", (char)c) != NULL
                                   : g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION || (c >= 0x2500 && c <= 0x25ff);
        if (!is_drawing)
            break;
        p = is_backwards ? g_utf8_find_prev_char(folded, p) : g_utf8_next_char(p);
    }
    return found;
}

/* "----- Ursprüngliche Nachricht -----": signs that draw lines on both sides. „Ja“, *Ja* and **Ja** say something. */
static bool is_drawn(const struct line *l)
{
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    gsize n = strlen(folded);
    bool is_bold = strchr("*_", *folded) != NULL;
    guint left = n_drawing(folded, n, false), right = n_drawing(folded, n, true), least = is_bold ? MIN_BOLD_SIGNS : 1;

    return n > 0 && l->n_bytes <= MAX_ADVERT_BYTES && MIN(left, right) >= least && left + right > 2;
}

/* "Hallo Anna, siehe unten:" speaks to somebody, "Das hier ist mir noch eingefallen:" has small words that we know. */
static bool is_said(const char *folded, const struct sentence_names *names)
{
    struct sentence x;

    sentence_read(folded, strlen(folded), names, &x);
    return strchr(folded, ',') != NULL || x.has_person || x.has_part || x.n_known > 1;
}

/* A separator in words that no table knows: drawn, or closed by a colon, alone above a head. */
static void mark_separator_above(GArray *lines, guint head, const struct sentence_names *names)
{
    guint i = head;
    while (i > 0 && line_at(lines, i - 1)->class == LINE_EMPTY)
        i--;
    struct line *l = i > 0 ? line_at(lines, i - 1) : NULL;
    bool is_alone = l != NULL && l->class == LINE_TEXT && (i == 1 || line_at(lines, i - 2)->class == LINE_EMPTY);
    if (!is_alone)
        return;
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    bool is_short = g_utf8_strlen(l->at, l->n_bytes) <= MIN_WRAPPED_BYTES;
    bool is_known = is_short && words_marker(folded, strlen(folded)) != MARKER_NONE;
    if (is_drawn(l) || is_known || (is_short && line_ends_with_colon(l) && !is_said(folded, names))) {
        l->class = LINE_MARKER;
        l->marker = MARKER_REPLY;
    }
}

static bool is_below_empty(const GArray *lines, guint i)
{
    return i == 0 || line_at(lines, i - 1)->class != LINE_TEXT || is_drawn(line_at(lines, i - 1));
}

static void mark_heads(GArray *lines, bool is_answer, const struct sentence_names *names)
{
    enum above above = ABOVE_OTHER;
    for (guint i = 0; i < lines->len;) {
        struct line *l = line_at(lines, i);
        guint span = l->class == LINE_TEXT ? head_block(lines, i, above, NULL) : 0;
        if (span == 0 && l->class == LINE_TEXT && (is_answer || above == ABOVE_MARKER) && is_below_empty(lines, i))
            span = head_block_by_shape(lines, i, names);
        for (guint j = i; j < i + span; j++)
            if (line_at(lines, j)->class == LINE_TEXT)
                line_at(lines, j)->class = LINE_HEAD;
        if (span > 0 && above == ABOVE_OTHER && is_answer)
            mark_separator_above(lines, i, names);
        l->span = MAX(span, 1);
        if (l->class != LINE_EMPTY)
            above = above_of(l);
        i += span ? span : 1;
    }
}

/* Samsung and Yahoo write on in the same line: "----- Original Message -----From: ...", "... <a@b> wrote:  the old mail". Where
 * the line should have ended. */
static gsize missed_break(const char *line, gsize n)
{
    gsize dashes = strspn(line, "-");
    const char *end = line + n;

    if (dashes >= MIN_RULE_BYTES && dashes < n) {
        const char *close = g_strstr_len(line + dashes, (gssize)(n - dashes), "-----");
        if (close == NULL)
            return n;
        close += strspn(close, "-");
        bool goes_on = close < end && g_unichar_isalpha(g_utf8_get_char(close));
        return goes_on && has_address(close, (gsize)(end - close)) ? (gsize)(close - line) : n;
    }
    for (const char *at = memchr(line, '>', n); at != NULL; at = memchr(at + 1, '>', (gsize)(end - at - 1))) {
        const char *colon = memchr(at, ':', (gsize)MIN(end - at, MAX_BEHIND_ADDRESS));
        bool goes_on = colon != NULL && end - colon > 3 && colon[1] == ' ' && colon[2] == ' ';
        if (goes_on && has_address(line, (gsize)(at - line)) && has_digit(line, (gsize)(at - line)))
            return (gsize)(colon + 1 - line);
    }
    return n;
}

static GArray *split(const char *text)
{
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(struct line));
    for (const char *p = text; *p;) {
        const char *end = lines->len + 1 < LIMIT_REPLY_LINES ? strchr(p, '\n') : NULL;
        struct line l = {.at = p, .n_bytes = (guint)(end ? (gsize)(end - p) : strlen(p)), .span = 1};
        gsize n = end != NULL && *p != '>' && l.n_bytes <= LIMIT_REPLY_SENTENCE_BYTES ? missed_break(p, l.n_bytes) : l.n_bytes;
        bool is_whole = n == l.n_bytes;
        l.n_bytes = (guint)n;
        l.is_broken = !is_whole;
        g_array_append_val(lines, l);
        p += l.n_bytes + (end != NULL && is_whole);
    }
    return lines;
}

GArray *lines_classify(const char *text, const struct reply_context *context)
{
    GArray *lines = split(text);
    g_autoptr(GString) folded = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++)
        classify_one(line_at(lines, i), folded);
    mark_initials(lines);
    mark_wrapped_adverts(lines, folded);
    struct sentence_names names;
    sentence_names_init(&names, context->to, context->cc, context->own_domain);
    mark_heads(lines, context->is_answer, &names);
    lines_mark_attributions(lines, context->is_answer, &names);
    sentence_names_clear(&names);
    mark_last_advert(lines);
    return lines;
}
