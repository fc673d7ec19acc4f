/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part of a mail that a program on its way put beside what was written: a list's foot, a scanner's word, a mail server's warning,
 * a disclaimer. It speaks of the mail ("this e-mail") and of what is done to mails; small_print.def has the words. Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* TEXT is a whole part. */
bool small_print_is(const char *text);
/* Does it tell strangers what they shall do with a mail that was not for them, but to hand it on? Nobody says that to those to whom they write. */
bool small_print_is_for_strangers(const char *text);
/* How many things LINE, of N bytes, tells of a company that only its letters must tell: court, register, tax. */
guint small_print_company(const char *line, gsize n);
/* Does it begin with a line of one sign ("_____"), as lists write it? */
bool small_print_has_rule(const char *text);
