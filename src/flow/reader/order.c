/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many readers there are to be, ordering and dismissing them; see private.h.
 */
#include "flow/reader/private.h"

guint care_count(const struct reader_pool *p, bool is_patient)
{
    guint n = 0;

    for (guint i = 0; i < p->readers->len; i++)
        n += ((const struct reader *)g_ptr_array_index(p->readers, i))->is_patient == is_patient;
    return n;
}

static guint n_wanted(const struct reader_pool *p, bool is_patient)
{
    if (!is_patient)
        return p->n_wanted;
    return p->n_wanted > 0 && !g_queue_is_empty((GQueue *)&p->waiting[LANE_SLOW]) ? 1 : 0;
}

static void order(struct reader_pool *p, bool is_patient)
{
    enum nursery_verb verb = is_patient ? NURSERY_FORK_PATIENT : NURSERY_FORK;

    while (care_count(p, is_patient) + p->n_ordered[is_patient] < n_wanted(p, is_patient) && nursery_order(&p->nursery, verb, 0))
        p->n_ordered[is_patient]++;
}

void care_order(struct reader_pool *p)
{
    if (p->barren_until_us > g_get_monotonic_time())
        return;
    order(p, false);
    order(p, true);
}

void care_dismiss(struct reader_pool *p, struct reader *r)
{
    nursery_order(&p->nursery, NURSERY_KILL, r->pid);
    reader_link_take_back(r, 0, p->waiting);
    g_ptr_array_remove_fast(p->readers, r);
    care_order(p);
}
