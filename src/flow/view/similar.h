/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Public ideas that are about the same as one that came: what receipts and moderators are told, by mail and at the desk. Looked for when
 * the mail or the page is written, so nothing is kept for it, and what is not public any more is never named.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/model.h"

/* At most LIMIT_SIMILAR, the nearest first (struct idea, owned); never IDEA itself nor what goes on with it. Who goes on with another idea names that one, once. TEXT:
 * its first post. */
GPtrArray *similar_ideas(struct gateway *g, const struct idea *idea, const char *text, struct err *e);
