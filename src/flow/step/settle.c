/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See settle.h.
 */
#include "flow/step/settle.h"

#include "flow/step/names.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/persons.h"

#include <string.h>

static bool put(const struct settle *s, struct member m, enum delivery delivery, struct err *e)
{
    struct event ev = {.at = s->now,
                       .kind = "person.delivery",
                       .about.message = s->message,
                       .about.person = s->person->id,
                       .about.forum = m.forum_id,
                       .detail = delivery_name(delivery)};

    if (m.delivery == delivery && delivery != DELIVERY_NONE) /* a pause may have an end, and lose it */
        return true;
    m.delivery = delivery;
    m.joined_at = s->now;
    return members_put(s->g->db, &m, e) && events_add(s->g->db, &ev, e);
}

bool settle_delivery(const struct settle *s, row_id forum, enum delivery delivery, struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_person(s->g->db, s->person->id, e);
    bool ok = all != NULL;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        ok = (forum != 0 && m->forum_id != forum) || put(s, *m, delivery, e);
    }
    return ok;
}

static bool pause_one(const struct settle *s, const struct member *m, gint64 until, struct err *e)
{
    struct event ev = {.at = s->now,
                       .kind = "person.delivery",
                       .about.message = s->message,
                       .about.person = s->person->id,
                       .about.forum = m->forum_id,
                       .detail = "pause"};

    return members_pause(s->g->db, m, until, e) && events_add(s->g->db, &ev, e);
}

bool settle_pause(const struct settle *s, row_id forum, gint64 until, struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_person(s->g->db, s->person->id, e);
    bool ok = all != NULL;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        ok = (forum != 0 && m->forum_id != forum) || pause_one(s, m, until, e);
    }
    return ok;
}

bool settle_subscribe(const struct settle *s, row_id forum, struct err *e)
{
    g_autofree struct member *is = members_find(s->g->db, forum, s->person->id, e);

    if (is == NULL && e->kind != ERR_NONE)
        return false;
    if (is != NULL && is->delivery != DELIVERY_NONE)
        return true;
    struct member m = {.forum_id = forum,
                       .person_id = s->person->id,
                       .role = is != NULL ? is->role : ROLE_READER,
                       .delivery = DELIVERY_NONE};
    return put(s, m, DELIVERY_WEEKLY, e);
}

static bool set(const struct settle *s, const struct person *p, const char *what, struct err *e)
{
    struct event ev = {.at = s->now, .kind = "person.set", .about.message = s->message, .about.person = p->id, .detail = what};

    return persons_update(s->g->db, p, e) && events_add(s->g->db, &ev, e);
}

bool settle_hour(const struct settle *s, int hour, struct err *e)
{
    person_auto p = persons_by_id(s->g->db, s->person->id, e); /* another line of the same mail may have changed it */

    if (p == NULL)
        return false;
    p->digest_hour = hour;
    return set(s, p, "hour", e);
}

bool settle_weekday(const struct settle *s, int day, struct err *e)
{
    person_auto p = persons_by_id(s->g->db, s->person->id, e);

    if (p == NULL)
        return false;
    p->digest_weekday = day;
    return set(s, p, "weekday", e);
}

bool settle_language(const struct settle *s, const char *language, struct err *e)
{
    person_auto p = persons_by_id(s->g->db, s->person->id, e);

    if (p == NULL)
        return false;
    row_text_set(&p->language, g_strdup(language));
    return set(s, p, "language", e);
}

static bool set_name(const struct settle *s, const char *name, bool is_organisation, enum name_fault *fault_out, struct err *e)
{
    person_auto p = persons_by_id(s->g->db, s->person->id, e);
    g_autofree char *line = g_strdup_printf("NAME: %s\n", name);

    if (p == NULL ||
        !(is_organisation ? names_take_organisation(s->g, p, name, fault_out, e) : names_take(s->g, p, line, 0, fault_out, e)))
        return false;
    return *fault_out != NAME_FINE || set(s, p, is_organisation ? "organisation" : "name", e);
}

bool settle_name(const struct settle *s, const char *name, enum name_fault *fault_out, struct err *e)
{
    return set_name(s, name, false, fault_out, e);
}

bool settle_organisation(const struct settle *s, const char *name, enum name_fault *fault_out, struct err *e)
{
    return set_name(s, name, true, fault_out, e);
}

const char *settle_language_called(const struct gateway *g, const char *name)
{
    static const char *const names[][5] = {
        {"de", "deutsch", "german", "almanca", NULL},
        {"en", "englisch", "english", "ingilizce", NULL},
        {"tr", "turkisch", "turkish", "turkce", NULL},
        {"pl", "polnisch", "polish", "polski", NULL},
    };
    char *const *tags = g->settings->initiative_languages;

    for (guint i = 0; tags[i] != NULL; i++) {
        if (g_ascii_strcasecmp(tags[i], name) == 0)
            return tags[i];
        for (guint j = 0; j < G_N_ELEMENTS(names); j++)
            if (strcmp(names[j][0], tags[i]) == 0 && g_strv_contains(names[j], name))
                return tags[i];
    }
    return NULL;
}
