/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who answers whom in a mailbox (RFC 5256 REFERENCES, without joining by subject). Pure; fed one message
 * after the other, so a million of them takes memory for their ids only. No recursion anywhere.
 *
 * A message's parent is the last id of its own References, or of its In-Reply-To if it has none. That id may
 * belong to a mail that is not there (missing): it then gets a line of its own, and its parent is what the
 * References of others say (the first one to say so is believed). A link that would close a loop is cut: the
 * one of a missing mail if there is one, else that of the mail that came last.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct threads;

/* SEED keys the hash of ids, so that nobody can craft ids that collide; any number. */
struct threads *threads_new(guint64 seed);
void threads_free(struct threads *t);

/* The next message. MESSAGE_ID may be NULL. REFERENCES are what refs_parse() gives, oldest first; IN_REPLY_TO
 * counts if they are empty. A second message with the same id is a message of its own that nobody answers.
 * False if there are already LIMIT_THREAD_MESSAGES; the message is then not in. */
bool threads_add(struct threads *t, const char *message_id, const GPtrArray *references, const GPtrArray *in_reply_to);
/* Settles all parents. Nothing can be added after it. */
void threads_finish(struct threads *t);

struct thread_line {
    const char *message_id; /* NULL if the message has none */
    const char *parent;     /* NULL: a first message */
    const char *root;       /* the topmost ancestor's id, its own for a first message; NULL if that has none */
    const char *why;        /* "References", "In-Reply-To", "duplicate Message-ID", "loop cut", ... */
    bool is_missing;        /* only others speak of it */
};
/* Messages in the order they were added, then the missing ones that somebody points to. */
guint threads_count(const struct threads *t);
void threads_line(const struct threads *t, guint number, struct thread_line *line_out);

typedef struct threads threads_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(threads_autoptr_t, threads_free)
#define threads_auto g_autoptr(threads_autoptr_t) /* `threads_auto t = ...;` */
