/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One order of somebody who leads a forum (forum/order.h), done as if it were the only word of its mail: the deed of its row, with the idea
 * that its line names. The caller holds a savepoint and undoes it if another line is wrong.
 */
#pragma once

#include "flow/deed/deed.h"
#include "flow/step/told.h"

struct order_asked {
    gint64 since;    /* when the mail was sent that its writer answers: what the idea is now they may not know; 0 none was */
    row_id seen;     /* or the last step that they were told of when they were asked; 0 they were not */
    bool is_granted; /* they said yes: what they were shown stands in its line, as its number (mark) */
    bool is_alone;   /* the only line: the deed's own mail is the answer */
};
struct ordered {
    enum came came;
    const char *why;    /* CAME_STEP, and of everybody's words what else is to be said: a word, static */
    row_id idea, forum; /* what it was about; 0 none */
    row_id step;        /* CAME_CHANGED: what somebody else did */
    gint64 mark; /* of what its writer knows of the phase, or of the words that become public, before it is done; 0 of neither */
    char *will;  /* of a phase: as it will stand (phase_pack()); NULL; owned */
    bool publishes; /* members' words become everybody's: a draft that is proposed; its writer reads them first and says yes */
};
void ordered_clear(struct ordered *o);
bool order_do(const struct deed *d, const struct block_line *line, const struct order_asked *asked, struct ordered *out,
              struct err *e);
