/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Header blocks in a text: "Von: ... / Gesendet: ... / An: ... / Betreff: ...", as Outlook, Exchange, Notes
 * and webmail write them above what they quote or forward, in any order, with lines that were wrapped. Called
 * by reply_lines.c to find them and by reply_forward.c to read them.
 */
#include "mail/reply/reply_lines.h"

#include <string.h>

#include "base/limits.h"
#include "mail/reply/reply_sentence.h"
#include "mail/word/reply_match.h"

#define MAX_WORD_BYTES 48 /* longest word before a colon, in bytes as written */
#define MAX_BLOCK      60 /* lines of one block, with many recipients */
#define MAX_WRAPPED    3  /* lines that one value goes on for, if they look like nothing else */

struct block {
    guint n_roles, last; /* last: line of the newest header line */
    guint n_wrapped;     /* lines since then that belong to its value */
    enum head_role role;
    enum above above;
    guint line_of[N_ROLES]; /* 1 + line, 0 if absent */
};

/* Text, or text that was found to be a header block before. */
static bool is_plain(const struct line *l)
{
    return l->class == LINE_TEXT || l->class == LINE_HEAD;
}

static gsize leading(const struct line *l)
{
    gsize i = 0;
    while (i < l->n_bytes && strchr("*_>| \t", l->at[i]) != NULL)
        i++;
    return i;
}

static gsize value_offset(const struct line *l)
{
    gsize n = MIN(l->n_bytes, (guint)MAX_WORD_BYTES);
    const char *colon = memchr(l->at, ':', n);
    /* the colons of other scripts have two or three bytes */
    for (const char *p = l->at; p < l->at + n && (colon == NULL || p < colon);) {
        if ((guchar)*p < 0x80) {
            p++;
            continue;
        }
        const char *next = g_utf8_next_char(p);
        if (is_colon(g_utf8_get_char(p)))
            return (gsize)(next - l->at);
        p = next;
    }
    return colon ? (gsize)(colon - l->at) + 1 : 0;
}

enum head_role head_role_of(const struct line *l, gsize *value_out)
{
    gsize n = value_offset(l);
    if (!n)
        return ROLE_NONE;
    g_autofree char *word = fold_line(l->at, n);
    gsize from = strspn(word, "*_>| "), to = strlen(word);
    while (to > from && strchr(":*_ ", word[to - 1]))
        to--;
    *value_out = n;
    return to > from ? words_role(word + from, to - from) : ROLE_NONE;
}

static bool value_fits(enum head_role role, const struct line *l, gsize value)
{
    const char *p = l->at + value;
    gsize n = l->n_bytes - value;
    if (role == ROLE_SENT)
        return has_digit(p, n);
    if (role == ROLE_FROM)
        for (gsize i = 0; i < n; i++)
            if ((guchar)p[i] >= 0x80 || g_ascii_isalnum(p[i]))
                return true;
    return role != ROLE_FROM;
}

/* Does a line without a word of its own go on with the value above? */
static bool goes_on(const struct block *b, const struct line *l)
{
    if (!is_plain(l))
        return false;
    bool is_list = b->role == ROLE_TO || b->role == ROLE_CC || b->role == ROLE_FROM;
    if (is_list && (memchr(l->at, '@', l->n_bytes) || memchr(l->at, ';', l->n_bytes) || *l->at == '<'))
        return true;
    return b->n_wrapped < MAX_WRAPPED;
}

/* A value that runs over the end of the block: only what looks like a part of an address list, or is
 * indented. */
static bool ends_inside(const struct block *b, const struct line *l)
{
    bool is_list = b->role == ROLE_TO || b->role == ROLE_CC;
    return is_plain(l) &&
           (*l->at == ' ' || *l->at == '\t' || (is_list && (memchr(l->at, '@', l->n_bytes) || memchr(l->at, ';', l->n_bytes))));
}

