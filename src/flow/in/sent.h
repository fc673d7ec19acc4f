/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What we wrote to somebody, told again for forum/memory.h when they answer: no copy of a mail is kept, but rows and
 * templates make the same words.
 */
#pragma once

#include "flow/facts.h"

/* What the author of M newly wrote. Of an answer to a post our own lines go, whatever the client did to them: the post's and
 * those of the mails about it, in every language that the gateway writes in, as plain text and as their HTML shows them; answers
 * between those lines are found also where the client put no mark. "" if all of it is ours. Caller frees. */
char *sent_new_words(struct gateway *g, const struct message *m, const struct looked_up *l);
/* All that this hangs on beside M and the settings, as a text to be compared. Caller frees. */
char *sent_source(const struct looked_up *l);
/* The digest that L answers, as it is told: what sent_portions() would make first, which is most of its work. NULL: there is none, or a
 * question is answered beside it. */
GBytes *sent_digest(struct gateway *g, const struct looked_up *l);
/* Of an answer to a digest, or to the question which of its entries is meant: L's portions and what is chosen. The digest's words
 * and the question's go first, as above; DIGEST is sent_digest(), NULL: it is not made yet. The words of all portions together; caller
 * frees. */
char *sent_portions(struct gateway *g, const struct message *m, struct looked_up *l, GBytes *digest);
/* The words of an answer to a digest that came to the own address of one entry (L->given). Where it names others beside it, it is an
 * answer to the digest, and L's route says so; else they are sent_new_words(). */
char *sent_beside_entry(struct gateway *g, const struct message *m, struct looked_up *l);
