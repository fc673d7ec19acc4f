/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pages of newsletters that share a path with others: /c/s... and /u/s...
 */
#pragma once

#include "page/page.h"

bool subscribe_confirm_page(struct page *p, struct err *e);
bool subscribe_end_page(struct page *p, struct err *e);
