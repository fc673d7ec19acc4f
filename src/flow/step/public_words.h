/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of an author's words is published: without the contact lines below their name, and, where the whole world reads it, without
 * what tells where somebody lives. It takes time in the length of the text, so it may be made ready in another thread; whoever
 * uses it asks whether it was made of the same.
 */
#pragma once

#include "flow/facts.h"

struct public_words {
    char *of, *language; /* what it was made of */
    bool is_public;
    char *text;            /* what is published */
    guint n_cut, n_masked; /* lines that went, places that were masked */
    char *title;           /* of an idea, the same way; NULL: of an answer, which has none */
    guint n_title;         /* places in it that were masked */
    guint whys;            /* reasons to read it first that stand in it (flow/step/concern.h) */
};

/* What becomes of TEXT by AUTHOR (as they are called, NULL unknown), whichever way it came: without contact lines below a name, without what of ours one person alone was given
 * (forum/personal.h), and, if IS_PUBLIC, masked. Caller frees. */
struct public_made {
    guint n_cut, n_masked; /* lines that went, places */
    guint whys;            /* reasons to read it first */
};
char *public_words_make(const struct gateway *g, const char *text, const char *language, const char *author, bool is_public,
                        struct public_made *out);
/* What the author of M is called there; NULL nothing. Borrowed. */
const char *public_words_author(const struct message *m);
/* The rules hear of W, whose text came for L: facts.whys, as far as its author is not trusted. */
bool public_words_weigh(struct gateway *g, const struct public_words *w, struct looked_up *l, gint64 now, struct err *e);
/* TEXT: what the author of M newly wrote, to where L was looked up. */
struct public_words *public_words_new(const struct gateway *g, const struct message *m, const struct looked_up *l,
                                      const char *text);
void public_words_free(struct public_words *w);
/* Is W (may be NULL) what public_words_new() would make of these? */
bool public_words_are_of(const struct public_words *w, const struct gateway *g, const struct message *m,
                         const struct looked_up *l, const char *text);
/* In the words of which language something is masked in M. Borrowed. */
const char *public_words_language(const struct gateway *g, const struct message *m);
/* Does the whole world read what is written there? The members of a forum may give each other their numbers. */
bool public_words_are_public(const struct looked_up *l);

typedef struct public_words public_words_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(public_words_autoptr_t, public_words_free)
#define public_words_auto g_autoptr(public_words_autoptr_t)
