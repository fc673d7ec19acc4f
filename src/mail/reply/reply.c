/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is new in a text. The lines come with their classes (reply_lines.c); one pass over the classes gives
 * each line its fate: text, signature or elided. Each line that is not empty lands in exactly one of the
 * three, so no word can be lost. Where nothing is left the author wrote nothing. Called by read/read.c.
 */
#include "mail/reply/reply.h"

#include <string.h>

#include "mail/reply/reply_cited.h"
#include "mail/reply/reply_contact.h"
#include "mail/reply/reply_forward.h"
#include "mail/reply/reply_lines.h"
#include "mail/word/subject.h"

#define MAX_SIGNATURE_LINES 25 /* below "-- " */
#define MAX_LOOSE_LINES     10 /* below "--" without its blank, which may also be the author's own rule */
#define MAX_LOOSE_BYTES     100
#define MAX_SMALL_PRINT     3 /* paragraphs, as in several languages */
#define MAX_FOOTER_LINES    12
#define MAX_TYPED           12 /* lines of a list that its author marked */
#define MIN_OWN_WORDS       6  /* of a sentence below "-- " that is no signature; a motto has fewer */
#define MIN_OWN_WORDS_LOOSE 4
#define MAX_SEGMENT         64 /* lines below a rule, empty ones too, that are looked at */
#define WRAPPED_BYTES       55 /* quoted lines of that length were wrapped by a program, not typed as a list */

struct pass {
    GArray *lines; /* struct line */
    guint8 *fates; /* enum fate of each line */
    bool has_text; /* has the author said something above? */
    bool is_first;
    bool is_reply; /* are "> " lines quotes here, or could they be the author's own? */
    enum marker_kind subject;
    guint quote;        /* the first line that surely begins what a program quoted; 0 none */
    guint rest;         /* from here on there are only rules, adverts and empty lines */
    guint forward_at;   /* 1 + line at which a forwarded mail begins; 0 if none */
    guint strong;       /* the first one that has no doubt; 0 none */
    struct cited below; /* from STRONG on, or QUOTE */
};

static enum line_class class_at(const struct pass *p, guint i)
{
    return i < p->lines->len ? line_at(p->lines, i)->class : LINE_EMPTY;
}

static void set(struct pass *p, guint from, guint to, enum fate fate)
{
    for (guint i = from; i < to && i < p->lines->len; i++)
        p->fates[i] = (guint8)fate;
}

/* A rule drawn right above what is cut goes with it. */
static void cut_rule_above(struct pass *p, guint i)
{
    while (i > 0 && class_at(p, i - 1) == LINE_EMPTY)
        i--;
    if (i > 0 && class_at(p, i - 1) == LINE_RULE)
        p->fates[i - 1] = FATE_ELIDED;
}

static bool ends_segment(enum line_class class)
{
    return class == LINE_QUOTE || class == LINE_ATTRIBUTION || class == LINE_HEAD || class == LINE_MARKER;
}

/* First line from I on that belongs to an earlier mail; if that is far, it is no signature. */
static guint segment_end(const struct pass *p, guint i)
{
    guint far = i + MAX_SEGMENT;
    while (i < p->lines->len && i < far && !ends_segment(class_at(p, i)))
        i++;
    return i;
}

/* End of the quotes that begin at I, with the empty lines among them but not those after the last. */
static guint quotes_end(const struct pass *p, guint i)
{
    guint end = i;
    for (; i < p->lines->len && (class_at(p, i) == LINE_QUOTE || class_at(p, i) == LINE_EMPTY); i++)
        if (class_at(p, i) == LINE_QUOTE)
            end = i + 1;
    return end;
}

static guint cut_quotes(struct pass *p, guint from)
{
    guint end = quotes_end(p, from);
    if (!p->forward_at && forward_is_quoted(line_at(p->lines, from)))
        p->forward_at = from + 1;
    set(p, from, end, FATE_ELIDED);
    return end;
}

/* "Unsere Forderungen: / > Tempo 30 / > Zebrastreifen / Danke.": short marked lines within a paragraph of the author's, in a mail whose
 * program put its quote below, with a line or a block that surely is one. What program quotes so? */
