/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an idea and a proposal show alike: the discussion as a thread, the ways to take part in it, and the history.
 */
#pragma once

#include "page/page.h"
#include "store/ideas.h"

/* The discussion of IDEA, which stands at PATH ("/idee/7"), to which one writes at ADDRESS with SUBJECT: has_text, words, text_number
 * and text_language of the idea or proposal itself, answers (each with its own below it), has_thread, n_answers, is_one_answer,
 * has_answers, official_number, official_href and official_date of the last official answer; the doors door, support_door,
 * follow_door.
 *
 * Answers are those of page PAGE, from 1: LIMIT_PAGE_POSTS numbers each, so a post never changes its page. has_pages, pages
 * (page_number, page_path, is_here); on the first one elsewhere (number, post_href), so that #post-K of every post leads on from there.
 * False without E: there is no such page. */
bool thread_set(struct page *p, struct value *data, const struct idea *idea, const char *path, gint64 page, const char *address,
                const char *subject, struct err *e);
/* The page of p->part[1], which is not the first; 0: it is none. */
gint64 thread_page_of(const struct page *p);
/* steps (word or what happened beside the states, reason, at, is_now), has_steps. */
bool thread_set_steps(struct page *p, struct value *data, const struct idea *idea, struct err *e);
