/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contact lines (mail/contact/contact.h) below a name or a formula, and the name that stays: a command may be followed by them, and the
 * privacy sentence of a question depends on what stays in the text. Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "mail/contact/contact.h"

/* "Erika Beispiel", "Dr. E. von der Heide": a few words, each with a capital or a particle; ANY_CASE: below a closing
 * formula, where many write small. */
bool contact_is_name(const char *line, bool any_case);
/* A name as people sign with: "Unsinn." below thanks is a word, "Erika B." a name. */
bool contact_is_signature(const char *line);
/* Nothing but thanks or a closing, a greeting above it ("Guten Tag,"), a name below it: it says nothing about the matter. */
bool contact_is_courtesy(const char *text);
/* TEXT without the contact lines below its name or closing formula; *N_CUT_OUT: how many lines went. Contact that is
 * what a text is about ("Treffpunkt: ...") stays. Caller frees. */
char *contact_cut(const char *text, guint *n_cut_out);
/* A name that stays in TEXT and so will be published: what it is signed with, or a word that is also a part of ADDRESS
 * (erika.beispiel@; NULL unknown). NULL none found. Caller frees. */
char *contact_name(const char *text, const char *address);
