/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How mails look: what each part's tag carries besides its name. Inline, because many programs drop <style>; that
 * element only turns on the dark. One column of 600 px, 18 px text, contrast at least 7:1 in light and dark; no picture,
 * no remote resource, tables only for Word's engine. For html.c.
 */
#pragma once

#include <glib.h>

enum look {
    LOOK_PARAGRAPH, /* of the procedure: sans */
    LOOK_HEADING,
    LOOK_SUBHEADING,
    LOOK_ENTRY,
    LOOK_LIST,
    LOOK_ITEM,
    LOOK_PEOPLE,    /* what somebody wrote: serif, edge of the accent */
    LOOK_PEOPLE_PARAGRAPH,
    LOOK_OFFICIAL,  /* an official answer: framed, thick top edge */
    LOOK_FOOT_PARAGRAPH,
    LOOK_WORD,      /* JA, FREI: alone on its line */
    LOOK_BUTTON,
    LOOK_QUIET_BUTTON,
    LOOK_LINK,
};

/* " class=... style=..." with a blank in front; static. */
const char *mail_style(enum look look);
/* Around a button, so that Word's engine gives it ground and edge; static. */
const char *mail_style_button_begin(enum look look);
const char *mail_style_button_end(void);
/* From the doctype to where the text starts, and the end. TAG: language of the page; BRAND: the initiative, or NULL. */
void mail_style_begin(GString *out, const char *tag, const char *direction, const char *title, const char *brand);
/* The text is over, the foot starts. */
void mail_style_foot(GString *out);
void mail_style_end(GString *out, gboolean has_foot);
