/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a text may have to be read before it appears, by what it says: it tells of others what is theirs alone, or leads elsewhere. A guess
 * by words, which costs a moderator a look and nobody their words; so it looks for what is plain and lets pass what may be. Pure, linear.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Is there, in TEXT as its author wrote it, contact of somebody else (a telephone number, an address, a plate: what is masked and not
 * said as the author's own), or health and the like (GDPR Art. 9, 10) beside a name? AUTHOR: what the author is called in their
 * mail, NULL unknown. HAS_CONTACT: masking found something in it. Of a long text the first LIMIT_CONCERN_WORDS words count. */
bool concern_is_personal(const char *text, const char *author, const char *own_domain, bool has_contact);

/* How many different links TEXT has, those to OWN_DOMAIN or below OWN_PAGES (an URL, "" or NULL none) aside. *SHORTENED_OUT: is one to a
 * service that hides where it leads: those that we know, and MORE (host names, NULL at the end; may be NULL). Counts to MOST. */
guint concern_links(const char *text, const char *own_domain, const char *own_pages, char *const *more, guint most,
                    bool *shortened_out);
