/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a report in words: see dsn_lines.h. One pass over the text; every address is looked at once.
 */
#include "mail/report/dsn_lines.h"

#include "base/limits.h"
#include "mail/word/phrases.h"

#include <string.h>

static const struct phrase copy_rows[] = {
#define COPY(phrase) {phrase, 0, NULL},
#include "mail/report/bounces.def"
};

static const char *const before_rows[] = {
#define BEFORE(phrase) phrase,
#include "mail/report/bounces.def"
};

gsize dsn_header_name(const char *line)
{
    gsize n = 0;

    while (n < 60 && (g_ascii_isalnum(line[n]) || line[n] == '-' || line[n] == '_'))
        n++;
    return n > 1 && line[n] == ':' && g_ascii_isalpha(line[0]) ? n : 0;
}

static bool is_name(const char *line, gsize n, const char *const *names)
{
    for (gsize i = 0; names[i] != NULL; i++)
        if (strlen(names[i]) == n && g_ascii_strncasecmp(line, names[i], n) == 0)
            return true;
    return false;
}

/* A field that only a returned mail's header begins with. */
static bool is_trace_field(const char *line)
{
    static const char *const names[] = {"Received",
                                        "Return-Path",
                                        "Message-ID",
                                        "DKIM-Signature",
                                        "X-Received",
                                        "MIME-Version",
                                        "Delivered-To",
                                        "ARC-Seal",
                                        "Authentication-Results",
                                        "Received-SPF",
                                        "X-Google-Smtp-Source",
                                        "X-Mailer",
                                        "X-Originating-IP",
                                        "DomainKey-Signature",
                                        "X-Original-To",
                                        "Envelope-To",
                                        "X-Envelope-From",
                                        "X-Track",
                                        "X-YMail-OSG",
                                        NULL};
    gsize n = dsn_header_name(line);

    return n > 0 && is_name(line, n, names);
}

static bool is_mail_field(const char *line)
{
    static const char *const names[] = {"From", "To", "Subject", "Date", "Cc", "Reply-To", "Content-Type", "Sender", NULL};
    gsize n = dsn_header_name(line);

    return is_trace_field(line) || (n > 0 && is_name(line, n, names));
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t\r")] == '\0';
}

/* How many of the lines from AT on are header fields of a mail, until an empty line or something else; at
 * most 6. *HAS_TRACE_OUT: one of them is no field that a report's own list of From, To and Subject would
 * have. */
static guint count_fields(char **lines, guint at, bool *has_trace_out)
{
    guint n = 0;

    *has_trace_out = false;
    for (; lines[at] != NULL && n < 6; at++) {
        if (is_mail_field(lines[at])) {
            *has_trace_out = *has_trace_out || is_trace_field(lines[at]);
            n++;
        } else if (n == 0 || (lines[at][0] != ' ' && lines[at][0] != '\t' && dsn_header_name(lines[at]) == 0)) {
            break;
        }
    }
    return n;
}

static bool begins_copy(char **lines, guint at)
{
    bool has_trace;
    guint n = is_mail_field(lines[at]) ? count_fields(lines, at, &has_trace) : 0;

    if (n > 0 && is_trace_field(lines[at]))
        return n >= 2 || lines[at + 1] == NULL || is_blank(lines[at + 1]);
    return n >= 3 && has_trace;
}

/* A separator counts if it is drawn as one, or if a header follows soon, or nothing does. */
static bool is_separator(char **lines, guint at, const struct phrases *copies)
{
    g_autofree char *folded = phrases_fold(lines[at], 200);
    guint seen = 0;

    if (folded[0] == '\0' || phrases_best(copies, folded) == NULL)
        return false;
    if (strchr("-=|*_", folded[folded[0] == ' ' && folded[1] != '\0']) != NULL)
        return true;
    for (guint i = at + 1; lines[i] != NULL && seen < 4; i++) {
        if (is_blank(lines[i]))
            continue;
        if (is_mail_field(lines[i] + strspn(lines[i], " \t>")))
            return true;
        seen++;
    }
    return seen == 0;
}

static void find_copy(struct dsn_lines *l)
{
    struct phrases copies;
    guint at = 0;

    phrases_init(&copies, copy_rows, G_N_ELEMENTS(copy_rows));
    l->n_report = l->copy_at = 0;
    for (; l->lines[at] != NULL; at++) {
        if (begins_copy(l->lines, at)) {
            l->n_report = l->copy_at = at;
            return;
        }
        if (is_separator(l->lines, at, &copies)) {
            l->n_report = at;
            l->copy_at = at + 1;
            return;
        }
    }
    l->n_report = l->copy_at = at;
}

