/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the lines of a template file, as a translator writes them, to master text with marks (wrap.h); used by
 * templates.c when a template is added.
 */
#pragma once

#include "base/err.h"

#include <glib.h>
#include <stdbool.h>

/* Takes "Subject: ..." and the blank line behind it off *SOURCE. False if they are not there. */
bool layout_take_subject(const char **source, char **subject_out);
/* Joins wrapped paragraphs and turns headings, footer and language lines into marks. NULL if the source holds
 * controls or is not UTF-8; E names NAME. Caller frees. */
char *layout_join(const char *name, const char *source, struct err *e);
