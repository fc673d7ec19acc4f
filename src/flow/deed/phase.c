/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PHASE zuhoeren bis 10.4., PHASE rueckmeldung 1.5. bis 30.6. erlaubt antwort: an office makes a phase, or changes one. Of another end
 * everybody who takes part is told. A new one is the whole initiative's.
 */
#include "flow/deed/deed.h"

#include "flow/step/late.h"
#include "forum/when.h"
#include "store/forums.h"
#include "store/phases.h"

#define ALL_KINDS (PHASE_IDEA | PHASE_REPLY | PHASE_SUPPORT | PHASE_FEEDBACK | PHASE_INNER)

/* A phase of one forum is changed by that forum's office. */
static bool may_change(const struct deed *d, const struct phase *was, struct err *e)
{
    if (was == NULL || was->forum_id == 0)
        return true;
    g_autofree struct member *m = members_find(d->g->db, was->forum_id, d->l->person->id, e);
    return m != NULL && m->role == ROLE_OFFICE;
}

/* What O makes of WAS; NULL a new one. False: there are no such days, or no such phase. */
static bool as_ordered(const struct deed *d, const struct phase_order *o, const struct phase *was, struct phase *out)
{
    GTimeZone *zone = d->g->settings->zone;

    *out = was != NULL ? *was : (struct phase){.name = o->name, .allows = ALL_KINDS};
    out->to_at = when_day_ends(o->to, d->now, zone);
    if (o->from != 0)
        out->from_at = when_day_begins(o->from, out->to_at, zone);
    if (o->allows != 0)
        out->allows = o->allows;
    bool is_called = was != NULL || (o->from != 0 && phase_is_name(o->name));
    return is_called && out->from_at != 0 && out->to_at > out->from_at;
}

bool deed_phase(struct deed *d, struct err *e)
{
    g_auto(phase_order_auto_t) o = {0};
    bool is_order = phase_order(d->l->command.name, &o);
    g_autoptr(GPtrArray) all = phases_all(d->g->db, e);
    const struct phase *was = all != NULL && is_order ? phase_named(all, o.name) : NULL;
    struct phase p;

    if (all == NULL)
        return false;
    d->answer = PURPOSE_PHASE_SET;
    if (is_order && may_change(d, was, e) && as_ordered(d, &o, was, &p)) {
        d->told = g_strdup(p.name);
        return late_set_phase(d->g, &p, was, d->l->person->id, d->message, d->now, e);
    }
    d->verdict->kind = VERDICT_REFUSED;
    d->told = g_strdup("");
    return e->kind == ERR_NONE;
}
