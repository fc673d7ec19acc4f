/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of masking: 100 texts written by hand, 300 written by a machine from a seed, and 2,449 that were written after the rules, each
 * with the truth in it (masking/marked.h). Of what must not become public 97 of 100 are hidden in each of them; nothing is touched
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

/* Each was written before the rules knew it; what they hid of it at the first try stands in doc/design.md. */
static void test_later(void)
{
    static const struct {
        const char *file, *title;
        guint n;
    } rows[] = {{"fresh.txt", "written after the rules", 61}, {"second.txt", "a second hundred", 100},
                {"third.txt", "a third hundred", 100},        {"fourth.txt", "a fourth hundred", 100},
                {"fifth.txt", "a fifth hundred", 100},        {"sixth.txt", "a sixth hundred", 100},
                {"seventh.txt", "a seventh hundred", 100},    {"eighth.txt", "an eighth hundred", 100},
                {"ninth.txt", "a ninth hundred", 100},        {"tenth.txt", "a tenth hundred", 100},
                {"eleventh.txt", "seventy more", 70},         {"twelfth.txt", "with streets abroad", 81},
                {"thirteenth.txt", "with public places", 79}, {"fourteenth.txt", "of one state", 336},
                {"fifteenth.txt", "more of them", 291},       {"sixteenth.txt", "still more of them", 209},
                {"seventeenth.txt", "two more lots", 308},    {"eighteenth.txt", "a last lot", 114}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        must_hold(sum_of(rows[i].file), rows[i].title, rows[i].n);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions(); /* the table is wanted whole */
    g_test_add_func("/masking/written", test_written);
    g_test_add_func("/masking/generated", test_generated);
    g_test_add_func("/masking/later", test_later);
    return g_test_run();
}