static bool is_typed(const struct pass *p, guint from)
{
    guint end = from;

    for (; end < p->lines->len && class_at(p, end) == LINE_QUOTE; end++) {
        gsize n;
        const struct line *l = line_at(p->lines, end);
        const char *inner = line_unquoted(l, &n);
        if (n == 0 || *inner == '>' || l->n_bytes >= WRAPPED_BYTES || line_quotes_attribution(l))
            return false;
    }
    return from > 0 && class_at(p, from - 1) != LINE_EMPTY && class_at(p, end) == LINE_TEXT && end < p->quote &&
           end - from <= MAX_TYPED;
}

/* Within the author's text, above the mail that the program surely quotes. */
static bool is_cited(struct pass *p, guint from)
{
    guint end = quotes_end(p, from), above = from, quote = p->strong != 0 ? p->strong : p->quote;

    while (above > 0 && class_at(p, above - 1) == LINE_EMPTY)
        above--;
    enum line_class class = class_at(p, above > 0 ? above - 1 : p->lines->len);
    bool is_within =
        (class == LINE_TEXT || class == LINE_ATTRIBUTION) && class_at(p, lines_skip_empty(p->lines, end)) == LINE_TEXT;
    return is_within && end < quote && class_at(p, quote) != LINE_QUOTE &&
           cited_from_elsewhere(p->lines, from, end, quote, &p->below);
}

static guint pass_quotes(struct pass *p, guint i)
{
    if (p->is_reply && !is_typed(p, i) && !is_cited(p, i))
        return cut_quotes(p, i);
    p->has_text = true;
    return quotes_end(p, i);
}

enum rest {
    REST_STAYS,
    REST_BELOW_TEXT,
    REST_GOES
}; /* what is below, without marks: never cut, if the author wrote above, always */

/* An attribution or header block of N lines at I: what is below it? */
static guint pass_below(struct pass *p, guint i, guint n, enum rest rest)
{
    guint below = lines_skip_empty(p->lines, i + n);
    if (class_at(p, below) == LINE_QUOTE && below < p->lines->len) {
        cut_rule_above(p, i);
        set(p, i, below, FATE_ELIDED);
        return cut_quotes(p, below);
    }
    if (rest == REST_STAYS) {
        p->has_text = true;
        return i + n;
    }
    guint end = p->has_text || rest == REST_GOES ? p->lines->len : i + n;
    cut_rule_above(p, i);
    set(p, i, end, FATE_ELIDED);
    return end;
}

static guint pass_attribution(struct pass *p, guint i)
{
    const struct line *l = line_at(p->lines, i);
    enum line_class below = class_at(p, lines_skip_empty(p->lines, i + l->span));
    bool is_told = p->is_first && l->sureness != SURE_STRONG; /* "The paper wrote in May:", by somebody who answers nobody */
    if ((l->sureness == SURE_LOOSE || is_told) && !p->is_reply) {
        p->has_text = true;
        return i + l->span;
    }
    bool is_surely = l->sureness == SURE_STRONG || below == LINE_HEAD || below == LINE_MARKER;
    guint quote = lines_skip_empty(p->lines, i + l->span);
    if (!is_surely && below == LINE_QUOTE && (is_typed(p, i + l->span) || is_cited(p, quote))) {
        p->has_text = true;
        return i + l->span;
    }
    return pass_below(p, i, l->span, is_surely ? REST_BELOW_TEXT : REST_STAYS);
}

/* A separator or header block. Without a separator, and with nothing above it, it is an earlier mail's only
 * if the subject says so: letters may begin with "Von: ... An: ... Betreff: ..." A forwarded mail is a third person's,
 * with or without a note above it; below the head of a mail that was answered the author may have written. */
static guint pass_head(struct pass *p, guint i)
{
    const struct line *l = line_at(p->lines, i);
    bool is_forward = l->marker == MARKER_FORWARD || p->subject == MARKER_FORWARD;
    bool is_surely = l->class == LINE_MARKER || p->has_text || p->subject != MARKER_NONE;
    guint n = l->span, next = lines_skip_empty(p->lines, i + n);
    if (l->class == LINE_MARKER && class_at(p, next) == LINE_HEAD && next < p->lines->len)
        n = next + line_at(p->lines, next)->span - i;
    if (is_forward && is_surely && !p->forward_at)
        p->forward_at = i + 1;
    return pass_below(p, i, n, !is_surely ? REST_STAYS : is_forward ? REST_GOES : REST_BELOW_TEXT);
}

