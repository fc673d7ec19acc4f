/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * winmail.dat: Outlook's own wrapping of text and attachments (MS-OXTNEF), read with libytnef.
 */
#pragma once

#include "mail/entity.h"

/* Fills text (if the file has a body) and embedded of the leaf E. Adds "bad-tnef" if it cannot be read. */
void tnef_read(struct entity *e, GPtrArray *defects);
