/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What came of the commands of one mail, as the notice that answers it carries it from the deed to the words (DETAIL_TOLD). What is
 * read for an answer is read when that is sent, so nothing stands here but what was asked and what came of it.
 */
#pragma once

#include "forum/command_block.h"

enum came {
    CAME_DONE,
    CAME_WAITS,    /* understood, not done: another line is wrong, or it is a probe */
    CAME_UNCLEAR,  /* no command */
    CAME_UNPROVED, /* a word that changes something, from somebody whom nothing proves or who is not known */
    CAME_FORUM,    /* no such forum, or none named */
    CAME_IDEA,     /* no such idea, or none named */
    CAME_VALUE,    /* no such hour, day, language */
    CAME_MEMBER,   /* the writer is in no such forum */
    CAME_OWN,      /* no text of the writer's that could be taken back */
    CAME_NAME,     /* such a name cannot be shown */
    CAME_ASKED,    /* understood; it is done when the answer to a question says so */
    CAME_STEP,     /* of an order: it cannot be done from where the idea is; the line's name says why */
    CAME_SECOND,   /* understood; a second person is asked */
    CAME_CHANGED,  /* somebody else led the idea on meanwhile: the step that UNTIL is */
    CAME_ROLE,     /* who wrote has not the role for it there */
    CAME_KEPT,     /* no line: what was written besides, to an address that takes none */
    CAME_PAST,     /* until a day that is over */
    CAME_OPEN,     /* no line: nothing was done, and the question to which JA was said waits still */
    N_CAME
};
/* The name of an order that waits, or was not done since something changed, and makes a members' text public: it is shown in the question. */
#define TOLD_PUBLIC "public"
struct told_line {
    enum command command;
    enum came told;
    row_id id;     /* the forum or idea it was about, the hour or day; 0 none */
    gint64 until;  /* until when; 0 for good. Of THREAD and LIST the line's page */
    char *name;    /* words, language: folded; of an order why it was not done; NULL none; owned */
    char *written; /* the line; owned */
};
void told_line_free(struct told_line *l);

/* WHY: in place of the line's name; NULL that. */
void told_add_why(GString *detail, const struct block_line *line, enum came told, row_id id, gint64 until, const char *why);
void told_add(GString *detail, const struct block_line *line, enum came told, row_id id, gint64 until);
/* struct told_line. A line that this program cannot have written is left out. */
GPtrArray *told_read(const char *detail);
