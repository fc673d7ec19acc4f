/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The right to be forgotten: everything that we hold about one person or one address, inside the caller's transaction.
 * What is left is a number, when and why it was erased, and the journal, which names nobody. Whoever writes again is
 * somebody new.
 */
#pragma once

#include "flow/gateway.h"

struct erase_report {
    row_id person;   /* 0: the address belonged to nobody who had confirmed it */
    guint n_texts;   /* contributions */
    guint n_waiting; /* texts that waited, and questions */
    guint n_mails;
    guint n_failed; /* mails that were set aside in spool/failed */
};

/* ADDRESS: one of theirs, as they write it. ERR_ABSENT if nothing is held about it. */
bool erase_person(struct gateway *g, const char *address, const char *reason, gint64 now, struct erase_report *report_out,
                  struct err *e);
