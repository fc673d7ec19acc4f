/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What in a text tells where somebody lives or how they are reached. Pure. Serves two places: a command may be followed by
 * contact lines, and the privacy sentence of a question depends on what stays in the text.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Is this one line only contact: telephone, mail address, web site, street with number, postcode with town? */
bool contact_is_line(const char *line);
/* "Erika Beispiel", "Dr. E. von der Heide": a few words, each with a capital or a particle; ANY_CASE: below a closing
 * formula, where many write small. */
bool contact_is_name(const char *line, bool any_case);
/* TEXT without the contact lines below its name or closing formula; *N_CUT_OUT: how many lines went. Contact that is
 * what a text is about ("Treffpunkt: ...") stays. Caller frees. */
char *contact_cut(const char *text, guint *n_cut_out);
/* A name that stays in TEXT and so will be published: what it is signed with, or a word that is also a part of ADDRESS
 * (erika.beispiel@; NULL unknown). NULL none found. Caller frees. */
char *contact_name(const char *text, const char *address);
