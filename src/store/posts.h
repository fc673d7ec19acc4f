/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Posts, their full-text rows and the order of publication.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct post *posts_by_id(struct db *db, row_id id, struct err *e);
struct post *posts_by_number(struct db *db, row_id idea, gint64 number, struct err *e);
/* What the idea itself says. NULL: it came without a text (a proposal that the operator made), and its first post is an answer. */
struct post *posts_opening(struct db *db, row_id idea, struct err *e);
/* Nobody decides about a text of their own, nor about one in the discussion of their own idea, merged ones among them: is POST such a one
 * of PERSON? */
bool posts_is_own(struct db *db, row_id post, row_id person, bool *own_out, struct err *e);
/* The post that came with the stored mail whose Message-ID this is; NULL if none. */
struct post *posts_by_message_id(struct db *db, const char *message_id, struct err *e);
/* struct post by number; PUBLISHED_ONLY: and the stubs of what was withdrawn or removed. */
GPtrArray *posts_of_idea(struct db *db, row_id idea, bool published_only, struct err *e);
/* The same as published ones, of a long discussion: those with a number in [FROM, TO]; the newest MOST, newest first, without stubs if
 * PUBLISHED_ONLY; all numbers (gint64) above AFTER; the last of them, 0 none, -1 failure. */
GPtrArray *posts_shown_between(struct db *db, row_id idea, gint64 from, gint64 to, struct err *e);
GPtrArray *posts_shown_newest(struct db *db, row_id idea, gint64 most, bool published_only, struct err *e);
GArray *posts_shown_numbers(struct db *db, row_id idea, gint64 after, struct err *e);
gint64 posts_shown_last(struct db *db, row_id idea, struct err *e);
/* Is it one of those? */
bool posts_is_shown(const struct post *p);
/* The last official answer that is public; NULL none. */
struct post *posts_last_official(struct db *db, row_id idea, struct err *e);
/* The highest number given in IDEA, 0 none. -1 failure. */
gint64 posts_last_number(struct db *db, row_id idea, struct err *e);
/* What the world may read in FORUM (0: anywhere), by when it became public, newest first. */
GPtrArray *posts_newest(struct db *db, row_id forum, gint64 most, struct err *e);
/* Gives p the next number of its idea; if its state is POST_PUBLISHED also its place in the order of publication,
 * n_posts + 1 and the full-text row. Fills p->id and p->number. */
bool posts_add(struct db *db, struct post *p, struct err *e);
/* in_review -> published: place, n_posts, full-text row. */
bool posts_publish(struct db *db, row_id id, struct err *e);
/* When the first official answer came that is public; *AT_OUT 0: none did. */
bool posts_first_official(struct db *db, row_id idea, gint64 *at_out, struct err *e);
/* What waited for a second person has the time of its release. */
bool posts_set_time(struct db *db, row_id id, gint64 at, struct err *e);
/* Not public from now on: STATE is rejected, removed, withdrawn or hidden. What it was is remembered, the first time.
 * REASON: in the operator's words, may be NULL. */
bool posts_take(struct db *db, row_id id, enum post_state state, const char *reason, gint64 now, struct err *e);
/* As it was before posts_take(), at its old place in the order of publication: digests tell nobody twice. ERR_INPUT if
 * it is not taken or its text is deleted. */
bool posts_restore(struct db *db, row_id id, gint64 now, struct err *e);
/* The text, its earlier versions and the reason go; number, author and time stay. Only of one that is not public. */
bool posts_forget(struct db *db, row_id id, gint64 now, struct err *e);
/* Who removed it; 0: the operator did, or nobody. */
bool posts_taken_by(struct db *db, row_id id, row_id *person_out, struct err *e);
bool posts_set_taken_by(struct db *db, row_id id, row_id person, struct err *e);
/* It is published, and its text another one since NOW (struct post: edited_at, is_edit_shown). */
bool posts_set_edited(struct db *db, row_id id, gint64 now, struct err *e);
/* Another text of a post, public or not; what of it others took back is not shown (unsaid.h). P: as it stands in its row. */
bool posts_set_text(struct db *db, const struct post *p, const char *text, struct err *e);
/* Ids of at most MOST posts in that state, taken at BEFORE or earlier, whose text is there. */
GArray *posts_over(struct db *db, enum post_state state, gint64 before, gint64 most, struct err *e);
bool posts_count_over(struct db *db, enum post_state state, gint64 before, gint64 *n_out, struct err *e);
GPtrArray *posts_of_person(struct db *db, row_id person, struct err *e); /* struct post, oldest first */
/* Texts (char *) of what is public in IDEA among the newest MOST posts of PERSON, newest first; less at a failure. */
GPtrArray *posts_written(struct db *db, row_id person, row_id idea, gint64 most, struct err *e);
/* Texts (char *) of the newest MOST posts of IDEA, in whatever state; less at a failure. */
GPtrArray *posts_texts(struct db *db, row_id idea, gint64 most, struct err *e);
/* Posts that PERSON wrote in [SINCE, NOW], in any state; counted up to MOST. -1 failure. */
/* Of the person's newest MOST: how many a moderator of FORUM released and are public, how many were refused or removed there since. */
bool posts_standing(struct db *db, row_id person, row_id forum, gint64 since, gint64 most, gint64 *n_released_out,
                    gint64 *n_refused_out, struct err *e);
/* Did PERSON say TEXT below PARENT in [SINCE, NOW]? */
bool posts_has_same(struct db *db, row_id person, const struct post *parent, const char *text, gint64 since, gint64 now,
                    bool *found_out, struct err *e);
gint64 posts_count_by_person(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, struct err *e);
gint64 posts_last_publication(struct db *db, struct err *e); /* highest place given, 0 none, -1 failure */
