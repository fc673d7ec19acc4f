/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A citizen's mail that somebody of staff passes on: whose it is, and what of it are that person's own words. What the forward says
 * proves nothing; whoever is named is asked. Where it does not say beyond doubt who wrote, whoever forwarded it must: "von: ADDRESS" as
 * the first line. Pure.
 */
#pragma once

#include "mail/message/message.h"

enum forward_found {
    FORWARD_IS_CLEAR,
    FORWARD_NO_ADDRESS, /* a name alone, or several addresses beside each other */
    FORWARD_SEVERAL,    /* several people's mails, and which one is meant is not said */
    FORWARD_NO_TEXT,    /* nothing in it was written by that person */
    FORWARD_OURS,       /* it came from our own domain */
    FORWARD_MACHINE,    /* a program or a list sent it, or nobody reads at its address */
};
const char *forward_word(enum forward_found f); /* for a template; NULL: it is clear */

struct forward {   /* owned */
    char *address; /* whose it is, lower case */
    char *name;    /* as their mail writes it: shown to nobody, for it may be an office's; "" none */
    char *subject; /* of their mail; "" none */
    char *text;    /* their own words in it */
    char *note;    /* what whoever forwarded it wrote above, without the line "von: ..."; "" nothing */
};
void forward_clear(struct forward *f);

struct forward_facts { /* borrowed */
    const char *text;  /* what whoever forwarded it newly wrote */
    const char *from;  /* their address */
    const char *own_domain;
    bool (*is_staff)(const char *address, void *user); /* such a person's words in the chain are nobody's contribution */
    void *user;
};
/* M has a forwarded mail. */
enum forward_found forward_find(const struct message *m, const struct forward_facts *facts, struct forward *out);
