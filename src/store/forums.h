/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forums, their other names, and who is a member. Functions that find return NULL without an error when there is
 * nothing, NULL with e->kind set when the database failed; returned rows are the caller's.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct forum *forums_by_name(struct db *db, const char *name, struct err *e); /* name or alias, lower case */
struct forum *forums_by_id(struct db *db, row_id id, struct err *e);
GPtrArray *forums_all(struct db *db, struct err *e); /* struct forum, by name */
/* New row, or the existing one of that name changed to these values. */
bool forums_put(struct db *db, const struct forum *f, gint64 now, row_id *id_out, struct err *e);
/* What keeps a forum from being removed. */
struct forum_uses {
    gint64 n_ideas, n_members, n_holds, n_notices;
};
bool forums_uses(struct db *db, row_id forum, struct forum_uses *out, struct err *e);
/* With its other names. Something that forums_uses() does not count and that points to it: ERR_RULE. */
bool forums_remove(struct db *db, row_id forum, struct err *e);

struct forum_alias {
    const char *name; /* lower case ASCII */
    row_id forum_id;
    const char *forum; /* its name */
};
void forum_alias_free(struct forum_alias *a);
GPtrArray *forums_aliases(struct db *db, struct err *e); /* struct forum_alias, by forum and name */
bool forums_remove_alias(struct db *db, const char *name, bool *found_out, struct err *e);
bool forums_put_alias(struct db *db, const char *name, row_id forum, struct err *e);

/* NULL if not a member. */
/* What PERSON is in IDEA: their role in its home; a member (or reader) of another forum that it is shown in is that, whatever they lead
 * there. ROLE_NONE: nobody. */
bool members_voice(struct db *db, const struct idea *idea, row_id person, enum role *out, struct err *e);
/* Of the forums beside its own that the idea is shown in one that PERSON is a member of; *OUT 0: none. */
bool members_also(struct db *db, row_id idea, row_id person, row_id *out, struct err *e);
struct member *members_find(struct db *db, row_id forum, row_id person, struct err *e);
/* Adds or changes. Of a change joined_at is the time of it: from then on the person is told by the new delivery. */
bool members_put(struct db *db, const struct member *m, struct err *e);
/* PERSON is of the office of the initiative in every forum where their role is office, or no more; is one, *OUT (while nobody is named,
 * everybody is); in FORUM, which is new, everybody who is one has that role. */
bool members_set_initiative(struct db *db, row_id person, bool is_initiative, struct err *e);
bool members_are_initiative(struct db *db, row_id person, bool *out, struct err *e);
bool members_add_initiative(struct db *db, row_id forum, gint64 now, struct err *e);
/* No mails until UNTIL; then members_over() has the row with what it was before. Every members_put() ends a pause. */
bool members_pause(struct db *db, const struct member *m, gint64 until, struct err *e);
/* Those whose pause is over at NOW, at most MOST (struct member, with the delivery from before). */
GPtrArray *members_over(struct db *db, gint64 now, gint64 most, struct err *e);
bool members_remove(struct db *db, row_id forum, row_id person, bool *found_out, struct err *e);
GPtrArray *members_of_forum(struct db *db, row_id forum, struct err *e); /* struct member, freed with g_free */
GPtrArray *members_of_person(struct db *db, row_id person, struct err *e);
/* Forums whose inner talk PERSON reads, or read before they left or became a reader: row_id. */
GArray *members_knows(struct db *db, row_id person, struct err *e);
/* Person ids (row_id) of a forum's people of role lead or moderator: who decides held posts. */
/* The clock was set back: what is told from later than NOW on is told from NOW on. */
bool members_clamp(struct db *db, gint64 now, struct err *e);
/* Of role office. */
GArray *members_office(struct db *db, row_id forum, struct err *e);
GArray *members_moderators(struct db *db, row_id forum, struct err *e);
/* Of role lead or office: who releases what an office says. */
GArray *members_seconds(struct db *db, row_id forum, struct err *e);
