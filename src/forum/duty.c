/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See duty.h.
 */
#include "forum/duty.h"

const char *const duty_kind_names[] = {[DUTY_ON] = "on", [DUTY_AWAY] = "away", NULL};

const char *duty_kind_name(enum duty_kind k)
{
    return duty_kind_names[k];
}

typedef bool fits_fn(const struct shift *s);

static bool is_on_duty(const struct shift *s)
{
    return s->is_on && !s->is_away;
}

static bool is_moderator_there(const struct shift *s)
{
    return !s->is_away && s->rank == RANK_MODERATOR;
}

static bool is_lead_there(const struct shift *s)
{
    return !s->is_away && s->rank == RANK_LEAD;
}

static bool is_leading_there(const struct shift *s)
{
    return !s->is_away && s->rank <= RANK_LEAD;
}

static bool is_leading(const struct shift *s)
{
    return s->rank <= RANK_LEAD;
}

static bool is_office_there(const struct shift *s)
{
    return !s->is_away && s->rank == RANK_OFFICE;
}

static bool is_superior(const struct shift *s)
{
    return s->rank >= RANK_LEAD;
}

static bool is_anybody(const struct shift *s)
{
    (void)s;
    return true;
}

/* Those of SHIFTS who FIT and, unless ALSO_ASKED, were not asked. */
static GArray *choose(const GArray *shifts, fits_fn *fits, bool also_asked)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(row_id));

    for (guint i = 0; i < shifts->len; i++) {
        const struct shift *s = &g_array_index(shifts, struct shift, i);
        if (fits(s) && (also_asked || !s->was_asked))
            g_array_append_val(out, s->person_id);
    }
    return out;
}

/* The first group of FITS in which there is somebody. */
static GArray *choose_first(const GArray *shifts, fits_fn *const *fits, guint n, bool also_asked)
{
    GArray *out = choose(shifts, fits[0], also_asked);

    for (guint i = 1; i < n && out->len == 0; i++) {
        g_array_unref(out);
        out = choose(shifts, fits[i], also_asked);
    }
    return out;
}

GArray *duty_first(const GArray *shifts)
{
    static fits_fn *const fits[] = {is_on_duty, is_moderator_there, is_lead_there, is_office_there, is_leading, is_anybody};

    return choose_first(shifts, fits, G_N_ELEMENTS(fits), true);
}

/* Whose duty begins next: one, or several at the same time. */
static GArray *next_of(const GArray *shifts)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(row_id));
    gint64 first = 0;

    for (guint i = 0; i < shifts->len; i++) {
        const struct shift *s = &g_array_index(shifts, struct shift, i);
        if (s->was_asked || s->is_away || s->next_at == 0 || (first != 0 && s->next_at > first))
            continue;
        if (s->next_at != first)
            g_array_set_size(out, 0);
        first = s->next_at;
        g_array_append_val(out, s->person_id);
    }
    return out;
}

GArray *duty_deputies(const GArray *shifts)
{
    static fits_fn *const others[] = {is_moderator_there, is_lead_there, is_leading};
    static fits_fn *const again[] = {is_leading_there, is_office_there, is_leading, is_anybody};
    g_autoptr(GArray) on = choose(shifts, is_on_duty, false);
    g_autoptr(GArray) next = on->len == 0 ? next_of(shifts) : g_array_ref(on);
    g_autoptr(GArray) rest = next->len == 0 ? choose_first(shifts, others, G_N_ELEMENTS(others), false) : g_array_ref(next);

    return rest->len == 0 ? choose_first(shifts, again, G_N_ELEMENTS(again), true) : g_steal_pointer(&rest);
}

GArray *duty_superiors(const GArray *shifts)
{
    return choose(shifts, is_superior, true);
}

GArray *duty_judges(const GArray *shifts, const GArray *parts, bool all)
{
    static fits_fn *const fits[] = {is_moderator_there, is_lead_there, is_office_there, is_anybody};
    g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(struct shift));

    for (guint i = 0; i < shifts->len; i++) {
        const struct shift *s = &g_array_index(shifts, struct shift, i);
        bool has_part = false;
        for (guint k = 0; k < parts->len; k++)
            has_part |= g_array_index(parts, row_id, k) == s->person_id;
        if (!has_part)
            g_array_append_val(left, *s);
    }
    return all ? choose(left, is_anybody, true) : choose_first(left, fits, G_N_ELEMENTS(fits), true);
}
