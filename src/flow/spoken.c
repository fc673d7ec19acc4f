/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See spoken.h.
 */
#include "flow/spoken.h"

#include "base/limits.h"

#include <string.h>

void spoken_prepare(struct message *m)
{
    struct command_line c;

    command_parse(message_command_text(m), &c);
    spoken_free(m->spoken);
    m->spoken = g_new0(struct spoken, 1);
    *m->spoken = (struct spoken){.command = (guint32)c.command, .argument = c.argument, .name = c.name, .number = c.number};
}

#define MOST_BYTES (4 * LIMIT_COMMAND_BYTES) /* of an argument: what is folded or masked may grow */

static bool is_bounded(const char *text)
{
    return text == NULL || strnlen(text, MOST_BYTES + 1) <= MOST_BYTES;
}

/* A reader that was taken over may say that its mail commands something: so might have said the mail. What it may not do
 * is name what is no command, or give one what the parser never gives. */
static bool is_possible(const struct spoken *s)
{
    return s != NULL && s->command < N_COMMANDS && s->number >= 0 && is_bounded(s->argument) && is_bounded(s->name) &&
           (s->argument == NULL || command_row((enum command)s->command)->takes != TAKES_NOTHING) &&
           (s->command != COMMAND_NONE || (s->name == NULL && s->number == 0));
}

void spoken_command(const struct message *m, struct command_line *out)
{
    const struct spoken *s = m->spoken;

    if (!is_possible(s) || s->command == COMMAND_BLOCK) { /* its lines are read here */
        command_parse(message_command_text(m), out);
        return;
    }
    *out = (struct command_line){.command = (enum command)s->command,
                                 .argument = g_strdup(s->argument),
                                 .name = g_strdup(s->name),
                                 .number = s->number};
}
