/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Log lines; see log.h. A line is built whole and written with one write(2), so lines of several processes on one
 * stderr never mix.
 */
#include "base/log.h"

#include "base/clock.h"
#include "base/token.h"

#include <stdarg.h>
#include <stdbool.h>
#include <unistd.h>

static gint lowest_level = LOG_LEVEL_INFO; /* enum log_level; read and written atomically */
static char *process_name;
static guint8 hash_key[TOKEN_KEY_BYTES];
static gsize has_key; /* for g_once_init_enter(): several threads open the database */

static const char *const level_names[] =
    {[LOG_LEVEL_DEBUG] = "debug", [LOG_LEVEL_INFO] = "info", [LOG_LEVEL_WARN] = "warn", [LOG_LEVEL_ERROR] = "error"};

void log_setup(enum log_level lowest, const char *process)
{
    log_set_level(lowest);
    g_free(process_name);
    process_name = g_strdup(process);
}

void log_set_key(const guint8 *installation_key)
{
    if (!g_once_init_enter(&has_key))
        return;
    token_derive(installation_key, "log", hash_key);
    g_once_init_leave(&has_key, 1);
}

void log_set_level(enum log_level lowest)
{
    g_atomic_int_set(&lowest_level, (gint)lowest);
}

static void append_value(GString *line, const char *value)
{
    bool plain = *value != '\0';

    for (const char *p = value; *p != '\0'; p++)
        if ((guchar)*p <= ' ' || *p == '"' || *p == '=' || *p == 0x7f)
            plain = false;
    if (plain) {
        g_string_append(line, value);
        return;
    }
    g_string_append_c(line, '"');
    for (const char *p = value; *p != '\0'; p++) {
        if ((guchar)*p < ' ' || *p == 0x7f)
            g_string_append_printf(line, "\\x%02x", (guchar)*p);
        else if (*p == '"' || *p == '\\')
            g_string_append_printf(line, "\\%c", *p);
        else
            g_string_append_c(line, *p);
    }
    g_string_append_c(line, '"');
}

void log_event(enum log_level level, const char *id, const char *event, ...)
{
    va_list args;

    if ((gint)level < g_atomic_int_get(&lowest_level))
        return;
    g_autofree char *when = clock_format(clock_now(), NULL);
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "%s %s %s %s", when, level_names[level], id != NULL ? id : "-", event);
    if (process_name != NULL)
        g_string_append_printf(line, " process=%s", process_name);
    va_start(args, event);
    for (const char *key; (key = va_arg(args, const char *)) != NULL;) {
        const char *value = va_arg(args, const char *);
        g_string_append_printf(line, " %s=", key);
        append_value(line, value != NULL ? value : "");
    }
    va_end(args);
    g_string_append_c(line, '\n');
    if (write(STDERR_FILENO, line->str, line->len) < 0)
        return; /* stderr is gone: there is nobody left to tell */
}

char *log_address(const char *address)
{
    if (g_atomic_pointer_get(&has_key) == 0)
        return g_strdup("a:-");
    g_autofree char *valid = g_utf8_make_valid(address, -1);
    g_autofree char *lower = g_utf8_strdown(valid, -1);
    g_autofree char *mac = token_mac(hash_key, lower);
    return g_strdup_printf("a:%.10s", mac);
}
