/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody thinks that a public post breaks the rules. Who moderates hears of it; when LIMIT_REPORTS people whom we know said so, it is
 * decided about like a text that waits (WHY_REPORTED), and stays public meanwhile. Inside the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"

struct reporter {
    const char *address; /* lower case */
    row_id person;       /* 0: not known, or nothing proves that it was them */
    const char *text;    /* what they say is wrong, NULL nothing */
    const char *language;
    row_id message;
};

/* Once a mailbox and post; of a post that is not public, or is the reporter's own, nothing comes. */
/* The new version of P that its author sent was refused in H: what was reported stands as it was, and is decided about after all. */
bool reported_again(struct gateway *g, const struct post *p, const struct hold *h, gint64 now, struct err *e);
bool reported_add(struct gateway *g, const struct post *p, const struct idea *idea, const struct reporter *r, gint64 now,
                  struct err *e);
