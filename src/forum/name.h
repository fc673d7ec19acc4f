/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Public names: may people stand under this name? Pure. Nobody may look like an office, like the moderation or like a
 * forum, and no name may be read as another one; the badge of an official answer comes from a role, never from a name.
 *
 * Compared is what the eye sees: compatibility forms (full-width, bold, circled letters) are one letter, marks are left
 * off, letters of other scripts that look like Latin ones are those, 0 is o, 1 and i are l, rn is m, a doubled letter is
 * one; with and without blanks.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum name_fault {
    NAME_FINE,
    NAME_PROTECTED, /* sounds like an office, the moderation or a forum */
    NAME_TAKEN,     /* somebody else's whom it could be mistaken for; found by whoever knows them (flow/step/names.h) */
    NAME_MIXED,     /* letters of several scripts, or of one that nobody writes names in today */
    NAME_SIGNS,     /* invisible signs, signs that turn the direction, signs that are no letters, or no letter at all */
    NAME_ADDRESS,   /* an address or a telephone number */
    NAME_LONG,
};

/* What is wrong with the form of NAME (valid UTF-8), whatever it says. */
enum name_fault name_form(const char *name);
/* The same, and whether it says a built-in protected word or one of PROTECTED (NULL at the end): names of the operator,
 * of forums and ministries. Of those a word of up to five letters ("StK", "Sport") must be the whole name; a longer one, or
 * several words, may stand in it nowhere. */
enum name_fault name_examine(const char *name, const char *const *protected_names);
/* The second half alone: what NAME says, whatever its form. */
bool name_is_protected(const char *name, const char *const *protected_names);
/* The same for many names: what is protected, made ready once. */
struct name_list;
struct name_list *name_list_new(void);
void name_list_add(struct name_list *list, const char *name);
bool name_list_protects(const struct name_list *list, const char *name);
void name_list_free(struct name_list *list);
/* Has it signs that turn the direction, so that what is read is not what stands there? */
bool name_turns(const char *name);
/* Can the one be read as the other? */
bool name_is_like(const char *a, const char *b);
/* What of two such names is the same, and of no others; "" of a name without a letter or digit. Caller frees. */
char *name_run(const char *name);

/* What the eye sees of TEXT, words with one blank between them: for comparing, never for showing. Caller frees. */
char *name_skeleton(const char *text);
