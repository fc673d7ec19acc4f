/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: signed tokens. The input is a subject, a byte, and what somebody claims to be its MAC. Checked besides memory: a
 * claim is believed only if it reads as the MAC itself, and a changed subject or key is never believed. The claim is read as a
 * page's token as well: no bytes are one, but for those that link_path() wrote.
 */
#include "base/token.h"
#include "forum/link.h"

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
    for (enum link_kind kind = LINK_CONFIRM; kind <= LINK_PREFERENCES; kind++) {
        struct link link;
        if (link_read(kind, claim, key, 0, &link) == LINK_FALSE)
            continue;
        g_autofree char *path = link_path(&link, key);
        g_autofree char *lower = token_normalise(strrchr(claim, '-') + 1);
        require(lower != NULL && g_str_has_suffix(path, lower));
    }
    return 0;
}
