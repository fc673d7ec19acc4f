/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Can a page be reached, as everybody's browser would? For `forumpost check`.
 */
#pragma once

#include "base/err.h"

/* Gets URL (http or https, certificates verified), following a few redirects. *STATUS_OUT: of the answer. *DATE_OUT: unix
 * seconds of its Date field, 0 if it has none. False: ERR_LATER and half a sentence. */
bool fetch_look(const char *url, long *status_out, gint64 *date_out, struct err *e);
