/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost: finds the subcommand in one table and runs it.
 */
#include "config.h"

#include "cmd/commands.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const struct command {
    const char *name;
    cmd_fn *run;
    const char *summary;
} commands[] = {
#define COMMAND(name, summary) {#name, cmd_##name, summary},
#include "cmd/commands.def"
#undef COMMAND
    {NULL, NULL, NULL},
};

static int usage(FILE *out, int code)
{
    fputs("usage: forumpost [-c FILE] COMMAND [ARGUMENTS]\n       forumpost --version\n\ncommands:\n", out);
    for (const struct command *c = commands; c->name != NULL; c++)
        fprintf(out, "  %-10s %s\n", c->name, c->summary);
    fputs("\n`forumpost COMMAND --help` tells more; so does forumpost(1).\n", out);
    return code;
}

/* Whoever closed them: what we open must not get their numbers, or a sentence of ours would end up in the database. */
static void open_standard_files(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) != fd)
            abort();
}

int main(int argc, char **argv)
{
    struct cmd_context context = {.config_path = g_getenv("FORUMPOST_CONF")};
    int at = 1;

    open_standard_files();
    setlocale(LC_CTYPE, "C.UTF-8"); /* arguments and output are UTF-8, also where no locale is set */
    if (at + 1 < argc && strcmp(argv[at], "-c") == 0) {
        context.config_path = argv[at + 1];
        at += 2;
    }
    if (at >= argc)
        return usage(stderr, EX_USAGE);
    if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "help") == 0)
        return usage(stdout, 0);
    if (strcmp(argv[at], "--version") == 0 || strcmp(argv[at], "version") == 0) {
        puts("forumpost " PACKAGE_VERSION);
        return fflush(stdout) == 0 ? 0 : EX_IOERR;
    }
    if (strcmp(argv[at], "-c") == 0) {
        fputs("forumpost: -c is given once, with the name of a file; `forumpost --help` tells more\n", stderr);
        return EX_USAGE;
    }
    for (const struct command *c = commands; c->name != NULL; c++)
        if (strcmp(c->name, argv[at]) == 0)
            return c->run(&context, argc - at, argv + at);
    fprintf(stderr, "forumpost: there is no command '%s'; `forumpost --help` lists them\n", argv[at]);
    return EX_USAGE;
}
