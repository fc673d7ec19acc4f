/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost command: every word that a mail may command, as a table of command.def's rows.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "forum/command_help.h"
#include "forum/command_language.h"
#include "forum/command_words.h"

#include <stdio.h>
#include <string.h>

/* Where a word may stand, as it is listed: a receipt is an answer to a mail about a post, so what may stand there stands here, too. */
static const struct {
    const char *name;
    unsigned where;
} places[] = {
    {"hilfe", WHERE_HELP},
    {"forum", WHERE_FORUM},
    {"idea", WHERE_IDEA},
    {"receipt", WHERE_IDEA | WHERE_RECEIPT},
    {"question", WHERE_QUESTION | WHERE_MODERATION | WHERE_STOP_QUESTION | WHERE_ISSUE},
};

static bool stands(const struct command_row *row, gsize place)
{
    bool is_idea = strcmp(places[place].name, "idea") == 0;

    return (row->where & places[place].where) != 0 && !(is_idea && row->is_own);
}

static void json_strings(JsonBuilder *b, const char *name, char *const *words)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
    for (; *words != NULL; words++)
        json_builder_add_string_value(b, *words);
    json_builder_end_array(b);
}

static bool is_argument(const char *place)
{
    return *place == '#' || *place == '*';
}

/* Of "verschieben nach? forum? *" all but the first word may be missing: its choices are the words. Others are phrases, a pattern each. */
static bool is_word(char *const *parts)
{
    for (char *const *p = parts + 1; *p != NULL; p++)
        if (!is_argument(*p) && !g_str_has_suffix(*p, "?"))
            return false;
    return !g_str_has_suffix(parts[0], "?");
}

static void add_once(GPtrArray *list, const char *word)
{
    if (!g_ptr_array_find_with_equal_func(list, word, g_str_equal, NULL))
        g_ptr_array_add(list, g_strdup(word));
}

/* What is said in LANGUAGE for C: single words, or phrases. g_strfreev() */
static char **said_in(enum command c, const char *language, bool are_words)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new();
    const char *pattern;
    enum command of;

    for (guint n = 0; (pattern = command_words_row(n, &of)) != NULL; n++) {
        g_autofree char *said = of == c ? command_words_in(pattern, language) : NULL;
        g_auto(GStrv) parts = g_strsplit(said != NULL ? said : "", " ", -1);
        if (said == NULL || is_word(parts) != are_words)
            continue;
        g_auto(GStrv) choices = g_strsplit(are_words ? parts[0] : "", "|", -1);
        for (char **w = choices; *w != NULL; w++)
            add_once(out, strcmp(*w, "plus1") == 0 ? "+1" : *w);
        if (!are_words)
            add_once(out, said);
    }
    if (c == COMMAND_PROBE && are_words && strcmp(language, "de") == 0) /* TEST's word, which is this in a mail of several */
        add_once(out, "probe");
    g_ptr_array_add(out, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&out), FALSE);
}

static void json_said(JsonBuilder *b, const char *name, enum command c, bool are_words)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_object(b);
    for (guint i = 0; command_languages[i] != NULL; i++) {
        g_auto(GStrv) said = said_in(c, command_languages[i], are_words);
        json_strings(b, command_languages[i], said);
    }
    json_builder_end_object(b);
}

/* T0-T4 as the documentation has them; T1*: T1, and known; /JA: or they are asked. */
static const char *trust_of(const struct command_row *row)
{
    switch (row->trust) {
    case TRUST_NONE:
        return row->asks == ASKS_NEVER ? "T0" : "T2";
    case TRUST_DMARC:
    case TRUST_CONFIRMED:
        return "T1*";
    case TRUST_TOKEN:
        return "T3/JA";
    case TRUST_SECOND_PERSON:
        return "T4";
    }
    return "T0";
}

static const char *asks_of(enum command c)
{
    const struct command_row *row = command_row(c);
    bool is_below = row->asks == ASKS_BELOW || row->is_order || row->doubted != ACTION_NOTHING;

    if (c == COMMAND_ANSWER)
        return "second";
    return row->asks == ASKS_ALWAYS ? "always" : is_below ? "below" : "never";
}

