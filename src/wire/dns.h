/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking things up in the DNS, with the system's own resolver library and its configuration, or at one name server. Waits
 * for the answer: for `forumpost check`, never for a process that serves.
 */
#pragma once

#include "base/err.h"

#include <glib.h>

struct dns;

enum dns_type { DNS_A, DNS_AAAA, DNS_MX, DNS_TXT, DNS_PTR };
enum dns_outcome {
    DNS_FOUND,  /* at least one answer */
    DNS_NONE,   /* the name or such a record is not there */
    DNS_SILENT, /* nobody answered, or only that it failed */
};

/* SERVER NULL: the system's name servers; else "ADDRESS" or "ADDRESS:PORT", IPv4. NULL: ERR_INPUT or ERR_LATER. */
struct dns *dns_new(const char *server, struct err *e);
void dns_free(struct dns *d);
/* Appends the answers as text to ANSWERS_OUT (char *, lower case but for TXT): addresses, names without the last dot, "10 host"
 * for MX (host is "" for the null MX of RFC 7505), all strings of a TXT record joined. */
enum dns_outcome dns_ask(struct dns *d, const char *name, enum dns_type type, GPtrArray *answers_out);
/* The name under which the PTR records of ADDRESS, IPv4 or IPv6, stand; NULL if it is none. Caller frees. */
char *dns_reverse_name(const char *address);