static bool is_short(const struct pass *p, guint from, guint to, guint max_lines, guint max_bytes)
{
    guint n = 0;
    for (guint i = from; i < to; i++) {
        const struct line *l = line_at(p->lines, i);
        n += class_at(p, i) != LINE_EMPTY;
        if (n > max_lines || (l->n_bytes > max_bytes && g_utf8_strlen(l->at, l->n_bytes) > (glong)max_bytes))
            return false;
    }
    return n > 0;
}

/* The line from which on there is nothing but rules, adverts and empty lines. */
static guint find_rest(const GArray *lines)
{
    guint i = lines->len;
    for (; i > 0; i--) {
        enum line_class class = line_at(lines, i - 1)->class;
        if (class != LINE_EMPTY && class != LINE_RULE && class != LINE_ADVERT && class != LINE_SIGNATURE)
            break;
    }
    return i;
}

/* "P.S. ..." below a signature, a paragraph of its own: where the author goes on; END if they do not. */
static guint postscript(const struct pass *p, guint from, guint end)
{
    for (guint i = from + 1; i < end; i++)
        if (class_at(p, i - 1) == LINE_EMPTY && class_at(p, i) == LINE_TEXT && contact_is_postscript(line_at(p->lines, i)))
            return i;
    return end;
}

/* Two dashes between the parts of a text: whole sentences stand below them, apart, and nothing of who wrote them. Dashes that no program
 * made need not be apart from a long one. */
static bool is_own_rule(const struct pass *p, guint from, guint end, bool is_exact)
{
    bool is_apart = class_at(p, from) == LINE_EMPTY;
    guint i = from, least = is_exact || !is_apart ? MIN_OWN_WORDS : MIN_OWN_WORDS_LOOSE;

    if (!p->has_text || (is_exact && !is_apart))
        return false;
    for (; i < end; i++)
        if (class_at(p, i) != LINE_EMPTY &&
            (class_at(p, i) != LINE_TEXT || !contact_is_only_sentence(line_at(p->lines, i), least)))
            return false;
    return true;
}

/* A rule, or a signature's opener: the foot of a list, a signature, the end, or a rule that the author drew.
 */
static guint pass_rule(struct pass *p, guint i)
{
    const struct line *l = line_at(p->lines, i);
    guint end = segment_end(p, i + 1), below = lines_skip_empty(p->lines, i + 1);
    if (l->class == LINE_SIGNATURE && (below >= end || class_at(p, below) == LINE_SIGNATURE)) {
        p->fates[i] = FATE_SIGNATURE; /* nothing in it, or opened twice, by hand and by the program */
        return i + 1;
    }
    if (is_short(p, i + 1, end, MAX_FOOTER_LINES, G_MAXUINT) && lines_have_footer(p->lines, i + 1, end)) {
        set(p, i, end, FATE_SIGNATURE);
        return end;
    }
    if (l->class == LINE_SIGNATURE && is_own_rule(p, i + 1, end, l->is_exact))
        return i + 1;
    if (l->class == LINE_SIGNATURE)
        end = postscript(p, below, end);
    if (l->class == LINE_SIGNATURE && (l->is_exact ? is_short(p, i + 1, end, MAX_SIGNATURE_LINES, G_MAXUINT)
                                                   : is_short(p, i + 1, end, MAX_LOOSE_LINES, MAX_LOOSE_BYTES))) {
        set(p, i, end, FATE_SIGNATURE);
        return end;
    }
    if (i >= p->rest)
        p->fates[i] = FATE_ELIDED;
    return i + 1;
}

/* An advert is a paragraph of its own, or follows one, or is glued to it, or ends one below a name or the end of a sentence. */
static guint pass_advert(struct pass *p, guint i)
{
    const struct line *above = i > 0 ? line_at(p->lines, i - 1) : NULL;
    bool is_alone = above == NULL || above->class != LINE_TEXT || line_at(p->lines, i)->is_glued;
    bool is_last = class_at(p, i + 1) != LINE_TEXT;
    if (is_alone || (is_last && (line_ends_sentence(above) || contact_names_somebody(above))))
        p->fates[i] = FATE_SIGNATURE;
    else
        p->has_text = true;
    return i + 1;
}

static guint pass_line(struct pass *p, guint i)
{
    switch ((enum line_class)line_at(p->lines, i)->class) {
    case LINE_EMPTY:
        return i + 1;
    case LINE_TEXT:
        p->has_text = true;
        return i + 1;
    case LINE_QUOTE:
        return pass_quotes(p, i);
    case LINE_ATTRIBUTION:
        return pass_attribution(p, i);
    case LINE_HEAD:
    case LINE_MARKER:
        return pass_head(p, i);
    case LINE_RULE:
    case LINE_SIGNATURE:
        return pass_rule(p, i);
    case LINE_ADVERT:
        return pass_advert(p, i);
    }
    return i + 1;
}

