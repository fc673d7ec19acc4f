/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose mails have cost how much time to read, so that whoever floods us with expensive ones waits behind everybody else.
 * A sender owes the CPU time of each mail that was not cheap, and is forgiven a little each second. Of bounded size: the
 * smallest debts are forgotten first. Only the pool (reader.c) uses it.
 *
 * A sender is an envelope sender, which anybody can forge or vary: so a debt never refuses anything, and a domain's only
 * puts its mails behind the others, since thousands may write from it. The null sender owes nothing; it is everybody's.
 */
#pragma once

#include <glib.h>

enum reader_lane {
    LANE_FIRST,  /* read in order */
    LANE_BEHIND, /* read when nothing of the first lane waits, alone: somebody of that domain is in debt */
    LANE_SLOW,   /* read one after the other in a reader of its own: the sender is in debt, or the mail proved to be slow */
};
#define N_LANES (LANE_SLOW + 1)

struct ledger;

struct ledger *ledger_new(void);
void ledger_free(struct ledger *l);
/* One mail of SENDER took CPU_US. NOW_US: monotonic time, as below. */
void ledger_charge(struct ledger *l, const char *sender, gint64 cpu_us, gint64 now_us);
enum reader_lane ledger_lane(struct ledger *l, const char *sender, gint64 now_us);
