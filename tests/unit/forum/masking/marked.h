/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts with the truth in them: {phone 0201 555} must not become public, {=price 12 Euro} must. What is measured is what happens to a
 * citizen's words on their way to the page: reply_split(), contact_cut(), contact_mask().
 */
#pragma once

#include <glib.h>

/* Of each kind, by its word: how many were there, how many were treated right. */
struct marked_row {
    guint n, n_right;
    guint n_false; /* kinds that go: masked, but nothing of a secret */
};

struct marked_sum {
    GHashTable *rows; /* word -> struct marked_row; untouchables with their "=" */
    guint n_texts, n_secrets, n_hidden, n_untouchables, n_touched, n_false;
    guint n_lost_words; /* in lines without a secret */
};

struct marked_sum *marked_sum_new(void);
void marked_sum_free(struct marked_sum *sum);
/* Judges one text and tells of each mistake with g_test_message(). */
void marked_judge(struct marked_sum *sum, const char *marked);
/* The table, one line a kind. */
void marked_print(const struct marked_sum *sum, const char *title);

/* The texts of a file in tests/unit/forum/masking, those behind the first line of dashes. g_strfreev(). */
char **marked_read(const char *name);
/* The text number I of those that a machine writes; the same for the same SEED and I. g_free(). */
char *marked_generate(guint32 seed, guint i);
