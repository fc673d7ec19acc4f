/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text in a header of an mbox (RFC 2047). Pure.
 */
#pragma once

#include <glib.h>

/* Appends TEXT as encoded words, folded; nothing in it can end the header or be an address. */
void encoded_append(GString *out, const char *text);
