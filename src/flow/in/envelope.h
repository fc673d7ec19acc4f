/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the mail server said of a mail, and the name that the mail has here from its first byte on.
 */
#pragma once

#include <glib.h>

struct envelope {
    char *id;              /* born with the first byte: log lines, spool files, rows */
    gint64 received_at;
    char *sender;          /* "" null path; NULL only until deliver knows better */
    GPtrArray *recipients; /* char *, at least one */
};
struct envelope *envelope_new(const char *sender, gint64 now);
void envelope_free(struct envelope *env);
/* A new id: 9 characters of time, 7 random; sorts by time. Caller frees. */
char *envelope_new_id(gint64 now);