/* Is there nothing but the quote below line I, or a line that says who wrote it on top? */
static bool is_at_edge(const struct pass *p, guint i)
{
    guint first = lines_skip_empty(p->lines, 0);

    return class_at(p, first) == LINE_ATTRIBUTION || lines_skip_empty(p->lines, quotes_end(p, i)) >= p->rest;
}

static bool is_surely_marked(const struct pass *p, guint i, enum sureness least)
{
    const struct line *l = line_at(p->lines, i);

    return (l->class == LINE_ATTRIBUTION && l->sureness >= least) || l->class == LINE_HEAD || l->class == LINE_MARKER;
}

/* Did a program write the "> " lines? Else they may be a list that the author typed, or in a mail that answers nothing what they cite
 * at length, with their own words above and below. */
static bool quotes_are_by_program(const struct pass *p)
{
    guint length_above = 0;
    bool is_said = false;

    for (guint i = 0; i < p->lines->len; i++) {
        const struct line *l = line_at(p->lines, i);
        if (is_surely_marked(p, i, p->is_first ? SURE_STRONG : SURE_MARKED))
            return true;
        is_said |= is_surely_marked(p, i, SURE_MARKED);
        if (l->class != LINE_QUOTE) {
            length_above = 0;
            continue;
        }
        gsize n;
        const char *inner = line_unquoted(l, &n);
        bool is_alone = !length_above && class_at(p, i + 1) != LINE_QUOTE;
        bool looks_wrapped = (!is_alone && (!n || *inner == '>')) || length_above >= WRAPPED_BYTES;
        if ((looks_wrapped && (!p->is_first || (is_said && is_at_edge(p, i)))) || line_quotes_attribution(l))
            return true;
        length_above = l->n_bytes;
    }
    return false;
}

static bool has_text(const struct pass *p)
{
    for (guint i = 0; i < p->lines->len; i++)
        if (p->fates[i] == FATE_TEXT && class_at(p, i) != LINE_EMPTY && class_at(p, i) != LINE_RULE)
            return true;
    return false;
}

/* Nothing is left: nothing was written, but where only a line of two dashes said so. */
static void keep_if_unsure(struct pass *p)
{
    guint first = lines_skip_empty(p->lines, 0);
    bool is_loose = class_at(p, first) == LINE_SIGNATURE && !line_at(p->lines, first)->is_exact;
    if (first < p->lines->len && is_loose && !p->is_reply)
        set(p, 0, p->lines->len, FATE_TEXT);
}

/* The lines of one fate in [FROM, TO), with at most one empty line where others were cut out. */
static char *collect(const struct pass *p, guint from, guint to, enum fate fate)
{
    GString *out = g_string_new(NULL);
    guint n_empty = 0;
    bool has_gap = false;
    for (guint i = from; i < to; i++) {
        const struct line *l = line_at(p->lines, i);
        if (l->class == LINE_EMPTY) {
            n_empty++;
            continue;
        }
        if (p->fates[i] != (guint8)fate) {
            has_gap = true;
            continue;
        }
        for (guint j = 0; out->len && j < (has_gap ? MIN(n_empty, 1) : n_empty) + 1; j++)
            g_string_append_c(out, '\n');
        g_string_append_len(out, l->at, l->n_bytes);
        n_empty = 0;
        has_gap = false;
    }
    return g_string_free(out, FALSE);
}

/* A mail program wrote its header, and no sign of an answer in it. */
static bool answers_nothing(const struct message *m)
{
    return m->in_reply_to->len + m->references->len == 0 && m->message_id != NULL && *m->subject != '\0' &&
           subject_kind(m->subject) == MARKER_NONE;
}

struct reply_context reply_context_of(const struct message *m, const char *own_domain)
{
    return (struct reply_context){.subject = m->subject,
                                  .is_answer = m->in_reply_to->len + m->references->len > 0,
                                  .is_first = answers_nothing(m),
                                  .to = m->to,
                                  .cc = m->cc,
                                  .own_domain = own_domain};
}

static bool has_digit(const struct line *l)
{
    for (gsize i = 0; i < l->n_bytes; i++)
        if (g_ascii_isdigit(l->at[i]))
            return true;
    return false;
}

