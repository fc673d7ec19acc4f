/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An address that one person was given is used by somebody else (policy_is_misused): a mail of ours was forwarded, or its owner wrote
 * from another address of theirs. The mail is decided as its writer's; this is about the owner, inside the caller's transaction. They
 * are asked whether it was them, but not told who it was, and a yes asks the other address, if it was proved (flow/step/wish.h). Who
 * leads a forum, an editor, and who was given an address of an inner discussion hear at once, at most once in LIMIT_MISUSED_EVERY_S;
 * others only of a proved writer whom we do not know, once in LIMIT_SECOND_EVERY_S.
 */
#pragma once

#include "flow/facts.h"

bool misuse_note(struct gateway *g, const struct looked_up *l, row_id message, gint64 now, struct err *e);
