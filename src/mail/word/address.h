/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mailboxes out of an address field (RFC 5322 3.4, RFC 6532), read the way they come: groups are flattened,
 * commas are forgotten or stand in bare names, semicolons separate, names may be encoded or raw 8-bit. What comes out is
 * what the author may have meant; whether the field is beyond doubt says mail/sender/author.h.
 */
#pragma once

#include <glib.h>

/* Adds struct mailbox for each address of RAW (unfolded) to LIST, LIMIT_ADDRESSES at most. A lone word
 * without "@" is a mailbox with the name as address, so that it is seen. */
void address_parse(const char *raw, GPtrArray *list);
/* The domain in lower case and as U-labels, the local part untouched. Caller frees. */
char *address_fold(const char *address);
/* "<a@b>" or "a@b" or "Name <a@b>" to the bare folded address; "" for "<>". Caller frees. */
char *address_bare(const char *raw);
/* DOMAIN as A-labels in lower case (IDNA 2008), for comparing: "Bücher.example" and "xn--bcher-kva.EXAMPLE" give the same.
 * NULL if it is no name of the DNS. Caller frees. */
char *address_domain_ascii(const char *domain);
