/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture at the head of newsletters: a PNG of the operator's, read once, in every mail that shows it. Nothing is fetched from
 * anywhere when a mail is read.
 */
#pragma once

#include "flow/settings.h"
#include "text/mail_style.h"

struct logo {
    GBytes *entity; /* for the mail (mail/write/enclosed.h) */
    struct mail_picture picture;
    char *text;
};
#define LOGO_HEIGHT     32 /* pixels that it is shown with */
#define LOGO_WIDTH_MOST 320

/* *OUT NULL: there is none to be shown. False: [initiative] logo is no PNG, too large or cannot be read; a sentence for `check`. */
bool logo_load(const struct settings *s, struct logo **out, struct err *e);
void logo_free(struct logo *l);
