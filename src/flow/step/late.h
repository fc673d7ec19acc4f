/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phases that somebody changes, and the texts that no phase took. Such a text waits, closed, as a hold whose yes is YES_LATE
 * (content_keep_late()); when a phase is extended over the second in which it came, its author is asked, and JA takes it with all
 * that is asked of any text: review, masking, receipt. Nobody is asked whose From was not proved: the office reads of those, and
 * of all others that wait (holds_late()). Inside the caller's transaction.
 */
#pragma once

#include "flow/phase.h"

/* By the clock: that P began or ended by NOW stands in the journal, once; *N_OUT how much of it. The operator hears if it ended while
 * nobody looked, for what came then may have found no door. */
bool late_journal_phase(struct gateway *g, const struct phase *p, gint64 now, guint *n_out, struct err *e);
/* P as it shall be; WAS (NULL: new) as it is. If its end changes everybody concerned is told the next morning, once, whatever it was
 * in between, and not at all if it is what it was. PERSON, MESSAGE: who said so, 0 nobody known. */
bool late_set_phase(struct gateway *g, const struct phase *p, const struct phase *was, row_id person, row_id message, gint64 now,
                    struct err *e);
