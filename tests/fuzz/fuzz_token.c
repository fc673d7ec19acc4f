/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: signed tokens. The input is a subject, a byte, and what somebody claims to be its MAC. Checked besides memory: a
 * claim is believed only if it reads as the MAC itself, and a changed subject or key is never believed.
 */
#include "base/token.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const guint8 key[TOKEN_KEY_BYTES] = "fuzz_token: the key of this test";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line = memchr(data, '\n', size);
    size_t n_subject = line != NULL ? (size_t)(line - data) : size;
    g_autofree char *subject = g_strndup((const char *)data, n_subject);
    g_autofree char *claim = line != NULL ? g_strndup((const char *)line + 1, size - n_subject - 1) : g_strdup("");
    g_autofree char *mac = token_mac(key, subject);
    g_autofree char *other = g_strconcat(subject, "x", NULL);
    g_autofree char *upper = g_ascii_strup(mac, -1);
    g_autofree char *read = token_normalise(claim);

    require(strlen(mac) == TOKEN_MAC_CHARS);
    require(token_verify(key, subject, mac) && token_verify(key, subject, upper));
    require(!token_verify(key, other, mac));
    require(token_verify(key, subject, claim) == (g_strcmp0(read, mac) == 0));
    return 0;
}
