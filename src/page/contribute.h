/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What came of the form for those without a mail program: POST /mitmachen.
 */
#pragma once

#include "page/page.h"

bool contribute_send(struct page *p, struct err *e);
