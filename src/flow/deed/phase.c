/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PHASE zuhoeren bis 10.4.: the office says when a phase ends; everybody who takes part is told.
 */
#include "flow/deed/deed.h"

#include "flow/step/late.h"
#include "forum/when.h"
#include "store/phases.h"

bool deed_phase(struct deed *d, struct err *e)
{
    g_autofree char *name = NULL;
    int day = -1;
    bool is_order = phase_order(d->l->command.name, &name, &day);
    struct phase *was = is_order ? phases_by_name(d->g->db, name, e) : NULL;
    gint64 end = when_day_ends(day, d->now, d->g->settings->zone);

    if (e->kind != ERR_NONE)
        return false;
    d->answer = PURPOSE_PHASE_SET;
    /* A phase of another forum is another office's. */
    bool may = was != NULL && end > was->from_at && (was->forum_id == 0 || was->forum_id == d->l->forum->id);
    bool ok = true;
    if (may) {
        struct phase p = *was;
        p.to_at = end;
        ok = late_set_phase(d->g, &p, was, d->l->person->id, d->message, d->now, e);
        d->told = g_strdup(p.name);
    } else {
        d->verdict->kind = VERDICT_REFUSED;
        d->told = g_strdup("");
    }
    if (was != NULL)
        phase_free(was);
    return ok;
}
