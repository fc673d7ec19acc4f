/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is counted for the world; sql/tallies.sql says what counts.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

enum tally_by { TALLY_FORUM, TALLY_LANGUAGE, TALLY_STATE, TALLY_SLOT, TALLY_FIELD };
struct tally {
    char *key;   /* a forum's name, a language ("" not known), a state's word, the time at which a slot begins */
    char *label; /* a forum's title; else "" */
    gint64 n_ideas, n_answers;
    gint64 n_persons; /* 0 of states and slots, where nobody is counted */
};
struct tally_totals {
    gint64 n_persons, n_offices;                   /* who wrote; who wrote and moderates or sits in an office */
    gint64 n_official;                             /* ideas that have an official answer */
    gint64 n_ideas_withdrawn, n_answers_withdrawn; /* which had been public */
    gint64 n_ideas_removed, n_answers_removed;
};
/* Fields of action, as struct tally: n_answers are the proposals that serve it, n_ideas the ideas that these are made of. */
GPtrArray *tallies_by_field(struct db *db, const char *language, struct err *e);
/* struct tally. SLOT_S: how long a slot is, of TALLY_SLOT. NULL failure. */
GPtrArray *tallies(struct db *db, enum tally_by by, gint64 slot_s, struct err *e);
bool tallies_totals(struct db *db, struct tally_totals *out, struct err *e);
/* Seconds (gint64) from an idea to the first answer of somebody else, of each that has one. NULL failure. */
GArray *tallies_waits(struct db *db, struct err *e);