/* Of the first row that has one. */
static const char *argument_of(enum command c)
{
    static const char *const wants[] = {[WANTS_NOTHING] = "",          [WANTS_FORUM] = "forum", [WANTS_IDEA] = "idea",
                                        [WANTS_WORDS] = "words",       [WANTS_HOUR] = "hour",   [WANTS_WEEKDAY] = "weekday",
                                        [WANTS_LANGUAGE] = "language", [WANTS_NAME] = "name",   [WANTS_ADDRESS] = "address"};
    const struct command_row *row = command_row(c);
    const char *pattern, *found = wants[row->wants];
    enum command of;

    for (guint n = 0; *found == '\0' && (pattern = command_words_row(n, &of)) != NULL; n++)
        if (of == c && strpbrk(pattern, "#*%") != NULL)
            found = strstr(pattern, "##") != NULL ? "ideas" : strchr(pattern, '#') != NULL ? "idea" : "word";
    return found;
}

static void json_places(JsonBuilder *b, const struct command_row *row, char *const *addresses)
{
    json_builder_set_member_name(b, "where");
    json_builder_begin_array(b);
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        if (stands(row, i))
            json_builder_add_string_value(b, places[i].name);
    if (*addresses != NULL)
        json_builder_add_string_value(b, "action");
    json_builder_end_array(b);
}

static void json_roles(JsonBuilder *b, unsigned roles)
{
    json_builder_set_member_name(b, "roles");
    json_builder_begin_array(b);
    for (guint i = 0; role_names[i] != NULL; i++)
        if ((roles & 1U << i) != 0)
            json_builder_add_string_value(b, role_names[i]);
    json_builder_end_array(b);
}

static void print_json(enum command c)
{
    const struct command_row *row = command_row(c);
    g_auto(GStrv) addresses = command_act_words(c);
    JsonBuilder *b = json_begin();

    json_text(b, "command", row->name);
    json_said(b, "words", c, true);
    json_said(b, "phrases", c, false);
    json_places(b, row, addresses);
    json_strings(b, "addresses", addresses);
    json_roles(b, row->roles); /* none: everybody's */
    json_text(b, "trust", trust_of(row));
    json_text(b, "argument", argument_of(c));
    json_flag(b, "text", row->takes != TAKES_NOTHING); /* behind a colon or on the lines below */
    json_text(b, "asks", asks_of(c));
    json_builder_set_member_name(b, "help");
    json_builder_begin_object(b);
    json_text(b, "de", command_help(c, "de"));
    json_text(b, "en", command_help(c, "en"));
    json_builder_end_object(b);
    json_print(b);
}

/* The words of one language, a line each. */
static void print_words(enum command c)
{
    const struct command_row *row = command_row(c);
    g_autoptr(GString) where = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        if (stands(row, i))
            g_string_append_printf(where, "%s%s", where->len > 0 ? "," : "", places[i].name);
    for (guint i = 0; command_languages[i] != NULL; i++) {
        g_auto(GStrv) words = said_in(c, command_languages[i], true), phrases = said_in(c, command_languages[i], false);
        g_autofree char *said = g_strjoinv(", ", words), *more = g_strjoinv(", ", phrases);
        if (*said != '\0' || *more != '\0')
            printf("%-16s %s  %-30s %s%s%s\n", row->name, command_languages[i], where->str, said,
                   *said != '\0' && *more != '\0' ? ", " : "", more);
    }
}

static bool command_list(struct door *d, struct err *e)
{
    (void)e;
    for (guint c = COMMAND_NONE + 1; c < N_COMMANDS; c++) {
        if (c == COMMAND_BLOCK) /* a mail of several; it has no word */
            continue;
        if (d->as_json)
            print_json((enum command)c);
        else
            print_words((enum command)c);
    }
    return true;
}

static const struct door_option options[] = {{0}};
static const struct door_verb verbs[] = {
    {"list", "", "json", DOOR_NOTHING, command_list,
     "all, with language and where they may stand; a|b either, a? or not, # a number, * the rest"},
    {0},
};
static const struct door_spec spec = {"command", "The words that a mail may command, in every language.", verbs, options};

int cmd_command(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
