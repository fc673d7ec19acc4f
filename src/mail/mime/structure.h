/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail taken apart: bytes to the tree of its parts, within the budget of one mail (budget.h).
 */
#pragma once

#include "mail/message/entity.h"

/* Bytes of one message (RFC 5322, CRLF or LF) to a tree. Never NULL, whatever the bytes; what was wrong is
 * added to DEFECTS (char *, words like "bad-boundary"), each once. */
struct entity *entity_parse(const char *bytes, gsize n_bytes, GPtrArray *defects);
