/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See rota.h.
 */
#include "flow/step/rota.h"

#include "flow/phase.h"
#include "store/duties.h"
#include "store/events.h"
#include "store/forums.h"

#define DAY_S 86400

GArray *rota_first(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) shifts = duties_shifts(g->db, h->about.forum, h->about.post, h->id, now, e);

    return shifts != NULL ? duty_first(shifts) : NULL;
}

GArray *rota_deputies(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) shifts = duties_shifts(g->db, h->about.forum, h->about.post, h->id, now, e);

    return shifts != NULL ? duty_deputies(shifts) : NULL;
}

GArray *rota_superiors(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) shifts = duties_shifts(g->db, h->about.forum, h->about.post, h->id, now, e);

    return shifts != NULL ? duty_superiors(shifts) : NULL;
}

GArray *rota_forums(struct gateway *g, row_id person, row_id forum, struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_person(g->db, person, e);
    GArray *out = all != NULL ? g_array_new(FALSE, FALSE, sizeof(row_id)) : NULL;

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        if ((m->role == ROLE_MODERATOR || m->role == ROLE_LEAD) && (forum == 0 || m->forum_id == forum))
            g_array_append_val(out, m->forum_id);
    }
    return out;
}

static bool journal(struct gateway *g, const struct duty *d, const char *what, row_id message, gint64 now, struct err *e)
{
    g_autofree char *from = phase_date(g, d->from_at, false),
                    *to = d->to_at != 0 ? phase_date(g, d->to_at, true) : g_strdup("open");
    g_autofree char *detail = g_strdup_printf("what=%s%s from=%s to=%s", what, duty_kind_name(d->kind), from, to);
    struct event ev = {.at = now,
                       .kind = "duty.changed",
                       .about.message = message,
                       .about.person = d->person_id,
                       .about.forum = d->forum_id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

bool rota_add(struct gateway *g, const struct duty *d, row_id message, gint64 now, struct err *e)
{
    bool is_away_now = d->kind == DUTY_AWAY && d->from_at <= now && (d->to_at == 0 || d->to_at > now);

    return duties_add(g->db, d, e) && duties_forget(g->db, now - g->settings->retention_log_days * DAY_S, e) &&
           (!is_away_now || duties_hand_over(g->db, d->forum_id, d->person_id, now, e)) && journal(g, d, "", message, now, e);
}

bool rota_put(struct gateway *g, const struct duty *d, row_id message, gint64 now, struct err *e)
{
    struct duty put = *d;
    gint64 n;

    put.from_at = now;
    return duties_remove(g->db, d->forum_id, d->person_id, d->kind, now, now + 1, &n, e) && rota_add(g, &put, message, now, e);
}

bool rota_end(struct gateway *g, const struct duty *d, row_id message, gint64 now, gint64 *n_out, struct err *e)
{
    gint64 n;
    bool ok = duties_remove(g->db, d->forum_id, d->person_id, d->kind, d->from_at, d->to_at, &n, e);

    if (n_out != NULL)
        *n_out = n;
    return ok && (n == 0 || journal(g, d, "not-", message, now, e));
}
