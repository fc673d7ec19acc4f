/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words that a mail may command. Pure; one table for all languages and one function that folds what people write, so
 * that quotes of any script, full-width letters, invisible signs, emoji and case are no obstacle.
 *
 * A command stands alone: a word or a short sentence that cannot be mistaken ("JA", "Ja, das bin ich", "bitte keine
 * Mails mehr"), before it at most a greeting, behind it nothing but name, closing formula, signature, contact lines
 * or quotes. "Ja, aber ..." and "Stopp dem Autoverkehr!" are text, and text is never an error.
 *
 * Whether a word means anything is the route's affair (policy.c): YES, NO, SHOW answer a question, RELEASE and REJECT
 * a moderator's notice, STOP, DELETE, UNDO any mail of ours.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum command {
    COMMAND_NONE,
    COMMAND_YES,     /* JA, "Ja, das bin ich", "bitte veröffentlichen" */
    COMMAND_NO,      /* NEIN, "Das ist nicht von mir": disowns what a question asks about */
    COMMAND_RELEASE, /* FREI */
    COMMAND_REJECT,  /* ABLEHNEN, with a reason behind a colon or on the following lines */
    COMMAND_STOP,    /* STOPP, ABMELDEN, "bitte keine Mails mehr" */
    COMMAND_HELP,    /* HILFE */
    COMMAND_SHOW,    /* ZEIGEN: the whole text that a question shortened */
    COMMAND_DELETE,  /* LÖSCHEN: take back what the answered mail is about */
    COMMAND_UNDO,    /* ZURÜCK: undo the deletion */
    COMMAND_FORUM,   /* FORUM, ALLES, "IDEE 12": what a STOPP was meant for */
    COMMAND_ALL,
    COMMAND_IDEA,
};

struct command_line {
    enum command command;
    char *argument; /* the reason of a rejection, NULL if none; owned */
    gint64 number;  /* of COMMAND_IDEA */
};

/* TEXT: what the person newly wrote, UTF-8. */
void command_parse(const char *text, struct command_line *out);
void command_clear(struct command_line *c);
/* The command alone, for who needs no argument. */
enum command command_of(const char *text);
/* Its name in the journal and in messages: "yes", "stop" ...; static. */
const char *command_name(enum command c);
/* The public name asked for in a "NAME: Erika B." line among the first six; NULL if none, "" for "NAME: ohne" (none
 * wanted). Whether it may be shown is name.h's to say. Caller frees. */
char *command_public_name(const char *text);
