/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a door that is a table; see door.h. Reading its command line is door_words.c's.
 */
#include "cmd/door_private.h"

#include "base/log.h"
#include "base/priority.h"
#include "base/screen.h"
#include "cmd/actor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define LINE_BYTES 64

/* TEXT, which may be what somebody wrote, for a terminal. Caller frees. */
static char *seen(const char *text)
{
    g_autoptr(GString) out = g_string_new("");

    (void)screen_append(out, text, strlen(text), true);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

int door_fail(const char *command, const struct err *e)
{
    g_autofree char *why = seen(e->text != NULL ? e->text : "failed");

    fprintf(stderr, "forumpost %s: %s\n", command, why);
    return err_exit_code(e->kind != ERR_NONE ? e->kind : ERR_OURS);
}

bool door_database(struct door *d, enum db_mode mode, struct err *e)
{
    g_autofree char *actor = actor_name();

    d->gateway = gateway_open(&d->settings, mode, e);
    if (d->gateway != NULL)
        db_set_actor(d->gateway->db, actor);
    return d->gateway != NULL;
}

/* Settings, log and, if the verb wants it, the database. */
static bool prepare(struct door *d, struct err *e)
{
    enum door_needs needs = DOOR_NEEDS(d->verb);

    if ((d->verb->needs & DOOR_GIVES_WAY) != 0)
        priority_give_way();
    if (needs == DOOR_NOTHING)
        return true;
    if (!settings_load(d->config_path, &d->settings, e))
        return false;
    log_setup((enum log_level)d->settings.log_level, d->spec->name);
    return needs == DOOR_SETTINGS || door_database(d, needs == DOOR_READS ? DB_READ : DB_WRITE, e);
}

/* One transaction around the verb. A change that left no line in the journal is a bug, and is not made. */
bool door_change(struct door *d, door_fn *run, struct err *e)
{
    struct db *db = d->gateway->db;

    if (!db_begin(db, e))
        return false;
    bool ok = run(d, e);
    if (ok && !db_is_journaled(db))
        ok = err_set(e, ERR_OURS, "nothing was changed, because the journal would not tell of it");
    ok = ok && db_commit(db, e);
    if (!ok)
        db_rollback(db);
    return ok;
}

/* What was printed has to arrive: a list that ends in the middle because the disk is full must not look whole. */
static int end_output(struct door *d, int code)
{
    FILE *screen = d->raw_output != NULL ? stdout : NULL;

    stdout = d->raw_output != NULL ? d->raw_output : stdout;
    bool is_shown = screen == NULL || screen_off(screen);
    if (fflush(stdout) == 0 && ferror(stdout) == 0 && is_shown)
        return code;
    fprintf(stderr, "forumpost %s: cannot write: %s\n", d->spec->name, g_strerror(errno));
    return code != 0 ? code : EX_IOERR;
}

/* Whatever a verb prints for people from now on: one place for all of them, and for those to come. */
static void begin_output(struct door *d)
{
    FILE *screen = !d->as_json && (d->verb->needs & DOOR_SERVES) == 0 ? screen_on(stdout) : NULL;

    if (screen == NULL)
        return;
    d->raw_output = stdout;
    stdout = screen;
}

FILE *door_raw_output(struct door *d)
{
    fflush(stdout);
    return d->raw_output != NULL ? d->raw_output : stdout;
}

static void close_all(struct door *d)
{
    gateway_close(d->gateway);
    d->gateway = NULL;
    settings_clear(&d->settings);
}

int door_run(const struct door_spec *spec, const struct cmd_context *context, int argc, char **argv)
{
    struct door d = {.spec = spec, .config_path = context->config_path, .said = g_string_new("")};
    err_auto struct err e = {0};
    int code;

    if (door_read(&d, argc, argv, &code)) {
        begin_output(&d);
        bool ok =
            prepare(&d, &e) && (DOOR_NEEDS(d.verb) == DOOR_CHANGES ? door_change(&d, d.verb->run, &e) : d.verb->run(&d, &e));
        fputs(ok ? d.said->str : "", stdout);
        code = ok ? d.code : door_fail(spec->name, &e);
    }
    close_all(&d);
    door_forget(&d);
    g_string_free(d.said, TRUE);
    g_free(d.shown);
    return end_output(&d, code);
}

void door_say(struct door *d, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_string_append_vprintf(d->said, format, args);
    va_end(args);
    g_string_append_c(d->said, '\n');
}

/* One line from whoever sits there; nothing of theirs is locked meanwhile. */
static bool is_yes(void)
{
    static const char *const yes[] = {"y", "yes", "j", "ja", NULL};
    char line[LINE_BYTES] = "";

    fputs("Shall everybody read this? (yes/no) ", stderr);
    fflush(stderr);
    g_autofree char *said =
        g_ascii_strdown(g_strstrip(fgets(line, sizeof line, stdin) != NULL ? line : (line[0] = '\0', line)), -1);
    return g_strv_contains(yes, said);
}

bool door_show(struct door *d, const char *text, struct err *e)
{
    g_free(d->shown);
    d->shown = g_strdup(text);
    if (door_has(d, "yes") || isatty(STDIN_FILENO) == 0)
        return true;
    g_autofree char *said = seen(text);
    fprintf(stderr, "Everybody will read this:\n\n%s\n\n", said);
    return is_yes() || err_set(e, ERR_RULE, "nothing was changed, since you did not say yes");
}

bool door_is_shown(const struct door *d, const char *text, struct err *e)
{
    return g_strcmp0(d->shown, text) == 0 ||
           err_set(e, ERR_RULE, "nothing was changed: the text is another one since it was shown");
}

bool door_id(const char *text, const char *what, row_id *id_out, struct err *e)
{
    guint64 id = 0;

    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &id, NULL))
        return err_set(e, ERR_VALUE, "'%s' is not the number of %s", text, what);
    *id_out = (row_id)id;
    return true;
}

char *door_time(const struct door *d, gint64 at)
{
    if (at == 0)
        return g_strdup("-");
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, d->settings.zone);
    return g_date_time_format(local, "%Y-%m-%d %H:%M");
}
