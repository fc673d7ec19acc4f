/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stems, and how near two texts are.
 */
#include "base/limits.h"
#include "forum/similar.h"

#include <string.h>

static void test_stems(void)
{
    static const struct {
        const char *word, *stem; /* NULL: none */
    } rows[] = {
        {"Fahrräder", "fahrrad"}, {"Fahrrad", "fahrrad"}, {"Beleuchtung", "beleucht"},
        {"Straßen", "straß"},     {"cycling", "cycl"},    {"stations", "station"},
        {"Müll", "mull"},         {"Bus", NULL},          {"nicht", NULL},
        {"people", NULL},         {"ÖPNV", "opnv"},       {"Haltestellen", "haltestell"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) stems = similar_stems(rows[i].word, "", 0);
        g_test_message("%s", rows[i].word);
        g_assert_cmpuint(stems->len, ==, rows[i].stem != NULL ? 1 : 0);
        if (rows[i].stem != NULL)
            g_assert_cmpstr(stems->pdata[0], ==, rows[i].stem);
    }
    g_autoptr(GPtrArray) some = similar_stems("Alpha Bravo", "Charlie Deltabogen Alpha Echolot", 4);
    g_assert_cmpuint(some->len, ==, 4);
    g_assert_cmpstr(some->pdata[0], ==, "alpha"); /* the title's first, then the longest */
    g_assert_cmpstr(some->pdata[2], ==, "deltabog");
}

static bool is_near(const char *a, const char *b)
{
    g_autoptr(GPtrArray) x = similar_stems(a, "", LIMIT_SIMILAR_STEMS), y = similar_stems(b, "", 0);
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(double));
    guint n_common;

    for (guint i = 0; i < x->len; i++) {
        double weight = similar_weight(1, LIMIT_SIMILAR_POSTS);
        g_array_append_val(weights, weight);
    }
    double score = similar_score(x, weights, y, &n_common);
    return similar_is_near(score, n_common);
}

static void test_near(void)
{
    g_assert_true(
        is_near("Überdachte Abstellplätze für Fahrräder am Bahnhof", "Am Bahnhof überdachte Fahrradabstellplätze bauen"));
    g_assert_true(is_near("Covered bicycle parking at stations", "Stations need covered parking for bicycles"));
    g_assert_false(is_near("Überdachte Abstellplätze für Fahrräder am Bahnhof", "Mehr Bäume am Bahnhof"));
    g_assert_false(is_near("Mehr Bäume", "Mehr Bäume")); /* three words in common at least */
    g_assert_false(is_near("", ""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/similar/stems", test_stems);
    g_test_add_func("/similar/near", test_near);
    return g_test_run();
}
