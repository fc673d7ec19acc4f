/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `forumpost person show`: everything that we hold about one person, for them to be told (Art. 15 GDPR).
 */
#pragma once

#include "cmd/door.h"

/* Of the person with the address in the arguments, or of the address alone if nobody confirmed it. ERR_ABSENT if nothing is
 * held. */
bool person_show(struct door *d, struct err *e);
