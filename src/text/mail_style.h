/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How mails look: what each part's tag carries besides its name. Inline, because many programs drop <style>; that
 * element only turns on the dark. One column of 600 px, 18 px text, contrast at least 7:1 in light and dark; no picture but an embedded
 * logo, no remote resource, tables only for Word's engine. For html.c.
 */
#pragma once

#include "text/colour.h"
#include "text/wrap.h"

#include <glib.h>

enum look {
    LOOK_PARAGRAPH, /* of the procedure: sans */
    LOOK_HEADING,
    LOOK_SUBHEADING,
    LOOK_TOPIC, /* title of what people wrote: serif, a rule above it */
    LOOK_ENTRY,
    LOOK_FRAMED_HEADING, /* inside a frame */
    LOOK_LIST,
    LOOK_ITEM,
    LOOK_PEOPLE, /* what somebody wrote: serif, edge of the accent */
    LOOK_PEOPLE_PARAGRAPH,
    LOOK_OFFICIAL, /* an official answer: framed, thick top edge */
    LOOK_FOOT_PARAGRAPH,
    LOOK_WORD, /* JA, FREI: alone on its line */
    LOOK_BUTTON,
    LOOK_QUIET_BUTTON,
    LOOK_LINK,
};
#define N_LOOKS (LOOK_LINK + 1)

struct mail_picture { /* borrowed: of an embedded logo */
    const char *id;   /* as in cid:ID */
    const char *text; /* instead of it */
    guint width, height;
};

/* The look in these colours; one serves all mails. */
struct mail_look *mail_look_new(const struct colours *c);
void mail_look_free(struct mail_look *m);
/* " class=... style=..." with a blank in front; M's. */
const char *mail_style(const struct mail_look *m, enum look look);
/* Around a button, so that Word's engine gives it ground and edge; M's. */
const char *mail_style_button_begin(const struct mail_look *m, enum look look);
const char *mail_style_button_end(void);
struct mail_head {
    const char *tag;       /* language of the page */
    const char *direction; /* attribute with a blank in front, or "" */
    const char *title;
    const char *brand;                  /* the initiative or the newsletter; NULL none */
    const struct mail_picture *picture; /* before the brand; NULL none */
};
/* From the doctype to where the text starts, and the end. */
void mail_style_begin(GString *out, const struct mail_look *m, const struct mail_head *h);
/* The text is over, the foot starts. */
void mail_style_foot(GString *out);
void mail_style_end(GString *out, gboolean has_foot);
