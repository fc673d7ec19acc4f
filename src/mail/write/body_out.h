/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The body of a part in a transfer encoding (RFC 2045): as it is where every relay lets it pass, else
 * quoted-printable. Used by compose.c only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* True if TEXT is ASCII in lines that nobody changes on the way: at most 78 columns, no controls but tab, no line that
 * starts with "From " or ".". */
bool body_out_is_7bit(const char *text);
/* Appends TEXT (UTF-8, LF) with CRLF line ends and one at its end. */
void body_out_7bit(GString *out, const char *text);
void body_out_quoted_printable(GString *out, const char *text);
