/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command in a mail, parsed by the reader where there is one: finding that most mails hold none took an eighth of the
 * writer's time, and the writer is the one thread that everybody waits for.
 */
#pragma once

#include "forum/command.h"
#include "mail/message/message.h"

/* In the reader: M->spoken becomes what stands in M's command text. */
void spoken_prepare(struct message *m);
/* The command of M: what the reader found, as far as it can be one, else parsed now. command_clear() frees it. */
void spoken_command(const struct message *m, struct command_line *out);
