/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text to HTML with the web and mail addresses in it made links; used by html.c. Our own, because the known filters
 * let a quote in an address break out of the attribute.
 */
#pragma once

#include <glib.h>

/* Appends TEXT (one line) escaped; http:, https: and mailto: addresses and bare mail addresses become links whose
 * text is what stood there. One link at most in what stands between two blanks. */
/* ATTRIBUTES: what the link's tag carries besides, with a blank in front; "" nothing. An address may break behind its @. */
void links_append(GString *out, const char *text, const char *attributes);
/* A mailto: link with LABEL; SUBJECT and BODY (LF line ends) may be "". */
void links_append_mailto(GString *out, const char *label, const char *address, const char *subject, const char *body,
                         const char *attributes);
/* A link to a web address with LABEL; anything but http: and https: leaves the label alone. */
void links_append_web(GString *out, const char *label, const char *url, const char *attributes);

/* TEXT (one line) in pieces, for whoever writes the tags elsewhere: EACH is called with N bytes of it and where they lead to
 * (http:, https: or mailto:), NULL nowhere. The same rules as above. */
typedef void links_piece(const char *text, gsize n, const char *href, void *user);
void links_each(const char *text, links_piece *each, void *user);
