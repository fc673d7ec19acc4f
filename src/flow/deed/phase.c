/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PHASE zuhoeren bis 10.4., PHASE rueckmeldung 1.5. bis 30.6. erlaubt antwort im forum energie: Rückmeldung: an office makes a phase, or
 * changes one. Of another end everybody who takes part is told. What it may not do is what `forumpost phase` refuses, in a word each.
 */
#include "flow/deed/deed.h"

#include "base/limits.h"
#include "flow/step/late.h"
#include "flow/step/settle.h"
#include "forum/given.h"
#include "forum/route.h"
#include "forum/when.h"
#include "store/forums.h"
#include "store/phases.h"

#include <string.h>

#define ALL_KINDS (PHASE_IDEA | PHASE_REPLY | PHASE_SUPPORT | PHASE_FEEDBACK | PHASE_INNER)
#define AGES_S    (G_GINT64_CONSTANT(1000) * 366 * 86400) /* what has no end is before that */

/* A phase of one forum is made and changed by that forum's office. */
static bool may_lead(const struct deed *d, row_id forum, struct err *e)
{
    if (forum == 0)
        return true;
    g_autofree struct member *m = members_find(d->g->db, forum, d->l->person->id, e);
    return m != NULL && m->role == ROLE_OFFICE;
}

/* The days that O says; what it does not say is as it was. False: there are no such days. */
static bool set_days(const struct deed *d, const struct phase_order *o, struct phase *p)
{
    GTimeZone *zone = d->g->settings->zone;
    gint64 before;

    if (o->is_open || o->to != 0)
        p->to_at = o->to != 0 ? when_day_ends(o->to, d->now, zone) : 0;
    if (o->to != 0 && p->to_at == 0)
        return false;
    if (o->from == 0)
        return true;
    if (p->to_at != 0)
        before = p->to_at;
    else
        before = o->from < 10000 ? when_day_ends(o->from, d->now, zone) : d->now + AGES_S; /* the next such day */
    p->from_at = when_day_begins(o->from, before, zone);
    return p->from_at != 0;
}

/* *OUT: the phase as O wants it; what is wrong with that, a word of the templates; NULL nothing. */
static const char *judge(const struct deed *d, const struct phase_order *o, const GPtrArray *all, struct phase *out,
                         struct err *e)
{
    const struct phase *was = phase_named(all, o->name);
    g_autofree char *name = o->forum != NULL ? route_fold_name(o->forum) : NULL;
    bool is_everywhere = o->forum != NULL && (strcmp(o->forum, "alle") == 0 || strcmp(o->forum, "all") == 0);
    forum_auto forum = name != NULL && !is_everywhere ? facts_find_forum(d->g, name, e) : NULL;

    *out = was != NULL ? *was : (struct phase){.name = o->name, .allows = ALL_KINDS};
    if (was == NULL && (o->is_title || o->from == 0 || (o->to == 0 && !o->is_open)))
        return "unknown";
    if (was == NULL && (!phase_is_name(o->name) || phase_like(all, o->name) != NULL))
        return "name";
    if (o->forum != NULL && forum == NULL && !is_everywhere)
        return "forum";
    out->forum_id = o->forum != NULL ? forum != NULL ? forum->id : 0 : out->forum_id;
    if (!may_lead(d, was != NULL ? was->forum_id : 0, e) || !may_lead(d, out->forum_id, e))
        return "right";
    if (!set_days(d, o, out))
        return when_day_is_over(o->to, d->now, d->g->settings->zone) ? "past" : "days";
    out->allows = o->allows != 0 ? o->allows : out->allows;
    return out->to_at != 0 && out->to_at <= out->from_at ? "days" : NULL;
}

/* Its title in the language named, else in the first of the initiative; a word for what is wrong with it. */
static const char *set_title(const struct deed *d, const struct phase_order *o, const struct phase *p, struct err *e)
{
    err_auto struct err found = {0};
    const char *given = d->decision->argument;

    if (given == NULL)
        return NULL;
    g_autofree char *title = given_line("a title", given, LIMIT_TITLE_CHARS, &found);
    const char *language =
        o->language != NULL ? settle_language_called(d->g, o->language) : d->g->settings->initiative_languages[0];
    if (title == NULL)
        return "title";
    if (language == NULL)
        return "language";
    topics_put(d->g->db, TOPIC_PHASE, p->name, language, title, e);
    return NULL;
}

bool deed_phase(struct deed *d, struct err *e)
{
    g_auto(phase_order_auto_t) o = {0};
    bool is_order = phase_order(d->l->command.name, &o);
    g_autoptr(GPtrArray) all = phases_all(d->g->db, e);
    struct phase p;

    if (all == NULL)
        return false;
    const char *wrong = is_order ? judge(d, &o, all, &p, e) : "unknown";
    if (wrong == NULL && e->kind == ERR_NONE)
        wrong = set_title(d, &o, &p, e);
    if (e->kind != ERR_NONE)
        return false;
    d->answer = PURPOSE_PHASE_SET;
    if (wrong == NULL) {
        d->told = g_strdup(p.name);
        return late_set_phase(d->g, &p, phase_named(all, o.name), d->l->person->id, d->message, d->now, e);
    }
    d->verdict->kind = VERDICT_REFUSED;
    d->why = wrong;
    d->told = g_strconcat(PHASE_FAULT_MARK, wrong, NULL);
    return true;
}
