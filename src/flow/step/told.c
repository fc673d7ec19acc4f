/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See told.h. A line each: command, what came of it, id, until when, name, the line as it was written; tabs between them.
 */
#include "flow/step/told.h"

#include "base/limits.h"

#include <string.h>

#define WRITTEN_CHARS 200
#define NAME_CHARS    2000 /* a phase with its titles is longer than a line */

void told_line_free(struct told_line *l)
{
    g_free(l->name);
    g_free(l->written);
    g_free(l);
}

static char *without_tabs(const char *text, glong most)
{
    return g_strdelimit(g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), most)), "\t\r\n", ' ');
}

void told_add(GString *detail, const struct block_line *line, enum came told, row_id id, gint64 until)
{
    told_add_why(detail, line, told, id, until, line->name);
}

void told_add_why(GString *detail, const struct block_line *line, enum came told, row_id id, gint64 until, const char *why)
{
    g_autofree char *name = without_tabs(why != NULL ? why : line->name != NULL ? line->name : "", NAME_CHARS);
    g_autofree char *written = without_tabs(line->written, WRITTEN_CHARS);

    g_string_append_printf(detail, "%s\t%d\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s\t%s\n",
                           command_row(line->command)->name, (int)told, id, until, name, written);
}

static enum command command_called(const char *name)
{
    for (int c = COMMAND_NONE + 1; c < N_COMMANDS; c++)
        if (strcmp(command_row((enum command)c)->name, name) == 0)
            return (enum command)c;
    return COMMAND_NONE;
}

GPtrArray *told_read(const char *detail)
{
    GPtrArray *out = g_ptr_array_new_with_free_func((GDestroyNotify)told_line_free);
    g_auto(GStrv) lines = g_strsplit(detail, "\n", -1);

    for (char **l = lines; *l != NULL; l++) {
        g_auto(GStrv) parts = g_strsplit(*l, "\t", 6);
        gint64 told = g_strv_length(parts) == 6 ? g_ascii_strtoll(parts[1], NULL, 10) : -1;
        if (told < CAME_DONE || told >= N_CAME)
            continue;
        struct told_line *line = g_new0(struct told_line, 1);
        line->command = command_called(parts[0]);
        line->told = (enum came)told;
        line->id = g_ascii_strtoll(parts[2], NULL, 10);
        line->until = g_ascii_strtoll(parts[3], NULL, 10);
        line->name = *parts[4] != '\0' ? g_strdup(parts[4]) : NULL;
        line->written = g_strdup(parts[5]);
        g_ptr_array_add(out, line);
    }
    return out;
}
