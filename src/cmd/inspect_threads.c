/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Threads of a mailbox on the command line. The mailbox is read as a stream, line by line with a ceiling, and
 * of each message only the three fields that say who answers whom; so memory grows with the ids alone.
 */
#include "cmd/inspect_threads.h"

#include "base/limits.h"
#include "mail/thread/threads.h"
#include "mail/word/refs.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

enum field { FIELD_MESSAGE_ID, FIELD_IN_REPLY_TO, FIELD_REFERENCES, N_FIELDS };
static const char *const field_names[N_FIELDS] =
    {[FIELD_MESSAGE_ID] = "Message-ID", [FIELD_IN_REPLY_TO] = "In-Reply-To", [FIELD_REFERENCES] = "References"};

/* A message's header while it is read. */
struct scan {
    struct threads *threads;
    GString *values[N_FIELDS];
    int open;           /* the field that a folded line continues, -1: none of ours */
    bool is_in_message; /* a "From " line was seen */
    bool is_in_header;
    bool was_blank; /* the line before was empty: "From " separates only then */
    bool is_full;
};

static void start_message(struct scan *s)
{
    for (int i = 0; i < N_FIELDS; i++)
        g_string_truncate(s->values[i], 0);
    s->open = -1;
    s->is_in_message = s->is_in_header = true;
}

static void end_message(struct scan *s)
{
    g_autoptr(GPtrArray) references = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) in_reply_to = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *id = NULL;

    if (!s->is_in_message)
        return;
    s->is_in_message = false;
    id = refs_message_id(s->values[FIELD_MESSAGE_ID]->str);
    refs_parse(s->values[FIELD_REFERENCES]->str, references);
    refs_parse(s->values[FIELD_IN_REPLY_TO]->str, in_reply_to);
    if (!threads_add(s->threads, id, references, in_reply_to))
        s->is_full = true;
}

static void append_value(struct scan *s, const char *text)
{
    GString *value = s->values[s->open];
    gsize n = strlen(text);

    if (value->len + n < LIMIT_HEADER_BYTES)
        g_string_append_len(value, text, (gssize)n);
}

/* One header line. The first field of a name counts, and a second References only where the first was empty.
 */
static void header_line(struct scan *s, const char *line)
{
    const char *colon;

    if (line[0] == ' ' || line[0] == '\t') {
        if (s->open >= 0)
            append_value(s, line);
        return;
    }
    s->open = -1;
    colon = strchr(line, ':');
    for (int i = 0; colon != NULL && i < N_FIELDS; i++) {
        gsize n = strlen(field_names[i]);

        if (g_ascii_strncasecmp(line, field_names[i], n) != 0 || strspn(line + n, " \t") != (gsize)(colon - line) - n)
            continue;
        if (s->values[i]->len == 0) {
            s->open = i;
            append_value(s, colon + 1);
        }
    }
}

/* A file that does not begin with "From " is one message. */
static void mbox_line(struct scan *s, const char *line)
{
    if (!s->is_in_message && line[0] != '\0' && !g_str_has_prefix(line, "From "))
        start_message(s);
    if (s->was_blank && g_str_has_prefix(line, "From ")) {
        end_message(s);
        start_message(s);
    } else if (s->is_in_header && line[0] == '\0') {
        s->is_in_header = false;
    } else if (s->is_in_header) {
        header_line(s, line);
    }
    s->was_blank = line[0] == '\0';
}

/* What is kept of a line: enough for a header's, little of a body's, whose first bytes tell all that matters.
 */
static void append_piece(const struct scan *s, GString *line, const char *piece, gsize n)
{
    gsize n_max = s->is_in_header || !s->is_in_message ? LIMIT_HEADER_BYTES : 8;

    if (line->len < n_max)
        g_string_append_len(line, piece, (gssize)MIN(n, n_max - line->len));
}

static void finish_line(struct scan *s, GString *line)
{
    if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate(line, line->len - 1);
    mbox_line(s, line->str); /* up to a NUL, if there is one */
    g_string_truncate(line, 0);
}

/* Reads lines of any length; of one beyond the ceiling the rest is dropped. */
static bool scan_file(struct scan *s, FILE *file)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *block = g_malloc(64 * 1024);
    gsize n;

    while (!s->is_full && (n = fread(block, 1, 64 * 1024, file)) > 0) {
        const char *at = block, *end;

        while ((end = memchr(at, '\n', n - (gsize)(at - block))) != NULL) {
            append_piece(s, line, at, (gsize)(end - at));
            finish_line(s, line);
            at = end + 1;
        }
        append_piece(s, line, at, n - (gsize)(at - block));
    }
    if (line->len > 0)
        finish_line(s, line);
    end_message(s);
    return !ferror(file);
}

static void print_key(FILE *out, const char *key, const char *value)
{
    fprintf(out, "\"%s\": ", key);
    if (value == NULL) {
        fputs("null", out);
        return;
    }
    putc('"', out);
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\')
            putc('\\', out);
        putc(*value, out);
    }
    putc('"', out);
}

/* By hand and not as JSON objects: a million lines, and ids hold no controls. */
static void print_line(FILE *out, const struct thread_line *line)
{
    putc('{', out);
    print_key(out, "message_id", line->message_id);
    fputs(", ", out);
    print_key(out, "parent", line->parent);
    fputs(", ", out);
    print_key(out, "root", line->root);
    fputs(", ", out);
    print_key(out, "why", line->why);
    fputs(line->is_missing ? ", \"missing\": true}\n" : "}\n", out);
}

static int print_threads(FILE *out, struct threads *t)
{
    threads_finish(t);
    for (guint i = 0; i < threads_count(t); i++) {
        struct thread_line line;

        threads_line(t, i, &line);
        print_line(out, &line);
    }
    return fflush(out) == 0 ? 0 : EX_IOERR;
}

int inspect_threads(void *user, FILE *in, FILE *out, const char *path)
{
    threads_auto threads = threads_new(*(const guint64 *)user);
    struct scan s = {.threads = threads, .was_blank = true};
    bool is_read;

    for (int i = 0; i < N_FIELDS; i++)
        s.values[i] = g_string_new(NULL);
    is_read = scan_file(&s, in);
    for (int i = 0; i < N_FIELDS; i++)
        g_string_free(s.values[i], TRUE);
    if (!is_read || s.is_full) {
        fprintf(stderr, "forumpost inspect: %s: %s\n", path,
                s.is_full ? "more messages or ids than can be threaded at once" : "cannot be read");
        return EX_DATAERR;
    }
    return print_threads(out, threads);
}
