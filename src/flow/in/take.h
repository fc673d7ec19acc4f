/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one way a mail comes in, whatever brought it: LMTP (through the writer, which shares one transaction among many), the
 * pipe, a mail put through again.
 */
#pragma once

#include "flow/in/receive.h"
#include "flow/quota.h"

struct incoming { /* all borrowed */
    const struct envelope *env;
    GBytes *bytes;
    const struct message *m; /* NULL: no reader could read it */
    const char *failure;     /* why; NULL unless M is */
};

/* What comes before the transaction: is there room for it (Q NULL: it was let in before), and are the bytes on the disk,
 * those of a large mail and those of one that nobody could read. */
bool take_prepare(struct gateway *g, struct quota *q, const struct incoming *in, struct err *e);

/* What else belongs into the transaction of a mail. */
typedef bool take_also(struct gateway *g, const struct incoming *in, void *user, struct err *e);
/* A mail in a transaction of its own: true, and it is on the disk with all that follows from it; false, and nothing
 * happened. ALSO, VERDICTS_OUT: may be NULL. */
bool take_mail(struct gateway *g, struct quota *q, const struct incoming *in, take_also *also, void *user,
               GPtrArray *verdicts_out, struct err *e);
