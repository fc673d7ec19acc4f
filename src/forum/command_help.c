/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See command_help.h; the sentences stand in command_help.def.
 */
#include "forum/command_help.h"

#include <string.h>

const char *command_help(enum command c, const char *language)
{
#define HELP(id, german, english) [COMMAND_##id] = {german, english},
    static const struct {
        const char *german, *english;
    } table[N_COMMANDS] = {
#include "forum/command_help.def"
    };
#undef HELP

    return strcmp(language, "de") == 0 ? table[c].german : table[c].english;
}
