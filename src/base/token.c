/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tokens over GnuTLS; see token.h.
 */
#include "base/token.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz"; /* Crockford's base 32 */

static char *encode(const guint8 *bytes, guint n_chars)
{
    char *text = g_malloc(n_chars + 1);

    for (guint i = 0; i < n_chars; i++) {
        guint bit = i * 5;
        guint pair = (guint)bytes[bit / 8] << 8 | (bit % 8 > 3 ? bytes[bit / 8 + 1] : 0);
        text[i] = alphabet[pair >> (11 - bit % 8) & 31];
    }
    text[n_chars] = '\0';
    return text;
}

char *token_random(guint n_chars)
{
    gsize n_bytes = (n_chars * 5 + 7) / 8 + 1;
    g_autofree guint8 *bytes = g_malloc(n_bytes);

    if (gnutls_rnd(GNUTLS_RND_RANDOM, bytes, n_bytes) != 0)
        g_error("no random numbers from the system"); /* nothing of ours is safe to do without them */
    return encode(bytes, n_chars);
}

gint64 token_value(const char *text, guint n_chars)
{
    gint64 value = 0;

    for (guint i = 0; i < n_chars; i++) {
        const char *digit = text[i] != '\0' ? strchr(alphabet, text[i]) : NULL;
        if (digit == NULL)
            return -1;
        value = value << 5 | (digit - alphabet);
    }
    return value;
}

void token_new_key(guint8 *key)
{
    if (gnutls_rnd(GNUTLS_RND_KEY, key, TOKEN_KEY_BYTES) != 0)
        g_error("no random numbers from the system");
}

static void hmac(const guint8 *key, const char *subject, guint8 *digest_out)
{
    if (gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, TOKEN_KEY_BYTES, subject, strlen(subject), digest_out) != 0)
        g_error("no HMAC-SHA-256 in GnuTLS");
}

char *token_mac(const guint8 *key, const char *subject)
{
    guint8 digest[TOKEN_KEY_BYTES];

    hmac(key, subject, digest);
    return encode(digest, TOKEN_MAC_CHARS);
}

/* The subjects of tokens begin with a purpose and a colon (route.c); nobody else's begins with "key:". */
void token_derive(const guint8 *key, const char *purpose, guint8 *key_out)
{
    g_autofree char *subject = g_strconcat("key:", purpose, NULL);

    hmac(key, subject, key_out);
}

gint64 token_number(const guint8 *key, const char *subject)
{
    guint8 digest[32];
    gint64 number;

    hmac(key, subject, digest);
    memcpy(&number, digest, sizeof number);
    number = GINT64_FROM_BE(number) & G_MAXINT64;
    return number != 0 ? number : 1;
}

char *token_normalise(const char *text)
{
    g_autofree char *out = g_ascii_strdown(text, -1);

    for (char *p = out; *p != '\0'; p++) {
        if (*p == 'o')
            *p = '0';
        else if (*p == 'i' || *p == 'l')
            *p = '1';
        else if (*p == 'u')
            *p = 'v';
        if (strchr(alphabet, *p) == NULL)
            return NULL;
    }
    return g_steal_pointer(&out);
}

bool token_verify(const guint8 *key, const char *subject, const char *mac)
{
    g_autofree char *given = token_normalise(mac);
    g_autofree char *right = token_mac(key, subject);

    return given != NULL && strlen(given) == TOKEN_MAC_CHARS && gnutls_memcmp(given, right, TOKEN_MAC_CHARS) == 0;
}
