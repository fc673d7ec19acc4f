/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See figures.h.
 */
#include "forum/figures.h"

#include <stdlib.h>

/* The smallest cell that is not hidden and not empty; N none. */
static gsize smallest(const gint64 *cells, gsize n, const bool *hidden)
{
    gsize best = n;

    for (gsize i = 0; i < n; i++)
        if (!hidden[i] && cells[i] > 0 && (best == n || cells[i] < cells[best]))
            best = i;
    return best;
}

void figures_hide(const gint64 *cells, gsize n, bool *hidden_out, bool *sum_out)
{
    gsize n_hidden = 0;
    gint64 sum = 0;

    for (gsize i = 0; i < n; i++) {
        hidden_out[i] = cells[i] > 0 && cells[i] < FIGURES_FEWEST;
        n_hidden += hidden_out[i];
        sum += hidden_out[i] ? cells[i] : 0;
    }
    bool is_enough = n_hidden == 0 || (n_hidden >= 2 && sum >= FIGURES_FEWEST);
    for (gsize next; !is_enough && (next = smallest(cells, n, hidden_out)) < n;) {
        hidden_out[next] = true;
        n_hidden++;
        sum += cells[next];
        is_enough = n_hidden >= 2 && sum >= FIGURES_FEWEST;
    }
    if (sum_out != NULL)
        *sum_out = !is_enough;
}

static int by_size(const void *a, const void *b)
{
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

    return x < y ? -1 : x > y;
}

gint64 figures_median(gint64 *numbers, gsize n)
{
    if (n == 0)
        return 0;
    qsort(numbers, n, sizeof *numbers, by_size);
    return n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

gint64 figures_percent(gint64 part, gint64 whole)
{
    return whole > 0 ? (part * 200 + whole) / (2 * whole) : 0;
}
