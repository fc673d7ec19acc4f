/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who moderates when: whom a forum asks about a text that waits. Pure. A rota is made of days on which somebody has duty; who is away
 * is asked only where nobody else is left. Without a rota everybody who moderates is asked.
 */
#pragma once

#include "forum/model.h"

enum duty_kind {
    DUTY_ON,   /* this person is asked first */
    DUTY_AWAY, /* and this one is not */
};
struct duty {
    row_id id, forum_id, person_id;
    enum duty_kind kind;
    gint64 from_at, to_at; /* to_at: the first second after it; 0 no end */
};
extern const char *const duty_kind_names[];
const char *duty_kind_name(enum duty_kind k);

/* In the order in which they are asked. */
enum duty_rank {
    RANK_MODERATOR,
    RANK_LEAD,   /* where nobody moderates, or those who do did not decide */
    RANK_OFFICE, /* where nobody leads either */
};
/* One of those who may decide about a text, as it is now. */
struct shift {
    row_id person_id;
    enum duty_rank rank;
    bool is_on, is_away;
    bool was_asked; /* about this text */
    gint64 next_at; /* when their next duty begins; 0 none is known */
};

/* Who is asked about a text: whoever has duty, else of those who are not away all who moderate, else all who lead, else the office, else
 * everybody. SHIFTS: struct shift, without those whose own text it is. row_id; caller owns. */
GArray *duty_first(const GArray *shifts);
/* Who is asked where these did not decide in time, of those who were not asked: whoever has duty now, else whoever has it next, else all
 * who moderate, else all who lead. If all of these were asked: once more who is not away. */
GArray *duty_deputies(const GArray *shifts);
/* Who leads, and the office: they hear of it where nobody decides at all. */
GArray *duty_superiors(const GArray *shifts);
/* Who decides about a complaint: who moderates, else who leads, else the office, but nobody in PARTS (row_id: who had a part in the
 * decision); whoever is away only where nobody else is left. ALL: everybody of these at once. */
GArray *duty_judges(const GArray *shifts, const GArray *parts, bool all);
