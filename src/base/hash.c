/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SipHash-1-3; see hash.h.
 */
#include "base/hash.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

static struct hash_key process_key; /* of hash_word(); set once */

void hash_key_new(struct hash_key *key_out)
{
    if (gnutls_rnd(GNUTLS_RND_RANDOM, key_out, sizeof *key_out) != 0)
        g_error("no random numbers from the system");
}

static inline guint64 rotate(guint64 x, int n)
{
    return x << n | x >> (64 - n);
}

struct state {
    guint64 a, b, c, d;
};

/* By value and inline: the four stay in registers, and every word of every text comes through here. */
static inline struct state sip_round(struct state v)
{
    v.a += v.b, v.b = rotate(v.b, 13) ^ v.a, v.a = rotate(v.a, 32);
    v.c += v.d, v.d = rotate(v.d, 16) ^ v.c;
    v.a += v.d, v.d = rotate(v.d, 21) ^ v.a;
    v.c += v.b, v.b = rotate(v.b, 17) ^ v.c, v.c = rotate(v.c, 32);
    return v;
}

static inline struct state add(struct state v, guint64 word)
{
    v.d ^= word;
    v = sip_round(v);
    v.a ^= word;
    return v;
}

/* The last N bytes, fewer than 8, as a number whose lowest byte is the first. */
static inline guint64 tail(const guint8 *from, gsize n)
{
    guint64 word = 0;

    for (gsize i = n; i > 0; i--)
        word = word << 8 | from[i - 1];
    return word;
}

guint64 hash_bytes(const struct hash_key *key, const void *bytes, gsize n_bytes)
{
    struct state v = {key->half[0] ^ 0x736f6d6570736575u, key->half[1] ^ 0x646f72616e646f6du, key->half[0] ^ 0x6c7967656e657261u,
                      key->half[1] ^ 0x7465646279746573u};
    const guint8 *from = bytes, *last = from + n_bytes / 8 * 8;

    for (; from < last; from += 8) {
        guint64 word;
        memcpy(&word, from, sizeof word);
        v = add(v, GUINT64_FROM_LE(word));
    }
    v = add(v, tail(from, n_bytes % 8) | (guint64)n_bytes << 56);
    v.c ^= 0xff;
    v = sip_round(sip_round(sip_round(v)));
    return v.a ^ v.b ^ v.c ^ v.d;
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
