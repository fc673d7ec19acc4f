/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SHA-256; see digest.h.
 */
#include "base/digest.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

void digest_sha256(const void *bytes, gsize n_bytes, guint8 *digest_out)
{
    if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, n_bytes, digest_out) != 0)
        g_error("no SHA-256 in GnuTLS");
}

char *digest_sha256_hex(const void *bytes, gsize n_bytes)
{
    static const char digits[] = "0123456789abcdef";
    guint8 digest[DIGEST_BYTES];
    char *hex = g_malloc(2 * DIGEST_BYTES + 1);

    digest_sha256(bytes, n_bytes, digest);
    for (guint i = 0; i < DIGEST_BYTES; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * DIGEST_BYTES] = '\0';
    return hex;
}
