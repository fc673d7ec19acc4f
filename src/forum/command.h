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

#include "forum/action.h"
#include "forum/model.h"

#include <glib.h>
#include <stdbool.h>

enum command {
    COMMAND_NONE,
#define COMMAND(id, text, ...) COMMAND_##id,
#define WORDS(id, text)
#include "forum/command.def"
#undef COMMAND
#undef WORDS
    N_COMMANDS
};

/* Where a command may stand; elsewhere its word is text. */
enum where {
    WHERE_QUESTION = 1 << 0,      /* the answer to a question to an author */
    WHERE_MODERATION = 1 << 1,    /* the answer to a moderator's notice */
    WHERE_STOP_QUESTION = 1 << 2, /* the answer to "what shall not be sent any more?" */
    WHERE_IDEA = 1 << 3,          /* any other mail to us: about an idea */
    WHERE_FORUM = 1 << 4,         /* to a forum, or to nobody in particular */
    WHERE_HELP = 1 << 5,          /* to hilfe@ */
    WHERE_ISSUE = 1 << 6,         /* the answer to the preview of a newsletter's issue */
    WHERE_RECEIPT = 1 << 7,       /* the answer to a mail about a post of the writer's own; where an idea's words stand anyway */
    WHERE_ELSEWHERE = WHERE_IDEA | WHERE_FORUM | WHERE_HELP,
};
/* What follows the word. */
enum takes {
    TAKES_NOTHING,
    TAKES_REASON = 1 << 0, /* behind a colon or on the lines below; a dash or a comma will do */
    TAKES_TEXT = 1 << 1,   /* behind a colon or on the lines below */
};
/* What a line of everybody's words goes on with (command_block.h). */
enum wants {
    WANTS_NOTHING,
    WANTS_FORUM, /* a forum, or nothing: the one that was written to, or all of the writer's */
    WANTS_IDEA,  /* an idea, or nothing: the one that was written to, or the writer's own */
    WANTS_WORDS,
    WANTS_HOUR,     /* 0-23 */
    WANTS_WEEKDAY,  /* Montag, mo, monday: 1-7 */
    WANTS_LANGUAGE, /* its tag, or what it is called */
    WANTS_NAME,     /* behind a colon, as it is written */
    WANTS_ADDRESS,  /* of somebody's mailbox, as it is written */
};
/* Whether its owner is asked by a mail of its own before it is done. */
enum asks {
    ASKS_NEVER,
    ASKS_BELOW, /* whoever is not known and proved */
    ASKS_ALWAYS,
};
#define COMMAND_ROLE(role) (1U << (unsigned)(role))
struct command_row {
    const char *name;
    unsigned where;      /* enum where */
    unsigned takes;      /* enum takes; a number or a name stands in the pattern */
    unsigned roles;      /* COMMAND_ROLE() of each whose word it is, in the idea's forum; 0 everybody's */
    enum trust trust;    /* with less it is not done */
    enum purpose below;  /* and this is answered */
    enum action doubted; /* with less, instead: its writer is asked; NOTHING: is told */
    enum action action;  /* what it brings about; NOTHING and no answer: the rules of its question say */
    enum purpose answer; /* the deed may choose another */
    bool of_proposal;    /* a word only at a proposal */
    bool of_initiative;  /* of offices only that of the initiative says it */
    bool is_own;         /* only in answer to a mail about a post of the writer's own; elsewhere text */
    bool is_line;        /* one of the words of everybody, of which a mail may have several */
    bool is_order;       /* a word of who leads a forum: its line may name the idea, and a mail may have several of them, too */
    enum wants wants;    /* such a line's argument */
    enum asks asks;      /* of a line or an order; an order is also asked about below its trust */
    bool has_day;        /* and behind it "bis 10.4." */
    const char *rule;    /* what `explain` calls it; NULL: its name */
};
/* The row of command.def; of COMMAND_NONE one that stands nowhere. */
const struct command_row *command_row(enum command c);

struct command_line {
    enum command command;
    char *argument;   /* the reason or text, or the time of AT as written, NULL if none; owned */
    char *name;       /* what stands for the "*" of its pattern, folded: a forum, a state; NULL none; owned */
    gint64 number;    /* what stands for the "#": an idea; 0 none */
    GPtrArray *lines; /* COMMAND_BLOCK: struct block_line; owned */
};

/* TEXT: what the person newly wrote, UTF-8. */
void command_parse(const char *text, struct command_line *out);
void command_clear(struct command_line *c);
/* The command alone, for who needs no argument. */
enum command command_of(const char *text);
/* The one line of TEXT that says something, bare; below it stands at most how it is signed. NULL: more is said. Caller frees. */
char *command_only_line(const char *text);
/* Whether what stands below the command in TEXT can be how somebody called NAME (NULL, "" nobody knows) signs, with ADDRESS: below a
 * closing formula anything that reads like a name can, else only what shares a word with theirs. "+1" above "Mehr Radwege" is text. */
bool command_is_signed_by(const char *text, const char *name, const char *address);
/* The public name asked for in a "NAME: Erika B." line among the first six; NULL if none, "" for "NAME: ohne" (none
 * wanted). Whether it may be shown is name.h's to say. Caller frees. */
char *command_public_name(const char *text);
