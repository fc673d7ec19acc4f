/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one colour that an initiative sets, and what follows from it for mails and pages alike: a second one for dark grounds. Pure.
 * Contrast as WCAG 2.1 has it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define COLOUR_ACCENT      "#0b5563" /* the reference design's, with the second one that its authors chose */
#define COLOUR_ACCENT_DARK "#8acbd8"
#define COLOUR_PAPER       "#ffffff"
#define COLOUR_NIGHT       "#181715" /* the dark ground */
#define COLOUR_CONTRAST    7.0       /* at least, on either ground */

struct colours {
    char accent[8], dark[8]; /* "#0b5563", lower case */
};

/* "#0b5563". */
bool colour_is(const char *text);
/* From 1 to 21; both must be colours. */
double colour_contrast(const char *a, const char *b);
/* ACCENT (NULL: the usual one), and the same hue, lighter until it stands out on the dark ground. False: it is no colour, or too
 * light for white paper; OUT is the usual pair then. */
bool colours_of(const char *accent, struct colours *out);
/* A style sheet whose first rule names the usual pair, with this one. Caller frees. */
char *colours_style(const char *css, const struct colours *c);
