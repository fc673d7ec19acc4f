/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text in JSON (RFC 8259).
 */
#pragma once

#include <glib.h>

/* Appends TEXT (UTF-8) in quotes, with what may not stand there escaped. */
void json_text_append(GString *out, const char *text);
