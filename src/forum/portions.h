/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer to a digest, cut into answers: which words are meant for which entry. By what their author wrote ("zu 3: ...",
 * "#3", "Idee 42: ...", the title), by the entry whose words are quoted right above, by the only one there is; never by a
 * guess. What is unclear is handed out as such, to be asked about. Pure.
 */
#pragma once

#include "forum/model.h"
#include "mail/reply/reply.h"

struct portions_entry { /* one post of the digest, in the order shown; borrowed */
    guint number;       /* of its discussion, as it is shown; those of one discussion stand together */
    row_id idea, post;
    const char *title; /* of the discussion */
    const char *text;
};

struct portions_mail { /* borrowed */
    const char *body;  /* of the mail, quotes and all (struct message) */
    const struct reply_context *context;
    const struct portions_entry *entries;
    guint n_entries;
    GBytes *const *sent; /* memories of all that the digest said (forum/memory.h) */
    gsize n_sent;
    gint given; /* the entry whose address the mail was sent to, -1 none */
};

enum portion_by {
    PORTION_UNCLEAR, /* nothing says which, or several are meant */
    PORTION_NUMBER,  /* its author names it */
    PORTION_GIVEN,   /* it was sent to the entry's own address */
    PORTION_QUOTE,   /* it stands below words of that entry, or nothing else of the digest is quoted */
    PORTION_ONLY,    /* there is only one */
};
struct portion {
    enum portion_by by;
    guint entry; /* index in entries, unless unclear */
    char *text;
};

/* The answers (struct portion), each entry at most once, in the order in which their first words stand; what is unclear is one
 * part, the last. No word of their author is in none of them, unless they are all a greeting: then there is no part.
 * A number names the newest entry of its discussion. */
GPtrArray *portions_split(const struct portions_mail *mail);

/* TEXT, all of it about the discussion IDEA that a digest has as NUMBER, without the "zu 3:" before its first words. As it is, if
 * another number is named as well: then they are points of its own. Caller frees. */
char *portions_without_name(const char *text, guint number, row_id idea);

/* What answers the question "which one?". */
enum chosen {
    CHOSEN_NOTHING, /* something else, or a number that is none */
    CHOSEN_NONE,    /* "keine": it is to be forgotten */
    CHOSEN_ENTRIES,
};
/* TEXT: all that is new in the answer. *ENTRIES_OUT (guint, indices, each once) is the caller's, empty unless CHOSEN_ENTRIES.
 * *BESIDE_OUT: what else its author wrote below the numbers, courtesies aside; NULL nothing; the caller's. "Zu 3:" with words below
 * it is no choice but an answer of its own. */
enum chosen portions_choose(const char *text, const struct portions_entry *entries, guint n_entries, GArray **entries_out,
                            char **beside_out);
