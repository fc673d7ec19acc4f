/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody sets for themselves by mail: which mails of a forum, when, in which language. The same rows and lines in the journal
 * as `member set`, `person set` and the page of preferences write.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/model.h"
#include "forum/name.h"

struct settle { /* who, by which mail; borrowed */
    struct gateway *g;
    const struct person *person;
    row_id message;
    gint64 now;
};

/* In FORUM, or (0) in all where the person is. */
bool settle_delivery(const struct settle *s, row_id forum, enum delivery delivery, struct err *e);
/* A reader who hears weekly, unless the person hears of the forum already. */
bool settle_subscribe(const struct settle *s, row_id forum, struct err *e);
/* Nothing until UNTIL, then as before; in FORUM, or (0) in all where the person is. */
bool settle_pause(const struct settle *s, row_id forum, gint64 until, struct err *e);
/* The public name; of one that cannot be shown nothing is changed and *FAULT_OUT says why. */
bool settle_name(const struct settle *s, const char *name, enum name_fault *fault_out, struct err *e);
/* The same of an organisation: NAME, and behind it that it is one; its voice is counted apart. */
bool settle_organisation(const struct settle *s, const char *name, enum name_fault *fault_out, struct err *e);
/* 0-23; 1 Monday - 7; a language of the initiative. */
bool settle_hour(const struct settle *s, int hour, struct err *e);
bool settle_weekday(const struct settle *s, int day, struct err *e);
bool settle_language(const struct settle *s, const char *language, struct err *e);
/* The language of the initiative that NAME (folded) is the tag or the name of; NULL none. Borrowed. */
const char *settle_language_called(const struct gateway *g, const char *name);
