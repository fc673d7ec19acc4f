/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text to HTML with the web and mail addresses in it made links; used by html.c. Our own, because the known filters
 * let a quote in an address break out of the attribute.
 */
#pragma once

#include <glib.h>

/* Appends TEXT (one line) escaped; http:, https: and mailto: addresses and bare mail addresses become links whose
 * text is what stood there. One link at most in what stands between two blanks. */
void links_append(GString *out, const char *text);
