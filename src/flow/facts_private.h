/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What facts.c asks of facts_thread.c. Each looks at L's route and adds to it what it finds; failures are E's.
 */
#pragma once

#include "flow/facts.h"

static inline bool failed(const struct err *e)
{
    return e->kind != ERR_NONE;
}

/* An address that only one person was given says what that person answers. */
void facts_follow_notice(struct looked_up *l);
/* The forum, the idea and the post that M answers. */
void facts_find_idea(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e);
/* What a digest's or a leave address names, and whom it was given to. */
void facts_find_holder(struct gateway *g, struct looked_up *l, struct err *e);
/* The post or notice of ours, or the post that came with a mail, that MESSAGE_ID names; NULL none. A notice goes to L. Owned. */
struct post *facts_post_named(struct gateway *g, const char *message_id, struct looked_up *l, struct err *e);
/* Would everybody read what answers, by its Message-ID or its subject, a mail that only members were sent, or passes one on? */
void facts_find_ring(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e);
/* What the writer of an answer said in the discussion before: their program may quote it. */
void facts_find_written(struct gateway *g, struct looked_up *l, struct err *e);
/* "JA" sent to the forum instead of the address for answers; FROM is who was asked. */
void facts_thread_to_question(struct gateway *g, const char *from, struct looked_up *l, struct err *e);
/* An answer to a digest that went to its From. */
void facts_thread_to_digest(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e);
/* The same for the own address of one entry, in answer to the digest itself: its author may name others beside it. */
void facts_thread_beside_entry(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e);
/* When the mail of ours was sent that M answers. */
void facts_find_seen(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e);
/* The writer's own post that a word is about. */
void facts_find_own(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e);
/* Does the mail answer one about its writer's own text, and are the last LIMIT_OWN_CHAIN of the discussion theirs, of this hour? */
bool facts_is_own_chain(struct gateway *g, const struct looked_up *l, gint64 now, struct err *e);
