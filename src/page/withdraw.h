/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The other two questions behind /c/TOKEN.
 */
#pragma once

#include "page/page.h"

/* H, not expired, asks whether a post is to be withdrawn (HOLD_WITHDRAW), or is open while that can be undone (HOLD_UNDO). */
bool withdraw_page(struct page *p, const struct hold *h, struct err *e);
