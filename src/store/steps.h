/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of ideas, step by step, and who is for them.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

bool steps_add(struct db *db, const struct stage *x, row_id *id_out, struct err *e);
/* Of one idea, oldest first, from FIRST on (0: all); struct stage, owned. */
GPtrArray *steps_of_idea(struct db *db, row_id idea, row_id first, struct err *e);

/* The last step of an idea by somebody else than PERSON that changed what it is: not before SINCE, after the step SEEN, after PERSON's own last one;
 * NULL none. */
struct stage *steps_by_others(struct db *db, row_id idea, row_id person, bool with_days, gint64 since, row_id seen,
                              struct err *e);
struct stage *steps_by_id(struct db *db, row_id id, struct err *e);
/* The last step of any idea; 0 none. */
bool steps_last(struct db *db, row_id *out, struct err *e);
/* That one person took; struct stage, owned. */
GPtrArray *steps_of_person(struct db *db, row_id person, struct err *e);

struct backing {
    row_id idea_id;
    gint64 at;
    const char *how; /* "mail", "cli" */
    gint64 ended_at; /* taken back; 0 it counts */
};
void backing_free(struct backing *x);
/* What one person is for, or was; struct backing, owned. */
GPtrArray *supports_of_person(struct db *db, row_id person, struct err *e);
/* One a person, and one a mailbox (0: not known) in the idea's group; *ADDED_OUT false: they were for it already. HOW: "mail", "cli". */
bool supports_add(struct db *db, const struct idea *idea, row_id person, gint64 mailbox, const char *how, gint64 now,
                  bool *added_out, struct err *e);
/* Is PERSON for IDEA itself, whatever it goes on with? */
bool supports_is_for(struct db *db, row_id idea, row_id person, bool *out, struct err *e);
/* Was one of theirs, or of their mailbox (0: not known), annulled in the idea's group? Then supports_add() adds none. */
bool supports_is_annulled(struct db *db, const struct idea *idea, row_id person, gint64 mailbox, bool *out, struct err *e);
/* Takes back what the person gave to any idea of the group that LEAD leads. */
bool supports_end(struct db *db, row_id lead, row_id person, gint64 now, bool *ended_out, struct err *e);
/* The same for good: it was none. *ENDED_OUT false: there is none that was not annulled. */
bool supports_annul(struct db *db, row_id lead, row_id person, gint64 now, bool *ended_out, struct err *e);
/* Of the idea's group: whose was annulled. */
bool supports_count_annulled(struct db *db, row_id idea, gint64 *out, struct err *e);
/* How many came for IDEA since SINCE, counted up to MOST. */
bool supports_recent(struct db *db, row_id idea, gint64 since, gint64 most, gint64 *out, struct err *e);
