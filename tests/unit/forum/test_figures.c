/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small groups of persons are not named, nor what gives them away.
 */
#include "forum/figures.h"

#define MOST 6

static void test_hide(void)
{
    static const struct {
        gsize n;
        gint64 cells[MOST];
        const char *hidden; /* x hidden, . shown */
        bool is_sum_hidden;
    } cases[] = {
        {0, {0}, "", false},
        {3, {5, 9, 0}, "...", false},
        {1, {4}, "x", true}, /* the sum is the cell */
        {1, {5}, ".", false},
        {3, {4, 9, 20}, "xx.", false}, /* 33 - 9 - 20 would tell */
        {3, {20, 9, 4}, ".xx", false},
        {3, {1, 2, 9}, "xxx", false}, /* two that hold three persons are known as three */
        {4, {1, 2, 9, 7}, "xx.x", false},
        {3, {3, 3, 9}, "xx.", false}, /* six together say of nobody which */
        {3, {0, 0, 3}, "..x", true},
        {2, {2, 2}, "xx", true}, /* no cell is left that could hide them */
        {6, {4, 1, 0, 30, 31, 32}, "xx....", false},
        {4, {4, 0, 0, 6}, "x..x", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool hidden[MOST], is_sum_hidden;
        figures_hide(cases[i].cells, cases[i].n, hidden, &is_sum_hidden);
        g_test_message("%" G_GSIZE_FORMAT ": %s", i, cases[i].hidden);
        for (gsize k = 0; k < cases[i].n; k++)
            g_assert_cmpint(hidden[k] ? 'x' : '.', ==, cases[i].hidden[k]);
        g_assert_cmpint(is_sum_hidden, ==, cases[i].is_sum_hidden);
    }
}

/* Whatever the table: who knows its sum and what is shown does not learn of a group under five. */
static void test_subtraction(void)
{
    for (guint run = 0; run < 20000; run++) {
        gint64 cells[MOST], left = 0;
        bool hidden[MOST], is_sum_hidden;
        guint n_hidden = 0;
        for (gsize k = 0; k < MOST; k++)
            cells[k] = g_test_rand_int_range(0, run % 2 == 0 ? 8 : 40);
        figures_hide(cells, MOST, hidden, &is_sum_hidden);
        for (gsize k = 0; k < MOST; k++) {
            g_assert_true(hidden[k] || cells[k] == 0 || cells[k] >= FIGURES_FEWEST);
            g_assert_false(hidden[k] && cells[k] == 0);
            left += hidden[k] ? cells[k] : 0;
            n_hidden += hidden[k];
        }
        if (!is_sum_hidden && n_hidden > 0)
            g_assert_true(n_hidden >= 2 && left >= FIGURES_FEWEST);
    }
}

static void test_median(void)
{
    gint64 odd[] = {9, 1, 5}, even[] = {4, 1, 10, 2};

    g_assert_cmpint(figures_median(odd, 3), ==, 5);
    g_assert_cmpint(figures_median(even, 4), ==, 3);
    g_assert_cmpint(figures_median(odd, 0), ==, 0);
    g_assert_cmpint(figures_percent(2, 11), ==, 18);
    g_assert_cmpint(figures_percent(1, 3), ==, 33);
    g_assert_cmpint(figures_percent(2, 3), ==, 67);
    g_assert_cmpint(figures_percent(0, 0), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/figures/hide", test_hide);
    g_test_add_func("/figures/subtraction", test_subtraction);
    g_test_add_func("/figures/median", test_median);
    return g_test_run();
}