static bool is_local_byte(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80 || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

static bool is_domain_byte(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80 || c == '-' || c == '.' || c == '_';
}

/* The address around the "@" at AT as [*FROM, *TO); false if it is none. */
static bool address_around(const char *line, const char *at, const char **from, const char **to)
{
    const char *begin = at, *end = at + 1;

    while (begin > line && is_local_byte(begin[-1]))
        begin--;
    while (begin < at && strchr("'*/=|.`&", *begin) != NULL)
        begin++;
    if (g_ascii_strncasecmp(begin, "smtp=", 5) == 0) /* X.400 with a domain-defined attribute */
        begin += 5;
    while (is_domain_byte(*end))
        end++;
    while (end > at + 1 && strchr("-._", end[-1]) != NULL)
        end--;
    *from = begin;
    *to = end;
    return begin < at && end > at + 1 && end - begin < 320 &&
           (memchr(at, '.', (gsize)(end - at)) != NULL || (begin > line && begin[-1] == '<'));
}

/* Bullets, quotes and other marks that may stand before the first word of a line. */
static gsize marks_length(const char *line)
{
    gsize n = strspn(line, " \t>*-\"'<|:#=([+.");

    if (g_str_has_prefix(line + n, "\xe2\x80\xa2")) /* a round bullet */
        n += 3 + strspn(line + n + 3, " \t<\"");
    return n;
}

/* "...: a@b" at the end of a line, unless the word before the colon names the sender or a field of the mail.
 */
static bool is_after_colon(const char *folded, gsize n, const char *rest)
{
    static const char *const not [] = {"from", "sender", "to", "cc", "bcc", "reply-to", "contact", "id", "mailto", "path"};

    if (n < 2 || folded[n - 1] != ':' || rest[strspn(rest, ">\"')]. \t")] != '\0')
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(not ); i++) {
        gsize w = strlen(not [i]);

        if (n > w && strncmp(folded + n - 1 - w, not [i], w) == 0 && (n == w + 1 || !g_ascii_isalnum(folded[n - 2 - w])))
            return false;
    }
    return true;
}

static bool is_named(const char *line, const char *from, const char *to)
{
    g_autofree char *folded = phrases_fold(line + MAX(0, from - line - 60), MIN(60, from - line));
    gsize n = strlen(folded);

    while (n > 0 && strchr(" <\"'([*", folded[n - 1]) != NULL)
        folded[--n] = '\0';
    if (is_after_colon(folded, n, to))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(before_rows); i++) {
        gsize w = strlen(before_rows[i]);

        if (n >= w && g_str_equal(folded + n - w, before_rows[i]) && (n == w || !g_ascii_isalnum(folded[n - w - 1])))
            return true;
    }
    return false;
}

static bool is_transcript(const char *line, const char *from, const char *to)
{
    const char *word = line + strspn(line, " \t<>.");
    bool is_reply = g_ascii_isdigit(word[0]) && g_ascii_isdigit(word[1]) && g_ascii_isdigit(word[2]) &&
                    !g_ascii_isdigit(word[3]) && (word[0] == '4' || word[0] == '5');
    g_autofree char *folded = phrases_fold(line, MIN(60, from - line));

    if (strstr(folded, "rcpt to") != NULL)
        return true;
    return is_reply && g_str_has_prefix(to + strspn(to, ">)"), "...");
}

static enum spot_rank rank_of(const char *line, const char *from, const char *to)
{
    if (line + marks_length(line) >= from || (from - line > 5 && g_ascii_strncasecmp(from - 5, "smtp=", 5) == 0))
        return SPOT_LINE;
    if (is_transcript(line, from, to))
        return SPOT_TRANSCRIPT;
    return is_named(line, from, to) ? SPOT_NAMED : SPOT_NONE;
}

static void spot_free(struct spot *s)
{
    g_free(s->address);
    g_free(s);
}

static void find_spots(struct dsn_lines *l, guint number)
{
    const char *line = l->lines[number], *after = line;

    for (const char *at = strchr(line, '@'); at != NULL; at = strchr(at + 1, '@')) {
        const char *from, *to;
        struct spot *s;

        if (l->spots->len >= 4 * LIMIT_REPORT_RECIPIENTS)
            return;
        if (at < after || !address_around(line, at, &from, &to))
            continue;
        s = g_new0(struct spot, 1);
        s->address = g_strndup(from, (gsize)(to - from));
        s->line = number;
        s->rest_at = (guint)(to - line);
        s->rank = rank_of(line, from, to);
        g_ptr_array_add(l->spots, s);
        after = to;
    }
}

void dsn_lines_read(const char *text, struct dsn_lines *out)
{
    g_autofree char *cut = g_utf8_make_valid(text, (gssize)strnlen(text, LIMIT_REPORT_BYTES));

    out->lines = g_strsplit(cut, "\n", -1);
    out->spots = g_ptr_array_new_with_free_func((GDestroyNotify)spot_free);
    for (guint i = 0; out->lines[i] != NULL; i++)
        g_strchomp(out->lines[i]);
    find_copy(out);
    for (guint i = 0; i < out->n_report; i++)
        find_spots(out, i);
}

void dsn_lines_clear(struct dsn_lines *l)
{
    g_clear_pointer(&l->lines, g_strfreev);
    g_clear_pointer(&l->spots, g_ptr_array_unref);
}