/* "Message-ID: ...", "Return-Path: ...": fields with a hyphen, wherever a block copies the whole head. */
static bool is_field(const struct line *l)
{
    guint n_hyphens = 0, i = 0;
    for (; i < l->n_bytes && i < MAX_WORD_BYTES && (g_ascii_isalnum(l->at[i]) || l->at[i] == '-'); i++)
        n_hyphens += l->at[i] == '-';
    return n_hyphens > 0 && i < l->n_bytes && l->at[i] == ':' && g_ascii_isalpha(*l->at);
}

static enum head_role remembered_role(struct line *l, gsize *value_out)
{
    if (!l->has_role) {
        gsize value = 0;
        l->role = (guint8)head_role_of(l, &value);
        l->value = (guint8)value; /* a few bytes more than MAX_WORD_BYTES at most */
        l->has_role = true;
    }
    *value_out = l->value;
    return (enum head_role)l->role;
}

static enum head_role role_in_block(const struct block *b, struct line *l, gsize *value_out)
{
    if (!is_plain(l))
        return ROLE_NONE;
    enum head_role role = remembered_role(l, value_out);
    return role == ROLE_NONE && (b->n_roles > 0 || b->above == ABOVE_MARKER) && is_field(l) ? ROLE_OTHER : role;
}

static bool takes(struct block *b, const GArray *lines, guint i)
{
    gsize value = 0;
    struct line *l = line_at(lines, i);
    enum head_role role = role_in_block(b, l, &value);
    if (role == ROLE_NONE || (b->line_of[role] && role != ROLE_OTHER && role != ROLE_CC) || !value_fits(role, l, value))
        return false;
    b->n_roles += !b->line_of[role];
    b->line_of[role] = i + 1;
    b->role = role;
    b->last = i;
    b->n_wrapped = 0;
    return true;
}

static guint walk(struct block *b, const GArray *lines, guint from)
{
    guint i = from + 1;
    for (; i < lines->len && i < from + MAX_BLOCK; i++) {
        const struct line *l = line_at(lines, i);
        if (takes(b, lines, i))
            continue;
        if (l->class == LINE_EMPTY ? i == b->last + 1 : goes_on(b, l)) {
            b->n_wrapped++;
            continue;
        }
        break;
    }
    guint end = b->last + 1;
    while (end < i && ends_inside(b, line_at(lines, end)))
        end++;
    return end - from;
}

/* "Name [mailto:a@b]", "Name <a@b<mailto:a@b>>" -> "Name <a@b>" */
static char *plain_mailbox(char *value)
{
    char *link = strstr(value, "[mailto:");
    if (link && strchr(link, ']')) {
        *strchr(link, ']') = '>';
        *link = '<';
        memmove(link + 1, link + strlen("[mailto:"), strlen(link + strlen("[mailto:")) + 1);
    } else if ((link = strstr(value, "<mailto:")) && strchr(link, '>'))
        memmove(link, strchr(link, '>') + 1, strlen(strchr(link, '>') + 1) + 1);
    return g_strstrip(value);
}

static char *value_of(const GArray *lines, const struct block *b, enum head_role role, guint end)
{
    if (!b->line_of[role])
        return NULL;
    guint i = b->line_of[role] - 1;
    gsize offset = value_offset(line_at(lines, i));
    GString *value = g_string_new_len(line_at(lines, i)->at + offset, (gssize)(line_at(lines, i)->n_bytes - offset));
    for (guint j = i + 1; j < end && is_plain(line_at(lines, j)); j++) {
        gsize unused;
        if (role_in_block(b, line_at(lines, j), &unused) != ROLE_NONE)
            break;
        g_string_append_c(value, ' ');
        g_string_append_len(value, line_at(lines, j)->at, line_at(lines, j)->n_bytes);
    }
    g_string_erase(value, 0, (gssize)strspn(value->str, "*_ \t"));
    return g_strstrip(g_string_free(value, FALSE));
}

static bool has_time(const struct line *l)
{
    const char *colon = memchr(l->at, ':', l->n_bytes), *end = l->at + l->n_bytes; /* the word's own comes first */
    while (colon && (colon = memchr(colon + 1, ':', (gsize)(end - colon - 1))) != NULL)
        if (g_ascii_isdigit(colon[-1]) && colon + 1 < end && g_ascii_isdigit(colon[1]))
            return true;
    return false;
}

