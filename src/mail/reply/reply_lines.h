/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text as lines, each with its class, as reply.c reads them: first each line alone, then what takes several
 * lines (header blocks, wrapped attribution lines). Linear: each of these looks at a bounded number of lines.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "mail/reply/reply.h"
#include "mail/reply/reply_sentence.h"
#include "mail/word/reply_words.h"

enum line_class {
    LINE_EMPTY,
    LINE_TEXT,
    LINE_QUOTE,       /* "> ..." */
    LINE_ATTRIBUTION, /* "Am ... schrieb ...:"; span lines */
    LINE_HEAD,        /* block of "Von: ... Gesendet: ..."; span lines */
    LINE_MARKER,      /* "-----Original Message-----" */
    LINE_RULE,        /* nothing but signs: "_____", "***" */
    LINE_SIGNATURE,   /* "-- " */
    LINE_ADVERT,      /* "Sent from my iPhone" */
};

enum fate { FATE_TEXT, FATE_SIGNATURE, FATE_ELIDED }; /* where reply.c puts a line */

struct line {
    const char *at; /* into the text given, without the line break */
    guint n_bytes;
    guint span;      /* lines of an attribution or header block that starts here; 1 for others */
    guint8 class;    /* enum line_class */
    guint8 marker;   /* enum marker_kind of a LINE_MARKER */
    guint8 sureness; /* enum sureness of a LINE_ATTRIBUTION */
    bool is_broken;  /* a program wrote on where it should have ended */
    bool is_glued;   /* of a LINE_ADVERT: it stands in the line above */
    bool is_exact;   /* of a LINE_SIGNATURE: "-- " with its blank */
    bool has_role;   /* reply_head.c's own: a line is asked once for its role, however many blocks it may belong to */
    guint8 role, value;
};

/* What may be cut below an attribution line. */
enum sureness {
    SURE_LOOSE,  /* only says who wrote: a quote with marks, in an answer */
    SURE_MARKED, /* a quote with marks */
    SURE_STRONG, /* all the rest, marks or not */
};

/* The lines of TEXT with their classes (struct line). The last one holds what is beyond LIMIT_REPLY_LINES. CONTEXT
 * as in reply.h. */
GArray *lines_classify(const char *text, const struct reply_context *context);
static inline struct line *line_at(const GArray *lines, guint i)
{
    return &g_array_index(lines, struct line, i);
}
/* Do the lines hold a phrase of a list's or tracker's foot? */
bool lines_have_footer(const GArray *lines, guint from, guint to);

/* reply_line.c */
/* First line from I on that is not empty; lines->len if none. */
guint lines_skip_empty(const GArray *lines, guint i);
/* Text of a quoted line without its first level of quoting. */
const char *line_unquoted(const struct line *l, gsize *n_out);
/* Does the line end with a colon of any script, or a colon and closing signs? */
bool line_ends_with_colon(const struct line *l);

enum above { ABOVE_OTHER, ABOVE_RULE, ABOVE_MARKER }; /* what stands above a header block */

/* reply_head.c: the block of header lines that starts at line I: how many lines it has, 0 if it is none. What
 * stands above it says how much of a head it must be. Fills from, date and subject of F where it is not NULL.
 */
guint head_block(const GArray *lines, guint i, enum above above, struct forwarded *f);
/* The same for words that no table knows, by its shape: lines of "label: value" with a date and an address or the name of
 * whom the mail answers among the values. Only in a mail that answers one. */
guint head_block_by_shape(const GArray *lines, guint i, const struct sentence_names *names);
/* Does the line look like "word: value" of a header block? Sets the value's offset in the line. */
enum head_role head_role_of(const struct line *l, gsize *value_out);

/* reply_attribution.c: marks the attribution lines among LINES. */
void lines_mark_attributions(GArray *lines, bool is_answer, const struct sentence_names *names);
/* Does it end as a sentence does? */
static inline bool line_ends_sentence(const struct line *l)
{
    gsize n = l->n_bytes;
    while (n > 0 && g_ascii_isspace(l->at[n - 1]))
        n--;
    return n > 0 && strchr(".!?", l->at[n - 1]) != NULL;
}
/* Is there an attribution or a header block within the quotes themselves? */
bool line_quotes_attribution(const struct line *l);
