/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hashes of what strangers choose: keyed, so that nobody outside can craft words that fall into one slot and make a
 * table a list. GLib's g_str_hash() has no key and is not used anywhere in this program.
 */
#pragma once

#include <glib.h>

struct hash_key {
    guint64 half[2];
};

/* From the system's random numbers; ends the process if there are none. */
void hash_key_new(struct hash_key *key_out);
/* SipHash-1-3 (Aumasson and Bernstein), little-endian as in its paper. */
guint64 hash_bytes(const struct hash_key *key, const void *bytes, gsize n_bytes);
/* The same, keyed once for the process. */
guint64 hash_word(const void *bytes, gsize n_bytes);
/* For a GHashTable of texts, in place of g_str_hash: keyed once for the process. */
guint hash_text(gconstpointer text);
/* Where WORD of N bytes is looked for first among N_SLOTS, a power of 2, of a table that never changes: its words are ours, so it needs no
 * key, and whoever looks goes on to the next slot until one is free. */
static inline guint hash_slot(const char *word, gsize n, guint n_slots)
{
    guint slot = (guint)n;

    for (gsize i = 0; i < n; i++)
        slot = slot * 31 + (guchar)word[i];
    return (slot ^ slot >> 11) & (n_slots - 1);
}