/* Timetables and forms have such words too ("Datum, Von, An, Thema"): without a marker above, a block has an
 * address somewhere, or all of a head with the time of day. */
static bool is_head(const struct block *b, const GArray *lines, guint from, guint span)
{
    bool is_mailed = false, is_dated = b->line_of[ROLE_SENT] || b->line_of[ROLE_SUBJECT];
    if (!b->line_of[ROLE_FROM])
        return false;
    for (guint i = from; i < from + span; i++)
        is_mailed |= has_address(line_at(lines, i)->at, line_at(lines, i)->n_bytes);
    switch (b->above) {
    case ABOVE_MARKER:
        return b->n_roles >= 2;
    case ABOVE_RULE:
        return is_dated && (b->n_roles >= 3 || (b->n_roles >= 2 && is_mailed));
    case ABOVE_OTHER:
        if (is_mailed)
            return is_dated && b->n_roles >= 3;
        return b->n_roles >= 4 && b->line_of[ROLE_SUBJECT] && b->line_of[ROLE_SENT] &&
               has_time(line_at(lines, b->line_of[ROLE_SENT] - 1));
    }
    return false;
}

/* ---- by shape, where the words are of no language that the tables know ---- */
#define MAX_LABEL_WORDS 5
#define LEAST_SHAPE     3 /* lines of "label: value" */

/* Where the value of "label: value" begins; 0 if the line is none. A label is a few words without digits. */
static gsize labelled_value(const struct line *l)
{
    gsize value = is_plain(l) ? value_offset(l) : 0;
    guint n_words = 1;

    if (value == 0)
        return 0;
    for (gsize i = leading(l); i < value; i++) {
        if (g_ascii_isdigit(l->at[i]) || strchr("@<>/;,.!?", l->at[i]) != NULL)
            return 0;
        n_words += l->at[i] == ' ' && i + 1 < value && l->at[i + 1] != ':';
    }
    return n_words <= MAX_LABEL_WORDS ? value : 0;
}

struct shape {
    guint n_labels, last;
    bool has_address, has_person, has_date;
};

static void look_at_value(struct shape *x, const struct line *l, gsize from, const struct sentence_names *names)
{
    g_autofree char *folded = fold_line(l->at + from, l->n_bytes - from);
    struct sentence v;

    sentence_read(folded, strlen(folded), names, &v);
    x->has_address |= v.has_address;
    x->has_person |= v.has_person;
    x->has_date |= v.has_date && v.n_words <= MAX_LABEL_WORDS;
}

guint head_block_by_shape(const GArray *lines, guint i, const struct sentence_names *names)
{
    struct shape x = {0};
    guint n_wrapped = 0;

    for (guint at = i; at < lines->len && at < i + MAX_BLOCK && n_wrapped <= MAX_WRAPPED; at++) {
        const struct line *l = line_at(lines, at);
        gsize value = labelled_value(l);
        if (value == 0 && (x.n_labels == 0 || !is_plain(l) || !has_address(l->at, l->n_bytes)))
            break;
        n_wrapped = value == 0 ? n_wrapped + 1 : 0;
        x.n_labels += value > 0;
        x.last = at;
        look_at_value(&x, l, value, names);
    }
    bool ends = x.last + 1 >= lines->len || line_at(lines, x.last + 1)->class == LINE_EMPTY;
    return x.n_labels >= LEAST_SHAPE && ends && x.has_date && (x.has_address || x.has_person) ? x.last + 1 - i : 0;
}

guint head_block(const GArray *lines, guint i, enum above above, struct forwarded *f)
{
    struct block b = {.above = above};
    if (!takes(&b, lines, i))
        return 0;
    guint span = walk(&b, lines, i);
    if (!is_head(&b, lines, i, span))
        return 0;
    if (f) {
        char *from = value_of(lines, &b, ROLE_FROM, i + span);
        f->from = plain_mailbox(from);
        f->date = value_of(lines, &b, ROLE_SENT, i + span);
        f->subject = value_of(lines, &b, ROLE_SUBJECT, i + span);
    }
    return span;
}
