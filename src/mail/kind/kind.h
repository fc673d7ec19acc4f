/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What kind of mail this is and whether a machine may answer it (RFC 3834). Pure; works on the tree of
 * entities. dsn.h does the delivery reports.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* Is ADDRESS one at which nobody reads ("noreply@", "liste-bounces@")? */
bool kind_is_mute(const char *address);
/* Does the header of MAIL, which may lie within another one, say that a program or a list sent it? */
bool kind_is_sent_by_program(const struct entity *mail);
/* Does SUBJECT begin with words of absence that a person may write, too ("Abwesend: ...")? */
bool kind_is_weak_title(const char *subject);
/* Fills m->kind, why, may_reply, recipients and original. The addresses, subject, return_path and body of M
 * are already filled. A human is never taken for a machine: in doubt KIND_HUMAN. */
void kind_decide(struct message *m, const struct entity *root);
