/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SHA-256 through GnuTLS, which uses the processor's own instructions.
 */
#pragma once

#include <glib.h>

#define DIGEST_BYTES 32

void digest_sha256(const void *bytes, gsize n_bytes, guint8 *digest_out);
char *digest_sha256_hex(const void *bytes, gsize n_bytes); /* lower case; caller frees */
