/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is to say of each word; see command.def.
 */
#include "forum/command_words.h"

const struct command_row *command_row(enum command c)
{
#define COMMAND(id, text, ...) [COMMAND_##id] = {.name = text, __VA_ARGS__},
#define WORDS(id, text)
    static const struct command_row table[N_COMMANDS] = {
        [COMMAND_NONE] = {.name = "none"},
#include "forum/command.def"
    };
#undef COMMAND
#undef WORDS

    return &table[c];
}
