/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two halves of content.h share: taking a text in (content.c) and deciding about one that waits (content_decide.c).
 */
#pragma once

#include "flow/step/content.h"

/* Everybody who is to know hears of P, which is public now. BY: who made it so. */
bool content_announce(struct gateway *g, const struct post *p, row_id forum, row_id by, gint64 now, struct err *e);
bool content_tell_author(struct gateway *g, enum purpose purpose, const struct post *p, row_id forum, row_id hold,
                         const char *detail, gint64 now, struct err *e);
