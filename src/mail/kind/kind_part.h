/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the content of a mail says about its kind, once no machine claimed it: for kind.c only.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* The METHOD of an invitation that is the mail itself (not an attached file), NULL if there is none. Static.
 */
const char *kind_calendar_method(const struct entity *root);
/* What shows that the mail brings a program's report on DMARC (RFC 7489 7.2.1.1) or TLS (RFC 8460 5.3), NULL
 * if nothing does. Static or M's own. */
const char *kind_report_file(const struct message *m, const struct entity *root);
/* A mail program asked for its user to be taken off the list (RFC 2369 by mailto, marked as automatic). Fills
 * m->recipients with them and m->why. */
bool kind_is_unsubscribe(struct message *m, const struct entity *root);
/* KIND_ENCRYPTED, KIND_COMMAND, KIND_EMPTY or KIND_HUMAN. */
enum message_kind kind_of_content(struct message *m, const struct entity *root);
/* Is LINE as a whole one of the words that are commands wherever they come from ("unsubscribe")? */
bool kind_is_command_word(const char *line);
