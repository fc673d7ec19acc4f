/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verbs of `forumpost newsletter` by file: newsletter.c has lists and editors and the table, newsletter_people.c who gets
 * them, newsletter_issue.c what is sent.
 */
#pragma once

#include "cmd/door.h"
#include "forum/list.h"

/* The newsletter of that name, ERR_ABSENT with a sentence if there is none. */
struct list *door_newsletter(const struct door *d, const char *name, struct err *e);

/* ERR_VALUE if NAME is a newsletter's: no forum may have it. */
bool newsletter_spares(const struct door *d, const char *name, struct err *e);

bool subscriber_list(struct door *d, struct err *e);
bool subscriber_add(struct door *d, struct err *e);
bool subscriber_import(struct door *d, struct err *e);
bool subscriber_remove(struct door *d, struct err *e);

bool issue_list(struct door *d, struct err *e);
bool newsletter_draft(struct door *d, struct err *e);
bool newsletter_test(struct door *d, struct err *e);
bool newsletter_release(struct door *d, struct err *e);
bool newsletter_stop(struct door *d, struct err *e);
bool newsletter_resume(struct door *d, struct err *e);
