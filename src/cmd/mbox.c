/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See mbox.h. A line is read in pieces of a fixed size, so that a mailbox without line ends is no danger.
 */
#include "cmd/mbox.h"

#include <string.h>

#define LINE_BYTES 65536

void mbox_open(struct mbox *b, FILE *file)
{
    *b = (struct mbox){.file = file, .line = g_byte_array_new(), .is_after_empty = true};
}

/* The next line or piece of one, with its end. False at the end of the file. */
static bool read_line(struct mbox *b)
{
    int c;

    g_byte_array_set_size(b->line, 0);
    while (b->line->len < LINE_BYTES && (c = getc_unlocked(b->file)) != EOF) {
        guint8 byte = (guint8)c;
        g_byte_array_append(b->line, &byte, 1);
        if (c == '\n')
            break;
    }
    return b->line->len > 0;
}

static bool starts_with(const GByteArray *line, gsize at, const char *word)
{
    gsize n = strlen(word);

    return line->len >= at + n && memcmp(line->data + at, word, n) == 0;
}

static bool is_empty(const GByteArray *line)
{
    return (line->len == 1 && line->data[0] == '\n') || (line->len == 2 && line->data[0] == '\r' && line->data[1] == '\n');
}

/* ">From " and ">>From " each have one ">" more than they had. */
static bool is_quoted_from(const GByteArray *line)
{
    gsize n = 0;

    while (n < line->len && line->data[n] == '>')
        n++;
    return n > 0 && starts_with(line, n, "From ");
}

static void add(GByteArray *message, const guint8 *data, guint n, gsize n_max, bool *is_cut_out)
{
    gsize room = n_max - MIN(message->len, n_max);

    if (n > room)
        *is_cut_out = true;
    g_byte_array_append(message, data, (guint)MIN(n, room));
}

/* The empty line before the next "From " belongs to the mailbox. */
static void drop_separator(GByteArray *message)
{
    if (message->len >= 2 && memcmp(message->data + message->len - 2, "\n\n", 2) == 0)
        g_byte_array_set_size(message, message->len - 1);
    else if (message->len >= 4 && memcmp(message->data + message->len - 4, "\r\n\r\n", 4) == 0)
        g_byte_array_set_size(message, message->len - 2);
}

bool mbox_next(struct mbox *b, GByteArray *message, gsize n_max, bool *is_cut_out)
{
    bool has_any = b->has_line; /* its "From " line was met at the end of the message before */

    g_byte_array_set_size(message, 0);
    *is_cut_out = b->has_line = false;
    while (read_line(b)) {
        if (b->is_after_empty && starts_with(b->line, 0, "From ")) {
            b->is_after_empty = false;
            if (has_any) {
                b->has_line = true;
                drop_separator(message);
                return true;
            }
            has_any = true;
            continue;
        }
        b->is_after_empty = is_empty(b->line);
        guint skip = is_quoted_from(b->line);
        if (has_any || !b->is_after_empty) /* a file that begins without "From " is a message all the same */
            add(message, b->line->data + skip, b->line->len - skip, n_max, is_cut_out);
        has_any |= !b->is_after_empty;
    }
    drop_separator(message);
    return has_any;
}

void mbox_close(struct mbox *b)
{
    g_byte_array_unref(b->line);
}
