/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the folder of templates: one folder a language, in it NAME.txt files and `words`. The only place where
 * templates touch the disk; done at start and at SIGHUP.
 */
#pragma once

#include "text/templates.h"

/* DIRECTORY NULL: $FORUMPOST_TEMPLATES, else where they were installed. NULL and ERR_CONFIG, naming file and line, if
 * one cannot be read or there is none in FALLBACK_LANGUAGE. */
/* The folder that is read where none is named: the installed one, or FORUMPOST_TEMPLATES. */
const char *texts_folder(void);
struct templates *texts_load(const char *directory, const char *fallback_language, struct err *e);

/* A file beside the languages, such as style.css, as it is. NULL and ERR_CONFIG if it cannot be read. */
GBytes *texts_file(const char *directory, const char *name, struct err *e);

/* A hash of all that stands in the folder: another one, if a text was changed. NULL: it cannot be read. Caller frees. */
char *texts_mark(const char *directory, struct err *e);

/* What a set that can be read is wrong about. Adds to MISSING (char *, owned by it) the names of the mails that nobody
 * would find a text for in LANGUAGE itself, to WRONG a sentence for each tag that nothing is put in for. Either may be
 * NULL. */
void texts_examine(const struct templates *t, const char *language, GPtrArray *missing, GPtrArray *wrong);
/* texts_load(), and ERR_CONFIG as well if a mail has no text in FALLBACK_LANGUAGE or a tag is not known: a set that
 * works must not be replaced by one that would write mails with holes in them. */
struct templates *texts_load_whole(const char *directory, const char *fallback_language, struct err *e);
