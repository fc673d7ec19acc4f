/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rates of the streams: what a second bears may go at once. Private to outbox.c.
 */
#pragma once

#include "forum/model.h"

struct room {
    unsigned streams;             /* a bit each */
    gint64 per_minute[N_STREAMS]; /* most mails; 0 no limit */
    gint64 next_us[N_STREAMS];    /* when the rate has room for one more; monotonic */
};

bool room_has_stream(const struct room *o, enum stream stream);
/* How many of each stream may be claimed now. */
void room_find(const struct room *o, gint64 now_us, gint64 *most_of_out);
/* CLAIMED (struct notice) were, of at most MOST_OF. True if a rate has held something back, or may have. */
bool room_take(struct room *o, const GPtrArray *claimed, const gint64 *most_of, gint64 now_us);
