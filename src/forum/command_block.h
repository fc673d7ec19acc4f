/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several commands in one mail: a line each, from the first on; before them at most a greeting, behind them nothing but what may
 * stand behind a command (or an END line and whatever), or the text of the last one if that takes a long one. Pure.
 */
#pragma once

#include "forum/command.h"

struct block_line {
    enum command command; /* COMMAND_NONE: not understood */
    char *written;        /* the line, without blanks around it; owned */
    char *name;           /* its argument, folded; NULL none; owned */
    gint64
        number; /* WANTS_IDEA: an idea, or a proposal, of which facts.c looks up the discussion, -1 none such; WANTS_HOUR: the hour, -1 none such; WANTS_WEEKDAY: 1-7, 0 none such; WANTS_FORUM:
                           * its row, which facts.c looks up, 0 none such */
    int day;    /* of a row that has_day: when_day()'s; 0 none; -1 none that there is */
    bool has_colon;
    bool is_opened; /* it stands behind the first word: "NAME: Erika" */
    gint64 page;    /* of THREAD: which part of the discussion, 1 the first; 0 the newest. Of LIST: 1 + the state; 0 any */
    bool has_more;  /* of the first line: words that are no commands were left out, a comment or what stands below END */
    /* Of an order (order.h): which idea its line names, which of its posts; 0 the ones that were written to. Of WITHDRAW the post alone. */
    row_id about, post_number;
    bool is_proposal; /* and that is the number of a proposal; also of WANTS_IDEA's */
    char *argument;   /* what stands behind its colon, of the last line also what stands below; NULL none; owned */
};
/* "abmelden alle": of every forum. */
bool block_line_is_all(const struct block_line *l);
void block_line_free(struct block_line *l);

/* LINES as command.c has them, NULL at the end. struct block_line; NULL unless the first is one of everybody's words, or an order that
 * names its idea or is followed by another command (one alone is command.c's). Of a line that
 * is none of them the command is COMMAND_NONE: at hilfe@ it is named, elsewhere all of it is text. At most LIMIT_COMMAND_LINES. */
GPtrArray *block_parse(char *const *lines);
/* Every line is understood, and none was left out or cut off. */
bool block_is_whole(const GPtrArray *lines);
