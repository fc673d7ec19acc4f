/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What files of open data share.
 */
#pragma once

#include "page/page.h"

/* Answers with TEXT, which is taken over. */
bool data_show(struct page *p, const char *type, GString *text);
/* "2026-03-02", the day in the initiative's zone. Caller frees. */
char *data_date(const struct page *p, gint64 at);
void data_append_string(GString *out, const char *text); /* as JSON (RFC 8259), in quotes */
