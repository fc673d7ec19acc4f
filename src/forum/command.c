/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of words; see command.h.
 */
#include "forum/command.h"

#include <string.h>

static const struct word {
    const char *text; /* folded */
    enum command command;
} words[] = {
    {"ja", COMMAND_YES},           {"yes", COMMAND_YES},       {"evet", COMMAND_YES},       {"tak", COMMAND_YES},
    {"frei", COMMAND_RELEASE},     {"release", COMMAND_RELEASE}, {"freigeben", COMMAND_RELEASE},
    {"ablehnen", COMMAND_REJECT},  {"reject", COMMAND_REJECT}, {"stopp", COMMAND_STOP},     {"stop", COMMAND_STOP},
    {"dur", COMMAND_STOP},         {"hilfe", COMMAND_HELP},    {"help", COMMAND_HELP},      {"yardim", COMMAND_HELP},
    {"yardım", COMMAND_HELP},      {"pomoc", COMMAND_HELP},
};

/* The first line that is not blank; *REST_OUT is what follows it. */
static char *first_line(const char *text, const char **rest_out)
{
    while (g_ascii_isspace(*text))
        text++;
    const char *end = strchrnul(text, '\n');
    *rest_out = *end == '\n' ? end + 1 : end;
    return g_strstrip(g_strndup(text, (gsize)(end - text)));
}

/* Cuts what people put around a word: quotes, bold marks, full stops, exclamation marks, commas. */
static char *bare(const char *line)
{
    static const char around[] = "\"'*_.,!;<>()[]";
    const char *start = line, *end = line + strlen(line);

    while (*start != '\0' && strchr(around, *start) != NULL)
        start++;
    while (end > start && (strchr(around, end[-1]) != NULL || g_ascii_isspace(end[-1])))
        end--;
    g_autofree char *cut = g_strndup(start, (gsize)(end - start));
    return g_utf8_strdown(cut, -1);
}

static enum command lookup(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].text, word) == 0)
            return words[i].command;
    return COMMAND_NONE;
}

void command_parse(const char *text, struct command_line *out)
{
    const char *rest;
    g_autofree char *line = first_line(text, &rest);
    char *colon = strchr(line, ':');

    out->command = COMMAND_NONE;
    out->argument = NULL;
    if (colon != NULL)
        *colon = '\0';
    g_autofree char *word = bare(line);
    enum command found = lookup(word);
    if (found == COMMAND_NONE || (colon != NULL && found != COMMAND_REJECT && colon[1] != '\0'))
        return;
    out->command = found;
    if (found == COMMAND_REJECT) {
        const char *behind = colon != NULL ? colon + 1 : "";
        g_autofree char *reason = g_strstrip(g_strconcat(behind, "\n", rest, NULL));
        if (*reason != '\0')
            out->argument = g_steal_pointer(&reason);
    }
}

void command_clear(struct command_line *c)
{
    g_clear_pointer(&c->argument, g_free);
}

char *command_public_name(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", 7);

    for (int i = 0; lines[i] != NULL && i < 6; i++) {
        char *line = g_strstrip(lines[i]);
        if (g_ascii_strncasecmp(line, "name:", 5) != 0)
            continue;
        g_autofree char *name = g_strstrip(g_strdup(line + 5));
        g_autofree char *folded = g_utf8_strdown(name, -1);
        bool unwanted = *name == '\0' || strcmp(folded, "ohne") == 0 || strcmp(folded, "ohne namen") == 0 ||
                        strcmp(folded, "none") == 0 || strchr(name, '@') != NULL;
        if (g_utf8_strlen(name, -1) > 80)
            *g_utf8_offset_to_pointer(name, 80) = '\0';
        return unwanted ? g_strdup("") : g_steal_pointer(&name);
    }
    return NULL;
}
