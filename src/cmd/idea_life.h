/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verbs of `forumpost idea` that lead an idea on.
 */
#pragma once

#include "cmd/door.h"

bool idea_state_verb(struct door *d, struct err *e);
bool idea_merge_verb(struct door *d, struct err *e);
bool idea_unmerge_verb(struct door *d, struct err *e);
bool idea_move_verb(struct door *d, struct err *e);
bool idea_deadline_verb(struct door *d, struct err *e);
bool idea_support_verb(struct door *d, struct err *e);
bool idea_annul_verb(struct door *d, struct err *e);
/* The number of an idea as it is typed: 17, or as it is filed, RK-2026-0017. */
bool door_idea_id(const struct door *d, const char *number, row_id *id_out, struct err *e);
/* That idea; NULL with a sentence. */
struct idea *door_idea(const struct door *d, const char *number, struct err *e);
