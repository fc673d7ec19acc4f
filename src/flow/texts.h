/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the folder of templates: one folder a language, in it NAME.txt files and `words`. The only place where
 * templates touch the disk; done once at start, so a change takes effect with the next start.
 */
#pragma once

#include "text/templates.h"

/* DIRECTORY NULL: $FORUMPOST_TEMPLATES, else where they were installed. NULL and ERR_CONFIG, naming file and line, if
 * one cannot be read or there is none in FALLBACK_LANGUAGE. */
struct templates *texts_load(const char *directory, const char *fallback_language, struct err *e);
