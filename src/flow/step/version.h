/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A post says something else from now on, and what it said is kept where nobody reads it. Whoever calls has asked whether it may
 * (flow/step/correct.h, flow/step/content.h). Inside the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/model.h"

/* MESSAGE: the mail that says so. */
bool version_replace(struct gateway *g, const struct post *p, const char *text, row_id message, gint64 now, struct err *e);
/* The same of a public one; its author gets the receipt. */
bool version_publish(struct gateway *g, const struct post *p, const char *text, row_id message, gint64 now, struct err *e);
