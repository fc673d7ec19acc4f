/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people wrote, on its way to a terminal. A name or a title may hold what a terminal obeys (ESC, BEL, a carriage return), or what
 * turns the order of a line around and hides a part of it (Unicode's bidirectional and invisible characters): whoever decides by what they
 * read must see that it is there. Such a character is shown as <U+202E>, a byte that is no UTF-8 as <FF>. A line's end, with CR before it
 * or not, and a tab are what they are; so are the two joiners, which scripts and emoji need.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/* TEXT as it is shown: whole, in as many pieces as one likes. Returns how many bytes of TEXT were taken: up to 3 at its end wait for
 * their next one, unless IS_LAST. */
gsize screen_append(GString *out, const char *text, gsize n, bool is_last);
/* A stream that writes to REAL what may be shown of what is written to it, line by line if that is a terminal; NULL: no memory. */
FILE *screen_on(FILE *real);
/* Ends it; false: something did not arrive. REAL stays open. */
bool screen_off(FILE *screen);
