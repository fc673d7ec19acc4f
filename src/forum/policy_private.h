/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the rules share: questions about a mail, and ways to decide. Private to forum/policy*.c.
 */
#pragma once

#include "forum/policy.h"

/* A report, an automatic answer, a newsletter ... */
bool policy_is_machine(enum message_kind kind);
/* The null path, whatever the mail says. */
bool policy_is_null_sender(const struct facts *f);
/* Confirmed before, or put into a forum by its operator. */
bool policy_is_known(const struct facts *f);
/* The token in the recipient was given to the person who wrote. */
bool policy_is_token_of_writer(const struct facts *f);
enum trust policy_trust(const struct facts *f);
/* May an automatic answer go to From? */
bool policy_may_answer(const struct facts *f);

/* What kind of mail of ours this answers, if any. */
enum where policy_place(const struct facts *f);
/* What the author commands that may stand there; a mail that a list or a machine spread commands nothing. */
enum command policy_command(const struct facts *f);
/* A list's copy of a command. */
bool policy_is_spread_command(const struct facts *f);

void policy_settle(struct decision *d, enum verdict_kind verdict, enum action action);
/* ANSWER, if the holder of an address that only they were sent may be told; else NULL. */
enum purpose policy_told(const struct facts *f, enum purpose answer);
/* Not taken; ANSWER goes where that is safe. */
void policy_refuse(const struct facts *f, struct decision *d, enum purpose answer);

/* policy_command.c */
bool rule_command(const struct facts *f, struct decision *d);
bool rule_act(const struct facts *f, struct decision *d);
bool rule_ask_word(const struct facts *f, struct decision *d);
bool rule_reaction(const struct facts *f, struct decision *d);
/* A token proves the thread and From the person. Where our mail server proves nothing, what only this person was sent must do. */
bool policy_is_believed(const struct facts *f, enum trust least);

/* policy_correct.c */
bool decide_correct(const struct facts *f, struct decision *d);
void decide_kind(const struct facts *f, struct decision *d);
bool rule_ask_kind(const struct facts *f, struct decision *d);
bool policy_is_replaced(const struct hold *h);
/* policy_answers.c */
bool rule_confirm(const struct facts *f, struct decision *d);
bool rule_entry(const struct facts *f, struct decision *d);
bool rule_moderate_list(const struct facts *f, struct decision *d);
bool rule_moderate(const struct facts *f, struct decision *d);
bool rule_letter_answer(const struct facts *f, struct decision *d);
bool rule_review_answer(const struct facts *f, struct decision *d);
bool rule_withdraw_answer(const struct facts *f, struct decision *d);
bool rule_wish(const struct facts *f, struct decision *d);
bool decide_withdrawal(const struct facts *f, struct decision *d);
/* policy_leave.c */
bool rule_leave(const struct facts *f, struct decision *d);
bool decide_stop(const struct facts *f, struct decision *d);
/* The writer is told no more of the idea. */
void policy_leave_idea(const struct facts *f, struct decision *d);
/* policy_list.c */
bool rule_unsubscribe(const struct facts *f, struct decision *d);
bool rule_newsletter(const struct facts *f, struct decision *d);
bool rule_draft(const struct facts *f, struct decision *d);
