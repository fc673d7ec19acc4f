/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the mail server said of a mail, and the name that the mail has here from its first byte on.
 */
#pragma once

#include <glib.h>

struct envelope {
    char *id;              /* born with the first byte: log lines, spool files, rows */
    gint64 received_at;    /* its last byte; from then on it is on its way */
    gint64 came_at;        /* the same, of the first time, if it is put through again: what phases judge */
    char *sender;          /* "" null path; NULL only until deliver knows better */
    GPtrArray *recipients; /* char *, at least one */
    char *content_sha256;  /* hex, of the bytes as they came; NULL until envelope_weigh() */
    char *body_sha256;     /* hex, of what follows the header; likewise */
};
struct envelope *envelope_new(const char *sender, gint64 now);
void envelope_free(struct envelope *env);
/* The sums by which a mail that comes again is known; who stores it makes them if nobody did before. No reader makes them:
 * one that was taken over could pass its mail off as the next one, which would be lost. */
void envelope_weigh(struct envelope *env, GBytes *bytes);
/* A new id: 9 characters of time, 7 random; sorts by time. Caller frees. */
char *envelope_new_id(gint64 now);
