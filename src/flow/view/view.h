/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows made values for a template, whoever reads it: a mail, a page. Nothing here knows of notices. No address of anybody but us
 * and the operator is ever put in. templates/README lists the keys.
 */
#pragma once

#include "flow/gateway.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"
#include "text/templates.h"

struct view { /* who looks, in which words; all borrowed */
    struct gateway *g;
    const struct templates *t;
    const char *language;
    gint64 now;
    row_id reader;    /* 0: the world, or somebody whom we do not know */
    bool is_for_many; /* written once for all who read it, so nothing in it is the reader's own */
};

void view_set_initiative(struct value *data, const struct view *v);
void view_set_forum(struct value *data, const struct view *v, const struct forum *forum);
/* What people call IDEA, which may be a proposal's discussion, by the number that they know it by: thing "Idee 17", "Vorschlag 3"; the_thing
 * and of_thing, the same as a sentence needs it; code "17", "V3", as commands take it; is_proposal. The number of a proposal's discussion is
 * shown to nobody. */
void view_set_thing(struct value *data, const struct view *v, const struct idea *idea);
/* The number of the proposal; 0: it is an idea. */
row_id view_set_thing_of(struct value *data, const struct view *v, row_id idea);
/* A proposal's public discussion while the proposal is a draft again: there is a stub of it, "wird überarbeitet", without title and text. */
bool view_is_reworked(const struct view *v, const struct idea *idea);
/* What people call where IDEA stands. Borrowed. */
const char *view_state_word(const struct view *v, const struct idea *idea);
/* With its title and addresses, and is_reworked, was_withdrawn, was_removed. */
void view_set_idea(struct value *data, const struct view *v, const struct idea *idea);
/* TEXT is the post's, shortened or not; AUTHOR may be NULL. */
void view_set_post(struct value *data, const struct view *v, const struct post *post, const struct person *author,
                   const char *text);
/* The open forums, as a list. */
bool view_set_forums(struct value *data, const struct view *v, struct err *e);

/* The idea's title as this reader may see it: of one that was taken back only its author reads it, and not in what goes to many.
 * Borrowed. */
const char *view_idea_title(const struct view *v, const struct idea *idea);

/* A moment in the reader's language and the initiative's zone. Caller frees. */
char *view_date_time(const struct view *v, gint64 at);
/* "Montag bis Freitag, 8:00 bis 17:00 Uhr": when moderators and offices are there. Caller frees. */
/* Why H waits: is_why_NAME for each reason, is_several if there is more than one beside what it is (a new version, reported). */
void view_set_whys(struct value *data, const struct hold *h);
char *view_office_hours(const struct view *v);
void view_set_taken(struct value *data, const char *key, char *text);       /* takes over TEXT */
void view_set_short(struct value *data, const char *key, const char *text); /* as long as a subject bears */
