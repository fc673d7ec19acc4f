/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See room.h.
 */
#include "flow/out/room.h"

#include "base/limits.h"

bool room_has_stream(const struct room *o, enum stream stream)
{
    return (o->streams & 1U << stream) != 0;
}

static gint64 step_us(const struct room *o, enum stream stream)
{
    return 60 * G_USEC_PER_SEC / o->per_minute[stream];
}

void room_find(const struct room *o, gint64 now_us, gint64 *most_of_out)
{
    for (enum stream s = 0; s < N_STREAMS; s++) {
        most_of_out[s] = room_has_stream(o, s) ? LIMIT_NOTICE_CLAIM : 0;
        if (most_of_out[s] == 0 || o->per_minute[s] == 0)
            continue;
        most_of_out[s] = o->next_us[s] <= now_us ? CLAMP(G_USEC_PER_SEC / step_us(o, s), 1, LIMIT_NOTICE_CLAIM) : 0;
    }
}

bool room_take(struct room *o, const GPtrArray *claimed, const gint64 *most_of, gint64 now_us)
{
    gint64 n_of[N_STREAMS] = {0};
    bool is_held = false;

    for (guint i = 0; i < claimed->len; i++)
        n_of[((const struct notice *)claimed->pdata[i])->stream]++;
    for (enum stream s = 0; s < N_STREAMS; s++) {
        if (!room_has_stream(o, s) || o->per_minute[s] == 0)
            continue;
        if (n_of[s] > 0)
            o->next_us[s] = MAX(o->next_us[s], now_us) + n_of[s] * step_us(o, s);
        is_held = is_held || n_of[s] >= most_of[s];
    }
    return is_held;
}