/* The first line that surely begins what a program quoted, which says when that was written; 0 if none does. IS_STRONG: with all that
 * programs say. */
static guint find_quote(const GArray *lines, bool is_strong)
{
    guint i = 0;

    for (; i < lines->len; i++) {
        const struct line *l = line_at(lines, i);
        bool is_line = l->class == LINE_ATTRIBUTION && (l->sureness == SURE_STRONG || (!is_strong && has_digit(l)));
        bool is_quoted = !is_strong && l->class == LINE_QUOTE && line_quotes_attribution(l); /* "> Am 3. März schrieb Karl:" */
        if (is_line || l->class == LINE_HEAD || l->class == LINE_MARKER || is_quoted)
            break;
    }
    return i < lines->len ? i : 0;
}

/* The fate of each line; the caller owns P's lines and fates. */
static void pass_all(struct pass *p, const char *body, const struct reply_context *context)
{
    guint from, to;

    p->lines = lines_classify(body, context);
    p->fates = g_new0(guint8, p->lines->len + 1);
    p->rest = find_rest(p->lines);
    p->quote = find_quote(p->lines, false);
    p->strong = find_quote(p->lines, true);
    p->subject = subject_kind(context->subject);
    p->is_first = context->is_first;
    p->is_reply = context->is_answer || p->subject != MARKER_NONE || quotes_are_by_program(p);
    for (guint i = 0; i < p->lines->len;)
        i = pass_line(p, i);
    if (contact_find(p->lines, p->fates, &from, &to)) {
        while (class_at(p, to) == LINE_ADVERT) /* a paragraph of its own, but for them */
            to++;
        set(p, from, to, FATE_SIGNATURE);
    }
    set(p, 0, banner_find(p->lines, p->fates), FATE_SIGNATURE);
    for (guint i = 0; i < MAX_SMALL_PRINT && small_print_find(p->lines, p->fates, &from, &to); i++)
        set(p, from, to, FATE_SIGNATURE);
    if (!has_text(p))
        keep_if_unsure(p);
}

static void pass_clear(struct pass *p)
{
    g_array_unref(p->lines);
    g_free(p->fates);
    g_free(p->below.text);
}

void reply_split(const char *body, const struct reply_context *context, struct reply *out)
{
    struct pass p = {0};

    pass_all(&p, body, context);
    *out = (struct reply){
        .text = collect(&p, 0, p.lines->len, FATE_TEXT),
        .signature = collect(&p, 0, p.lines->len, FATE_SIGNATURE),
        .elided = collect(&p, 0, p.lines->len, FATE_ELIDED),
        .forwarded = p.forward_at ? forward_read(line_at(p.lines, p.forward_at - 1)->at) : NULL,
    };
    pass_clear(&p);
}

static void piece_free(struct reply_piece *x)
{
    g_free(x->above);
    g_free(x->text);
    g_free(x);
}

/* The first line from I on that is not empty and is quoted, or is not; a signature is neither. */
static guint find_fate(const struct pass *p, guint i, bool is_quoted)
{
    while (i < p->lines->len &&
           (class_at(p, i) == LINE_EMPTY || (p->fates[i] == FATE_ELIDED) != is_quoted || p->fates[i] == FATE_SIGNATURE))
        i++;
    return i;
}

GPtrArray *reply_pieces(const char *body, const struct reply_context *context)
{
    GPtrArray *pieces = g_ptr_array_new_with_free_func((GDestroyNotify)piece_free);
    struct pass p = {0};

    pass_all(&p, body, context);
    for (guint i = 0, text, end; i < p.lines->len; i = end) {
        text = find_fate(&p, i, false);
        end = find_fate(&p, text, true);
        struct reply_piece *x = g_new0(struct reply_piece, 1);
        x->above = collect(&p, i, text, FATE_ELIDED);
        x->text = collect(&p, text, end, FATE_TEXT);
        g_ptr_array_add(pieces, x);
    }
    pass_clear(&p);
    return pieces;
}

void reply_clear(struct reply *r)
{
    g_clear_pointer(&r->text, g_free);
    g_clear_pointer(&r->signature, g_free);
    g_clear_pointer(&r->elided, g_free);
    if (r->forwarded) {
        g_free(r->forwarded->from);
        g_free(r->forwarded->date);
        g_free(r->forwarded->subject);
        g_free(r->forwarded->text);
    }
    g_clear_pointer(&r->forwarded, g_free);
}
