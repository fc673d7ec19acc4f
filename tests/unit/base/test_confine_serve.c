/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a process that serves may still do, and what it may not, tried in a child that gave up its rights.
 */
#include "base/confine_serve.h"

#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct ground {
    char *top, *own, *page, *secret;
};

static int try_open(const char *folder, const char *name, int flags)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    int fd = open(path, flags | O_CLOEXEC, 0600);

    return fd >= 0 ? close(fd) : errno;
}

static void *in_thread(void *result)
{
    *(int *)result = 1;
    return NULL;
}

/* Bits of what went wrong. */
static int try_everything(const struct ground *g, bool has_landlock)
{
    char *const nothing[] = {(char *)"/bin/true", NULL};
    int wrong = 0, ran = 0;

    wrong |= (try_open(g->own, "db", O_RDWR | O_CREAT) != 0) << 0; /* its own folder: as before */
    wrong |= (try_open(g->page, "style.css", O_RDONLY) != 0) << 1;
    wrong |= (has_landlock && try_open(g->page, "style.css", O_WRONLY) != EACCES) << 2; /* read, not written */
    wrong |= (has_landlock && try_open(g->secret, "password", O_RDONLY) != EACCES) << 3;
    wrong |= (has_landlock && try_open("/etc", "passwd", O_RDONLY) != EACCES) << 4;
    wrong |= (execv("/bin/true", nothing) == 0 || (errno != EPERM && errno != EACCES)) << 5;
    wrong |= (fork() >= 0) << 6;
    wrong |= (socket(AF_INET, SOCK_STREAM, 0) >= 0) << 7;
    wrong |= (socket(AF_UNIX, SOCK_STREAM, 0) >= 0) << 8;
    wrong |= (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) << 9;
    wrong |= (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) << 10;
    g_autofree char *made = g_build_filename(g->own, "db", NULL);
    wrong |= (unlink(made) != 0) << 11;
    pthread_t thread;
    wrong |= (pthread_create(&thread, NULL, in_thread, &ran) == 0) << 12;
    return wrong;
}

static struct ground ground_new(void)
{
    struct ground g = {.top = g_dir_make_tmp("confine-XXXXXX", NULL)};

    g.own = g_build_filename(g.top, "own", NULL);
    g.page = g_build_filename(g.top, "page", NULL);
    g.secret = g_build_filename(g.top, "secret", NULL);
    g_autofree char *style = g_build_filename(g.page, "style.css", NULL),
                    *password = g_build_filename(g.secret, "password", NULL);
    g_assert_true(g_mkdir(g.own, 0700) == 0 && g_mkdir(g.page, 0700) == 0 && g_mkdir(g.secret, 0700) == 0);
    g_assert_true(g_file_set_contents(style, "x", 1, NULL) && g_file_set_contents(password, "x", 1, NULL));
    return g;
}

static void ground_free(struct ground *g)
{
    g_autofree char *style = g_build_filename(g->page, "style.css", NULL),
                    *password = g_build_filename(g->secret, "password", NULL);

    g_unlink(style);
    g_unlink(password);
    g_rmdir(g->own), g_rmdir(g->page), g_rmdir(g->secret), g_rmdir(g->top);
    g_free(g->own), g_free(g->page), g_free(g->secret), g_free(g->top);
}

static void test_rights(void)
{
#ifdef WITH_SANITIZERS
    g_test_skip("a sanitizer's reports need more than a confined process has");
    return;
#endif
    struct ground g = ground_new();
    int says[2], report[2] = {0};

    g_assert_cmpint(pipe(says), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        const char *const readable[] = {g.page, "/nowhere", "", NULL}, *const writable[] = {g.own, NULL};
        const struct confine_paths paths = {readable, writable, NULL};
        bool has_landlock = false;
        err_auto struct err e = {0};
        if (!confine_files_to(&paths, &has_landlock, &e) || !confine_calls_to_serving(&e))
            _exit(2);
        report[0] = has_landlock;
        report[1] = try_everything(&g, has_landlock);
        _exit(write(says[1], report, sizeof report) == sizeof report ? 0 : 1);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
    g_assert_cmpint(read(says[0], report, sizeof report), ==, sizeof report);
    g_test_message("Landlock: %s", report[0] ? "yes" : "no");
    g_assert_cmphex((guint)report[1], ==, 0);
    close(says[0]), close(says[1]);
    ground_free(&g);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/confine-serve/rights", test_rights);
    return g_test_run();
}
