/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phases: whether something is taken now, and their days; whether the time of an idea is over. Changing one is flow/step/late.h.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/phase.h"
#include "store/topics.h"

/* What a text, or (SUPPORT) a voice, at IDEA is; IDEA NULL: a new idea in RING. */
enum phase_kind phase_kind_of(const struct idea *idea, enum ring ring, bool is_proposal, bool is_support);
/* For how many seconds after its end a phase still takes (intake_grace_minutes). */
gint64 phase_grace(const struct gateway *g);
/* Is KIND taken in FORUM of what came at AT? With intake_grace_minutes. */
bool phase_is_open(struct gateway *g, row_id forum, enum phase_kind kind, gint64 at, bool *out, struct err *e);

/* Is a text about IDEA (NULL: a new one) read first, because what it goes on with is done, not pursued or forwarded, or nobody wrote
 * there for half a year? Whoever leads ideas there, and members among themselves, may speak of it all the same: ROLE is the writer's. */
bool phase_is_late(struct gateway *g, const struct idea *idea, enum role role, gint64 now, bool *out, struct err *e);

/* What stands before the word for what is wrong with a phase that was ordered, where else its name would (of mails phase-set). */
#define PHASE_FAULT_MARK "!"
/* The phase of that name as it stands, with its titles, on one line, for who is asked about it before it does; and what such a line says:
 * *TITLES_OUT: language, title, language ..., NULL at the end. Callers free; NULL there is none, or no such line. */
char *phase_pack(struct gateway *g, const char *name, struct err *e);
struct phase *phase_unpack(const char *line, char ***titles_out);
/* "2026-04-10" as a day of the initiative's zone: its first second, or (IS_END) the first one after it; 0 if it is none. */
gint64 phase_day(const struct gateway *g, const char *date, bool is_end);
/* The same back: the last day if IS_END. "YYYY-MM-DD"; caller frees. */
char *phase_date(const struct gateway *g, gint64 at, bool is_end);
