/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What doors that change something share: looking up, and their lines in the journal. No line holds a mail address or
 * the words of a text.
 */
#pragma once

#include "cmd/door.h"

/* The forum of that name or other name, ERR_ABSENT with a sentence if there is none. */
struct forum *door_forum(const struct door *d, const char *name, struct err *e);
/* The person with that address, the same way; ERR_VALUE if it is none at all. */
struct person *door_person(const struct door *d, const char *address, struct err *e);

/* --reason, borrowed; NULL and no failure: not given. ERR_VALUE: it says nothing, is too long, or is no line. */
const char *door_reason(const struct door *d, struct err *e);
/* A text in UTF-8; ERR_ABSENT: no such file, ERR_VALUE: it is none. *OUT: caller frees. */
bool door_file(const char *path, char **out, gsize *n_bytes_out, struct err *e);

/* Puts --name ('' for none) and --language into P where they were given. ROLE: what P becomes; ROLE_NONE nothing new. A name that
 * sounds like an office is for staff. */
bool door_fill_person(const struct door *d, struct person *p, enum role role, struct err *e);

/* Adds the line with the time; the connection knows who sits here. */
bool journal(const struct door *d, const struct event *ev, struct err *e);

/* What a door was asked to change, for the line: "title, language". */
struct changes {
    GString *names;
};
/* Adds the names among NAMES (blanks between) that were given as options. */
void changes_note(struct changes *c, const struct door *d, const char *names);
const char *changes_text(const struct changes *c); /* NULL: nothing */
void changes_clear(struct changes *c);
#define changes_auto __attribute__((cleanup(changes_clear)))
