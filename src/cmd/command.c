/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost command: every word that a mail may command.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "forum/command_language.h"
#include "forum/command_words.h"

#include <stdio.h>

/* In the order of the bits of enum where, and of enum role. */
static const char *const places[] = {"question", "moderation", "stop-question", "idea", "forum", "help", "issue", NULL};

static bool has_bit(unsigned bits, guint bit)
{
    return (bits & 1U << bit) != 0;
}

static void json_bits(JsonBuilder *b, const char *name, unsigned bits, const char *const *words)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
    for (guint bit = 0; words[bit] != NULL; bit++)
        if (has_bit(bits, bit))
            json_builder_add_string_value(b, words[bit]);
    json_builder_end_array(b);
}

static char *join_bits(unsigned bits, const char *const *words)
{
    GString *out = g_string_new(NULL);

    for (guint bit = 0; words[bit] != NULL; bit++)
        if (has_bit(bits, bit))
            g_string_append_printf(out, "%s%s", out->len > 0 ? "," : "", words[bit]);
    return g_string_free(out, FALSE);
}

/* A word, or the words of one language, a line each. */
static void print_words(const struct command_row *row, const char *pattern)
{
    g_autofree char *where = join_bits(row->where, places), *roles = join_bits(row->roles, role_names);

    for (guint i = 0; command_languages[i] != NULL; i++) {
        g_autofree char *words = command_words_in(pattern, command_languages[i]);
        if (words != NULL)
            printf("%-16s %s  %-24s %-30s %s\n", row->name, command_languages[i], *roles != '\0' ? roles : "everybody", where,
                   words);
    }
}

static void print_row(const struct door *d, const struct command_row *row, const char *pattern)
{
    if (d->as_json) {
        JsonBuilder *b = json_begin();
        json_text(b, "command", row->name);
        json_text(b, "words", pattern);
        json_builder_set_member_name(b, "languages");
        json_builder_begin_array(b);
        for (guint i = 0; command_languages[i] != NULL; i++) {
            g_autofree char *words = command_words_in(pattern, command_languages[i]);
            if (words != NULL)
                json_builder_add_string_value(b, command_languages[i]);
        }
        json_builder_end_array(b);
        json_bits(b, "where", row->where, places);
        json_bits(b, "roles", row->roles, role_names); /* none: everybody's */
        json_flag(b, "line", row->is_line);
        json_print(b);
        return;
    }
    print_words(row, pattern);
}

static bool command_list(struct door *d, struct err *e)
{
    enum command command;
    const char *pattern;

    (void)e;
    for (guint n = 0; (pattern = command_words_row(n, &command)) != NULL; n++)
        print_row(d, command_row(command), pattern);
    return true;
}

static const struct door_option options[] = {{0}};
static const struct door_verb verbs[] = {
    {"list", "", "json", DOOR_NOTHING, command_list,
     "all, with language, who may say them and where; a|b either, a? or not, # a number, * the rest"},
    {0},
};
static const struct door_spec spec = {"command", "The words that a mail may command, in every language.", verbs, options};

int cmd_command(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
