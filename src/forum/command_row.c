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

enum command command_of_act(enum act act, const char **name_out)
{
    static const struct {
        enum command command;
        const char *name;
    } orders[] = {
        [ACT_NONE] = {COMMAND_NONE, NULL},
        [ACT_INNER] = {COMMAND_NONE, NULL},
        [ACT_DONE] = {COMMAND_STATE, "umgesetzt"},
        [ACT_DELIBERATE] = {COMMAND_STATE, "beraten"},
        [ACT_ANSWER] = {COMMAND_ANSWER, NULL},
        [ACT_FORWARD] = {COMMAND_FORWARD, NULL},
        [ACT_NOTE] = {COMMAND_NOTE, NULL},
        [ACT_AUTHOR] = {COMMAND_LETTER, NULL},
        [ACT_FOLLOW] = {COMMAND_FOLLOW, NULL},
        [ACT_STOP] = {COMMAND_STOP, NULL},
        [ACT_SUPPORT] = {COMMAND_SUPPORT, NULL},
        [ACT_SUBSCRIBE] = {COMMAND_SUBSCRIBE, NULL},
        [ACT_UNSUBSCRIBE] = {COMMAND_UNSUBSCRIBE, NULL},
    };

    *name_out = orders[act].name;
    return orders[act].command;
}

char **command_act_words(enum command c)
{
    GPtrArray *out = g_ptr_array_new();
    const char *word, *name;
    enum act act;

    for (guint i = 0; (word = route_act_word(i, &act)) != NULL; i++)
        if (command_of_act(act, &name) == c)
            g_ptr_array_add(out, g_strconcat("+", word, NULL));
    g_ptr_array_add(out, NULL);
    return (char **)g_ptr_array_free(out, FALSE);
}
