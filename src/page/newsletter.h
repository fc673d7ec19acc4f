/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which newsletters and issues the world may read: of a list that anybody may order, sent, and to all of its subscribers (or those of
 * a language), not to the members of a forum or a role.
 */
#pragma once

#include "forum/list.h"
#include "page/page.h"

bool newsletter_is_public(const struct list *l);
/* struct issue, oldest first; none where L is not public. NULL failure. */
GPtrArray *newsletter_issues(struct gateway *g, const struct list *l, struct err *e);
/* newsletters (list_title, list_path; last_path, last_number, last_title), has_newsletters. */
bool newsletter_set_all(struct page *p, struct value *data, struct err *e);
