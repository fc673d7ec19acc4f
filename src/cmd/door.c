/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the doors share; see door.h.
 */
#include "cmd/door.h"

#include "base/clock.h"
#include "base/log.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

bool door_options(int *argc, char ***argv, const char *usage, const char *summary, const GOptionEntry *entries,
                  int *code_out)
{
    g_autofree char *name = g_strdup_printf("forumpost %s", (*argv)[0]);
    g_autoptr(GOptionContext) options = g_option_context_new(usage);
    g_autoptr(GError) error = NULL;

    g_option_context_set_summary(options, summary);
    g_option_context_set_help_enabled(options, FALSE);
    if (entries != NULL)
        g_option_context_add_main_entries(options, entries, NULL);
    g_set_prgname(name);
    for (int i = 1; i < *argc && strcmp((*argv)[i], "--") != 0; i++)
        if (strcmp((*argv)[i], "--help") == 0) {
            g_autofree char *help = g_option_context_get_help(options, TRUE, NULL);
            fputs(help, stdout);
            *code_out = 0;
            return false;
        }
    if (g_option_context_parse(options, argc, argv, &error))
        return true;
    fprintf(stderr, "%s: %s; try --help\n", name, error->message);
    *code_out = EX_USAGE;
    return false;
}

int door_fail(const char *command, const struct err *e)
{
    fprintf(stderr, "forumpost %s: %s\n", command, e->text != NULL ? e->text : "failed");
    return err_exit_code(e->kind != ERR_NONE ? e->kind : ERR_OURS);
}

int door_usage(const char *command, const char *sentence)
{
    fprintf(stderr, "forumpost %s: %s; try --help\n", command, sentence);
    return EX_USAGE;
}

bool door_open(const struct cmd_context *context, enum db_mode mode, struct door *out, int *code_out)
{
    err_auto struct err e = {0};
    const char *command = g_get_prgname();

    if (command != NULL && g_str_has_prefix(command, "forumpost "))
        command += strlen("forumpost ");
    if (settings_load(context->config_path, &out->settings, &e)) {
        log_setup((enum log_level)out->settings.log_level, command, NULL);
        out->gateway = gateway_open(&out->settings, mode, &e);
        if (out->gateway != NULL)
            return true;
    }
    *code_out = door_fail(command, &e);
    door_close(out);
    return false;
}

void door_close(struct door *d)
{
    gateway_close(d->gateway);
    d->gateway = NULL;
    settings_clear(&d->settings);
}

JsonBuilder *json_begin(void)
{
    JsonBuilder *b = json_builder_new();

    json_builder_begin_object(b);
    return b;
}

void json_text(JsonBuilder *b, const char *name, const char *value)
{
    json_builder_set_member_name(b, name);
    if (value != NULL)
        json_builder_add_string_value(b, value);
    else
        json_builder_add_null_value(b);
}

void json_number(JsonBuilder *b, const char *name, gint64 value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_int_value(b, value);
}

void json_id(JsonBuilder *b, const char *name, row_id id)
{
    if (id != 0)
        json_number(b, name, id);
    else
        json_text(b, name, NULL);
}

void json_time(JsonBuilder *b, const char *name, gint64 at, const struct door *d)
{
    g_autofree char *text = at != 0 ? clock_format(at, d->settings.zone) : NULL;

    json_text(b, name, text);
}

void json_print(JsonBuilder *b)
{
    json_builder_end_object(b);
    g_autoptr(JsonNode) node = json_builder_get_root(b);
    g_autofree char *line = json_to_string(node, FALSE);
    puts(line);
    g_object_unref(b);
}

char *door_time(const struct door *d, gint64 at)
{
    if (at == 0)
        return g_strdup("-");
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, d->settings.zone);
    return g_date_time_format(local, "%Y-%m-%d %H:%M");
}
