/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See answers.h.
 */
#include "flow/step/answers.h"

#include <string.h>

static const char *const words[] = {"published", "review", "asked", "done", "closed", "members", "not", "twice", "waits", NULL};

void fared_line_free(struct fared_line *l)
{
    g_free(l->text);
    g_free(l);
}

void answers_add(GString *detail, const struct fared_line *line)
{
    g_autofree char *text = line->text != NULL ? g_strescape(line->text, NULL) : g_strdup("");

    g_string_append_printf(detail, "%s %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n", words[line->fared], line->number,
                           line->post, line->id, text);
}

static struct fared_line *read_line(const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, " ", 5);

    if (g_strv_length(fields) != 5)
        return NULL;
    for (guint i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], fields[0]) != 0)
            continue;
        struct fared_line *l = g_new0(struct fared_line, 1);
        *l = (struct fared_line){.fared = (enum fared)i,
                                 .number = (guint)g_ascii_strtoull(fields[1], NULL, 10),
                                 .post = g_ascii_strtoll(fields[2], NULL, 10),
                                 .id = g_ascii_strtoll(fields[3], NULL, 10),
                                 .text = *fields[4] != '\0' ? g_strcompress(fields[4]) : NULL};
        return l;
    }
    return NULL;
}

GPtrArray *answers_read(const char *detail)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)fared_line_free);
    g_auto(GStrv) all = g_strsplit(detail, "\n", -1);

    for (char **line = all; *line != NULL; line++) {
        struct fared_line *l = read_line(*line);
        if (l != NULL)
            g_ptr_array_add(lines, l);
    }
    return lines;
}
