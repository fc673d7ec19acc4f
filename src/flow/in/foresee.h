/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of a mail takes time and can be worked out before its transaction begins, by another thread and from what the database
 * said a moment ago: which of its words are new (sent.h), what of them is published (step/public_words.h), how
 * the digest reads that it answers. It is never
 * believed: each result says what it was made from, and is used only where that is still so; else the writer works it out itself.
 */
#pragma once

#include "flow/facts.h"
#include "flow/in/envelope.h"
#include "flow/step/public_words.h"

struct foreseen;
/* G: reads only, no transaction open. NULL: there is nothing to work out, or it cannot be told. */
struct foreseen *foreseen_new(struct gateway *g, const struct envelope *env, const struct message *m);
void foreseen_free(struct foreseen *f);
/* What sent_new_words() would say for RECIPIENT, for whom L was looked up; NULL: not foreseen. F may be NULL. */
const char *foreseen_words(const struct foreseen *f, const char *recipient, const struct looked_up *l);
/* The digest that L answers, as sent_portions() takes it; NULL: it is not the one that was foreseen. Borrowed. */
GBytes *foreseen_digest(const struct foreseen *f, const char *recipient, const struct looked_up *l);
/* What was made of the words of RECIPIENT; NULL: nothing. Borrowed. */
const struct public_words *foreseen_public(const struct foreseen *f, const char *recipient);
