/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SipHash-1-3; see hash.h.
 */
#include "base/hash.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdbool.h>
#include <string.h>

static struct hash_key process_key; /* of hash_word(); set once */

void hash_key_new(struct hash_key *key_out)
{
    if (gnutls_rnd(GNUTLS_RND_RANDOM, key_out, sizeof *key_out) != 0)
        g_error("no random numbers from the system");
}

static guint64 rotate(guint64 x, int n)
{
    return x << n | x >> (64 - n);
}

static void sip_round(guint64 v[4])
{
    v[0] += v[1], v[1] = rotate(v[1], 13) ^ v[0], v[0] = rotate(v[0], 32);
    v[2] += v[3], v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = rotate(v[1], 17) ^ v[2], v[2] = rotate(v[2], 32);
}

guint64 hash_bytes(const struct hash_key *key, const void *bytes, gsize n_bytes)
{
    guint64 v[4] = {key->half[0] ^ 0x736f6d6570736575u, key->half[1] ^ 0x646f72616e646f6du, key->half[0] ^ 0x6c7967656e657261u,
                    key->half[1] ^ 0x7465646279746573u};
    const guint8 *from = bytes;
    gsize at = 0;

    for (bool is_last = false; !is_last; at += 8) {
        guint64 word = 0;

        is_last = n_bytes - at < 8;
        memcpy(&word, from + at, is_last ? n_bytes - at : 8);
        word = GUINT64_FROM_LE(word) | (is_last ? (guint64)n_bytes << 56 : 0);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

guint64 hash_word(const void *bytes, gsize n_bytes)
{
    static gsize has_key = 0;

    if (g_once_init_enter(&has_key)) {
        hash_key_new(&process_key);
        g_once_init_leave(&has_key, 1);
    }
    return hash_bytes(&process_key, bytes, n_bytes);
}

guint hash_text(gconstpointer text)
{
    return (guint)hash_word(text, strlen(text));
}
