/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a page knows of the discussion that it shows: its posts, who wrote them, where else one stands, and how much room is left.
 * Strings belong to the talk or to its rows unless the comment says that the caller frees them.
 */
#pragma once

#include "page/page.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

struct talk {
    struct page *p;
    const struct idea *idea;
    GPtrArray *posts;              /* struct post, by number: of this page */
    GHashTable *voices;            /* person -> struct voice, those asked for */
    GHashTable *by_id;             /* post's id -> post, of POSTS and those they answer; NULL it is not shown */
    GPtrArray *elsewhere;          /* struct post: of these the ones on other pages */
    const char *address, *subject; /* of the idea, or of the proposal that it discusses */
    const char *path;              /* of its page */
    gint64 page;                   /* that is shown, from 1 */
    gsize n_bytes;                 /* of texts that are on the page */
    char *office;                  /* owned; NULL not asked yet */
    guint64 frame;                 /* of what all articles of the page are made from alike, for their keys */
    struct err *e;
};

/* The posts of page PAGE, from 1, of IDEA; address, subject, path and frame are the caller's to set. posts is NULL with E. */
struct talk talk_new(struct page *p, const struct idea *idea, gint64 page, struct err *e);
void talk_clear(struct talk *t);

/* "" without a public name. */
const char *talk_name_of(struct talk *t, row_id person);
/* A member's answer carries the mark of the forum; an office's only where it was made as one. */
bool talk_is_member(struct talk *t, row_id person);
/* For whom an official answer speaks: the ministry that leads the forum, else the forum. Looked up once. */
const char *talk_office_of(struct talk *t);
/* Post ID of this discussion if it is shown, also from another page; else NULL. */
const struct post *talk_post_of(struct talk *t, row_id id);

gint64 talk_page_of(const struct post *post);
/* Caller frees. */
char *talk_path_of_page(const struct talk *t, gint64 page);
/* A link to POST from here: "#post-7" on the same page; "" of NULL. Caller frees. */
char *talk_way_to(const struct talk *t, const struct post *post);

/* LANGUAGE if it is not the page's, compared by what stands before the hyphen; else NULL. */
const char *talk_other_language(const struct page *p, const char *language);
/* Whether TEXT still fits on the page (LIMIT_PAGE_WORDS_BYTES of HTML), which is counted then: a page that cannot be written is
 * nobody's, and somebody's megabytes must not hide what others wrote. */
bool talk_has_room(struct talk *t, const char *text);
/* words: TEXT, or where it has no room the sentence that says where it is read. */
void talk_set_words(struct talk *t, struct value *data, const char *text, bool has_room);
/* edited: that those who answered or supported POST read something else. */
void talk_set_edited(struct talk *t, struct value *one, const struct post *post);
