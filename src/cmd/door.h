/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A door is a table: what it is called, its verbs with their arguments, the options. door_run() does for every door
 * what every door needs: --help, wrong use, opening, one transaction, the journal, one sentence and an exit code.
 *
 *     static const struct door_option options[] = {{"title", DOOR_TEXT, "TEXT", "what it is called"}, {NULL}};
 *     static const struct door_verb verbs[] = {
 *         {"add", "NAME", "title!", DOOR_CHANGES, forum_add, "make a forum"},
 *         {"list", "", "json", DOOR_READS, forum_list, "all forums"},
 *         {NULL}};
 *     static const struct door_spec spec = {"forum", "The forums and their addresses.", verbs, options};
 *     int cmd_forum(...) { return door_run(&spec, context, argc, argv); }
 */
#pragma once

#include "cmd/cmd.h"
#include "flow/gateway.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

enum door_kind {
    DOOR_FLAG,
    DOOR_TEXT,
    DOOR_WORD,   /* one of the words in `argument`: "none|pre" */
    DOOR_NUMBER, /* between `low` and `high` */
    DOOR_LIST,   /* text, may be repeated */
};
struct door_option {
    const char *name; /* without -- */
    enum door_kind kind;
    const char *argument; /* as help shows it: "TEXT"; NULL of a flag */
    const char *help;     /* half a sentence */
    gint64 low, high;     /* DOOR_NUMBER */
    char letter;          /* 0: no short form */
};

/* What is ready when the verb runs. */
enum door_needs {
    DOOR_NOTHING,
    DOOR_SETTINGS, /* the settings; the verb opens what else it wants */
    DOOR_READS,    /* and the database, for reading */
    DOOR_CHANGES,  /* and the database inside one transaction, committed if the verb returns true. What changes rows must
                    * write an event as well: without it nothing is committed */
    DOOR_WORKS,    /* and the database for writing; the verb makes its own transactions */
    /* Or'ed to one of them: takes long and nobody waits for it, so it gives way to the processes that serve (base/priority.h). Not what
     * writes step by step: those would wait for its lock. */
    DOOR_GIVES_WAY = 1 << 4,
    DOOR_SERVES = 1 << 5, /* it works on and prints nothing that people wrote: its standard output stays as it is */
};
#define DOOR_NEEDS(verb) ((enum door_needs)((verb)->needs & ~(unsigned)(DOOR_GIVES_WAY | DOOR_SERVES)))

struct door;
/* Does the work. False: E says what is wrong, in a sentence that tells what to do. */
typedef bool door_fn(struct door *d, struct err *e);

struct door_verb {
    const char *word;      /* "add", "alias list"; "" in a door whose arguments come at once */
    const char *arguments; /* "FORUM ADDRESS", "[FILE]", "ID..."; what is called FILE need not be UTF-8 */
    const char *options;   /* names from the door's options, blanks between; `!` behind one that must be given. "json" is known */
    enum door_needs needs;
    door_fn *run;
    const char *help; /* half a sentence */
};
struct door_spec {
    const char *name;
    const char *summary;               /* a sentence or two */
    const struct door_verb *verbs;     /* ended by a NULL word */
    const struct door_option *options; /* ended by a NULL name; NULL: none but --json */
};

struct door {
    const struct door_spec *spec;
    const struct door_verb *verb;
    char **argv; /* behind the verb: as many as it takes; NULL behind the last one */
    bool as_json;
    int code; /* exit code though the verb returns true, for `check`; 0 */
    const char *config_path;
    struct settings settings;
    struct gateway *gateway;
    struct door_value *values; /* of the options */
    GString *said;
    char *shown;      /* door_show(); owned */
    FILE *raw_output; /* standard output as it is, while what is printed goes through base/screen.h; NULL: it does not */
};

/* What people wrote is made safe for a terminal on its way out (base/screen.h), unless --json was given. */
int door_run(const struct door_spec *spec, const struct cmd_context *context, int argc, char **argv);

/* What was given for an option. A name that the door's table has not is a bug and ends the program. */
bool door_has(const struct door *d, const char *option);
const char *door_text(const struct door *d, const char *option); /* NULL: not given. TEXT, WORD */
char **door_list(const struct door *d, const char *option);      /* NULL: not given; ended by NULL */
gint64 door_number(const struct door *d, const char *option, gint64 if_not_given);
bool door_any(const struct door *d); /* at least one option (but --json) was given */

/* For bytes that shall arrive as they are. */
FILE *door_raw_output(struct door *d);
/* Prints a line once what the verb did is durable. */
void door_say(struct door *d, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* For a verb of DOOR_WORKS that makes something public: shows TEXT to whoever sits at a terminal, and asks them, unless they gave the option --yes;
 * ERR_RULE for a no. A script has said what it wants. Nothing may be locked meanwhile. Then one transaction, like that of DOOR_CHANGES, which asks
 * whether TEXT is still what was shown. */
bool door_show(struct door *d, const char *text, struct err *e);
bool door_change(struct door *d, door_fn *run, struct err *e);
bool door_is_shown(const struct door *d, const char *text, struct err *e);
/* The number TEXT of a WHAT ("a hold"). */
bool door_id(const char *text, const char *what, row_id *id_out, struct err *e);

/* For a verb of DOOR_SETTINGS that must do something before the database is open: opens it. Lines of the journal name who
 * sits here. */
bool door_database(struct door *d, enum db_mode mode, struct err *e);
/* Prints "forumpost COMMAND: text" and returns the exit code of the kind. */
int door_fail(const char *command, const struct err *e);

/* One JSON object: begin, add members, print it as a line. NULL and 0-id become null. */
JsonBuilder *json_begin(void);
void json_text(JsonBuilder *b, const char *name, const char *value);
void json_number(JsonBuilder *b, const char *name, gint64 value);
void json_flag(JsonBuilder *b, const char *name, bool value);
void json_id(JsonBuilder *b, const char *name, row_id id);
void json_time(JsonBuilder *b, const char *name, gint64 at, const struct door *d);
void json_print(JsonBuilder *b); /* ends the object, prints it, frees B */
/* TIME as people read it in the initiative's zone, "-" for 0. Caller frees. */
char *door_time(const struct door *d, gint64 at);
