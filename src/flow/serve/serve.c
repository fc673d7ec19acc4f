/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The supervisor; see serve.h. A duty that ends unasked is started again after a pause that grows from one second to
 * a minute; one that has never become ready and ends with a configuration error ends everything, since its sentence
 * says what to do. Each duty dies with the supervisor (PR_SET_PDEATHSIG), so no orphan keeps the socket.
 */
#include "flow/serve/serve.h"

#include "base/log.h"
#include "flow/reload.h"
#include "store/lock.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define STOP_S      30 /* what is in flight may finish; then SIGKILL */
#define PAUSE_MAX_S 60

#define DUTY(name, wanted)                             \
    static bool wants_##name(const struct settings *s) \
    {                                                  \
        (void)s;                                       \
        return wanted;                                 \
    }
#include "flow/serve/duties.def"
#undef DUTY

static const struct {
    const char *name;
    bool (*is_wanted)(const struct settings *s);
} kinds[] = {
#define DUTY(name, wanted) {#name, wants_##name},
#include "flow/serve/duties.def"
#undef DUTY
};
enum { N_DUTIES = G_N_ELEMENTS(kinds) };

struct duty {
    struct serve *serve;
    const char *name;
    GPid pid; /* 0 not running */
    guint pause_s;
    bool is_wanted, was_ready, is_ready;
    bool has_missed_hangup; /* SIGHUP came while it was starting */
};

struct serve {
    const struct settings *settings;
    const char *program;
    GMainLoop *loop;
    struct duty duties[N_DUTIES];
    serve_ready *ready;
    void *user;
    bool is_ready, is_stopping, has_terminal;
    int failed_code; /* exit code of a duty that will never run */
};

static void start(struct duty *d);

static void check_all_ready(struct serve *s)
{
    for (int i = 0; i < N_DUTIES; i++)
        if (s->duties[i].is_wanted && !s->duties[i].was_ready)
            return;
    if (!s->is_ready && s->ready != NULL)
        s->ready(s->user);
    s->is_ready = true;
}

/* A duty that is still starting hears of it when it listens. */
static void pass_hangup_on(struct duty *d, bool is_wanted)
{
    d->has_missed_hangup = is_wanted && !d->is_ready;
    if (is_wanted && d->is_ready && d->pid != 0)
        kill(d->pid, SIGHUP);
}

static gboolean on_duty_says(gint fd, GIOCondition condition, gpointer user)
{
    struct duty *d = user;
    char said;

    (void)condition;
    if (read(fd, &said, 1) == 1) {
        d->was_ready = d->is_ready = true;
        d->pause_s = 0;
        pass_hangup_on(d, d->has_missed_hangup);
        check_all_ready(d->serve);
    }
    close(fd);
    return G_SOURCE_REMOVE;
}

static gboolean start_again(gpointer user)
{
    struct duty *d = user;

    if (!d->serve->is_stopping)
        start(d);
    return G_SOURCE_REMOVE;
}

static bool is_anything_running(const struct serve *s)
{
    for (int i = 0; i < N_DUTIES; i++)
        if (s->duties[i].pid != 0)
            return true;
    return false;
}

static void signal_all(struct serve *s, int signal)
{
    for (int i = 0; i < N_DUTIES; i++)
        if (s->duties[i].pid != 0)
            kill(s->duties[i].pid, signal);
}

static gboolean on_patience_over(gpointer user)
{
    signal_all(user, SIGKILL);
    return G_SOURCE_REMOVE;
}

static void stop(struct serve *s)
{
    if (s->is_stopping)
        return;
    s->is_stopping = true;
    signal_all(s, SIGTERM);
    g_timeout_add_seconds(STOP_S, on_patience_over, s);
    if (!is_anything_running(s))
        g_main_loop_quit(s->loop);
}

