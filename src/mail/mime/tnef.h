/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * winmail.dat: Outlook's own wrapping of text and attachments (MS-OXTNEF), read with libytnef.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/mime/budget.h"

/* Fills text (if the file has a body) and embedded of the leaf E. Adds "bad-tnef" if it cannot be read, and
 * "too-many-parts" if it has more files than BUDGET, which are then not read. */
void tnef_read(struct entity *e, struct budget *budget);
