/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes the digests that are due: one row a person, with a fixed range of posts in the order of publication, and its
 * notice in the same transaction. A range is made once (unique per person and start), before anything is sent, so
 * neither a crash nor a second run tells anybody twice; an empty one is never made.
 */
#pragma once

#include "flow/gateway.h"

struct digest_report {
    gint64 n_people; /* whose hour it was */
    gint64 n_made;
    gint64 n_posts; /* in all of them together */
};

/* What is due at NOW: daily ones in that day's hour of the person (in the initiative's time zone), weekly ones on their
 * weekday. Who has nothing new when the hour begins can still hear of it within the hour, then it waits for the next
 * one. A run that comes late makes up for what was missed, in one digest. */
bool digest_run(struct gateway *g, gint64 now, struct digest_report *report_out, struct err *e);
