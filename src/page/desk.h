/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the pages of the desk share. Each asks anew who sits there and what they may do in the forum or for the newsletter that a
 * page is about; a deed is the same function that the mail command calls (flow/step), with the same line in the journal.
 */
#pragma once

#include "forum/command.h"
#include "page/session.h"

/* Where in the desk's navigation a page stands. */
enum desk_place { DESK_WAITING, DESK_IDEAS, DESK_PROPOSALS, DESK_LETTERS };

/* A page of the desk: its function gets whoever sits there; nobody is led to the form for the address. */
typedef bool desk_fn(struct page *p, const struct session *s, struct err *e);
bool desk_open(struct page *p, desk_fn *fn, struct err *e);
/* As page_show(), with what all of the desk has: the form token, the navigation, who is logged in until when. */
bool desk_show(struct page *p, const struct session *s, enum desk_place place, guint status, const char *name, struct value *data,
               struct err *e);
/* A page of its own below /schreibtisch/h/: the draft of an official answer, which waits for a second person. */
bool desk_official(struct page *p, const struct session *s, const struct hold *h, struct err *e);
/* Another one: a complaint about the refusal of H, which waits for a judge, or was decided. */
bool desk_complaint(struct page *p, const struct session *s, const struct hold *h, struct err *e);
/* What waits for whoever sits there, oldest first (struct hold): holds_for_staff(), and complaints that they may decide. */
GPtrArray *desk_waiting(struct page *p, const struct session *s, struct err *e);
/* remarks: what was asked, answered, complained and noted about H; has_remarks. */
bool desk_set_remarks(const struct page *p, struct value *data, const struct hold *h, struct err *e);
/* place, has_place, n_waiting, is_one_n_waiting, earlier_path, later_path of the hold ID among what waits for whoever sits there; of
 * one that does not wait (any more): later_path, the oldest that does. */
bool desk_set_place(struct page *p, const struct session *s, row_id id, struct value *data, struct err *e);
bool desk_say_no_role(struct page *p, const struct session *s, struct err *e); /* 403 */

/* The role of whoever sits there in FORUM, now. ROLE_NONE also where E is set. */
enum role desk_role(struct page *p, const struct session *s, row_id forum, struct err *e);
/* Is C a word of theirs, as by mail? */
bool desk_may(enum role role, enum command c);
/* The field NAME without blanks around it; "" if there is none. Caller frees. */
char *desk_field(const struct page *p, const char *name);
/* The whole number that TEXT is, above 0; 0: it is none. */
row_id desk_number(const char *text);
/* An idea's, also as it is filed. */
row_id desk_idea_number(const struct page *p, const char *text);
