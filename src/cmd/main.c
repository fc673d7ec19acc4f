/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost: finds the subcommand in one table and runs it.
 */
#include "cmd/commands.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct command {
    const char *name;
    cmd_fn *run;
    const char *summary;
} commands[] = {
    {"serve", cmd_serve, "intake, dispatch and clock under one roof"},
    {"intake", cmd_intake, "take mail by LMTP"},
    {"dispatch", cmd_dispatch, "send the mails we owe"},
    {"clock", cmd_clock, "do what is due by time"},
    {"init", cmd_init, "make the database and the spool"},
    {"check", cmd_check, "try whether the installation fits together"},
    {"demo", cmd_demo, "put in the demo initiative's forums and people"},
    {"forum", cmd_forum, "add, change, close and list forums"},
    {"member", cmd_member, "who is in a forum, as what, and how they are told"},
    {"person", cmd_person, "people, their names and addresses"},
    {"idea", cmd_idea, "list ideas, show one with its posts"},
    {"hold", cmd_hold, "what waits for its author or a moderator"},
    {"digest", cmd_digest, "make the digests that are due"},
    {"queue", cmd_queue, "the mails we owe"},
    {"event", cmd_event, "the journal"},
    {"explain", cmd_explain, "what became of a mail, and why"},
    {"stats", cmd_stats, "a few numbers about the whole"},
    {"inspect", cmd_inspect, "what the gateway understands of a mail"},
    {"retry", cmd_retry, "mails that were set aside: list them, put them through again"},
    {"deliver", cmd_deliver, "take one mail from standard input"},
    {NULL, NULL, NULL},
};

static int usage(FILE *out, int code)
{
    fputs("usage: forumpost [-c FILE] COMMAND [ARGUMENTS]\n\ncommands:\n", out);
    for (const struct command *c = commands; c->name != NULL; c++)
        fprintf(out, "  %-10s %s\n", c->name, c->summary);
    fputs("\n`forumpost COMMAND --help` tells more; so does forumpost(1).\n", out);
    return code;
}

int main(int argc, char **argv)
{
    struct cmd_context context = {.config_path = g_getenv("FORUMPOST_CONF")};
    int at = 1;

    setlocale(LC_CTYPE, "C.UTF-8"); /* arguments and output are UTF-8, also where no locale is set */
    if (at + 1 < argc && strcmp(argv[at], "-c") == 0) {
        context.config_path = argv[at + 1];
        at += 2;
    }
    if (at >= argc)
        return usage(stderr, EX_USAGE);
    if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "help") == 0)
        return usage(stdout, 0);
    for (const struct command *c = commands; c->name != NULL; c++)
        if (strcmp(c->name, argv[at]) == 0)
            return c->run(&context, argc - at, argv + at);
    fprintf(stderr, "forumpost: there is no command '%s'; `forumpost --help` lists them\n", argv[at]);
    return EX_USAGE;
}
