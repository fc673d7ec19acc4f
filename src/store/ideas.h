/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ideas (a discussion each) and who follows them.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* Where the members of FORUM talk about the public IDEA among themselves; *OUT 0: nobody did yet. */
bool ideas_inner(struct db *db, row_id idea, row_id forum, row_id *out, struct err *e);
bool ideas_set_inner(struct db *db, row_id idea, row_id forum, row_id inner, struct err *e);
/* All such discussions of IDEA, in whatever forum (row_id). */
GArray *ideas_inner_all(struct db *db, row_id idea, struct err *e);
/* The newest MOST discussions (struct idea) that only members of FORUM know, newest first. */
GPtrArray *ideas_among_members(struct db *db, row_id forum, gint64 most, struct err *e);
/* Another number once one of them was begun, came to FORUM or left it, or somebody wrote there. */
bool ideas_among_members_stamp(struct db *db, row_id forum, gint64 most, gint64 *stamp_out, struct err *e);
/* The public idea that INNER, what members say about it, is called as; *OUT 0: about none. */
bool ideas_beside(struct db *db, row_id inner, row_id *out, struct err *e);
struct idea *ideas_by_id(struct db *db, row_id id, struct err *e);
/* By number; FORUM 0: all; STATE NULL: all. Streams rows to EACH in constant memory; EACH returns false to stop. */
typedef bool ideas_each_fn(const struct idea *idea, void *user);
bool ideas_each(struct db *db, row_id forum, const char *state, ideas_each_fn *each, void *user, struct err *e);
bool ideas_add(struct db *db, const struct idea *i, row_id *id_out, struct err *e);
/* Only flow/step/idea_step.h calls these two: who may is forum/life.h's. REMEMBERS: what it was, for undoing; else that is
 * forgotten. INTO 0: merged no more. */
bool ideas_set_state(struct db *db, row_id id, enum idea_state state, bool remembers, gint64 published_at, struct err *e);
bool ideas_set_merged(struct db *db, row_id id, row_id into, enum idea_state from, struct err *e);
/* The numbers of a lead and of all that go on with it, smallest first. */
GArray *ideas_group(struct db *db, row_id lead, struct err *e);
/* Writes the leads of the groups of LEAD and OTHER (0 none) anew, after a merge or its undoing. */
bool ideas_settle_group(struct db *db, row_id lead, row_id other, struct err *e);
/* The idea and its posts stand in FORUM from now on. */
bool ideas_move(struct db *db, row_id id, row_id forum, struct err *e);
/* The forums (row_id) that it is shown in, its home first. */
GArray *ideas_forums(struct db *db, row_id id, struct err *e);
/* Shown in FORUM beside its home, or no more, with its group; *CHANGED_OUT false: it was so already, or it is there with what it goes on with. */
bool ideas_show_in(struct db *db, const struct idea *idea, row_id forum, bool shown, bool *changed_out, struct err *e);
/* Persons, of the whole group, each once. */
bool ideas_count_supporters(struct db *db, row_id id, gint64 *out, struct err *e);
/* Organisations, counted apart: by the name, however it is written, so that two people of one are one. */
bool ideas_count_organisations(struct db *db, row_id id, gint64 *out, struct err *e);
/* Of this one alone. */
bool ideas_count_own_supporters(struct db *db, row_id id, gint64 *out, struct err *e);
bool ideas_count(struct db *db, row_id id, gint64 *n_followers_out, gint64 *n_supporters_out, struct err *e);
/* When something was published in it or it made a step, last. */
bool ideas_last_sign(struct db *db, row_id id, gint64 *at_out, struct err *e);
/* 0: none any more. */
bool ideas_set_deadline(struct db *db, row_id id, gint64 at, struct err *e);
/* And what its forums' members call their talk about it; that alone, "" while the idea is taken back. */
bool ideas_set_title(struct db *db, row_id id, const char *title, struct err *e);
bool ideas_title_talks(struct db *db, row_id id, const char *title, struct err *e);
bool ideas_forget(struct db *db, row_id id, struct err *e); /* its title, there and in what waits to be said about it */
/* Follows (again); nothing changes if the person follows already or, unless AGAIN, has said STOPP. */
bool ideas_follow(struct db *db, row_id idea, row_id person, bool again, struct err *e);
bool ideas_unfollow(struct db *db, row_id idea, row_id person, gint64 now, struct err *e);
/* Every idea that the person follows, in FORUM or (0) anywhere. */
bool ideas_unfollow_all(struct db *db, row_id person, row_id forum, gint64 now, struct err *e);
/* The MOST ideas (struct idea) that the person follows, in FORUM or (0) anywhere, youngest first. */
GPtrArray *ideas_followed(struct db *db, row_id person, row_id forum, gint64 most, struct err *e);
/* The MOST youngest ideas (struct idea) of the person, whatever has become of them. */
GPtrArray *ideas_of_author(struct db *db, row_id person, gint64 most, struct err *e);
/* Is the person still to be told at once of what is written in it? What notices_add_for_post() asked, asked again. */
bool ideas_is_told(struct db *db, row_id idea, row_id person, bool *told_out, struct err *e);
/* Does the person follow it, or one of its group? */
bool ideas_is_followed(struct db *db, row_id idea, row_id person, bool *followed_out, struct err *e);
/* What the world may read, in FORUM or (0) anywhere: at most MOST ideas (struct idea) with a number below BEFORE, newest first. */
GPtrArray *ideas_public(struct db *db, row_id forum, row_id before, gint64 most, struct err *e);
/* Those that can be read, of the forums where PERSON leads ideas; the same order. */
GPtrArray *ideas_for_staff(struct db *db, row_id person, row_id before, gint64 most, struct err *e);
gint64 ideas_count_public(struct db *db, row_id forum, struct err *e); /* -1 failure */
