/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of masking: 100 texts written by hand, 300 written by a machine from a seed, and 61 that were written after the rules, each
 * with the truth in it (masking/marked.h). Of what must not become public 97 of 100 are hidden in each of the three; nothing is touched
 * that must stay. Run alone, it prints recall and precision of each kind.
 */
#include "masking/marked.h"

#define SEED        20261128
#define N_GENERATED 300
#define RECALL      97 /* of 100 */

static void must_hold(struct marked_sum *sum, const char *title, guint n_texts)
{
    marked_print(sum, title);
    g_assert_cmpuint(sum->n_texts, ==, n_texts);
    g_assert_cmpuint(sum->n_hidden * 100, >=, sum->n_secrets * RECALL);
    g_assert_cmpuint(sum->n_touched, ==, 0);
    g_assert_cmpuint(sum->n_false, ==, 0);
    g_assert_cmpuint(sum->n_lost_words, ==, 0);
    marked_sum_free(sum);
}

static struct marked_sum *sum_of(const char *file)
{
    struct marked_sum *sum = marked_sum_new();
    g_auto(GStrv) texts = marked_read(file);

    for (char **t = texts; *t != NULL; t++)
        marked_judge(sum, *t);
    return sum;
}

static void test_written(void)
{
    must_hold(sum_of("written.txt"), "written", 100);
}

static void test_generated(void)
{
    struct marked_sum *sum = marked_sum_new();

    for (guint i = 0; i < N_GENERATED; i++) {
        g_autofree char *text = marked_generate(SEED, i);
        marked_judge(sum, text);
    }
    must_hold(sum, "generated", N_GENERATED);
}

static void test_fresh(void)
{
    must_hold(sum_of("fresh.txt"), "written after the rules", 61);
}

static void test_third(void)
{
    must_hold(sum_of("third.txt"), "a third hundred", 100);
}

static void test_fourth(void)
{
    must_hold(sum_of("fourth.txt"), "a fourth hundred", 100);
}

static void test_fifth(void)
{
    must_hold(sum_of("fifth.txt"), "a fifth hundred", 100);
}

static void test_second(void)
{
    must_hold(sum_of("second.txt"), "a second hundred", 100);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions(); /* the table is wanted whole */
    g_test_add_func("/masking/written", test_written);
    g_test_add_func("/masking/generated", test_generated);
    g_test_add_func("/masking/fresh", test_fresh);
    g_test_add_func("/masking/second", test_second);
    g_test_add_func("/masking/third", test_third);
    g_test_add_func("/masking/fourth", test_fourth);
    g_test_add_func("/masking/fifth", test_fifth);
    return g_test_run();
}
