/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fields of action and goals of the initiative, which proposals serve; and the titles of phases.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

enum topic_kind { TOPIC_FIELD, TOPIC_GOAL, TOPIC_PHASE };
struct topic {  /* one title */
    char *name; /* a word, lower case */
    char *language;
    char *title;
    gint64 n_ideas;     /* in proposals that serve it */
    gint64 n_proposals; /* that serve it */
};
void topic_free(struct topic *t);

/* Adds, or changes, the title in that language. */
bool topics_put(struct db *db, enum topic_kind kind, const char *name, const char *language, const char *title, struct err *e);
/* struct topic, by name, then language; owned. */
GPtrArray *topics_all(struct db *db, enum topic_kind kind, struct err *e);
bool topics_has(struct db *db, enum topic_kind kind, const char *name, bool *out, struct err *e);
/* PROPOSAL serves it from now on; those that it serves. */
bool topics_serve(struct db *db, row_id proposal, enum topic_kind kind, const char *name, struct err *e);
GPtrArray *topics_of_proposal(struct db *db, row_id proposal, enum topic_kind kind, struct err *e);
/* Of TOPICS the title of NAME in LANGUAGE, else in any; NULL none. Borrowed. */
const char *topic_title(const GPtrArray *topics, const char *name, const char *language);
