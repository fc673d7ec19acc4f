/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the public pages (start, forum, idea, search, feeds) share: only what the whole world may read is ever looked up here.
 */
#pragma once

#include "page/page.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

/* May the world read IDEA's title and posts? */
bool public_may_read(const struct idea *idea);
/* Was it public once, and was taken back or removed? Then it is no secret that it was, and 410 says so. */
bool public_is_gone(const struct idea *idea);
bool public_say_gone(struct page *p, const struct idea *idea, struct err *e);
/* The public name of a person; NULL without name, or gone. Caller frees. E tells a broken database from nothing. */
char *public_name(const struct page *p, row_id person, struct err *e);

/* KEY, and falsy if there is no TEXT: else an entry of a list would show what stands around it. */
void public_set_maybe(struct value *data, const char *key, const char *text);
/* feed_path and canonical_url (missing without [web] url) of the page PATH, whose feed is FEED; for the head. */
void public_set_head(const struct page *p, struct value *data, const char *path, const char *feed);
/* state_word, state_sign, state_class ("no", "yes", or missing) of the state. */
void public_set_state(const struct page *p, struct value *data, enum idea_state state);
/* One entry of a list: number, path, title, state, posts, supporters, author, published, forum_title. */
struct value *public_idea(const struct page *p, const struct idea *idea, struct err *e);
/* The same for all of IDEAS (struct idea), as the list KEY. */
bool public_set_ideas(const struct page *p, struct value *data, const char *key, const GPtrArray *ideas, struct err *e);
/* The discussion that PROPOSAL is, if the world may know of it: it is public, and so is the ring of each idea that it is made of.
 * NULL without E: there is none. */
struct idea *public_proposal(const struct page *p, row_id proposal, struct err *e);
/* One entry of a list: proposal_number, proposal_path, proposal_title, state, n_posts, is_one_n_posts, made (a date), forum_title; no
 * author, for nobody sent it. False where public_proposal() is NULL. */
struct value *public_proposal_value(const struct page *p, row_id proposal, struct err *e);
/* proposals, newest first; has_proposals. */
bool public_set_proposals(const struct page *p, struct value *data, struct err *e);
/* KEY: local, domain and mailto of an address that takes part, with SUBJECT and BODY (may be NULL) filled in. */
void public_set_door(struct value *data, const char *key, const char *address, const char *subject, const char *body);
/* The subject by which an answer from a mail program finds its idea: "Re: TITLE [idee-N]". Caller frees. */
char *public_subject(const struct idea *idea);
/* forum_title, forum_path, ministry, forum_door, is_closed */
void public_set_forum(const struct page *p, struct value *data, const struct forum *forum);
/* forums, n_forums, and the values of the first one. */
bool public_set_forums(const struct page *p, struct value *data, struct err *e);
