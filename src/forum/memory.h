/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trimming by memory: we know what we sent. Each text that leaves us (post, template) leaves a memory, the hashes of
 * all runs of four words in it; lines of a reply that consist of such runs are ours, in any language and whatever
 * the client did to them. Words are compared without case, quote marks, line breaks, punctuation and without the
 * letters that broken charsets break; addresses of the web and of mail are compared apart, for clients rewrite them.
 * Pure, linear in the text and the memories.
 */
#pragma once

#include <glib.h>

#include "mail/reply/reply.h"

/* What TEXT leaves in memory: 64-bit hashes of the host, each once, in an order that only this process knows. Empty for a text of
 * less than four words. At most LIMIT_MEMORY_WORDS words are remembered. */
GBytes *memory_of(const char *text);

/* The same of several texts as one, each hash once. memory_set_end() frees the set, unless it is kept as it is. */
struct memory_set;
struct memory_set *memory_set_new(void);
void memory_set_free(struct memory_set *set); /* NULL is fine */
void memory_set_add(struct memory_set *set, const char *text);
void memory_set_add_memory(struct memory_set *set, GBytes *memory); /* all that is in it */
bool memory_set_is_empty(const struct memory_set *set);
gsize memory_set_bytes(const struct memory_set *set); /* that it takes */
GBytes *memory_set_end(struct memory_set *set);

/* What all of them hold as one, each hash once. */
GBytes *memory_join(GBytes *const *memories, gsize n_memories);

/* TEXT without the lines that are ours; what a person wrote between them stays, as does a line to which they added.
 * A marked line ("> ") must share six words in a row with us, any other one twelve, or a phrase that people share
 * would vanish; six are enough where there is much more of ours. Nothing is left ("") of a text that is all ours. Damaged memories are skipped. CUT_OUT (may be NULL): the
 * lines that went. Both owned by the caller. */
char *memory_cut(const char *text, GBytes *const *memories, gsize n_memories, char **cut_out);

/* TEXT with "> " before each line that is ours and has no ">", so that what stands between them keeps its place; a line written
 * behind a mark of ours loses it. Owned. */
char *memory_quote(const char *text, GBytes *const *memories, gsize n_memories);

/* Which of N texts a quote is from: by four words in a row that only one of them has. TEXTS need not live on. */
struct memory_index;
struct memory_index *memory_index_new(const char *const *texts, guint n);
void memory_index_free(struct memory_index *x);
struct memory_hit {
    guint which;     /* text */
    const char *end; /* behind its words */
};
/* The words in TEXT that one of the texts alone has (struct memory_hit), in their order. */
GArray *memory_index_find(const struct memory_index *x, const char *text);

/* Has TEXT N_WORDS words in a row, or more, of the SETS that none of KNOWN has? Linear in TEXT and KNOWN alone. */
bool memory_has_run(const char *text, struct memory_set *const *sets, gsize n_sets, GBytes *const *known, gsize n_known,
                    guint n_words);
/* TEXT with MARK_TEXT in place of each such run, wherever in a line it begins and ends; NULL if there is none. Owned. */
char *memory_replace_run(const char *text, struct memory_set *const *sets, gsize n_sets, GBytes *const *known, gsize n_known,
                         guint n_words, const char *mark_text);

/* TEXT with MARK_TEXT in place of every run of twelve or more words of ours, wherever in a line it begins and ends; NULL
 * if there is none. Owned. For what others quoted of a text that is deleted. */
char *memory_replace(const char *text, GBytes *memory, const char *mark_text);

/* Are TEXT and what MEMORY is of the same text, but for a tenth of each? Then both authors say it, and neither quotes the other. */
bool memory_is_same(const char *text, GBytes *memory);

/* MEMORY without what memory_replace() would find in TEXT, which said it first; NULL: that says none of it. */
GBytes *memory_without(GBytes *memory, const char *text);

/* What an index of words is to be asked for (char *, phrases of a few words, without marks): whoever has one of those runs has one of
 * these phrases whole, however they broke its lines. Rare words rather than frequent ones. */
GPtrArray *memory_phrases(const char *text);

/* reply_split() with memory: as it does, but answers that stand between our lines in a quote without marks, where
 * reply_split() must cut all, are found and end TEXT. False if nothing in BODY is ours: then reply_split() says all there is to
 * say, and OUT is not filled. */
bool memory_split(const char *body, const struct reply_context *context, GBytes *const *memories, gsize n_memories,
                  struct reply *out);
