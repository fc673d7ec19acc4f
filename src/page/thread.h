/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an idea and a proposal show alike: the discussion as a thread, the ways to take part in it, and the history.
 */
#pragma once

#include "page/page.h"
#include "store/ideas.h"

/* The discussion of IDEA, to which one writes at ADDRESS with SUBJECT: has_text, words, text_number and text_language of the idea or
 * proposal itself, answers (each with its own below it), has_thread, n_answers, is_one_answer, has_answers, official_number and
 * official_date of the last official answer; the doors
 * door, support_door, follow_door. */
bool thread_set(struct page *p, struct value *data, const struct idea *idea, const char *address, const char *subject,
                struct err *e);
/* steps (word or what happened beside the states, reason, at, is_now), has_steps. */
bool thread_set_steps(struct page *p, struct value *data, const struct idea *idea, struct err *e);
