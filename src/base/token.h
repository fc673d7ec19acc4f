/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random ids and signed tokens. The alphabet is lower case without look-alikes (no i, l, o, u): mail gateways
 * lower-case local parts, and people copy addresses by hand. token_normalise() repairs what they do.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define TOKEN_KEY_BYTES 32
#define TOKEN_MAC_CHARS 16 /* 80 bits: unguessable online, and a local part stays under 64 octets */

/* N_CHARS random characters of the alphabet (5 bits each). Caller frees. */
char *token_random(guint n_chars);
/* The number that the first N_CHARS of TEXT are, most significant first (5 bits each, at most 12); -1 if they are not all of the alphabet. */
gint64 token_value(const char *text, guint n_chars);
/* A fresh key for token_mac, TOKEN_KEY_BYTES long. */
void token_new_key(guint8 *key);
/* HMAC-SHA-256 of SUBJECT, cut to TOKEN_MAC_CHARS characters of the alphabet. Caller frees. */
char *token_mac(const guint8 *key, const char *subject);
/* A key for another purpose, made from KEY: who learns it learns nothing of KEY. KEY_OUT: TOKEN_KEY_BYTES. */
void token_derive(const guint8 *key, const char *purpose, guint8 *key_out);
/* 63 bits of the same HMAC as a number > 0: names a thing in a table without saying what it is. */
gint64 token_number(const guint8 *key, const char *subject);
/* True if MAC, read tolerantly, is the one of SUBJECT; constant time in the MAC's content. */
bool token_verify(const guint8 *key, const char *subject, const char *mac);
/* Lower case, o->0, i and l->1, u->v; NULL if another character stays. Caller frees. */
char *token_normalise(const char *text);
