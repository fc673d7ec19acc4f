/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What official.c and official_decide.c share. Failures are E's.
 */
#pragma once

#include "flow/step/official.h"
#include "store/posts.h"

/* What PERSON is in FORUM; ROLE_NONE: nothing. */
bool official_role_of(struct gateway *g, row_id forum, row_id person, enum role *out, struct err *e);
/* What stops a text of an office at its idea, whoever writes it. */
enum official official_judge_text(const struct official_text *t);
/* WHAT about P of IDEA, in the journal. */
bool official_write_down(struct gateway *g, const struct post *p, const struct idea *idea, const struct event *what, gint64 now,
                         struct err *e);
bool official_tell(struct gateway *g, enum purpose purpose, row_id person, const struct post *p, row_id forum, row_id hold,
                   const char *reason, gint64 now, struct err *e);
/* Asks who could release P; OTHERS: also those beside the office, who were not asked before. */
bool official_ask_seconds(struct gateway *g, const struct post *p, row_id forum, row_id hold, row_id writer, bool others,
                          gint64 now, struct err *e);
/* Until when a draft waits, and when others are asked. */
bool official_set_times(struct gateway *g, row_id hold, gint64 now, struct err *e);
/* P stands; everybody who is to know hears of it. */
bool official_publish(struct gateway *g, struct post *p, const struct idea *idea, const struct event *what, gint64 now,
                      struct err *e);
