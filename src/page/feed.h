/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pages for programs share.
 */
#pragma once

#include "page/page.h"

#define FEED_ATOM "application/atom+xml; charset=utf-8"

/* Answers with the template NAME, which is XML of TYPE, filled with DATA (taken over), lang, initiative, domain, self_url. */
bool feed_show(struct page *p, const char *type, const char *name, struct value *data, struct err *e);
/* TEXT for XML 1.0, which knows no U+FFFE and U+FFFF, as text or as a reference; the escaping takes away the other controls. Caller
 * frees. */
char *feed_text(const char *text);