static void on_duty_ended(GPid pid, gint status, gpointer user)
{
    struct duty *d = user;
    struct serve *s = d->serve;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    g_autofree char *code_text = g_strdup_printf("%d", code);

    g_spawn_close_pid(pid);
    d->pid = 0;
    d->is_ready = false;
    if (s->is_stopping) {
        if (!is_anything_running(s))
            g_main_loop_quit(s->loop);
        return;
    }
    log_event(LOG_LEVEL_ERROR, NULL, "duty.ended", "duty", d->name, "code", code_text, NULL);
    if (!d->was_ready && (code == EX_CONFIG || code == EX_NOPERM || code == EX_USAGE)) {
        s->failed_code = code;
        stop(s);
        return;
    }
    d->pause_s = d->pause_s == 0 ? 1 : MIN(2 * d->pause_s, PAUSE_MAX_S);
    g_timeout_add_seconds(d->pause_s, start_again, d);
}

/* In the child, before exec: only what is safe after fork. */
static void before_exec(gpointer user)
{
    (void)user;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGHUP, SIG_IGN); /* until it listens */
}

static void start(struct duty *d)
{
    struct serve *s = d->serve;
    g_autoptr(GError) error = NULL;
    int ends[2];

    if (pipe(ends) != 0) {
        d->pause_s = PAUSE_MAX_S;
        g_timeout_add_seconds(d->pause_s, start_again, d);
        return;
    }
    g_autofree char *fd = g_strdup_printf("%d", ends[1]);
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "FORUMPOST_READY_FD", fd, TRUE);
    environment = g_environ_unsetenv(environment, "NOTIFY_SOCKET");
    const char *argv[] = {s->program, "-c", s->settings->path, d->name, NULL};
    GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN | G_SPAWN_CHILD_INHERITS_STDIN;

    g_unix_set_fd_nonblocking(ends[0], TRUE, NULL);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    bool ok = g_spawn_async(NULL, (char **)argv, environment, flags, before_exec, NULL, &d->pid, &error);
    close(ends[1]);
    if (ok) {
        g_child_watch_add(d->pid, on_duty_ended, d);
        g_unix_fd_add(ends[0], G_IO_IN | G_IO_HUP, on_duty_says, d);
        return;
    }
    log_event(LOG_LEVEL_ERROR, NULL, "duty.cannot-start", "duty", d->name, "why", error->message, NULL);
    close(ends[0]);
    d->pid = 0;
    d->pause_s = MIN(2 * d->pause_s + 1, PAUSE_MAX_S);
    g_timeout_add_seconds(d->pause_s, start_again, d);
}

static gboolean on_stop_signal(gpointer user)
{
    stop(user);
    return G_SOURCE_CONTINUE;
}

/* SIGHUP from the kernel: the terminal that we were started from has gone, and with it whoever could press Ctrl-C. */
static bool has_lost_terminal(const struct serve *s)
{
    return s->has_terminal && !isatty(STDIN_FILENO);
}

static bool on_hangup(void *user, struct err *e)
{
    struct serve *s = user;

    (void)e;
    if (has_lost_terminal(s)) {
        stop(s);
        return true;
    }
    for (int i = 0; i < N_DUTIES; i++)
        pass_hangup_on(&s->duties[i], s->duties[i].is_wanted);
    return true;
}

bool serve_run(const struct settings *settings, const char *program, serve_ready *ready, void *user, struct err *e)
{
    struct serve s = {.settings = settings,
                      .program = program,
                      .ready = ready,
                      .user = user,
                      .has_terminal = isatty(STDIN_FILENO)};
    struct lock *lock = lock_take(settings->storage_database, "serve", 0, e);
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);

    if (lock == NULL)
        return false;
    s.loop = loop;
    g_unix_signal_add(SIGTERM, on_stop_signal, &s);
    g_unix_signal_add(SIGINT, on_stop_signal, &s);
    struct reload *reload = reload_listen(settings, on_hangup, &s);
    for (int i = 0; i < N_DUTIES; i++) {
        s.duties[i] = (struct duty){.serve = &s, .name = kinds[i].name, .is_wanted = kinds[i].is_wanted(settings)};
        if (s.duties[i].is_wanted)
            start(&s.duties[i]);
    }
    g_main_loop_run(loop);
    reload_stop(reload);
    lock_free(lock);
    if (s.failed_code != 0)
        return err_set(e, s.failed_code == EX_NOPERM ? ERR_RIGHTS : ERR_CONFIG,
                       "a part of the gateway could not start; its own line above says why");
    return true;
}
