/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words that a mail may command. Pure; one table. Words are read from the first non-empty line of what the person newly
 * wrote, case-insensitively, with closing punctuation forgiven; anything else is text, never an error.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum command {
    COMMAND_NONE,
    COMMAND_YES,     /* JA YES EVET TAK */
    COMMAND_RELEASE, /* frei release */
    COMMAND_REJECT,  /* ablehnen reject, with a reason behind a colon or on the following lines */
    COMMAND_STOP,    /* STOPP STOP DUR */
    COMMAND_HELP,    /* HILFE HELP YARDIM POMOC */
};

struct command_line {
    enum command command;
    char *argument; /* the reason of a rejection, NULL if none; owned */
};

/* TEXT: what the person newly wrote. */
void command_parse(const char *text, struct command_line *out);
void command_clear(struct command_line *c);
/* The public name asked for in a "NAME: Erika B." line among the first five; NULL if none, "" for "NAME: ohne" (none
 * wanted). Caller frees. */
char *command_public_name(const char *text);
